"""A report as a command asks for it: composed, and made in every format wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dmaic.errors import DataError, UsageError
from dmaic.file import STDOUT
from dmaic.project.engagement.home import Home
from dmaic.project.engagement.kept_package import style_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.view import View
from dmaic.reports.compose import compose
from dmaic.reports.glyph import fonts_missed, noticed
from dmaic.reports.make import make
from dmaic.reports.place import PORTFOLIO, drawn_in
from dmaic.reports.report import FORMATS, Files, Format, Report
from dmaic.reports.style import Style
from dmaic.reports.style_file import NAME, read_style, style_from
from dmaic.result import Finding
from dmaic.text import printable


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for.

    Attributes:
        kind: of report.
        day: as of which.
        formats: wanted; html where none is.
        to: folder for the files, or None.
        output: the one file, or `-` for standard output, or None.
        style: file, or None.
        draft: mark it as a draft.
        replace: also write over what somebody changed.
    """

    kind: str
    day: date
    formats: tuple[Format, ...] = ()
    to: Path | None = None
    output: Path | None = None
    style: Path | None = None
    draft: bool = False
    replace: bool = False

    @property
    def beside(self) -> str:
        """Name of the one file without its ending; empty where there is no one file."""
        return self.output.stem if self.output not in (None, STDOUT) else ""

    def wanted(self) -> tuple[Format, ...]:
        """The formats, each once.

        Raises:
            UsageError: `usage.report-output`, the one file cannot be.
        """
        if self.output is None:
            return tuple(each for each in FORMATS if each in (self.formats or ("html",)))
        ending = self.output.suffix.lower().lstrip(".")
        named = tuple(each for each in FORMATS if each == ending)
        asked = self.formats or named
        problem = ""
        if self.to is not None:
            problem = "Both a file and a folder are named."
        elif len(set(asked)) > 1:
            problem = f"{len(set(asked))} formats do not go into one file."
        elif not asked:
            problem = (
                "Standard output has no name that says a format."
                if self.output == STDOUT
                else "The ending of the file's name says no format."
            )
        elif named and named != asked[:1]:
            problem = f"The ending of the file's name says {ending}, and --format {asked[0]}."
        if problem:
            raise UsageError(
                problem,
                "usage.report-output",
                f"Name one format of {', '.join(FORMATS)}, or a folder with --to.",
                printable(f"--output {self.output}"),
            )
        return asked[:1]


@dataclass(frozen=True, slots=True)
class Done:
    """A report that was made and is not written yet.

    Attributes:
        report: composed.
        formats: that it was made in.
        files: name -> content; the document first.
        findings: about fonts and letters.
    """

    report: Report
    formats: tuple[Format, ...]
    files: Files
    findings: tuple[Finding, ...]


def do_job(
    job: Job,
    home: Home,
    view: View,
    project: Stored[Project] | None,
    *,
    progress: Callable[[float | None], None] | None = None,
) -> Done:
    """Make a report.

    Args:
        job: what is asked for.
        home: the engagement.
        view: of the record.
        project: which, or None for the portfolio.
        progress: told the share that is done.

    Raises:
        DmaicError: it cannot be composed or made.
    """
    formats = job.wanted()
    style = style_for(home, view, project, job.style)
    with fonts_missed() as fonts, noticed() as letters:
        if project is None:
            report, files = _portfolio(job, home, view, formats, style, progress)
        else:
            deck = "pptx" in formats
            report = composed(view, project, job.kind, job.day, draft=job.draft, slides=deck)
            report = replace(report, beside=job.beside)
            files = make(report, formats, style, kept=drawn_in(home), progress=progress)
    return Done(report, formats, files, (*_without_fonts(fonts), *_found(letters)))


def composed(
    view: View,
    project: Stored[Project] | None,
    kind: str,
    day: date,
    *,
    draft: bool = False,
    slides: bool = True,
) -> Report:
    """A report of a project, or the portfolio.

    Args:
        view: of the record.
        project: which, or None for the portfolio.
        kind: of the report.
        day: as of which.
        draft: mark it as a draft.
        slides: also compose the deck.

    Raises:
        DmaicError: it cannot be composed.
    """
    if project is not None:
        return compose(view, project, kind, day, draft=draft, slides=slides)
    from dmaic.reports.portfolio import compose_portfolio

    return compose_portfolio(view, day, draft=draft)


def _portfolio(
    job: Job,
    home: Home,
    view: View,
    formats: tuple[Format, ...],
    style: Style,
    progress: Callable[[float | None], None] | None,
) -> tuple[Report, Files]:
    """The portfolio: as HTML a site, in other formats a document."""
    # A site is made of reports, and so imports this module.
    from dmaic.reports.site import Site, make_site

    if job.output is not None and formats == ("html",):
        raise UsageError(
            "The portfolio in HTML is a folder of pages.",
            "usage.report-output",
            "Name a folder with --to, or another format.",
            printable(f"--output {job.output}"),
        )
    report = composed(view, None, PORTFOLIO, job.day, draft=job.draft)
    report = replace(report, beside=job.beside)
    others = [each for each in formats if each != "html"]
    files = make(report, others, style, kept=drawn_in(home)) if others else {}
    if "html" in formats:
        files |= make_site(
            Site(view, job.day, style, draft=job.draft, kept=drawn_in(home)), progress
        )
    return report, files


def _without_fonts(families: list[str]) -> Iterator[Finding]:
    for family in families:
        yield Finding(
            code="missing-font",
            level="warning",
            message=f"No font of this machine is called {printable(family, 60)}: the PDF is set "
            "in Source Sans Pro.",
            hint="Install it, or name its files in the style: [fonts] files = [...].",
        )


def _found(letters: list[str]) -> tuple[Finding, ...]:
    if not letters:
        return ()
    shown = " ".join(letters[:12]) + (" …" if len(letters) > 12 else "")
    return (
        Finding(
            code="missing-glyphs",
            level="warning",
            message=f"Letters such as {shown} are in no font on this machine: in charts and PDF "
            "they are boxes.",
            hint="Install a font with these letters, such as Noto Sans CJK, and make it again.",
        ),
    )


def style_for(
    home: Home, view: View, project: Stored[Project] | None, path: Path | None = None
) -> Style:
    """The style of a report: that of the project's template, and over it the client's.

    Args:
        home: the engagement; its `client.toml` is the client's where none is named.
        view: of the record.
        project: which, or None for the portfolio.
        path: the client's, as named, or None.

    Raises:
        DataError: one of them cannot be used.
    """
    style = Style()
    if project is not None:
        said, assets = style_of(view, project)
        mark = project.body.template
        try:
            style = style_from(said, f"template {mark.name}, style.toml", assets)
        except DataError as error:
            if mark.answers:
                mends = "An answer that fills it in: dmaic template answer KEY VALUE."
                error.hint = f"{error.hint} {mends}".strip()
            raise
    if path is None and home.folder is not None and (home.folder / NAME).is_file():
        path = home.folder / NAME
    return style if path is None else read_style(path, style)
