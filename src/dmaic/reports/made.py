"""What the commands about reports answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dmaic.block import Block, Check, Checks, Fields, Heading, Note
from dmaic.project.report_command import report_command
from dmaic.reply import Heads, Listing, Page
from dmaic.reports.report import FOLDER, Report
from dmaic.result import Frozen
from dmaic.settings import today
from dmaic.text import plural

_NAMES = {FOLDER: "Figures", "md": "Markdown"}


class MadeFile(Frozen):
    """A file that was written.

    Attributes:
        path: of the file.
        format: such as `pdf`; `figures` for a picture beside a Markdown file.
        bytes: its size.
    """

    path: str
    format: str
    bytes: int


class MadeReport(Page):
    """A report that was made.

    Attributes:
        report: its kind.
        title: of the report.
        project: its name.
        day: as of which it is.
        draft: it is marked as one.
        folder: where the files are.
        files: written.
        lacks: what is missing in it or stale, a sentence each.
    """

    kind: str = "report-made"
    report: str
    title: str
    project: str
    day: str
    draft: bool = False
    folder: str
    files: tuple[MadeFile, ...]
    lacks: tuple[str, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """What was written, and what is missing in it."""
        by_format: dict[str, list[MadeFile]] = {}
        for each in self.files:
            by_format.setdefault(each.format, []).append(each)
        rows = []
        for format, files in by_format.items():
            size, first = _size(sum(each.bytes for each in files)), files[0].path
            if format == FOLDER:
                told = f"{plural(len(files), 'file')} in {Path(first).parent}"
            else:
                told = first + (f" and {len(files) - 1} more" if len(files) > 1 else "")
            rows.append((_NAMES.get(format, format.upper()), f"{told} ({size})"))
        name = f"{self.title}, {self.project}" if self.project else self.title
        blocks: list[Block] = [
            Note(f"Wrote {name}, as of {self.day}.", strong=True),
            Fields(tuple(rows)),
        ]
        if self.lacks:
            blocks.append(Note(self.told_lacks))
        return tuple(blocks)

    @property
    def told_lacks(self) -> str:
        """How much is missing in it or stale, a sentence; empty where nothing is."""
        if not self.lacks:
            return ""
        return f"{plural(len(self.lacks), 'part is', 'parts are')} missing in it or stale."

    def records(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """One row a file."""
        rows: list[tuple[object, ...]] = [
            (each.path, each.format, each.bytes) for each in self.files
        ]
        return ("path", "format", "bytes"), rows


class ReportLack(Frozen):
    """Something that a report lacks, or that is stale in it.

    Attributes:
        part: of the report.
        message: what it is, one sentence.
        stale: it is there, but the data changed since.
        command: what mends it, as it is typed, or empty.
    """

    part: str
    message: str
    stale: bool = False
    command: str = ""


class CheckedReport(Page):
    """What a report lacks.

    Attributes:
        report: its kind.
        title: of the report.
        project: its name.
        day: as of which it is.
        lacks: what is missing or stale.
    """

    kind: str = "report-check"
    report: str
    title: str
    project: str
    day: str
    lacks: tuple[ReportLack, ...] = ()

    @classmethod
    def of(cls, report: Report) -> CheckedReport:
        """The check of a report.

        Args:
            report: composed.
        """
        return cls(
            report=report.kind,
            title=report.title,
            project=report.project,
            day=report.day.isoformat(),
            lacks=tuple(
                ReportLack(
                    part=each.part, message=each.message, stale=each.stale, command=each.command
                )
                for each in report.lacks
            ),
            next=() if report.lacks else (f"{report_command(report.kind)}{as_of(report)}",),
        )

    def blocks(self) -> tuple[Block, ...]:
        """The verdict, then what is missing, then what is stale."""
        heading = Heading(self.title, 1, aside=self.project)
        if not self.lacks:
            return heading, Note("Nothing is missing, and nothing is stale.", strong=True)
        stale = sum(each.stale for each in self.lacks)
        missing = len(self.lacks) - stale
        told = [
            plural(missing, "part is missing", "parts are missing") if missing else "",
            f"{stale} {'is' if stale == 1 else 'are'} stale" if stale else "",
        ]
        checks = tuple(
            Check("warn" if each.stale else "bad", each.part, each.message, each.command)
            for each in sorted(self.lacks, key=lambda each: each.stale)
        )
        verdict = ", ".join(filter(None, told))
        return heading, Note(f"{verdict[:1].upper()}{verdict[1:]}.", strong=True), Checks(checks)

    def records(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """One row a thing."""
        return (
            ("part", "message", "stale", "command"),
            [(each.part, each.message, each.stale, each.command) for each in self.lacks],
        )


def as_of(report: Report) -> str:
    """What a command about a report adds to speak of the same day; empty for today.

    Args:
        report: composed.
    """
    return "" if report.day == today() else f" --as-of {report.day.isoformat()}"


def report_list(kinds: Mapping[str, str], project: str) -> Listing:
    """The reports that can be made of a project.

    Args:
        kinds: kind -> what it is.
        project: its name.
    """
    return Listing(
        kind="report-list",
        title=f"Reports of {project}",
        items=tuple({"report": kind, "about": about} for kind, about in kinds.items()),
        shown=(
            Heads(field="report", title="Report"),
            Heads(field="about", title="What it is", wrap=True),
        ),
        next=(report_command(next(iter(kinds))),) if kinds else (),
    )


def _size(bytes: int) -> str:
    return f"{bytes / 1e6:.1f} MB" if bytes >= 1e6 else f"{max(bytes / 1e3, 1):.0f} kB"
