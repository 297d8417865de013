"""`dmaic decision`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from dmaic.cli import logbook
from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing, day, said

Which = Annotated[str, typer.Argument(metavar="DECISION", help="Id or title, or its beginning.")]
Why = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reasons.")]
On = Annotated[
    date | None,
    typer.Option("--on", parser=day, metavar="DATE", help="When it was decided; today."),
]


@spread
def add(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What was decided.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decided.")],
    face: Face,
    place: Writing,
    why: Why = None,
    on: On = None,
) -> Answer:
    """Note a decision.

    Example: dmaic decision add "Pilot in Ohio first" --by "Ada Park" --why "one time zone"
    """
    return logbook.add("decision", face, place, title=title, by=by, why=why, on=on)


@spread
def list_(face: Face, place: Place) -> Answer:
    """The decisions.

    Example: dmaic decision list
    """
    return logbook.entries("decision", face, place)


@spread
def set_(
    which: Which,
    face: Face,
    place: Writing,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What was decided.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decided.")] = None,
    why: Why = None,
    on: On = None,
) -> Answer:
    """Change facts about a decision.

    Example: dmaic decision set pilot --why "one time zone, one trainer"
    """
    return logbook.change("decision", which, face, place, said(title=title, by=by, why=why, on=on))
