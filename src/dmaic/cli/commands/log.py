"""`dmaic log show` and `dmaic log verify`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place


@spread
def show(
    face: Face,
    place: Place,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE|SEQ", help="Only entries after this.")
    ] = "",
    entity: Annotated[
        str,
        typer.Option(
            "--entity",
            metavar="WORD",
            help="Only what touched this: a kind such as action, a name, or an id.",
        ),
    ] = "",
    actor: Annotated[
        str, typer.Option("--actor", metavar="NAME", help="Only what this person did.")
    ] = "",
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="At most so many; 0 for all.")
    ] = 50,
) -> Answer:
    """What was done, by whom and when.

    The newest entry first; --verbose shows each field before and after. The verb may be left out:
    dmaic log. Example: dmaic log show --since 2025-12-01
    """
    face.check()
    from dmaic.project.engagement.home import open_home
    from dmaic.project.record.log import log

    home = open_home(place.db)
    with home.store.reading() as view:
        reply = log(
            view,
            since=since,
            entity=entity,
            actor=actor,
            project=home.project(view, place.project).id if place.project else None,
            limit=limit,
            full=face.verbose,
        )
    return Answer("log show", reply, face)


@spread
def verify(
    face: Face,
    place: Place,
    expect: Annotated[
        str,
        typer.Option(
            "--expect",
            metavar="SEQ:HASH",
            help="Head that was written down before and must still be in the chain.",
        ),
    ] = "",
) -> Answer:
    """Prove that the journal is whole.

    Recomputes the chain of hashes, replays the journal, and compares it with the items as they
    are. Status 8 when something was changed by hand. Example: dmaic log verify
    """
    face.check()
    from dmaic.project.engagement.home import open_home
    from dmaic.project.record.verify import verify as prove

    with open_home(place.db).store.reading() as view:
        reply = prove(view, expect=expect)
    return Answer("log verify", reply, face, status=0 if reply.ok else 8)
