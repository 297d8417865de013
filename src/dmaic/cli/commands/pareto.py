"""`dmaic pareto`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import by_option, column_option
from dmaic.cli.completion import complete_by, complete_column
from dmaic.cli.dataset import FromData
from dmaic.cli.options import Export, Rows, spread

RANK = "Ranking"
TIME = "Before and after"
TABLE = "A finished frequency table"


@spread
def pareto(
    file: Files = None,
    *,
    export: Export,
    face: ChartFace,
    rows: Rows,
    place: FromData,
    by: Annotated[
        list[str] | None,
        by_option(
            "Column to group by; repeatable. Bands: tenure:0,3,12,24, "
            "tenure:quartiles, signup_date:month, lifecycle."
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
        column_option("--category", "Column of the categories.", TABLE),
    ] = None,
    count: Annotated[
        str | None,
        column_option("--count", "Column of the counts.", TABLE),
    ] = None,
    value_each: Annotated[
        str | None,
        column_option("--value-each", "Column of what one unit costs.", TABLE),
    ] = None,
) -> Answer:
    """Which few categories make most of the churn, and are they more than big?

    Counts lost customers and lost value by category, ranks them, marks the vital few, and sets
    each category's churn rate against the rest. Example: dmaic pareto churn.csv --by segment
    """
    given: dict[str, Any] = {
        "by": tuple(by or ()),
        "measure": measure,
        "rank_by": rank_by,
        "cutoff": cutoff,
        "top": top,
        "other_after": other_after,
        "min_size": min_size,
        **rows.said(),
        "compare": compare,
        "split": split,
        "drill": drill,
        "category": category,
        "count": count,
        "value_each": value_each,
    }
    return analyse("pareto", file, place, export, face, given)
