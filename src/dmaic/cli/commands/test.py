"""`dmaic test`."""

# ruff: noqa: PT028  a function of this name is no test of pytest's

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import typer

from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import by_option, column_option
from dmaic.cli.completion import complete_by
from dmaic.cli.dataset import FromData
from dmaic.cli.options import Export, Rows, spread
from dmaic.errors import UsageError
from dmaic.text import printable

NUMBER = "A number over groups"
FINISHED = "From a finished table"
ORDER = "Groups in an order"


@spread
def test(
    file: Files = None,
    *,
    export: Export,
    face: ChartFace,
    rows: Rows,
    place: FromData,
    churned_by: Annotated[
        list[str] | None,
        typer.Option(
            "--churned-by",
            metavar="COL",
            autocompletion=complete_by,
            help="Column that churn is tested against, of groups or numbers; repeatable.",
        ),
    ] = None,
    over: Annotated[
        Literal["month", "quarter"] | None,
        typer.Option("--over", help="Test whether the churn rate is the same over time."),
    ] = None,
    method: Annotated[
        Literal[
            "auto",
            "chi-square",
            "fisher",
            "cochran-armitage",
            "welch",
            "mann-whitney",
            "welch-anova",
            "kruskal-wallis",
        ],
        typer.Option("--method", help="The test; auto chooses by the data and says why."),
    ] = "auto",
    adjust: Annotated[
        Literal["holm", "benjamini-hochberg"],
        typer.Option("--adjust", help="How p-values of several columns are adjusted."),
    ] = "holm",
    measure: Annotated[
        str | None,
        column_option("--measure", "Column of a number, compared over the groups of --by.", NUMBER),
    ] = None,
    by: Annotated[
        str | None,
        by_option("Column of the groups.", NUMBER),
    ] = None,
    ordered: Annotated[
        bool,
        typer.Option(
            "--ordered",
            rich_help_panel=ORDER,
            help="Ask whether churn rises or falls over the groups, in their natural order.",
        ),
    ] = False,
    order: Annotated[
        str | None,
        typer.Option(
            "--order",
            metavar="GROUP,GROUP,...",
            rich_help_panel=ORDER,
            help='The same in this order: bands of numbers, "1,2-5,6+", or names of groups.',
        ),
    ] = None,
    scores: Annotated[
        str | None,
        typer.Option(
            "--scores",
            metavar="N,N,...",
            rich_help_panel=ORDER,
            help="Where each group stands; 1, 2, 3 where it is left out.",
        ),
    ] = None,
    count: Annotated[
        str | None,
        column_option("--count", "Column of lost customers, where each row is a group.", FINISHED),
    ] = None,
    size: Annotated[
        str | None,
        column_option("--size", "Column of all customers of the row.", FINISHED),
    ] = None,
) -> Answer:
    """Do groups differ by more than chance makes, and by how much?

    Chooses the test by the data and says why; gives the size of the difference with its interval
    before the p-value, and adjusts for many columns.
    Example: dmaic test churn.csv --churned-by segment --churned-by plan
    """
    given: dict[str, Any] = {
        "churned_by": tuple(churned_by or ()),
        "measure": measure,
        "by": by,
        "over": over,
        "count": count,
        "size": size,
        "method": method,
        "ordered": ordered,
        "order": order,
        "scores": () if scores is None else tuple(_scores(scores)),
        "adjust": adjust,
        **rows.said(),
    }
    return analyse("test", file, place, export, face, given)


def _scores(text: str) -> list[float]:
    """Numbers parted by commas, semicolons or spaces."""
    words = [word for word in re.split(r"[,;\s]+", text.strip()) if word]
    for word in words or [text]:
        if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,12})?", word):
            raise UsageError(
                f'--scores holds "{printable(word, 40)}", which is no number.',
                "test.scores",
                "One number a group, in their order: --scores 0,0.5,1.5,4,7.",
            )
    return [float(word) for word in words]
