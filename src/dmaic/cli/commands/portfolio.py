"""`dmaic portfolio`."""

from __future__ import annotations

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place
from dmaic.settings import today


@spread
def portfolio(face: Face, place: Place) -> Answer:
    """All projects, a line each.

    With the health of each and the rules that made it. Example: dmaic portfolio
    """
    face.check()
    from dmaic.project.engagement.home import open_home
    from dmaic.project.standing.portfolio import portfolio as judge

    with open_home(place.db).store.reading() as view:
        reply = judge(view, today())
    return Answer("portfolio", reply, face)
