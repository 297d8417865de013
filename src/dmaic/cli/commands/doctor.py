"""`dmaic doctor`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place


@spread
def doctor(
    face: Face,
    place: Place,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely.")] = False,
) -> Answer:
    """Look for trouble in the engagement.

    Settings, disk, permissions, files left behind, the database, the journal, snapshots, stale
    analyses. Status 8 when something is wrong. Example: dmaic doctor
    """
    face.check()
    from dmaic.project.record.doctor import examine

    reply = examine(place.db, fix=fix)
    return Answer("doctor", reply, face, status=0 if reply.ok else 8)
