"""A report as Markdown, its figures beside it."""

from __future__ import annotations

from dmaic.markdown.escape import escaped
from dmaic.reports.picture import Pictures
from dmaic.reports.report import Files, Report
from dmaic.reports.style import Style


def write(report: Report, pictures: Pictures, style: Style) -> Files:
    """`KIND.md` and `figures/NAME.svg`.

    Args:
        report: composed.
        pictures: of its figures.
        style: not used; Markdown has no looks.
    """
    del style
    head = f"# {escaped(report.title)}\n\n{escaped(report.subtitle)}\n\n"
    files = {f"{report.kind}.md": (head + report.markdown).encode()}
    return files | {each.figure.path: each.svg for each in pictures.values()}
