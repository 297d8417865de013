"""`dmaic issue`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli import logbook
from dmaic.cli.answer import Answer, Face
from dmaic.cli.logbook import GRAVE, Owner, Response
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing, said

Which = Annotated[str, typer.Argument(metavar="ISSUE", help="Id or title, or its beginning.")]


@spread
def add(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What has happened.")],
    severity: Annotated[int, typer.Option("--severity", metavar="1-5", help=GRAVE)],
    face: Face,
    place: Writing,
    owner: Owner = None,
    response: Response = None,
) -> Answer:
    """Note an issue.

    Example: dmaic issue add "Billing has no segment for old accounts" --severity 3 --owner Dana
    """
    return logbook.add(
        "issue", face, place, title=title, severity=severity, owner=owner, response=response
    )


@spread
def list_(face: Face, place: Place) -> Answer:
    """The issues.

    Open ones first, the gravest before the others. Example: dmaic issue list
    """
    return logbook.entries("issue", face, place)


@spread
def set_(
    which: Which,
    face: Face,
    place: Writing,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What has happened.")
    ] = None,
    severity: Annotated[int | None, typer.Option("--severity", metavar="1-5", help=GRAVE)] = None,
    owner: Owner = None,
    response: Response = None,
) -> Answer:
    """Change facts about an issue.

    Example: dmaic issue set billing --severity 2
    """
    given = said(title=title, severity=severity, owner=owner, response=response)
    return logbook.change("issue", which, face, place, given)


@spread
def close(
    which: Which,
    reason: Annotated[str, typer.Option("--reason", metavar="WHY", help="Why.")],
    face: Face,
    place: Writing,
) -> Answer:
    """Close an issue.

    Example: dmaic issue close billing --reason "the vendor filled them in"
    """
    return logbook.close("issue", which, reason, face, place)
