"""A table of a page in the terminal: columns fitted to the width, long texts broken over lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic.block import SIGNS, Cells, Sign, Table
from dmaic.cli.render.brief import cut, wrapped
from dmaic.cli.render.console import is_ascii, showable
from dmaic.cli.render.field import print_fields
from dmaic.cli.render.line import NARROWEST, not_shown, pad, put, say

if TYPE_CHECKING:
    from rich.console import Console

_GAP = 2
_WRAPPED = 13
"""A column of long texts takes no column's place to be wider than this."""
_WHOLE = 24
"""A column of names is cut only beyond this."""


@dataclass(slots=True)
class _Slot:
    """A column as it will be printed: its texts, the width it wants and the width it gets."""

    column: Cells
    title: str
    texts: list[str]
    wanted: int
    width: int


def print_table(block: Table, console: Console) -> None:
    """Print a table; the least important columns are left out where the width does not do.

    Columns that hold nothing are left out as well.

    Args:
        block: what to print.
        console: where; its width, colour and encoding are honoured.
    """
    if block.title:
        say(console, block.title, "bold")
    rows = len(block.columns[0].texts) if block.columns else 0
    if not rows:
        say(console, block.empty or "Nothing.", "dim")
        return
    signs = [sign_of(sign, console) for sign in block.signs]
    gutter = max((len(glyph) + 1 for glyph, _ in signs), default=0)
    slots, hidden = _fit(block, console, max(console.width, NARROWEST) - gutter)
    if hidden and block.whole:
        _cards(block, console, signs)
        return
    for line in _lines(slots, [slot.title for slot in slots], bottom=True, ellipsis=""):
        put(console, (" " * gutter + line, "bold"))
    rule = "-" if is_ascii(console) else "─"
    width = gutter + sum(slot.width + _GAP for slot in slots) - _GAP
    put(console, (rule * width, "dim"))
    ellipsis = "..." if is_ascii(console) else "…"
    for number in range(rows):
        texts = [slot.texts[number] for slot in slots]
        lead, style = signs[number] if signs else ("", "")
        for line in _lines(slots, texts, bottom=False, ellipsis=ellipsis):
            put(console, (lead.ljust(gutter), style), (line, ""))
            lead = ""
    if hidden:
        say(console, not_shown(hidden), "dim")


def _cards(block: Table, console: Console, signs: list[tuple[str, str]]) -> None:
    """Each row as fields under its name: its first two texts; empty fields are left out."""
    for number, name in enumerate(block.columns[0].texts):
        if number:
            console.print()
        glyph, style = signs[number] if signs else ("", "")
        words = f"{name} {block.columns[1].texts[number]}".strip()
        lines = wrapped(showable(words, console), max(console.width - 4, 20))
        for place, line in enumerate(lines):
            lead = glyph + " " if glyph and not place else ""
            put(console, (lead, style), (" " * (0 if lead or not place else 2) + line, "bold"))
        rows = [
            (column.title, column.texts[number])
            for column in block.columns[2:]
            if column.texts[number].strip()
        ]
        print_fields(rows, console, "  ")


def sign_of(sign: Sign, console: Console) -> tuple[str, str]:
    """Glyph and style of a sign, as the stream can show it.

    Args:
        sign: how something stands.
        console: where it will be printed.
    """
    glyph, plain, style = SIGNS[sign]
    return plain if is_ascii(console) else glyph, style


def _fit(block: Table, console: Console, room: int) -> tuple[list[_Slot], list[str]]:
    """The columns that fit with their widths, and the headings of those that do not."""
    used = [each for each in block.columns if any(text.strip() for text in each.texts)]
    used = used or [block.columns[0]]
    slots = [_slot(column, console) for column in used]
    while len(slots) > 1 and _width(slots) > room:
        # The first column names the rows; a table without it says nothing.
        slots.remove(min(slots[1:], key=lambda slot: slot.column.keep))
    left = [column for column in used if all(slot.column is not column for slot in slots)]
    _share(slots, room - _width(slots))
    return slots, [showable(column.title, console) for column in left]


def _slot(column: Cells, console: Console) -> _Slot:
    from rich.cells import cell_len

    title = showable(column.title, console)
    texts = [showable(text, console) for text in column.texts]
    longest = max(map(cell_len, texts), default=0)
    word = max(map(cell_len, title.split()), default=0)
    if column.right:
        return _Slot(column, title, texts, max(longest, min(cell_len(title), word + 8)),
                     max(longest, word))  # fmt: skip
    least = min(longest, _WRAPPED if column.wrap else _WHOLE)
    return _Slot(column, title, texts, max(longest, cell_len(title)), max(least, min(word, _WHOLE)))


def _width(slots: list[_Slot]) -> int:
    return sum(slot.width + _GAP for slot in slots) - _GAP


def _share(slots: list[_Slot], spare: int) -> None:
    """Give what is left of the width, a cell at a time, to the columns that lack most lines.

    A column's height is what it wants over what it has; the highest gets the next cell.
    """
    while spare > 0:
        short = [slot for slot in slots if slot.width < slot.wanted]
        if not short:
            return
        max(short, key=lambda slot: slot.wanted / max(slot.width, 1)).width += 1
        spare -= 1


def _lines(slots: list[_Slot], texts: list[str], *, bottom: bool, ellipsis: str) -> list[str]:
    """One row as lines: every cell wrapped or cut to its column's width."""
    cells = []
    for slot, text in zip(slots, texts, strict=True):
        if slot.column.wrap or not ellipsis:
            cells.append(wrapped(text, max(slot.width, 1)))
        else:
            cells.append([cut(text, slot.width, ellipsis)])
    height = max(1, *map(len, cells))
    lines = []
    for number in range(height):
        parts = []
        for slot, cell in zip(slots, cells, strict=True):
            index = number - (height - len(cell)) if bottom else number
            text = cell[index] if 0 <= index < len(cell) else ""
            parts.append(pad(text, slot.width, left=not slot.column.right))
        lines.append((" " * _GAP).join(parts).rstrip())
    return lines
