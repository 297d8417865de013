"""A report as PDF, typeset with typst."""

from __future__ import annotations

import tempfile
from pathlib import Path

from dmaic.reports.pandoc import read
from dmaic.reports.pandoc import write as convert
from dmaic.reports.picture import Pictures
from dmaic.reports.report import FOLDER, Files, Report
from dmaic.reports.style import Style


def write(report: Report, pictures: Pictures, style: Style) -> Files:
    """`KIND.pdf`.

    Args:
        report: composed.
        pictures: of its figures.
        style: of the client.
    """
    del style
    import typst

    tree = read(report.markdown)
    with tempfile.TemporaryDirectory(prefix="dmaic-report-") as folder:
        (Path(folder) / FOLDER).mkdir()
        for each in pictures.values():
            (Path(folder) / each.figure.path).write_bytes(each.svg)
        source = Path(folder) / "report.typ"
        source.write_bytes(convert(tree, "typst"))
        return {f"{report.kind}.pdf": typst.compile(source, root=Path(folder), format="pdf")}
