"""`dmaic project`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Writing


@spread
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the project is called.")],
    face: Face,
    place: Writing,
    template: Annotated[
        str | None, typer.Option("--template", metavar="NAME|PATH", help="Template it follows.")
    ] = None,
    sponsor: Annotated[
        str, typer.Option("--sponsor", metavar="NAME", help="Who asks for it and pays for it.")
    ] = "",
) -> Answer:
    """Start a project.

    Example: dmaic project new "Cut estimator churn" --sponsor "Ada Park" --target-date 2026-12-31
    """
    face.check()
    from dmaic.project.home import open_home
    from dmaic.project.start import new_project

    home = open_home(place.db)
    with home.store.writing("project new", dry_run=place.dry_run) as work:
        made = new_project(work, name, template=template or home.settings.template, sponsor=sponsor)
        reply = work.reply(
            f'Started the project "{made.body.name}" ({made.id}).', made, next=("dmaic status",)
        )
    return Answer("project new", reply, face)
