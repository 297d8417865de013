"""`dmaic status`."""

from __future__ import annotations

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place, reading
from dmaic.settings import today


@spread
def status(face: Face, place: Place) -> Answer:
    """Where the project stands and what to do next.

    One screen: the phase, what blocks its tollgate, whose actions are overdue, promises kept, the
    last figures, the health. Example: dmaic status
    """
    face.check()
    from dmaic.project.standing.status import status as judge

    with reading(place) as (_, view, project):
        reply = judge(view, project, today())
    return Answer("status", reply, face)
