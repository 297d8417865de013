"""A report as a command asks for it: composed, made in every format wanted, and written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dmaic.errors import UsageError
from dmaic.output import write_bytes
from dmaic.project.engagement.home import Home
from dmaic.project.engagement.kept_package import layouts_of
from dmaic.project.engagement.kept_package import style_of as template_style
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.view import View
from dmaic.reports.compose import compose
from dmaic.reports.folder import write_files
from dmaic.reports.glyph import noticed
from dmaic.reports.layouts import kinds
from dmaic.reports.made import MadeFile, MadeReport
from dmaic.reports.make import make
from dmaic.reports.report import FORMATS, Files, Format, Report
from dmaic.reports.style import Style
from dmaic.reports.style_file import NAME, read_style, style_from
from dmaic.result import Finding
from dmaic.text import printable

FOLDER = "reports"
"""Within the engagement; each project has a folder of its own in it."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for.

    Attributes:
        kind: of report.
        day: as of which.
        formats: wanted; html where none is.
        to: folder for the files, or None.
        output: the one file, or None.
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

    def wanted(self) -> tuple[Format, ...]:
        """The formats, each once.

        Raises:
            UsageError: `usage.report-output`, the one file cannot be.
        """
        if self.output is None:
            return tuple(each for each in FORMATS if each in (self.formats or ("html",)))
        ending = self.output.suffix.lower().lstrip(".")
        asked = self.formats or tuple(each for each in FORMATS if each == ending)
        problem = ""
        if self.to is not None:
            problem = "Both a file and a folder are named."
        elif len(set(asked)) > 1:
            problem = f"{len(set(asked))} formats do not go into one file."
        elif not asked:
            problem = "The ending of the file's name says no format."
        if problem:
            raise UsageError(
                problem,
                "usage.report-output",
                f"Name one format of {', '.join(FORMATS)}, or a folder with --to.",
                printable(f"--output {self.output}"),
            )
        return asked[:1]


def run_job(
    job: Job,
    home: Home,
    view: View,
    project: Stored[Project],
    *,
    progress: Callable[[float | None], None] | None = None,
) -> MadeReport:
    """Make a report and write its files.

    Args:
        job: what is asked for.
        home: the engagement.
        view: of the record.
        project: which.
        progress: told the share that is done.

    Raises:
        DmaicError: it cannot be composed, made or written.
    """
    formats = job.wanted()
    style = style_of(home, job.style, view, project)
    report = compose(view, project, job.kind, job.day, draft=job.draft, slides="pptx" in formats)
    with noticed() as letters:
        files = make(report, formats, style, progress=progress)
    if job.output is None:
        folder = job.to or (home.folder or Path()) / FOLDER / folder_name(project)
        write_files(folder, files, replace=job.replace)
        written = {str(folder / name): content for name, content in files.items()}
    else:
        folder = job.output.parent
        written = _write_one(job.output, report, files)
    return MadeReport(
        report=report.kind,
        title=report.title,
        project=report.project,
        day=report.day.isoformat(),
        draft=report.draft,
        folder=str(folder),
        files=tuple(
            MadeFile(path=path, format=_format(path, name), bytes=len(written[path]))
            for path, name in zip(written, files, strict=True)
        ),
        lacks=tuple(each.message for each in report.lacks),
        findings=_found(letters),
    )


def _found(letters: list[str]) -> tuple[Finding, ...]:
    if not letters:
        return ()
    shown = " ".join(letters[:12]) + (" …" if len(letters) > 12 else "")
    return (
        Finding(
            code="missing-glyphs",
            level="warning",
            message=f"No font on this machine has {shown}; charts and PDF show boxes instead.",
            hint="Install a font with these letters, such as Noto Sans CJK, and make it again.",
            count=len(letters),
        ),
    )


def style_of(home: Home, path: Path | None, view: View, project: Stored[Project]) -> Style:
    """The style of a project's reports: the one named, or `client.toml` of the engagement.

    What it leaves out is as the project's template says, and else as dmaic's own.

    Args:
        home: the engagement.
        path: as named, or None.
        view: of the record.
        project: which.

    Raises:
        DataError: it cannot be used.
    """
    said, files = template_style(view, project)
    base = style_from(said, f"style.toml of the template {project.body.template.name}", files)
    if path is None and home.folder is not None and (home.folder / NAME).is_file():
        path = home.folder / NAME
    return base if path is None else read_style(path, base)


def kinds_of(view: View, project: Stored[Project]) -> dict[str, str]:
    """The reports that can be made of a project -> what each is, in the words of its layout.

    Args:
        view: of the record.
        project: which.
    """
    return kinds(layouts_of(view, project), view, project)


def folder_name(project: Stored[Project]) -> str:
    """Name of the folder of a project's reports: its name in small letters and dashes.

    Args:
        project: which.
    """
    words = re.findall(r"\w+", project.body.name.casefold())
    name = "-".join(words)[:60].strip("-")
    # On Windows some names are devices'.
    return name if len(name) > 3 else f"{name}-{project.id}".strip("-")


def _write_one(path: Path, report: Report, files: Files) -> dict[str, bytes]:
    """The one file under its own name; figures beside it keep theirs."""
    written: dict[str, bytes] = {}
    for name, content in files.items():
        is_main = name.startswith(f"{report.kind}.")
        place = path if is_main else path.parent / name
        if not is_main:
            place.parent.mkdir(exist_ok=True)
        write_bytes(place, content)
        written[str(place)] = content
    return written


def _format(path: str, name: str) -> str:
    return "figures" if "/" in name else Path(path).suffix.lstrip(".") or "file"
