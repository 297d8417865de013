"""`dmaic survey`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dmaic.cli.analyse import analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import by_option, column_option
from dmaic.cli.dataset import FromData, named_dataset
from dmaic.cli.options import Export, Rows, spread
from dmaic.errors import UsageError
from dmaic.text import printable

Answers = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE...]",
        help="Answers, one a row, with the customer's id: a path, a glob, several files, or -. "
        "Left out: the project's dataset (--data NAME).",
        show_default=False,
    ),
]


@spread
def survey(
    file: Answers = None,
    *,
    population: Annotated[
        Path,
        typer.Option(
            "--population",
            metavar="EXPORT|NAME",
            help="Churn export, or dataset, whose lost customers the survey was to speak for.",
        ),
    ],
    reason: Annotated[
        str | None,
        column_option("--reason", "Column of FILE with the reason; none for none.", None),
    ] = None,
    respondent: Annotated[
        str | None,
        column_option(
            "--respondent", "Column of FILE with the id of the customer who answered.", None
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        by_option(
            "Column of the export to weight by, such as segment (the default); repeatable; "
            "none for none."
        ),
    ] = None,
    confidence: Annotated[
        str, typer.Option("--confidence", metavar="SHARE", help="Confidence of the intervals.")
    ] = "95%",
    least_answers: Annotated[
        int,
        typer.Option(
            "--least-answers",
            metavar="N",
            min=1,
            help="A category with fewer answers is weighted together with others.",
        ),
    ] = 5,
    export: Export,
    face: ChartFace,
    rows: Rows,
    place: FromData,
) -> Answer:
    """What the few who answered tell about all, and who did not answer.

    Joins the answers to the lost customers of an export by their id, tests whether all segments
    answered alike, weights the reasons and shows how sure they are. Example:
    dmaic survey exit_survey.csv --population churn.csv --reason reason --by segment
    """
    from dmaic.money.quantity import parse_share

    given: dict[str, Any] = {
        "population": population,
        "reason": reason,
        "respondent": respondent,
        "by": tuple(by or ()),
        "confidence": parse_share(confidence, "--confidence"),
        "least_answers": least_answers,
        **rows.said(),
    }
    if file:
        _refuse_dataset(place, population, file)
    return analyse("survey", file, place, export, face, given)


def _refuse_dataset(place: FromData, population: Path, file: list[str]) -> None:
    """Refuse a dataset as the population of a FILE: it keeps ids as hashes, which match nobody's.

    Raises:
        UsageError: `survey.dataset`, with the way to do it.
    """
    if population.exists() or named_dataset(place, str(population))[1]:
        return
    name, answers = printable(str(population), 40), printable(file[0], 60)
    raise UsageError(
        f'"{name}" is a dataset of the project, which keeps ids as hashes; a FILE does not.',
        "survey.dataset",
        f"Register the answers too: dmaic data add {answers} --table --name answers; then "
        f"dmaic survey --data answers --population {name}",
    )
