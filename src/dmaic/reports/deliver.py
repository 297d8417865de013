"""Where a report that was made goes: into its folder, into one file, or to standard output."""

from __future__ import annotations

import shlex
from pathlib import Path

from dmaic.file import STDOUT
from dmaic.output import write_bytes
from dmaic.project.engagement.home import Home
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.report_command import report_command
from dmaic.project.store.view import View
from dmaic.reports.folder import make_folder, write_files
from dmaic.reports.job import Done, Job
from dmaic.reports.made import MadeFile, MadeReport, as_of
from dmaic.reports.place import FOLDER, PORTFOLIO, folder_of, near
from dmaic.reports.report import Files


def deliver(
    job: Job, done: Done, home: Home, view: View, project: Stored[Project] | None
) -> MadeReport:
    """Write the files of a report.

    Args:
        job: what was asked for; not standard output.
        done: what was made.
        home: the engagement.
        view: of the record.
        project: which, or None for the portfolio.

    Raises:
        OutputError: they cannot be written there, or what is there is not to be lost.
    """
    if job.output is not None:
        folder = job.output.parent
        written = _write_one(job.output, done.files)
    else:
        own = folder_of(view, project) if project is not None else PORTFOLIO
        folder = job.to or near(home.folder or Path()) / FOLDER / own
        write_files(
            folder,
            done.files,
            replace=job.replace,
            owned=_pages if project is None and "html" in done.formats else None,
        )
        written = {str(folder / name): content for name, content in done.files.items()}
    files = tuple(
        MadeFile(path=path, format=_format(name), bytes=len(written[path]))
        for path, name in zip(written, done.files, strict=True)
    )
    return _told(job, done, str(folder), files)


def for_stdout(job: Job, done: Done) -> tuple[MadeReport, bytes, int]:
    """A report of one format for standard output.

    Args:
        job: what was asked for.
        done: what was made.

    Returns:
        What is told about it, the document, and how many figures beside it are not kept.
    """
    name = next(name for name in done.files if _is_main(name))
    file = MadeFile(path=str(STDOUT), format=_format(name), bytes=len(done.files[name]))
    return _told(job, done, "", (file,)), done.files[name], len(done.files) - 1


def _told(job: Job, done: Done, folder: str, files: tuple[MadeFile, ...]) -> MadeReport:
    report = done.report
    return MadeReport(
        report=report.kind,
        title=report.title,
        project=report.project,
        day=report.day.isoformat(),
        draft=report.draft,
        folder=folder,
        files=files,
        lacks=tuple(f"{each.part}: {each.message}" for each in report.lacks),
        findings=done.findings,
        next=() if job.output == STDOUT and not report.lacks else (next_command(job, done),),
    )


def next_command(job: Job, done: Done) -> str:
    """What is likely typed after a report was made.

    What mends it; where it lacks nothing and is a web page, the same for people who want a
    document; else which other reports there are.

    Args:
        job: what was asked for.
        done: what was made.
    """
    kind = done.report.kind
    if done.report.lacks:
        return f"dmaic report check {kind}{as_of(done.report)}"
    if done.formats != ("html",) or job.output is not None:
        return "dmaic report list"
    if kind == PORTFOLIO:
        return "dmaic serve --open"
    said = as_of(done.report)
    said += f" --style {shlex.quote(str(job.style))}" if job.style is not None else ""
    said += f" --to {shlex.quote(str(job.to))}" if job.to is not None else ""
    said += " --draft" if job.draft else ""
    return f"{report_command(kind)} --format docx,pdf{said}"


def _pages(name: str) -> bool:
    """Whether a file in the portfolio's folder is a page of its site."""
    return name.endswith(".html")


def _write_one(path: Path, files: Files) -> dict[str, bytes]:
    """The one file under its own name, after the figures that it shows."""
    places = {name: path if _is_main(name) else path.parent / name for name in files}
    for name in sorted(files, key=_is_main):
        if not _is_main(name):
            make_folder(places[name].parent)
        write_bytes(places[name], files[name])
    return {str(places[name]): content for name, content in files.items()}


def _is_main(name: str) -> bool:
    """Whether a file is the document, and no figure beside it."""
    return "/" not in name


def _format(name: str) -> str:
    return "figures" if "-figures/" in name else Path(name).suffix.lstrip(".")
