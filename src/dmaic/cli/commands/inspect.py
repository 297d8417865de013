"""`dmaic inspect`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import Export, spread
from dmaic.cli.progress import reporting


@spread
def inspect(
    file: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Export: a path, a glob, several files, or -.",
            show_default=False,
        ),
    ],
    export: Export,
    face: Face,
) -> Answer:
    """What is in this export, what was recognised, and what is wrong with it?

    Shows the columns with their profile, the roles they were given, the period covered and every
    finding. Example: dmaic inspect churn.csv
    """
    from dmaic.engines.duckdb import warm_up

    face.check([*file, *(export.with_ or ())])
    warm_up()
    from dmaic.analysis.inspect import inspect as analyse

    with reporting(quiet=face.quiet) as progress:
        result = analyse(
            file[0] if len(file) == 1 else file,
            fingerprint=face.leaves_terminal,
            progress=progress,
            **export.said(),
        )
    return Answer("inspect", result, face)
