"""What a command hands to the one place that prints."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dmaic.errors import UsageError
from dmaic.file import STDOUT, expanded

if TYPE_CHECKING:
    from dmaic.cli.record import Place
    from dmaic.result import Reply

PANEL = "Output"


@dataclass(frozen=True, slots=True)
class Face:
    """How a result is shown; the same options on every command that returns one."""

    format: Annotated[
        Literal["table", "json", "csv", "md"] | None,
        typer.Option("--format", help="How the result is printed.", rich_help_panel=PANEL),
    ] = None
    json: Annotated[
        bool, typer.Option("--json", help="Short for --format json.", rich_help_panel=PANEL)
    ] = False
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            rich_help_panel=PANEL,
            help="Write the result to a file: .csv, .json, .md, .txt or .xlsx.",
        ),
    ] = None
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No words beside the data.", rich_help_panel=PANEL)
    ] = False
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            "-v",
            rich_help_panel=PANEL,
            help="Also what is only for information.",
        ),
    ] = False

    def check(self, inputs: Iterable[str | Path] = ()) -> None:
        """Refuse files that cannot be written under their names, before any work is done.

        Args:
            inputs: paths and globs that the command reads.

        Raises:
            UsageError: the ending of a name says no format, or the file is one that is read.
        """
        if self.file is not None:
            from dmaic.cli.render import check_output

            check_output(self.file, self.format)
        if self.picture is not None:
            from dmaic.charts.style import check_suffix

            check_suffix(self.picture)
        if self.file is not None or self.picture is not None:
            _keep_apart(inputs, self.file, self.picture)

    @property
    def file(self) -> Path | None:
        """The file that is written; none for `-`, standard output, where the result goes anyway."""
        return None if self.output == STDOUT else self.output

    def check_document(self) -> None:
        """Refuse to print the result beside a document that stands on standard output.

        Raises:
            UsageError: `usage.same-file`, both are asked for.
        """
        if self.chosen != "table":
            raise UsageError(
                "Standard output takes the document, or what is told about it.",
                "usage.same-file",
                f"Leave {'--json' if self.json else '--format'} out, or name a file with -o.",
                f"--output {STDOUT}",
            )

    @property
    def picture(self) -> Path | None:
        """Where the chart is drawn, for results that have one."""
        return None

    @property
    def chosen(self) -> Literal["table", "json", "csv", "md"]:
        """The format to print."""
        return "json" if self.json else self.format or "table"

    @property
    def leaves_terminal(self) -> bool:
        """Whether the result is kept, so that its source's fingerprint is worth its time."""
        return self.chosen != "table" or self.file is not None


@dataclass(frozen=True, slots=True)
class ChartFace(Face):
    """The same for a result that can be drawn."""

    chart: Annotated[
        Path | None,
        typer.Option(
            "--chart",
            metavar="PATH",
            rich_help_panel=PANEL,
            help="Draw the chart to a file: .png, .svg or .pdf.",
        ),
    ] = None

    @property
    def picture(self) -> Path | None:
        """Where the chart is drawn."""
        return self.chart


def _keep_apart(inputs: Iterable[str | Path], output: Path | None, chart: Path | None) -> None:
    """Refuse to write over what is read, and one result over the other."""
    taken = {os.path.realpath(path) for each in inputs for path in _files(str(each))}
    for option, path in (("--output", output), ("--chart", chart)):
        if path is None:
            continue
        place = os.path.realpath(path)
        if place in taken:
            raise UsageError(
                "The same command reads or writes this file already.",
                "usage.same-file",
                "Choose another name.",
                f"{option} {path}",
            )
        taken.add(place)


def _files(asked: str) -> list[str | Path]:
    """As `find_files` takes them: a path, one from the home folder, or a glob."""
    if "\0" in asked or os.path.lexists(asked):
        return [] if "\0" in asked else [asked]
    if asked.startswith("~"):
        return [expanded(asked)]
    import glob

    return [*glob.glob(asked, recursive=True)]  # noqa: PTH207


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply and how it is to be shown.

    Attributes:
        command: name of the command, for the JSON envelope.
        result: what the command answers.
        face: how to show it.
        status: exit status.
        notes: sentences about it, said after it on stderr.
        place: the project and the database that were named.
        document: a file's content that stands on standard output in the place of the result.
    """

    command: str
    result: Reply
    face: Face
    status: int = 0
    notes: tuple[str, ...] = ()
    place: Place | None = None
    document: bytes = b""
