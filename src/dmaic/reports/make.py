"""All formats of a report from one run."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from dmaic.reports.picture import draw
from dmaic.reports.report import Files, Format, Report
from dmaic.reports.style import Style


def make(report: Report, formats: Sequence[Format], style: Style) -> Files:
    """The files of a report.

    Args:
        report: composed.
        formats: wanted.
        style: of the client.

    Returns:
        Path within the folder of reports -> content.
    """
    pictures = draw(report.figures)
    files: Files = {}
    for format in formats:
        files |= import_module(f"dmaic.reports.write_{format}").write(report, pictures, style)
    return files
