"""`dmaic template from-project`."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.ask import can_ask
from dmaic.cli.commands.template import check_new
from dmaic.cli.completion import complete_document
from dmaic.cli.options import spread
from dmaic.cli.record import Writing, reading
from dmaic.errors import UsageError
from dmaic.file import expanded

if TYPE_CHECKING:
    from dmaic.project.template.from_project import Drawn


@spread
def from_project(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the template is called.")],
    face: Face,
    place: Writing,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="As people read it.")] = "",
    purpose: Annotated[
        str, typer.Option("--purpose", metavar="TEXT", help="What it is for.")
    ] = "Made of a finished project: its method, without anything of the client's.",
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="Its folder; the name where none is given."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="DOCUMENT",
            help="Only this document may stay; repeatable.",
            autocompletion=complete_document,
        ),
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also",
            metavar="DOCUMENT",
            help="This document may stay too; repeatable.",
            autocompletion=complete_document,
        ),
    ] = None,
    word: Annotated[
        list[str] | None,
        typer.Option("--word", metavar="TEXT", help="A word that must not stay; repeatable."),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option("--allow", metavar="TEXT", help="A word that may stay; repeatable."),
    ] = None,
) -> Answer:
    """Make a template of a project, without what is the client's own.

    Names, figures, days, ids and texts that hold them are taken out. What stays is shown, and
    asked about one document at a time.
    Example: dmaic template from-project churn-audit --dry-run
    """
    face.check()
    from dmaic.documents.registry import document_class
    from dmaic.engagements.package import Package
    from dmaic.engagements.scaffold import check_name
    from dmaic.engagements.shelf import write_folder
    from dmaic.project.template.drawn_reply import drawn_reply
    from dmaic.project.template.from_project import draw, files_of

    check_name(name)
    folder = expanded(to) if to is not None else Path(name)
    if not place.dry_run:
        check_new(folder)
    with reading(place) as (_, view, project):
        drawn = draw(
            view,
            project,
            name,
            title=title,
            more=word or (),
            allowed=allow or (),
            only=None if only is None else [document_class(each).KIND for each in only],
            also=[document_class(each).KIND for each in also or ()],
        )
    if place.dry_run:
        return Answer("template from-project", drawn_reply(drawn), face)
    if not place.yes:
        if not can_ask(no_input=place.no_input):
            raise UsageError(
                "Somebody must read what stays before it is written.",
                "usage.confirm",
                "See it with --dry-run, then add --yes.",
            )
        drawn = _asked(drawn)
    files = files_of(drawn, purpose)
    write_folder(Package(name, name, files), folder)
    shown = shlex.quote(str(folder))
    follow = (f"dmaic template lint {shown}", f"dmaic template try {shown}")
    return Answer("template from-project", drawn_reply(drawn, str(folder), follow), face)


def _asked(drawn: Drawn) -> Drawn:
    """Show what stays, a document at a time, and ask whether it may.

    Raises:
        KeyboardInterrupt: the person leaves; nothing is written.
    """
    from dmaic.cli.ask import Option, make_asker
    from dmaic.documents.registry import document_class
    from dmaic.project.template.drawn_reply import parts_of, stays_blocks

    asker = make_asker()
    options = (Option(True, "it stays", "y"), Option(False, "it is left out", "n"))
    documents, dropped = dict(drawn.documents), dict(drawn.dropped)
    for kind in drawn.documents:
        asker.say(*stays_blocks(parts_of(drawn, kind)))
        if not asker.pick(f"The {document_class(kind).called()}", options):
            del documents[kind]
            dropped[kind] = "you left it out"
    return replace(drawn, documents=documents, dropped=dropped)
