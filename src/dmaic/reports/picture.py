"""The figures of a report as pictures, each drawn once."""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dmaic.charts.style import LINE, VITAL
from dmaic.reports.drawn import Drawn
from dmaic.reports.glyph import MissingGlyph, letters_in
from dmaic.reports.report import Figure
from dmaic.reports.style import Colours

_DPI = 160
_NAME = re.compile(rb"(?<=[\"#])(?:[pmh][0-9a-f]{10}|C[0-9a-f]+_[0-9a-f]+_[0-9a-f]{10})(?=[\")])")
"""Of a part of matplotlib's: a clip path, a marker, a hatch, a point."""

_MINUS_NOTHING = re.compile(rb"(?<![\w.-])-0(?=[\s\",)])")

_OWN = re.compile(rf"(?:{VITAL}|{LINE})\b".lower().encode())
"""Colours of dmaic that a client's stand for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure that was drawn.

    Attributes:
        figure: what it is.
        svg: for md, html and pdf; text as paths, so that it looks alike everywhere.
        png: for docx and pptx; empty where neither is wanted.
        width, height: in inches.
    """

    figure: Figure
    svg: bytes
    png: bytes
    width: float
    height: float


Pictures = Mapping[str, Picture]


def draw(
    figures: Mapping[str, Figure], colours: Colours, *, png: bool = True, kept: Path | None = None
) -> dict[str, Picture]:
    """Draw the figures of a report.

    Args:
        figures: name -> figure.
        colours: of the client; charts are kept in dmaic's.
        png: also as PNG.
        kept: folder of charts that were drawn before, and to keep these in; None for nowhere.
    """
    before = Drawn(kept)
    drawn = {}
    for name, figure in figures.items():
        found = before.find(figure.key)
        if found is None:
            found, missing = _drawn(figure)
            if missing:
                warnings.warn(MissingGlyph(missing), stacklevel=2)
            else:
                before.keep(figure.key, found[0])
        svg, width, height = found
        drawn[name] = (coloured(svg, colours), width, height)
    pngs = rasterised(list(drawn.values())) if png and drawn else [b""] * len(drawn)
    return {
        name: Picture(figures[name], svg, raster, width, height)
        for (name, (svg, width, height)), raster in zip(drawn.items(), pngs, strict=True)
    }


def _drawn(figure: Figure) -> tuple[tuple[bytes, float, float], str]:
    """A figure as SVG with its size in inches, and the letters that no font has."""
    from dmaic.charts.style import captioned, settle, style

    with captioned():
        drawing = figure.draw()
    svg = io.BytesIO()
    with style(), warnings.catch_warnings(record=True) as told:
        warnings.filterwarnings("always", message=r".*[Gg]lyph.*")
        # Laid out here once; saving would draw all of it a second time to do so.
        settle(drawing)
        drawing.savefig(svg, format="svg", metadata={"Date": None, "Creator": "dmaic"})
    width, height = drawing.get_size_inches()
    missing = letters_in(str(each.message) for each in told)
    return (renamed(svg.getvalue()), float(width), float(height)), missing


def coloured(svg: bytes, colours: Colours) -> bytes:
    """The picture with its lines and what matters in it in a client's colours.

    Args:
        svg: in dmaic's colours.
        colours: of the client.
    """
    own = {VITAL: colours.highlight, LINE: colours.accent}
    lowered = {old.lower().encode(): new.lower().encode() for old, new in own.items()}
    return _OWN.sub(lambda found: lowered[found[0]], svg)


def renamed(svg: bytes) -> bytes:
    """The picture, its parts named by their order and by what the picture shows.

    The library names parts by unrounded positions, whose last digits vary, and so does the sign
    of what is nothing. Pictures on one page must not share names, unless they are the same.

    Args:
        svg: as matplotlib writes it.
    """
    svg = _MINUS_NOTHING.sub(b"0", svg)
    names = {name: number for number, name in enumerate(dict.fromkeys(_NAME.findall(svg)))}
    head = hashlib.sha256(_NAME.sub(b"", svg)).hexdigest()[:8]
    return _NAME.sub(lambda found: f"{found[0][0]:c}{head}-{names[found[0]]}".encode(), svg)


def rasterised(pictures: Sequence[tuple[bytes, float, float]], dpi: float = _DPI) -> list[bytes]:
    """SVG pictures as PNG; Typst is four times as fast as drawing them once more.

    Args:
        pictures: each with its width and height in inches.
        dpi: dots an inch.
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="dmaic-picture-") as name:
        folder = Path(name)
        lines = []
        for number, (svg, width, height) in enumerate(pictures):
            (folder / f"{number}.svg").write_bytes(svg)
            lines.append(
                f"#page(width: {width}in, height: {height}in, margin: 0pt)"
                f'[#image("{number}.svg", width: 100%, height: 100%)]'
            )
        (folder / "main.typ").write_text("\n".join(lines), "utf-8")
        made: Any = typst.compile(folder / "main.typ", root=folder, format="png", ppi=dpi)
    # One page is given as it is, several in a list.
    return made if isinstance(made, list) else [made]
