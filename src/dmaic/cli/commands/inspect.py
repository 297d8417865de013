"""`dmaic inspect`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.dataset import FromData, analyse_dataset
from dmaic.cli.options import Export, spread
from dmaic.cli.progress import reporting


@spread
def inspect(
    file: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE...]",
            help="Export: a path, a glob, several files, or -. Left out: the project's dataset.",
            show_default=False,
        ),
    ] = None,
    *,
    export: Export,
    face: Face,
    place: FromData,
) -> Answer:
    """What is in this export, what was recognised, and what is wrong with it?

    Shows the columns with their profile, the roles they were given, the period covered and every
    finding. Example: dmaic inspect churn.csv
    """
    files = file or []
    place.check(files)
    face.check([*files, *(export.with_ or ())])
    if not files:
        return analyse_dataset("inspect", place, export, face, {})
    from dmaic.engines.duckdb import warm_up

    warm_up()
    from dmaic.analysis.inspect import inspect as analyse

    with reporting(quiet=face.quiet) as progress:
        result = analyse(
            files[0] if len(files) == 1 else files,
            fingerprint=face.leaves_terminal,
            progress=progress,
            **export.said(),
        )
    return Answer("inspect", result, face)
