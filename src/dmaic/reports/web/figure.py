"""Figures of a page: the picture within the page itself, and the numbers behind it to open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from dmaic.reports.picture import Picture
from dmaic.reports.web.table import Cell, table_to_html, text_cell

_MOST = 500
"""Rows of numbers that are shown; a curve may have thousands of points."""

_DOTS = 96
"""Of a browser's inch."""

_PLAIN = " ,;:/?@=+$-_.!~*()"
"""What needs no escape within the address of a picture, nor within an attribute."""


def image_to_html(picture: Picture) -> str:
    """The picture itself, within the page.

    Args:
        picture: drawn.
    """
    # White space within a drawing has no meaning, but line ends would be cut out of an address.
    drawing = re.sub(r"\s+", " ", picture.svg.decode())
    address = "data:image/svg+xml;charset=utf-8," + quote(drawing, safe=_PLAIN)
    width, height = round(picture.width * _DOTS), round(picture.height * _DOTS)
    return (
        f'<img src="{escape(address)}" alt="{escape(picture.figure.alt)}" '
        f'width="{width}" height="{height}">'
    )


def figure_to_html(picture: Picture, caption: str) -> str:
    """A figure with its caption and its numbers.

    Args:
        picture: drawn.
        caption: markup.
    """
    figure = picture.figure
    return (
        f'<figure id="figure-{escape(figure.name)}">\n'
        f'<div class="wide picture">{image_to_html(picture)}</div>\n'
        f"<figcaption>{caption}</figcaption>\n{_numbers(figure.header, figure.rows)}</figure>"
    )


def _numbers(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    if not header or not rows:
        return ""
    shown = rows[:_MOST]
    kept = [
        number
        for number in range(len(header))
        if any(row[number] not in (None, "") for row in rows)
    ]
    heads = [text_cell(_label(header[number])) for number in kept]
    right = [all(map(_is_figure, (row[number] for row in shown))) for number in kept]
    cells: list[list[Cell]] = [[text_cell(_value(row[number])) for number in kept] for row in shown]
    rest = len(rows) - len(shown)
    more = f"<p>The first {len(shown):,} of {len(rows):,} rows.</p>\n" if rest else ""
    return (
        '<details class="numbers">\n<summary>The numbers behind this figure</summary>\n'
        f"{table_to_html('', heads, cells, right)}\n{more}</details>\n"
    )


def _label(name: str) -> str:
    """A column's name as words: `cumulative_share` is "Cumulative share"."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _is_figure(value: Any) -> bool:  # noqa: ANN401
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _value(value: Any) -> str:  # noqa: ANN401
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return str(value)
