"""`dmaic backup` and `dmaic restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.ask import confirm
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing
from dmaic.file import expanded


@spread
def backup(
    face: Face,
    place: Place,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]",
            help="File or folder; by default backups/ beside the database.",
            show_default=False,
        ),
    ] = None,
) -> Answer:
    """Write a copy of the database.

    No file is written over. Snapshots in data/ are not in it. Example: dmaic backup
    """
    face.check()
    from dmaic.project.engagement.home import open_home
    from dmaic.project.record.backup import backup as copy
    from dmaic.settings import today

    home = open_home(place.db)
    return Answer("backup", copy(home.store, path and expanded(path), today()), face)


@spread
def restore(
    face: Face,
    writing: Writing,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)],
) -> Answer:
    """Put a backup in the place of the database.

    The backup is proved first, and the database that it replaces is kept beside it. Example:
    dmaic restore backups/dmaic-2025-12-31.db
    """
    face.check([file])
    from dmaic.project.engagement.home import find_home
    from dmaic.project.record.restore import restoring
    from dmaic.reply import Change
    from dmaic.settings import today

    home = find_home(writing.db)
    with restoring(home.store, expanded(file)) as found:
        if writing.dry_run:
            return Answer("restore", Change(done=found.question, dry_run=True), face)
        if home.store.path is not None and home.store.path.exists():
            confirm(found.question, "restore", yes=writing.yes, no_input=writing.no_input)
        reply = found.apply(today())
    return Answer("restore", reply, face)
