"""`dmaic risk`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli import logbook
from dmaic.cli.answer import Answer, Face
from dmaic.cli.logbook import GRAVE, Owner, Response
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing, said

Which = Annotated[str, typer.Argument(metavar="RISK", help="Id or title, or its beginning.")]
_LIKELY = "From 1, hardly, to 5, almost certain."


@spread
def add(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What may happen.")],
    probability: Annotated[int, typer.Option("--probability", metavar="1-5", help=_LIKELY)],
    impact: Annotated[int, typer.Option("--impact", metavar="1-5", help=GRAVE)],
    face: Face,
    place: Writing,
    owner: Owner = None,
    response: Response = None,
) -> Answer:
    """Note a risk.

    Example: dmaic risk add "The API slips to spring" --probability 3 --impact 4 --owner Sam
    """
    return logbook.add(
        "risk", face, place, title=title, probability=probability, impact=impact, owner=owner,
        response=response,
    )  # fmt: skip


@spread
def list_(face: Face, place: Place) -> Answer:
    """The risks, gravest first.

    Example: dmaic risk list
    """
    return logbook.entries("risk", face, place)


@spread
def set_(
    which: Which,
    face: Face,
    place: Writing,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What may happen.")
    ] = None,
    probability: Annotated[
        int | None, typer.Option("--probability", metavar="1-5", help=_LIKELY)
    ] = None,
    impact: Annotated[int | None, typer.Option("--impact", metavar="1-5", help=GRAVE)] = None,
    owner: Owner = None,
    response: Response = None,
) -> Answer:
    """Change facts about a risk.

    Example: dmaic risk set "the api" --probability 2 --response "two engineers more"
    """
    given = said(
        title=title, probability=probability, impact=impact, owner=owner, response=response
    )
    return logbook.change("risk", which, face, place, given)


@spread
def close(
    which: Which,
    reason: Annotated[str, typer.Option("--reason", metavar="WHY", help="Why.")],
    face: Face,
    place: Writing,
) -> Answer:
    """Close a risk.

    Example: dmaic risk close "the api" --reason "it was released"
    """
    return logbook.close("risk", which, reason, face, place)
