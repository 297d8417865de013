"""`dmaic undo` and `dmaic redo`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Writing
from dmaic.errors import UsageError

_ENTRY = typer.Argument(
    metavar="SEQ", help="Number of an entry, as `dmaic log` shows it.", show_default=False
)
_ANY = typer.Option("--any", help="Not only my own.")


@spread
def undo(
    face: Face,
    writing: Writing,
    seq: Annotated[int | None, _ENTRY] = None,
    to: Annotated[
        int | None,
        typer.Option("--to", metavar="SEQ", min=1, help="Take back everything after this entry."),
    ] = None,
    anybody: Annotated[bool, _ANY] = False,
) -> Answer:
    """Take the last operation back.

    Yours, unless --any says otherwise or an entry is named. Nothing is taken back that somebody
    built upon. Example: dmaic undo
    """
    face.check()
    if seq is not None and to is not None:
        raise UsageError("SEQ and --to do not go together.", "usage.options", "Leave one out.")
    from dmaic.project.engagement.home import open_home
    from dmaic.project.record.undo import undo as take_back

    home = open_home(writing.db)
    with home.store.writing("undo", dry_run=writing.dry_run) as work:
        only = home.project(work, writing.project).id if writing.project else None
        reply = take_back(work, seq, to=to, anybody=anybody, project=only)
    return Answer("undo", reply, face)


@spread
def redo(
    face: Face,
    writing: Writing,
    seq: Annotated[int | None, _ENTRY] = None,
    anybody: Annotated[bool, _ANY] = False,
) -> Answer:
    """Bring back what was undone.

    What you undid last, unless an entry is named; after a new change there is nothing to bring
    back. Example: dmaic redo
    """
    face.check()
    from dmaic.project.engagement.home import open_home
    from dmaic.project.record.undo import redo as bring_back

    home = open_home(writing.db)
    with home.store.writing("redo", dry_run=writing.dry_run) as work:
        only = home.project(work, writing.project).id if writing.project else None
        reply = bring_back(work, seq, anybody=anybody, project=only)
    return Answer("redo", reply, face)
