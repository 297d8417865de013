"""`dmaic compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import by_option, column_option
from dmaic.cli.dataset import FromData, named_dataset
from dmaic.cli.options import Conditions, Export, spread
from dmaic.cli.two_exports import Windows
from dmaic.errors import UsageError

LOOKS = "How sure it has to be"


@spread
def compare(
    file: Files = None,
    *,
    export: Export,
    face: ChartFace,
    rows: Conditions,
    windows: Windows,
    place: FromData,
    before: Annotated[
        str | None,
        typer.Option(
            "--before",
            metavar="FILE|NAME",
            help="Export, or dataset: the time before; left out, the project's dataset.",
        ),
    ] = None,
    after: Annotated[
        Path | None,
        typer.Option("--after", metavar="FILE|NAME", help="Export, or dataset: the time after."),
    ] = None,
    pilot: Annotated[
        str | None,
        column_option(
            "--pilot", "Column that tells who is in the pilot and who in its control group.", None
        ),
    ] = None,
    pilot_is: Annotated[
        list[str] | None,
        typer.Option(
            "--pilot-is",
            metavar="VALUE",
            help="What it holds for the pilot, where that is not plain; repeatable.",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        by_option("Segments to look into; left out, the segment column."),
    ] = None,
    minimal_effect: Annotated[
        str,
        typer.Option(
            "--minimal-effect",
            metavar="SHARE",
            rich_help_panel=LOOKS,
            help="Smallest change of the rate worth having, as a share of it.",
        ),
    ] = "10%",
    power: Annotated[
        str,
        typer.Option(
            "--power", metavar="SHARE", rich_help_panel=LOOKS, help="Chance of seeing it."
        ),
    ] = "80%",
    alpha: Annotated[
        str,
        typer.Option(
            "--alpha",
            metavar="SHARE",
            rich_help_panel=LOOKS,
            help="Chance of seeing an effect where there is none, over all looks.",
        ),
    ] = "5%",
    looks: Annotated[
        int,
        typer.Option(
            "--looks",
            metavar="K",
            rich_help_panel=LOOKS,
            help="How often it is looked at in all, planned before the first look.",
        ),
    ] = 1,
    look: Annotated[
        int | None,
        typer.Option(
            "--look", metavar="K", rich_help_panel=LOOKS, help="Which of them this is; the last."
        ),
    ] = None,
    boundary: Annotated[
        Literal["obrien-fleming", "pocock"],
        typer.Option("--boundary", rich_help_panel=LOOKS, help="What the looks must show."),
    ] = "obrien-fleming",
    change: Annotated[
        str, typer.Option("--change", metavar="TEXT", help="What changed, for the control chart.")
    ] = "the change",
) -> Answer:
    """Did churn change, and is that more than chance?

    Before against after, or a pilot against its control group: difference and relative risk with
    intervals, looks planned beforehand, mix of customers, a staged control chart, and a verdict
    that tells no effect from too little data.
    Example: dmaic compare --before 2024.csv --after 2025.csv
    """
    from dmaic.money.quantity import parse_share

    if file and before is not None:
        raise UsageError(
            "A FILE and --before are two ways to say what is compared.",
            "usage.file-and-before",
            "Leave one out.",
        )
    given: dict[str, Any] = {
        "pilot": pilot,
        "pilot_is": tuple(pilot_is or ()),
        "by": tuple(by or ()),
        "minimal_effect": parse_share(minimal_effect, "--minimal-effect"),
        "power": parse_share(power, "--power"),
        "alpha": parse_share(alpha, "--alpha"),
        "looks": looks,
        "look": look,
        "boundary": boundary,
        "change": change,
        **rows.said(),
        **windows.said(),
        "after": after,
    }
    if pilot is not None and after is not None and before is None and not file and not place.data:
        # The one export that was named is that of the pilot.
        before, after = str(after), None
        given |= {
            "after": None,
            "since": windows.after_since or windows.since,
            "until": windows.after_until or windows.until,
        }
        given |= {"after_since": None, "after_until": None}
    place, files = (place, file) if file else named_dataset(place, before)
    return analyse("compare", files, place, export, face, given)
