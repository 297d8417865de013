"""`dmaic benefit measure`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from dmaic.cli.analyse import analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import by_option
from dmaic.cli.dataset import FromData, named_dataset
from dmaic.cli.options import Conditions, Export, spread
from dmaic.cli.two_exports import Windows

FIX = "What the fix reached"


@spread
def measure(
    after: Annotated[
        Path,
        typer.Option("--after", metavar="FILE|NAME", help="Export, or dataset: the time after."),
    ],
    data: Annotated[
        str | None,
        typer.Option(
            "--before",
            metavar="FILE|NAME",
            help="Export, or dataset: the frozen baseline; left out, the project's dataset.",
        ),
    ] = None,
    segment: Annotated[
        list[str] | None,
        typer.Option(
            "--segment",
            metavar="NAME",
            rich_help_panel=FIX,
            help="Segment that the fix reached; repeatable.",
        ),
    ] = None,
    *,
    export: Export,
    face: ChartFace,
    rows: Conditions,
    windows: Windows,
    place: FromData,
    by: Annotated[
        list[str] | None,
        by_option("Column that holds the segments: segment, or another.", FIX),
    ] = None,
    untouched: Annotated[
        list[str] | None,
        typer.Option(
            "--untouched",
            metavar="NAME",
            rich_help_panel=FIX,
            help="Segment to compare with; repeatable. Left out: all others but blank ones.",
        ),
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option(
            "--leave-out",
            metavar="NAME",
            rich_help_panel=FIX,
            help="Segment that is neither, as another fix reached it; repeatable.",
        ),
    ] = None,
    with_blank: Annotated[
        bool,
        typer.Option(
            "--with-blank",
            rich_help_panel=FIX,
            help="Compare with customers of no segment too.",
        ),
    ] = False,
    scale: Annotated[
        Literal["ratio", "additive"],
        typer.Option(
            "--scale",
            rich_help_panel=FIX,
            help="Without the fix, treated and untouched move in proportion, or by as many points.",
        ),
    ] = "ratio",
) -> Answer:
    """What really came back, against what would have been.

    Sets the churn of the segments that a fix reached against their baseline and against the
    segments it did not touch, so that what the market did is not claimed.
    Example: dmaic benefit measure --before q1.csv --after q2.csv --segment Estimators
    """
    given: dict[str, Any] = {
        "segments": tuple(segment or ()),
        "by": tuple(by or ()),
        "untouched": tuple(untouched or ()),
        "leave_out": tuple(leave_out or ()),
        "with_blank": with_blank,
        "scale": scale,
        **rows.said(),
        **windows.said(),
        "after": after,
    }
    place, files = named_dataset(place, data)
    return analyse("benefit-measure", files, place, export, face, given, command="benefit measure")
