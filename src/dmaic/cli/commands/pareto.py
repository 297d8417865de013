"""`dmaic pareto`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.completion import complete_by, complete_column
from dmaic.cli.dataset import FromData, analyse_dataset
from dmaic.cli.options import Export, spread
from dmaic.cli.progress import reporting

ROWS = "Which rows"
RANK = "Ranking"
TIME = "Before and after"
TABLE = "A finished frequency table"


@spread
def pareto(
    file: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE...]",
            help="Export: a path, a glob, several files, or -. Left out: the project's dataset.",
            show_default=False,
        ),
    ] = None,
    *,
    export: Export,
    face: ChartFace,
    place: FromData,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="COL",
            autocompletion=complete_by,
            help="Column to group by; repeatable. Bands: tenure:0,3,12,24, "
            "tenure:quartiles, signup_date:month, lifecycle.",
        ),
    ] = None,
    measure: Annotated[
        str,
        typer.Option(
            "--measure",
            metavar="customers|value|COL",
            rich_help_panel=RANK,
            autocompletion=complete_column,
            help="What to rank by.",
        ),
    ] = "customers",
    rank_by: Annotated[
        Literal["measure", "excess"],
        typer.Option(
            "--rank-by",
            rich_help_panel=RANK,
            help="excess: the loss above what the average rate would bring.",
        ),
    ] = "measure",
    cutoff: Annotated[
        float,
        typer.Option(
            "--cutoff",
            metavar="PERCENT",
            rich_help_panel=RANK,
            help="What the vital few reach together.",
        ),
    ] = 80.0,
    top: Annotated[
        int | None,
        typer.Option(
            "--top", metavar="N", rich_help_panel=RANK, help="Show N categories, the rest as Other."
        ),
    ] = None,
    other_after: Annotated[
        float | None,
        typer.Option(
            "--other-after",
            metavar="PERCENT",
            rich_help_panel=RANK,
            help="Fold what comes after this cumulative per cent into Other.",
        ),
    ] = None,
    min_size: Annotated[
        int | None,
        typer.Option(
            "--min-size",
            metavar="N",
            rich_help_panel=RANK,
            help="Fold categories with fewer customers than N into Other.",
        ),
    ] = None,
    drill: Annotated[
        str | None,
        typer.Option(
            "--drill",
            metavar="COL",
            rich_help_panel=RANK,
            autocompletion=complete_by,
            help="Open each vital category by this column.",
        ),
    ] = None,
    where: Annotated[
        str | None,
        typer.Option(
            "--where",
            metavar="COND",
            rich_help_panel=ROWS,
            help="SQL condition over the columns: \"plan = 'Pro' and mrr > 20\".",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE",
            rich_help_panel=ROWS,
            help="First churn date looked at: 2025-12-31, 2025-12 or 2025.",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="DATE",
            rich_help_panel=ROWS,
            help="Last churn date looked at, included.",
        ),
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept",
            metavar="CODE",
            rich_help_panel=ROWS,
            help="Go on in spite of this blocking finding; repeatable.",
        ),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            "--compare",
            metavar="FILE2|NAME",
            rich_help_panel=TIME,
            help="A second export, or dataset of the project: the time after.",
        ),
    ] = None,
    split: Annotated[
        str | None,
        typer.Option(
            "--split",
            metavar="month|quarter|COL",
            rich_help_panel=TIME,
            autocompletion=complete_column,
            help="Periods within the one export.",
        ),
    ] = None,
    category: Annotated[
        str | None,
        typer.Option(
            "--category",
            metavar="COL",
            rich_help_panel=TABLE,
            autocompletion=complete_column,
            help="Column of the categories.",
        ),
    ] = None,
    count: Annotated[
        str | None,
        typer.Option(
            "--count",
            metavar="COL",
            rich_help_panel=TABLE,
            autocompletion=complete_column,
            help="Column of the counts.",
        ),
    ] = None,
    value_each: Annotated[
        str | None,
        typer.Option(
            "--value-each",
            metavar="COL",
            rich_help_panel=TABLE,
            autocompletion=complete_column,
            help="Column of what one unit costs.",
        ),
    ] = None,
) -> Answer:
    """Which few categories make most of the churn, and are they more than big?

    Counts lost customers and lost value by category, ranks them, marks the vital few, and sets
    each category's churn rate against the rest. Example: dmaic pareto churn.csv --by segment
    """
    files = file or []
    place.check(files)
    face.check([*files, *(export.with_ or ()), *([compare] if compare else ())])
    given: dict[str, Any] = {
        "by": tuple(by or ()),
        "measure": measure,
        "rank_by": rank_by,
        "cutoff": cutoff,
        "top": top,
        "other_after": other_after,
        "min_size": min_size,
        "where": where,
        "since": since,
        "until": until,
        "compare": str(compare) if compare else None,
        "split": split,
        "drill": drill,
        "category": category,
        "count": count,
        "value_each": value_each,
        "accept": tuple(accept or ()),
    }
    if not files:
        return analyse_dataset("pareto", place, export, face, given)
    from dmaic.engines.duckdb import warm_up

    warm_up()
    from dmaic.analysis.pareto import pareto as analyse

    with reporting(quiet=face.quiet) as progress:
        result = analyse(
            files[0] if len(files) == 1 else files,
            **given,
            fingerprint=face.leaves_terminal,
            progress=progress,
            **export.said(),
        )
    return Answer("pareto", result, face)
