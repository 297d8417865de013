"""What the commands that make reports share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dmaic.cli.completion import complete_report_format
from dmaic.errors import UsageError, suggest

if TYPE_CHECKING:
    from dmaic.reports.report import Format

StyleFile = Annotated[
    Path | None,
    typer.Option(
        "--style",
        metavar="FILE",
        help="Names, colours, fonts and logo; the engagement's client.toml if there is one.",
    ),
]

ReportFormats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="md, html, docx, pptx or pdf, html where none is named; several with commas, or "
        "repeated.",
        autocompletion=complete_report_format,
    ),
]


def formats_of(said: Iterable[str] | None) -> tuple[Format, ...]:
    """The formats of reports that are asked for, each once.

    Args:
        said: `pdf`, or several as `docx,pdf`.

    Raises:
        UsageError: `usage.format`, there is no such format.
    """
    from dmaic.reports.report import FORMATS

    words = [word.strip().casefold() for each in said or () for word in each.split(",")]
    for word in words:
        if word not in FORMATS:
            raise UsageError(
                f'No report has the format "{word}".',
                "usage.format",
                suggest(word, FORMATS)
                or "Formats are md, html, docx (Word), pptx (PowerPoint) "
                "and pdf; --json prints the list of files.",
                "--format",
            )
    return tuple(each for each in FORMATS if each in words)
