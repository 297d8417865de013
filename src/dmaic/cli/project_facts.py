"""What the commands that start and change projects share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from dmaic.cli.completion import complete_project
from dmaic.cli.record import day

if TYPE_CHECKING:
    from dmaic.project.engagement.home import Home
    from dmaic.reply import Change

Which = Annotated[
    str | None,
    typer.Argument(
        metavar="PROJECT",
        help="Id or name; by default the project in use.",
        show_default=False,
        autocompletion=complete_project,
    ),
]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about a project that a person may say."""

    sponsor: Annotated[
        str | None, typer.Option("--sponsor", metavar="NAME", help="Who asks and pays for it.")
    ] = None
    start: Annotated[
        date | None, typer.Option("--start", parser=day, metavar="DATE", help="First day.")
    ] = None
    target_date: Annotated[
        date | None,
        typer.Option("--target-date", parser=day, metavar="DATE", help="Day to be closed by."),
    ] = None
    group: Annotated[
        str | None, typer.Option("--group", metavar="NAME", help="Pareto group it works on.")
    ] = None
    currency: Annotated[
        str | None, typer.Option("--currency", metavar="CODE", help="Of its figures, such as USD.")
    ] = None


def followed(reply: Change, home: Home, id: str) -> Change:
    """The reply with what follows a new project: to choose it, where another one is in use.

    Args:
        reply: of the command that started it.
        home: the engagement.
        id: of the new project.
    """
    if reply.dry_run:
        return reply
    from dmaic.errors import NotFoundError

    with home.store.reading() as view:
        try:
            used = home.project(view).id == id
        except NotFoundError:
            used = False
    follow = "dmaic walk" if used else f"dmaic project use {id}"
    return reply.model_copy(update={"next": (follow,)})
