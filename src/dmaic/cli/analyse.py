"""An analysis as a command runs it: on the files that are named, or on the project's dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.dataset import FromData, analyse_dataset
from dmaic.cli.options import Reading
from dmaic.cli.progress import reporting

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE...]",
        help="Export: a path, a glob, several files, or -. Left out: the project's dataset.",
        show_default=False,
    ),
]
"""What an analysis takes."""


def analyse(
    kind: str,
    file: list[str] | None,
    place: FromData,
    export: Reading,
    face: Face,
    given: dict[str, Any],
    *,
    command: str = "",
) -> Answer:
    """Run an analysis.

    Args:
        kind: its name in `dmaic.analysis.registry`.
        file: as said; none takes a dataset, and saves what comes out.
        place: which project and dataset.
        export: how files are read.
        face: how the result is shown.
        given: keywords of the analysis; those that it has a default for may be None.
        command: name of the command, where it is not that of the analysis.

    Raises:
        DmaicError: as the analysis itself.
    """
    from dmaic.engines.duckdb import warm_up

    files = file or []
    place.check(files)
    beside = [each for each in given.values() if isinstance(each, Path)]
    face.check([*files, *export.beside, *beside])
    given = {name: str(each) if isinstance(each, Path) else each for name, each in given.items()}
    if not files:
        return analyse_dataset(kind, place, export, face, given, command=command)
    warm_up()
    from dmaic.analysis.registry import run

    # A command's own option takes the place of one that says how a file is read.
    read = {name: word for name, word in export.said().items() if name not in given}
    with reporting(quiet=face.quiet) as progress:
        result = run(
            kind,
            files[0] if len(files) == 1 else files,
            given,
            fingerprint=face.leaves_terminal,
            progress=progress,
            **read,
        )
    return Answer(command or kind, result, face)
