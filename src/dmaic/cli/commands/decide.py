"""`dmaic decide`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dmaic.cli.alone import analyse_alone
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.dataset import Saving
from dmaic.cli.options import spread

FELT = "How gains and losses are felt"


@spread
def decide(
    scenario: Annotated[
        Path | None,
        typer.Argument(
            metavar="SCENARIO",
            help="YAML file with options, or with solutions and a baseline in figures.",
            show_default=False,
        ),
    ] = None,
    *,
    face: ChartFace,
    place: Saving,
    option: Annotated[
        list[str] | None,
        typer.Option(
            "--option",
            metavar="NAME:P:GAIN:LOSS",
            help='Option: "API:0.8:1500000:-120000" wins with 80 %, loses otherwise; repeatable.',
        ),
    ] = None,
    currency: Annotated[
        str | None, typer.Option("--currency", metavar="CODE", help="Of all amounts, such as USD.")
    ] = None,
    loss_aversion: Annotated[
        float | None,
        typer.Option(
            "--loss-aversion",
            metavar="FACTOR",
            rich_help_panel=FELT,
            help="How much more a loss is felt than a gain; 2.25.",
        ),
    ] = None,
    curvature: Annotated[
        float | None,
        typer.Option(
            "--curvature",
            metavar="EXPONENT",
            rich_help_panel=FELT,
            help="Exponent of the value of money; 0.88.",
        ),
    ] = None,
    gain_weight: Annotated[
        float | None,
        typer.Option(
            "--gain-weight",
            metavar="EXPONENT",
            rich_help_panel=FELT,
            help="Exponent of the weight of a gain's probability; 0.61.",
        ),
    ] = None,
    loss_weight: Annotated[
        float | None,
        typer.Option(
            "--loss-weight",
            metavar="EXPONENT",
            rich_help_panel=FELT,
            help="The same for a loss; 0.69.",
        ),
    ] = None,
) -> Answer:
    """Which option is worth it, and would a committee take it?

    Expected value beside what people feel by prospect theory; doing nothing is always an option.
    Example: dmaic decide --option "API:0.8:1500000:-120000" --option "Calls:0.9:400000:-20000"
    """
    read = [] if scenario is None else [scenario]
    face.check(read)
    from dmaic.analysis.decide import gather

    given = gather(
        scenario,
        option or (),
        {
            "loss_aversion": loss_aversion,
            "curvature": curvature,
            "gain_weight": gain_weight,
            "loss_weight": loss_weight,
        },
        currency,
    )
    return analyse_alone("decide", place, face, given, read=read)
