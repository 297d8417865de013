"""`dmaic verify`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.progress import reporting


@spread
def verify(
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME...]",
            help="Analyses or single cases; left out: all of them.",
            show_default=False,
        ),
    ] = None,
    *,
    face: Face,
) -> Answer:
    """Run published cases on this machine, expected beside got.

    Each figure comes from a named source: a page of a handbook, a textbook, or a derivation by
    hand. Status 8 when one comes out otherwise. Example: dmaic verify control
    """
    face.check()
    from dmaic.analysis.verify import verify as run

    with reporting(quiet=face.quiet, what="Verifying") as progress:
        reply = run(name or (), progress=progress)
    return Answer("verify", reply, face, status=0 if reply.ok else 8)
