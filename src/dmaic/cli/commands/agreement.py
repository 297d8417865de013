"""`dmaic agreement`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import column_option
from dmaic.cli.dataset import FromData
from dmaic.cli.options import Conditions, Reading, spread


@spread
def agreement(
    file: Files = None,
    *,
    read: Reading,
    face: ChartFace,
    rows: Conditions,
    place: FromData,
    item: Annotated[str | None, column_option("--item", "What was coded.")] = None,
    rater: Annotated[
        list[str] | None,
        column_option(
            "--rater", "Who coded it; without --code the columns of the raters, one a --rater."
        ),
    ] = None,
    code: Annotated[str | None, column_option("--code", "The code that was given.")] = None,
    standard: Annotated[str | None, column_option("--standard", "The code that is right.")] = None,
    order: Annotated[
        list[str] | None,
        typer.Option(
            "--order",
            metavar="CODE",
            help="Codes with an order: name all of them from the lowest on, one an --order.",
        ),
    ] = None,
    weights: Annotated[
        Literal["none", "linear", "quadratic"] | None,
        typer.Option("--weights", help="How a disagreement of ordered codes counts."),
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", metavar="N", help="Samples for the intervals.")
    ] = 2000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the draws.")] = 1,
) -> Answer:
    """Do people give the same reason the same code?

    Percent agreement with exact intervals, Cohen's and Fleiss' kappa, Krippendorff's alpha, and
    the codes that are mixed up most.
    Example: dmaic agreement codes.csv --item answer --rater coder --code reason
    """
    given: dict[str, Any] = {
        "item": item,
        "rater": tuple(rater or ()),
        "code": code,
        "standard": standard,
        "order": tuple(order or ()),
        "weights": weights,
        "draws": draws,
        "seed": seed,
        **rows.said(),
    }
    return analyse("agreement", file, place, read, face, given)
