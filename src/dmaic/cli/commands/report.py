"""`dmaic report`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dmaic.cli.answer import PANEL, Answer, Face
from dmaic.cli.completion import complete_report
from dmaic.cli.options import spread
from dmaic.cli.record import Place, day, reading
from dmaic.cli.report_option import ReportFormats, StyleFile, formats_of
from dmaic.errors import UsageError
from dmaic.file import STDOUT
from dmaic.settings import today
from dmaic.text import plural

if TYPE_CHECKING:
    from datetime import date

    from dmaic.project.engagement.home import Home
    from dmaic.project.engagement.project import Project
    from dmaic.project.entity import Stored
    from dmaic.project.store.view import View
    from dmaic.reports.job import Job
    from dmaic.reports.made import MadeReport

MISSING = 8
"""Exit status of a report that lacks something."""

TEXT = ("md", "html")
"""Formats that a terminal can show."""

Kind = Annotated[
    str,
    typer.Argument(
        metavar="KIND",
        help="Which report, such as analyze, a3 or executive; `dmaic report list` shows all.",
        autocompletion=complete_report,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="The record as it was at the end of that day."),
]


@spread
def make(
    kind: Kind,
    face: Face,
    place: Place,
    format: ReportFormats = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="DIR",
            help="Folder for the files; the engagement's reports/PROJECT where none is named.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="One file, whose ending may name the format; - for standard output.",
        ),
    ] = None,
    style: StyleFile = None,
    as_of: AsOf = None,
    *,
    json: Annotated[
        bool, typer.Option("--json", help="Print the list of files as JSON.", rich_help_panel=PANEL)
    ] = False,
    draft: Annotated[bool, typer.Option("--draft", help="Mark it as a draft.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also write over files that somebody changed.")
    ] = False,
    open_: Annotated[
        bool, typer.Option("--open", help="Open it in the program that shows it, to read it.")
    ] = False,
) -> Answer:
    """Make a report.

    The verb may be left out. Reports that are there already are made anew; a file that was
    changed since it was written is kept. Example: dmaic report make analyze --format docx,pdf
    """
    from dmaic.cli.progress import reporting
    from dmaic.reports.deliver import deliver, for_stdout
    from dmaic.reports.job import Job, do_job

    job = Job(kind, _day(as_of), formats=formats_of(format), to=to, output=output, style=style,
              draft=draft, replace=replace)  # fmt: skip
    face = changed(face, json=json)
    if output == STDOUT:
        _check_stdout(job, face, opened=open_)
    with (
        _subject(kind, place) as (home, view, project),
        reporting(quiet=face.quiet, what="Making the report") as move,
    ):
        done = do_job(job, home, view, project, progress=move)
        if output != STDOUT:
            made = deliver(job, done, home, view, project)
            told = _open(made) if open_ else ()
            return Answer("report make", made, face, notes=told)
    reply, document, figures = for_stdout(job, done)
    notes = tuple(note for note in (reply.told_lacks, _left_out(figures)) if note)
    return Answer("report make", reply, face, notes=notes, document=document)


@spread
def check(kind: Kind, face: Face, place: Place, as_of: AsOf = None) -> Answer:
    """What a report lacks, and what in it is stale.

    With the command that mends it. Exit status 8 when there is anything.
    Example: dmaic report check analyze
    """
    face.check()
    from dmaic.reports.job import composed
    from dmaic.reports.made import CheckedReport

    with _subject(kind, place) as (_, view, project):
        reply = CheckedReport.of(composed(view, project, kind, _day(as_of), draft=True))
    return Answer("report check", reply, face, MISSING if reply.lacks else 0)


@spread
def list_(face: Face, place: Place) -> Answer:
    """The reports that can be made.

    Those of dmaic, and those of the project's template. Example: dmaic report list
    """
    face.check()
    from dmaic.reports.layouts import kinds_of
    from dmaic.reports.made import report_list

    with reading(place) as (_, view, project):
        reply = report_list(kinds_of(view, project), project.body.name)
    return Answer("report list", reply, face)


@contextmanager
def _subject(kind: str, place: Place) -> Iterator[tuple[Home, View, Stored[Project] | None]]:
    """What a report is about: a project, or for the portfolio none."""
    from dmaic.reports.place import PORTFOLIO

    if kind.casefold() != PORTFOLIO:
        with reading(place) as found:
            yield found
        return
    from dmaic.project.engagement.home import open_home

    home = open_home(place.db)
    with home.store.reading() as view:
        yield home, view, None


def _open(made: MadeReport) -> tuple[str, ...]:
    """Open one of the files, a page before a document, and say so where nothing does."""
    readable = ("html", "pdf", "docx", "pptx", "md")
    path = next(each.path for name in readable for each in made.files if each.format == name)
    # Whole, since a name may begin as an option does.
    if typer.launch(str(Path(path).absolute())) == 0:
        return ()
    return (f"No program here opens {path}.",)


def _check_stdout(job: Job, face: Face, *, opened: bool) -> None:
    """Refuse what standard output cannot take, before any work is done.

    Raises:
        UsageError: `usage.report-output`, no one format is asked for, it shall be opened, or a
            terminal would have to show what is no text; `usage.same-file`, JSON is to go there too.
    """
    (format,) = job.wanted()
    face.check_document()
    if opened:
        raise UsageError(
            "What goes to standard output is no file that can be opened.",
            "usage.report-output",
            "Leave --open out, or name a file.",
            f"--output {STDOUT}",
        )
    if format not in TEXT and sys.stdout.isatty():
        raise UsageError(
            f"A terminal cannot show {format.upper()}.",
            "usage.report-output",
            f"Pipe it into a program, or name a file: -o {job.kind}.{format}",
            f"--output {STDOUT}",
        )


def _left_out(figures: int) -> str:
    if not figures:
        return ""
    many = plural(figures, "figure beside it is", "figures beside it are")
    return f"{many} left out; -o FILE or --to DIR keeps them."


def _day(as_of: str | None) -> date:
    """As of which day.

    Raises:
        UsageError: `usage.date`, it is none; `usage.as-of`, it is still to come.
    """
    now = today()
    if as_of is None:
        return now
    said = day(as_of)
    if said > now:
        raise UsageError(
            f"{said} has not come yet; today is {now}.",
            "usage.as-of",
            "Name a day that is over, or leave --as-of out.",
            "--as-of",
        )
    return said
