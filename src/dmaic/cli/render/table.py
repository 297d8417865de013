"""A view in the terminal, fitted to the width at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic.cli.render.brief import cut, shorten
from dmaic.cli.render.console import is_ascii, showable
from dmaic.cli.render.line import NARROWEST, not_shown, pad, put_text, say, styled
from dmaic.cli.render.view import Column, View

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_GAP = 2
_NAME = (16, 24)
"""A name column takes no column's place to be wider than this: in a narrow, in a wide window."""
_WIDE = 76
_BAR = (6, 20)


@dataclass(frozen=True, slots=True)
class _Glyphs:
    vital: str
    flag: str
    line: str
    ellipsis: str
    eighths: str


_UNICODE = _Glyphs("▸", "↕", "─", "…", "▏▎▍▌▋▊▉█")
_ASCII = _Glyphs("*", "~", "-", "...", "#")


@dataclass(slots=True)
class _Slot:
    """A column as it will be printed: its texts and its width."""

    column: Column
    title: str
    cells: list[str]
    width: int


def print_view(view: View, console: Console) -> None:
    """Print a view; the least important columns are left out where the width does not do.

    Args:
        view: what to print.
        console: where; its width, colour and encoding are honoured.
    """
    glyphs = _ASCII if is_ascii(console) else _UNICODE
    indent = " " * (2 * view.depth)
    gutter = 2 if view.vital else 0
    room = max(console.width, NARROWEST) - len(indent) - gutter
    slots, hidden = _fit(view, console, room, glyphs)
    width = gutter + sum(slot.width + _GAP for slot in slots) - _GAP
    say(console, view.title, "bold", indent)
    for fact in view.facts:
        say(console, fact, "dim", indent)
    console.print()
    for header in _headers(slots, gutter, glyphs):
        _line(console, indent, header)
    _line(console, indent, styled(glyphs.line * width, "dim"))
    for number, mark in enumerate(view.marks):
        if number == view.rule:
            text = showable(view.rule_text, console)
            rule = f"{glyphs.line * 2} {text} ".ljust(width, glyphs.line)
            _line(console, indent, styled(rule, "dim"))
        if mark == "total":
            _line(console, indent, styled(glyphs.line * width, "dim"))
        _line(console, indent, _row(view, slots, number, gutter, glyphs))
    console.print()
    legend = [
        f"{sign} {showable(meaning, console)}"
        for sign, meaning, there in (
            (glyphs.vital, view.vital, "vital" in view.marks),
            (glyphs.flag, view.flag, bool(view.flagged)),
        )
        if meaning and there
    ]
    if legend:
        say(console, "   ".join(legend), "dim", indent)
    if view.verdict:
        say(console, view.verdict, "bold", indent)
    for note in view.notes:
        say(console, note, "", indent)
    if hidden:
        say(console, not_shown(hidden), "dim", indent)


def _fit(view: View, console: Console, room: int, glyphs: _Glyphs) -> tuple[list[_Slot], list[str]]:
    """The columns that fit, and the headings of those that do not, in their order."""
    columns = list(view.columns)
    while True:
        for short in (False, True):
            slots = [_slot(column, console, view, short=short) for column in columns]
            natural = [slot.width for slot in slots]
            for slot in slots:
                if slot.column.name:
                    slot.width = min(slot.width, _NAME[room >= _WIDE])
            spare = room - sum(slot.width + _GAP for slot in slots) + _GAP
            # Short figures also where they let a name be longer.
            if spare >= (0 if short else sum(natural) - sum(slot.width for slot in slots)):
                break
        if spare < 0 and len(columns) > 2:
            # The first column names the rows; a table without it says nothing.
            columns.remove(min(columns[1:], key=lambda column: column.keep))
            continue
        break
    for slot, wanted in zip(slots, natural, strict=True):
        if slot.column.name:
            more = max(min(wanted - slot.width, spare), spare if spare < 0 else 0)
            slot.width = max(slot.width + more, min(wanted, 8))
            spare -= more
            flags = [2 if number in view.flagged else 0 for number in range(len(slot.cells))]
            slot.cells = shorten(slot.cells, [slot.width - flag for flag in flags], glyphs.ellipsis)
            slot.title = cut(slot.title, slot.width, glyphs.ellipsis)
    for slot in slots:
        if slot.column.bar:
            slot.width += max(0, min(_BAR[1] - _BAR[0], spare))
    return slots, _hidden(view, columns, console)


def _hidden(view: View, shown: Sequence[Column], console: Console) -> list[str]:
    """What is left out: groups of which nothing is left by the group's name, else headings."""
    groups = {column.group for column in shown}
    left = [column for column in view.columns if column not in shown and not column.bar]
    return [
        showable(column.title if column.group in groups else column.group, console)
        for column in left
    ]


def _slot(column: Column, console: Console, view: View, *, short: bool) -> _Slot:
    from rich.cells import cell_len

    brief = short and bool(column.short)
    title = showable(column.short_title if brief and column.short_title else column.title, console)
    cells = [showable(cell, console) for cell in (column.short if brief else column.cells)]
    if column.bar:
        return _Slot(column, title, [], max(_BAR[0], cell_len(title)))
    width = max((cell_len(cell) for cell in cells), default=0)
    if column.name:
        flagged = (cell_len(cells[number]) + 2 for number in view.flagged)
        width = max(width, *flagged, 0)
    return _Slot(column, title, cells, max(width, cell_len(title)))


def _headers(slots: Sequence[_Slot], gutter: int, glyphs: _Glyphs) -> list[Text]:
    from rich.cells import cell_len

    lines = []
    if any(slot.column.group for slot in slots):
        line = " " * gutter
        index = 0
        while index < len(slots):
            group = slots[index].column.group
            end = index + 1
            while group and end < len(slots) and slots[end].column.group == group:
                end += 1
            span = sum(slot.width + _GAP for slot in slots[index:end]) - _GAP
            text = cut(group, span, glyphs.ellipsis)
            if group and end - index > 1 and cell_len(text) <= span - 4:
                # A line on both sides shows which columns belong together.
                left = (span - cell_len(text) - 2) // 2
                text = f"{glyphs.line * left} {text} "
                text += glyphs.line * (span - cell_len(text))
            line += " " * (span - cell_len(text)) + text + " " * _GAP
            index = end
        lines.append(styled(line.rstrip(), "bold"))
    line = " " * gutter
    for slot in slots:
        line += pad(slot.title, slot.width, left=slot.column.name or bool(slot.column.bar))
        line += " " * _GAP
    lines.append(styled(line.rstrip(), "bold"))
    return lines


def _row(view: View, slots: Sequence[_Slot], number: int, gutter: int, glyphs: _Glyphs) -> Text:
    mark = view.marks[number]
    weight = {"vital": "bold", "other": "dim"}.get(mark, "")
    line = styled((glyphs.vital if mark == "vital" else "").ljust(gutter), weight)
    for index, slot in enumerate(slots):
        style = weight
        if slot.column.bar:
            text = pad(_bar(slot.column.bar[number], slot.width, glyphs), slot.width, left=True)
            style = {"vital": "yellow", "other": "dim"}.get(mark, "blue")
        elif slot.column.name:
            text = slot.cells[number]
            if number in view.flagged:
                text += f" {glyphs.flag}"
            text = pad(text, slot.width, left=True)
            if number in view.blank:
                style = f"{weight} italic".strip()
        else:
            text = pad(slot.cells[number], slot.width)
        line.append((" " * _GAP if index else "") + text, style or None)
    line.rstrip()
    return line


def _bar(fraction: float, width: int, glyphs: _Glyphs) -> str:
    steps = len(glyphs.eighths)
    filled = round(max(0.0, min(1.0, fraction)) * width * steps)
    if fraction > 0 and not filled:
        filled = 1
    whole, part = divmod(filled, steps)
    return glyphs.eighths[-1] * whole + (glyphs.eighths[part - 1] if part else "")


def _line(console: Console, indent: str, text: Text) -> None:
    line = styled(indent, "")
    line.append_text(text)
    put_text(console, line)
