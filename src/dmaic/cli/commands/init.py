"""`dmaic init`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread


@spread
def init(
    face: Face,
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="The folder; by default this one.", show_default=False),
    ] = Path(),
    template: Annotated[
        str, typer.Option("--template", metavar="NAME|PATH", help="Template of new projects.")
    ] = "saas-churn",
    name: Annotated[
        str, typer.Option("--name", metavar="TEXT", help="What the engagement is called.")
    ] = "",
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="URL", help="Keep the record on a PostgreSQL server."),
    ] = None,
) -> Answer:
    """Make an engagement folder.

    It holds the record (dmaic.db), settings to edit (dmaic.toml), data/ and reports/. Example:
    dmaic init acme
    """
    face.check()
    from dmaic.project.engagement.start import init as make
    from dmaic.reply import Change
    from dmaic.settings import actor

    begun = make(folder, actor=actor(), name=name, template=template, database=db)
    kept = " and ".join(begun.kept)
    here = begun.folder == Path.cwd()
    reply = Change(
        done=f'Made the engagement "{begun.settings.name}" in {begun.folder}.',
        more=(f"Left {kept} as it was.",) if kept else (),
        next=(*(() if here else (f"cd {shlex.quote(str(folder))}",)), 'dmaic project new "NAME"'),
    )
    return Answer("init", reply, face)
