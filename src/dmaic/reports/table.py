"""Tables as a report shows them: no empty columns, wide ones turned or split, a caption on top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dmaic.block import SIGNS, Block, Cells, Fields, Table
from dmaic.markdown.blocks import blocks_to_markdown
from dmaic.markdown.escape import escaped
from dmaic.number import DASH
from dmaic.text import plural

WIDEST = 142
"""Characters that the columns of a table take together, each counted up to `_WRAPS`."""

_WRAPS = 26
"""Longer cells are broken over lines."""
_COLUMNS = 8
_REST = 2
"""Rows that are shown rather than counted."""
_FEW = 4
"""Rows up to which a wide table is turned rather than split."""


def markdown(blocks: Iterable[Block]) -> str:
    """Blocks as Markdown, every table fitted, with a line end.

    Args:
        blocks: from top to bottom.
    """
    parts = []
    for block in _merged(blocks):
        if isinstance(block, Table):
            parts += [_captioned(each) for each in fitted(block)]
        else:
            parts.append(blocks_to_markdown((block,)))
    return "\n".join(part for part in parts if part.strip())


def _merged(blocks: Iterable[Block]) -> list[Block]:
    """Fields that follow each other as one list; two lists in a row would be a loose one."""
    found: list[Block] = []
    for each in blocks:
        before = found[-1] if found else None
        if isinstance(each, Fields) and isinstance(before, Fields):
            found[-1] = Fields((*before.rows, *each.rows))
        else:
            found.append(each)
    return found


def _captioned(table: Table) -> str:
    body = blocks_to_markdown((replace(_signed(table), title=""),))
    return f"*{escaped(table.title)}*\n\n{body}" if table.title and _rows(table) else body


def _signed(table: Table) -> Table:
    """The signs as a part of the names; what is plain has none."""
    if not table.signs or not table.columns:
        return table
    first, *rest = table.columns
    texts = tuple(
        f"{mark(sign)} {text}".strip() for sign, text in zip(table.signs, first.texts, strict=True)
    )
    return replace(table, columns=(replace(first, texts=texts), *rest), signs=())


def fitted(table: Table) -> list[Table]:
    """A table that a page can hold: as it is, turned, or in several parts.

    Args:
        table: any.
    """
    columns = [each for each in table.columns if any(_holds(text) for text in each.texts)]
    if not _rows(table) or _fits(columns):
        return [replace(table, columns=tuple(columns or table.columns))]
    if _rows(table) <= _FEW and not table.signs:
        return [_turned(table, columns)]
    return _split(table, columns)


def _holds(text: str) -> bool:
    return text.strip() not in ("", DASH)


def _rows(table: Table) -> int:
    return len(table.columns[0].texts) if table.columns else 0


def _width(column: Cells) -> int:
    return min(max(map(len, (column.title, *column.texts))), _WRAPS) + 2


def _fits(columns: Sequence[Cells]) -> bool:
    return len(columns) <= _COLUMNS and sum(map(_width, columns)) <= WIDEST


def _turned(table: Table, columns: Sequence[Cells]) -> Table:
    """Rows become columns: the names stand above, what is said of them below."""
    first, *rest = columns
    heads = tuple(each.title for each in rest)
    made = [
        Cells(name, tuple(each.texts[number] for each in rest), wrap=True)
        for number, name in enumerate(first.texts)
    ]
    return replace(table, columns=(Cells(first.title, heads), *made), signs=())


def _split(table: Table, columns: Sequence[Cells]) -> list[Table]:
    """Parts side by side, the names repeated in each."""
    first, *rest = columns
    parts: list[list[Cells]] = [[first]]
    for column in rest:
        if len(parts[-1]) > 1 and not _fits([*parts[-1], column]):
            parts.append([first])
        parts[-1].append(column)
    # Of one size, as far as it goes: no part shall be a lonely column.
    each = -(-len(rest) // len(parts))
    even = [[first, *rest[start : start + each]] for start in range(0, len(rest), each)]
    if all(map(_fits, even)):
        parts = even
    titles = [table.title, *(f"{table.title}, continued" if table.title else "" for _ in parts[1:])]
    return [
        replace(table, columns=tuple(part), title=title)
        for part, title in zip(parts, titles, strict=True)
    ]


def cut(table: Table, rows: int) -> tuple[Table, int]:
    """The first rows of a table, and how many were left out.

    Args:
        table: any.
        rows: at most so many, and one or two more where the rest is no more; 0 for all.
    """
    count = _rows(table)
    if not rows or count <= rows + _REST:
        return table, 0
    columns = tuple(replace(each, texts=each.texts[:rows]) for each in table.columns)
    return replace(table, columns=columns, signs=table.signs[:rows]), count - rows


def shown(table: Table, rows: int = 0, noun: str = "row", many: str = "") -> str:
    """A table as Markdown, with a sentence on what was left out.

    Args:
        table: any.
        rows: at most so many; 0 for all.
        noun: what a row is.
        many: the plural of it.
    """
    first, left = cut(table, rows)
    text = markdown((first,))
    if left:
        text += f"\n{escaped(f'{plural(left, noun, many)} more not shown.')}\n"
    return text


def narrow(table: Table, most: int) -> Table:
    """A table without the columns that matter least.

    Args:
        table: any.
        most: columns that are kept.
    """
    ranked = sorted(
        range(len(table.columns)), key=lambda number: (-table.columns[number].keep, number)
    )
    kept = {0, *ranked[:most]} if 0 in ranked[:most] else {0, *ranked[: most - 1]}
    columns = tuple(each for number, each in enumerate(table.columns) if number in kept)
    return replace(table, columns=columns)


def made(
    header: Sequence[Any],
    rows: Sequence[Sequence[Any]],
    caption: str = "",
    right: Sequence[int] = (),
) -> Table:
    """A table of plain values.

    Args:
        header: headings.
        rows: a list a row; what a row lacks at its end is empty.
        caption: above it.
        right: columns of figures, counted from 0.
    """
    columns = tuple(
        Cells(
            str(head),
            tuple(told(row[number]) if number < len(row) else "" for row in rows),
            right=number in right,
            wrap=True,
        )
        for number, head in enumerate(header)
    )
    return Table(columns, title=caption, empty="Nothing.")


def told(value: object) -> str:
    """A plain value as people read it.

    Args:
        value: of a cell.
    """
    if value is None:
        return DASH
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(told, value))
    if isinstance(value, float):
        return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return str(value)


def mark(sign: str) -> str:
    """The glyph of a sign; of a plain one nothing.

    Args:
        sign: such as `good`.
    """
    return "" if sign == "plain" else next((SIGNS[each][0] for each in SIGNS if each == sign), "")
