"""`dmaic gage`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import column_option
from dmaic.cli.dataset import FromData
from dmaic.cli.options import Conditions, Reading, spread


@spread
def gage(
    part: Annotated[str, column_option("--part", "What was measured.")],
    operator: Annotated[str, column_option("--operator", "Who measured it.")],
    value: Annotated[str, column_option("--value", "The measurement.")],
    file: Files = None,
    *,
    read: Reading,
    face: ChartFace,
    rows: Conditions,
    place: FromData,
    tolerance: Annotated[
        float | None,
        typer.Option(
            "--tolerance",
            metavar="X",
            help="Upper less lower limit of the specification, in the unit of the value.",
        ),
    ] = None,
    sigmas: Annotated[
        float,
        typer.Option("--sigmas", metavar="K", help="Width of a study variation, older books 5.15."),
    ] = 6.0,
    alpha: Annotated[
        str,
        typer.Option(
            "--alpha",
            metavar="SHARE",
            help="The interaction is pooled where its p-value is above this.",
        ),
    ] = "5%",
    draws: Annotated[
        int, typer.Option("--draws", metavar="N", help="Draws for the intervals.")
    ] = 20_000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the draws.")] = 1,
) -> Answer:
    """How much of what was measured is the measuring?

    Crossed gage R&R by analysis of variance and by means and ranges: repeatability,
    reproducibility, shares of variance, study variation and tolerance, distinct categories.
    Example: dmaic gage times.csv --part ticket --operator agent --value minutes
    """
    from dmaic.money.quantity import parse_share

    given: dict[str, Any] = {
        "part": part,
        "operator": operator,
        "value": value,
        "tolerance": tolerance,
        "sigmas": sigmas,
        "alpha": parse_share(alpha, "--alpha"),
        "draws": draws,
        "seed": seed,
        **rows.said(),
    }
    return analyse("gage", file, place, read, face, given)
