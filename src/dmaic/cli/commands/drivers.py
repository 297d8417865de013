"""`dmaic drivers`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import column_option
from dmaic.cli.completion import complete_by
from dmaic.cli.dataset import FromData
from dmaic.cli.options import ROWS, Export, Rows, spread


@spread
def drivers(
    file: Files = None,
    *,
    export: Export,
    face: ChartFace,
    rows: Rows,
    place: FromData,
    term: Annotated[
        list[str] | None,
        typer.Option(
            "--term",
            "--with-columns",
            metavar="COL",
            autocompletion=complete_by,
            help="Column to look at, such as plan, mrr or mrr:quartiles; repeatable. Left out: all "
            "columns that may go with churn.",
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        column_option("--without", "Column to leave out; repeatable.", None),
    ] = None,
    reference: Annotated[
        list[str] | None,
        typer.Option(
            "--reference",
            metavar="COL=LEVEL",
            help="Level that the others of a column are compared with: plan=Pro; repeatable.",
        ),
    ] = None,
    model: Annotated[
        Literal["auto", "logistic", "cox"],
        typer.Option(
            "--model",
            help="Whether customers are lost (logistic), or when (cox); auto takes cox where "
            "--tenure names a column.",
        ),
    ] = "auto",
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            metavar="COND",
            rich_help_panel=ROWS,
            help="Part of the customers to look into: \"plan = 'Pro'\".",
        ),
    ] = None,
    bounds: Annotated[
        Literal["wald", "profile"],
        typer.Option("--bounds", help="How the intervals of logistic regression are made."),
    ] = "wald",
    count: Annotated[
        str | None,
        column_option("--count", "Column that says how many customers a row stands for.", None),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="Of the drawing of cross-validation.")
    ] = 1,
) -> Answer:
    """What goes with churn, each column with the others held equal.

    Logistic regression (or Cox regression of when customers leave) with odds ratios and their
    intervals, and a look for what could mislead: columns that only the lost have, collinearity,
    separation, bends and turns, Simpson's reversal.
    Example: dmaic drivers churn.csv --within "plan = 'Pro'"
    """
    given: dict[str, Any] = {
        "terms": tuple(term or ()),
        "without": tuple(without or ()),
        "reference": tuple(reference or ()),
        "model": model,
        "within": within,
        "bounds": bounds,
        "count": count,
        "seed": seed,
        **rows.said(),
    }
    return analyse("drivers", file, place, export, face, given)
