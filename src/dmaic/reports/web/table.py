"""Tables of a page: what a reader can sort, and what does not break on a phone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

_LONG = 60
"""Characters from which a cell asks for room of its own, so that it is not one word wide."""

_MANY = 8
"""Columns above which a printed table is set smaller."""

_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")

_WORD = 32
"""Characters of a word that may be broken anywhere."""


class Cell(NamedTuple):
    """A cell of a table.

    Attributes:
        html: what it shows.
        words: the same without markup.
        total: it is emphasised as a whole; in the first column that marks a total.
    """

    html: str
    words: str
    total: bool = False


def text_cell(text: str) -> Cell:
    """A cell of a text.

    Args:
        text: any text.
    """
    return Cell(escape(text), text)


def table_to_html(
    caption: str, header: Sequence[Cell], rows: Sequence[Sequence[Cell]], right: Sequence[bool]
) -> str:
    """A table in a frame that scrolls where the table is wider than the page.

    Args:
        caption: markup, or empty.
        header: one cell a column.
        rows: the cells of each row.
        right: whether a column holds figures.
    """
    # Rows that say a total stay below, however the others are sorted.
    sums = 0
    while sums < len(rows) and rows[-1 - sums] and rows[-1 - sums][0].total:
        sums += 1
    body, foot = rows[: len(rows) - sums], rows[len(rows) - sums :]
    named = any(each.words.strip() for each in header)
    kinds = ["sortable"] if named and len(body) > 1 and len(header) > 1 else []
    if len(header) > _MANY:
        kinds.append("many")
    parts = [f'<div class="wide"><table{_kind(kinds)}>']
    if caption:
        parts.append(f"<caption><span>{caption}</span></caption>")
    if named:
        heads = "".join(_head(*each) for each in zip(header, right, strict=False))
        parts.append(f"<thead><tr>{heads}</tr></thead>")
    for tag, lines in (("tbody", body), ("tfoot", foot)):
        if lines:
            parts += [f"<{tag}>", *(_row(cells, right) for cells in lines), f"</{tag}>"]
    return "\n".join((*parts, "</table></div>"))


def _head(cell: Cell, right: bool) -> str:
    if not cell.words.strip():
        return "<td></td>"
    kind = ' class="n"' if right else ""
    return f'<th scope="col"{kind}>{cell.html}</th>'


def _row(cells: Sequence[Cell], right: Sequence[bool]) -> str:
    parts = []
    for number, (cell, is_right) in enumerate(zip(cells, right, strict=False)):
        kinds = ["n"] if is_right else []
        if _DAY.fullmatch(cell.words):
            kinds.append("day")
        if len(cell.words) > _LONG:
            kinds.append("long")
        if max(map(len, cell.words.split()), default=0) > _WORD:
            kinds.append("word")
        kind = _kind(kinds)
        if number == 0 and len(cells) > 1 and cell.words.strip():
            parts.append(f'<th scope="row"{kind}>{cell.html}</th>')
        else:
            parts.append(f"<td{kind}>{cell.html}</td>")
    return f"<tr>{''.join(parts)}</tr>"


def _kind(names: Sequence[str]) -> str:
    return f' class="{" ".join(names)}"' if names else ""
