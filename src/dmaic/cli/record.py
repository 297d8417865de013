"""How a command gets at the record: options, the engagement, the project it works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from dmaic.cli.completion import complete_project
from dmaic.errors import UsageError
from dmaic.settings import today
from dmaic.text import printable, says_something

if TYPE_CHECKING:
    from dmaic.project.engagement.home import Home
    from dmaic.project.engagement.project import Project
    from dmaic.project.entity import Stored
    from dmaic.project.store.view import View
    from dmaic.project.store.work import Work

RECORD = "Which project"

Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PATH|URL",
        rich_help_panel=RECORD,
        help="Database: a file, a folder, or an SQLAlchemy URL.",
    ),
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record is; the same options on every command of a project."""

    project: Annotated[
        str | None,
        typer.Option(
            "--project",
            "-p",
            metavar="NAME|ID",
            rich_help_panel=RECORD,
            help="Project.",
            autocompletion=complete_project,
        ),
    ] = None
    db: Database = None


@dataclass(frozen=True, slots=True)
class Writing(Place):
    """The same for a command that changes the record."""

    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", "-n", rich_help_panel=RECORD, help="Say what would change, change nothing."
        ),
    ] = False
    yes: Annotated[
        bool, typer.Option("--yes", "-y", rich_help_panel=RECORD, help="Do not ask back.")
    ] = False
    no_input: Annotated[
        bool,
        typer.Option("--no-input", rich_help_panel=RECORD, help="Never ask; fail instead."),
    ] = False


P = TypeVar("P", bound=Place)


@contextmanager
def reading(place: Place) -> Iterator[tuple[Home, View, Stored[Project]]]:
    """Read the record of the project that is meant.

    Args:
        place: as said on the command line.

    Yields:
        The engagement, what is in it, and the project.
    """
    from dmaic.project.engagement.home import open_home

    home = open_home(place.db)
    with home.store.reading() as view:
        yield home, view, home.project(view, place.project)


@contextmanager
def writing(
    place: Writing, command: str, *, note: str = "", closed: bool = False
) -> Iterator[tuple[Home, Work, Stored[Project]]]:
    """Change the record of the project that is meant; one entry in the journal.

    Args:
        place: as said on the command line.
        command: for the journal.
        note: reason given.
        closed: closed projects take the change too.

    Yields:
        The engagement, what is in it, and the project.

    Raises:
        ConflictError: `project.closed`.
    """
    from dmaic.project.engagement.home import open_home
    from dmaic.project.engagement.project import refuse_closed

    home = open_home(place.db)
    with home.store.writing(command, note=note, dry_run=place.dry_run) as work:
        project = home.project(work, place.project)
        if not closed:
            refuse_closed(project)
        work.project = project.id
        yield home, work, project


def named(place: P, word: str | None) -> P:
    """The same place, with the project that is named as an argument.

    Args:
        place: as said by options.
        word: id or name of a project, or None.

    Raises:
        UsageError: `usage.project-twice`, the option names another one.
    """
    if word is not None and place.project is not None and word != place.project:
        raise UsageError("Two projects are named.", "usage.project-twice", "Leave --project out.")
    return place if word is None else replace(place, project=word)


def day(text: str) -> date:
    """A date as it is typed: `2026-12-31`, or `today`.

    Args:
        text: what the person wrote.

    Raises:
        UsageError: `usage.date`.
    """
    said = text.strip()
    if said.casefold() == "today":
        return today()
    try:
        if len(said) != len("2026-12-31"):
            raise ValueError(said)
        return date.fromisoformat(said)
    except ValueError as error:
        raise UsageError(
            f'"{printable(said, 40)}" is no date.',
            "usage.date",
            "Write it as 2026-12-31, or today.",
        ) from error


def check_reason(reason: str) -> None:
    """Refuse a reason without a word.

    Args:
        reason: as said.

    Raises:
        UsageError: `usage.empty`.
    """
    if not says_something(reason):
        raise UsageError("It needs a reason.", "usage.empty", 'Say it with --reason "WHY".')


def said(**options: object) -> dict[str, Any]:
    """The options that were given.

    Args:
        **options: field -> what was said, or None.

    Raises:
        UsageError: `usage.nothing`, none was given.
    """
    given = {name: value for name, value in options.items() if value is not None}
    if not given:
        flags = ", ".join("--" + name.replace("_", "-") for name in options)
        raise UsageError("Nothing to change was said.", "usage.nothing", f"Give one of {flags}.")
    return given
