"""`dmaic cost`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import by_option
from dmaic.cli.completion import complete_definition
from dmaic.cli.dataset import FromData
from dmaic.cli.ledger_option import LedgerColumns
from dmaic.cli.options import Export, Rows, spread


@spread
def cost(
    file: Files = None,
    *,
    export: Export,
    columns: LedgerColumns,
    face: ChartFace,
    rows: Rows,
    place: FromData,
    by: Annotated[
        list[str] | None,
        by_option("Column to group by; repeatable. Left out: the segment, where there is one."),
    ] = None,
    margin: Annotated[
        str | None,
        typer.Option("--margin", metavar="PERCENT", help="Also at this gross margin, such as 80%."),
    ] = None,
    definition: Annotated[
        str | None,
        typer.Option(
            "--definition",
            metavar="NAME|PATH",
            autocompletion=complete_definition,
            help="What churn means; see `dmaic churn --help`.",
        ),
    ] = None,
) -> Answer:
    """What churn costs a year, as run-rate and as cash.

    Takes the last twelve whole months, or those from --since to --until scaled to a year: 12 x the
    MRR lost, and what of it is missing from the year's cash.
    Example: dmaic cost export.csv --by segment
    """
    given: dict[str, Any] = {
        "by": tuple(by or ()),
        "margin": margin,
        "definition": definition,
        **columns.said(),
        **rows.said(),
    }
    return analyse("cost", file, place, export, face, given)
