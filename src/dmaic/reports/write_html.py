"""A report as HTML."""

from __future__ import annotations

import base64
from typing import Any

from dmaic.reports.pandoc import read
from dmaic.reports.pandoc import write as convert
from dmaic.reports.picture import Pictures
from dmaic.reports.report import Files, Report
from dmaic.reports.style import Style


def write(report: Report, pictures: Pictures, style: Style) -> Files:
    """`KIND.html`.

    Args:
        report: composed.
        pictures: of its figures.
        style: of the client.
    """
    del style
    tree = read(report.markdown)
    tree["meta"]["title"] = {"t": "MetaInlines", "c": [{"t": "Str", "c": report.title}]}
    known = {each.figure.path: each for each in pictures.values()}

    def embed(part: Any) -> Any:  # noqa: ANN401
        if isinstance(part, list):
            return [embed(each) for each in part]
        if not isinstance(part, dict):
            return part
        if part.get("t") == "Image" and part["c"][2][0] in known:
            data = base64.b64encode(known[part["c"][2][0]].svg).decode()
            part["c"][2][0] = f"data:image/svg+xml;base64,{data}"
        return {name: embed(each) for name, each in part.items()}

    return {f"{report.kind}.html": convert(embed(tree), "html")}
