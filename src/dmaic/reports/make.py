"""All formats of a report from one run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from dmaic.reports.picture import draw
from dmaic.reports.report import Files, Format, Report
from dmaic.reports.style import Style

_RASTER = ("docx", "pptx")
"""Formats whose programs do not all show SVG."""


def make(
    report: Report,
    formats: Sequence[Format],
    style: Style,
    *,
    kept: Path | None = None,
    progress: Callable[[float | None], None] | None = None,
) -> Files:
    """The files of a report.

    Args:
        report: composed.
        formats: wanted.
        style: of the client.
        kept: folder of charts that were drawn before; None for none.
        progress: told the share that is done.

    Returns:
        Path within the folder of reports -> content.
    """
    raster = any(each in formats for each in _RASTER)
    pictures = draw(report.figures, style.colours, png=raster, kept=kept)
    files: Files = {}
    for number, format in enumerate(formats, 1):
        files |= import_module(f"dmaic.reports.write_{format}").write(report, pictures, style)
        if progress is not None:
            progress(number / len(formats))
    return files
