"""`dmaic churn`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import by_option
from dmaic.cli.completion import complete_definition
from dmaic.cli.dataset import FromData
from dmaic.cli.ledger_option import LedgerColumns
from dmaic.cli.options import Export, Rows, spread


@spread
def churn(
    file: Files = None,
    *,
    export: Export,
    columns: LedgerColumns,
    face: ChartFace,
    rows: Rows,
    place: FromData,
    definition: Annotated[
        str | None,
        typer.Option(
            "--definition",
            metavar="NAME|PATH|all",
            autocompletion=complete_definition,
            help="What churn means: dmaic (ours), stripe, baremetrics, profitwell, recurly, "
            "chargify, chartmogul, chargebee, your own YAML file, or all of them side by side.",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        by_option("Column to group by; repeatable."),
    ] = None,
    period: Annotated[
        Literal["month", "quarter", "year"],
        typer.Option("--period", help="What one period is."),
    ] = "month",
) -> Answer:
    """How many customers and how much revenue leave, by a named definition?

    Counts customers and MRR at the start, new, churned and at the end of each period; logo churn
    with its interval, gross and net revenue churn, GRR, NRR and ARPA.
    Example: dmaic churn export.csv --by segment
    """
    given: dict[str, Any] = {
        "definition": definition,
        "by": tuple(by or ()),
        "period": period,
        **columns.said(),
        **rows.said(),
    }
    return analyse("churn", file, place, export, face, given)
