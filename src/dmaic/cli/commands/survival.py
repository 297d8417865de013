"""`dmaic survival`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import by_option
from dmaic.cli.dataset import FromData
from dmaic.cli.options import Export, Rows, spread


@spread
def survival(
    file: Files = None,
    *,
    export: Export,
    face: ChartFace,
    rows: Rows,
    place: FromData,
    by: Annotated[
        list[str] | None,
        by_option("Column to group by, such as contract; repeatable."),
    ] = None,
    horizon: Annotated[
        str | None,
        typer.Option(
            "--horizon",
            metavar="AGE",
            help="Age up to which mean lives are told: 365, 52w, 12m, 2y.",
        ),
    ] = None,
    tenure_unit: Annotated[
        Literal["day", "week", "month"],
        typer.Option("--tenure-unit", help="What the column of --tenure counts."),
    ] = "month",
    cohort: Annotated[
        Literal["week", "month", "quarter", "year"] | None,
        typer.Option(
            "--cohort", help="Retention triangle: who signed up in each period, how many are left."
        ),
    ] = None,
) -> Answer:
    """How long customers stay, and when they leave.

    Kaplan-Meier survival with intervals, hazard by month of life, median and mean life, whether new
    customers leave faster than old ones, and log-rank tests between groups; from dates of sign-up
    and loss, or --tenure. Example: dmaic survival churn.csv --by contract --chart survival.png
    """
    given: dict[str, Any] = {
        "by": tuple(by or ()),
        "horizon": horizon,
        "tenure_unit": tenure_unit,
        "cohort": cohort,
        **rows.said(),
    }
    return analyse("survival", file, place, export, face, given)
