"""`dmaic demo`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.progress import reporting
from dmaic.file import expanded


@spread
def demo(
    face: Face,
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="A new or an empty folder.")
    ] = Path("dmaic-demo"),
) -> Answer:
    """Build the worked case as a finished engagement to look at.

    All five phases with their documents, data, analyses and signatures, and the next cycle begun.
    Example: dmaic demo photo-app
    """
    face.check()
    from dmaic.cli.demo import build
    from dmaic.engines.duckdb import warm_up

    warm_up()
    with reporting(quiet=face.quiet, what="Playing the worked case") as progress:
        reply = build(
            expanded(folder), None if progress is None else lambda share, _: progress(share)
        )
    follow = (f"cd {shlex.quote(str(folder))}", "dmaic status")
    return Answer("demo", reply.model_copy(update={"next": follow}), face)
