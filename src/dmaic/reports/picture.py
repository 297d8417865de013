"""The figures of a report as pictures, each drawn once."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

from dmaic.reports.report import Figure


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure that was drawn.

    Attributes:
        figure: what it is.
        svg: for md, html and pdf; text as paths, so that it looks alike everywhere.
        png: for docx and pptx.
        width, height: in inches.
    """

    figure: Figure
    svg: bytes
    png: bytes
    width: float
    height: float


Pictures = Mapping[str, Picture]


def draw(figures: Mapping[str, Figure]) -> dict[str, Picture]:
    """Draw the figures of a report.

    Args:
        figures: name -> figure.
    """
    from dmaic.charts.style import style

    made = {}
    for name, figure in figures.items():
        drawing = figure.draw()
        svg, png = io.BytesIO(), io.BytesIO()
        with style():
            drawing.savefig(svg, format="svg", metadata={"Date": None, "Creator": "dmaic"})
            drawing.savefig(png, format="png", dpi=160, metadata={"Software": "dmaic"})
        width, height = drawing.get_size_inches()
        made[name] = Picture(figure, svg.getvalue(), png.getvalue(), float(width), float(height))
    return made
