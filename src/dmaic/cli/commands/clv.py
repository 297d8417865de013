"""`dmaic clv`."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import typer

from dmaic.cli.alone import analyse_alone
from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import by_option
from dmaic.cli.dataset import FromData
from dmaic.cli.options import Export, Rows, spread
from dmaic.errors import UsageError
from dmaic.text import printable

FIGURES = "From figures, without a file"


@spread
def clv(
    file: Files = None,
    *,
    export: Export,
    face: ChartFace,
    rows: Rows,
    place: FromData,
    by: Annotated[
        list[str] | None,
        by_option("Column to group by, such as segment; repeatable."),
    ] = None,
    margin: Annotated[
        str,
        typer.Option(
            "--margin",
            metavar="SHARE",
            help="What is left of a payment after the cost of serving the customer: 80%.",
        ),
    ] = "100%",
    discount: Annotated[
        str, typer.Option("--discount", metavar="SHARE", help="Discount a year; 0 for none.")
    ] = "10%",
    horizon: Annotated[
        int | None,
        typer.Option(
            "--horizon",
            metavar="PERIODS",
            help="Count so many periods only; all that will ever come where it is left out.",
        ),
    ] = None,
    survivors: Annotated[
        str | None,
        typer.Option(
            "--survivors",
            metavar="N,N,...",
            rich_help_panel=FIGURES,
            help="Customers of a cohort at the beginning and after each period: 1000,869,743.",
        ),
    ] = None,
    arpa: Annotated[
        str | None,
        typer.Option(
            "--arpa",
            metavar="MONEY",
            rich_help_panel=FIGURES,
            help="What a customer pays a period.",
        ),
    ] = None,
    churn: Annotated[
        str | None,
        typer.Option(
            "--churn",
            metavar="SHARE",
            rich_help_panel=FIGURES,
            help="Share of customers lost a period, with --arpa.",
        ),
    ] = None,
    period: Annotated[
        Literal["month", "year"],
        typer.Option("--period", rich_help_panel=FIGURES, help="What one period is."),
    ] = "month",
) -> Answer:
    """What a customer is worth over a lifetime.

    Sets ARPA x margin / churn beside the discounted value and the value from survival, by the
    shifted-beta-geometric curve. Example: dmaic clv churn.csv --by segment --margin 80%
    """
    from dmaic.money.quantity import currency_in, parse_money, parse_share

    terms: dict[str, Any] = {
        "margin": parse_share(margin, "--margin"),
        "discount": parse_share(discount, "--discount"),
        "horizon": horizon,
    }
    figures: dict[str, Any] = {
        "survivors": None if survivors is None else _counts(survivors),
        "arpa": None if arpa is None else parse_money(arpa, "--arpa"),
        "churn": None if churn is None else parse_share(churn, "--churn"),
        "arpa_currency": None if arpa is None else currency_in(arpa),
    }
    said = [f"--{name}" for name, figure in figures.items() if figure is not None]
    given = {**terms, "period": period, "by": tuple(by or ()), **rows.said()}
    if not said:
        return analyse("clv", file, place, export, face, given)
    chosen = {**export.said(), **rows.said(), "by": by}
    beside = ["FILE"] if file else []
    beside += [f"--{name.replace('_', '-')}" for name, words in chosen.items() if words]
    if beside:
        raise UsageError(
            f"{said[0]} and {beside[0]} are two ways to say what is valued.",
            "usage.clv",
            "Leave one out.",
        )
    return analyse_alone("clv", place, face, {**terms, "period": period, **figures})


def _counts(text: str) -> list[int]:
    """Whole numbers parted by commas, semicolons or spaces."""
    words = [word for word in re.split(r"[,;\s]+", text.strip()) if word]
    if not words:
        raise UsageError(
            "--survivors is empty.",
            "usage.empty",
            "Leave the option out, or say what it should be.",
        )
    for word in words:
        if not re.fullmatch(r"[0-9]{1,13}", word):
            raise UsageError(
                f'--survivors holds "{printable(word, 40)}", which is no count of customers.',
                "clv.survivors",
                "Whole numbers, none negative, without thousands separators: 1000,869,743.",
            )
    return [int(word) for word in words]
