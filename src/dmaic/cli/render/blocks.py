"""Blocks in the terminal: headings, fields, checks, tables and trees, fitted to the width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.block import Block, Checks, Fields, Heading, Note, Sign, Table, Tree
from dmaic.cli.render.brief import wrapped
from dmaic.cli.render.console import is_ascii, showable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

SIGNS: dict[Sign, tuple[str, str, str]] = {
    "good": ("✓", "ok", "green"),
    "warn": ("!", "!", "yellow"),
    "bad": ("✗", "X", "bold red"),
    "todo": ("○", "o", "cyan"),
    "plain": ("·", "-", "dim"),
}
"""Sign -> glyph, its ASCII form, style."""

_LABEL = 24


def print_blocks(blocks: tuple[Block, ...], console: Console) -> None:
    """Print blocks from top to bottom, an empty line between them.

    Args:
        blocks: what to print.
        console: where; its width, colour and encoding are honoured.
    """
    for number, block in enumerate(blocks):
        if number:
            console.print()
        if isinstance(block, Heading):
            _say(console, f"{block.text}  {block.aside}".rstrip(), "bold")
        elif isinstance(block, Note):
            for paragraph in block.text.split("\n"):
                _say(console, paragraph, "bold" if block.strong else "")
        elif isinstance(block, Fields):
            _fields(block, console)
        elif isinstance(block, Checks):
            _checks(block, console)
        elif isinstance(block, Table):
            _table(block, console)
        else:
            _tree(block, console)


def _fields(block: Fields, console: Console) -> None:
    from rich.cells import cell_len

    labels = [showable(label, console) for label, _ in block.rows]
    width = min(max((cell_len(label) for label in labels), default=0), _LABEL) + 2
    for label, (_, value) in zip(labels, block.rows, strict=True):
        room = max(console.width - width, 20)
        lines = [
            line
            for part in (value or "–").split("\n")
            for line in wrapped(showable(part, console), room)
        ]
        for number, line in enumerate(lines or [""]):
            head = label + " " * max(1, width - cell_len(label)) if not number else " " * width
            _line(console, (head, "dim"), (line, ""))


def _checks(block: Checks, console: Console) -> None:
    for check in block.rows:
        glyph, plain, style = SIGNS[check.sign]
        sign = plain if is_ascii(console) else glyph
        lead = " " * (len(sign) + 1)
        room = max(console.width - len(lead), 20)
        for number, line in enumerate(wrapped(showable(check.text, console), room)):
            _line(console, (f"{sign} " if not number else lead, style), (line, ""))
        for text, look in ((check.detail, "dim"), (check.command, "cyan")):
            if text:
                for line in wrapped(showable(text, console), room - 2):
                    _line(console, (f"{lead}  ", ""), (line, look))


def _table(block: Table, console: Console) -> None:
    from rich.table import Table as Grid
    from rich.text import Text

    if block.title:
        _say(console, block.title, "bold")
    rows = len(block.columns[0].texts) if block.columns else 0
    if not rows:
        _say(console, block.empty, "dim")
        return
    grid = Grid(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold", expand=False)
    shown = [each for each in block.columns if any(each.texts)]
    for column in shown:
        grid.add_column(
            Text(showable(column.title, console)),
            justify="right" if column.right else "left",
            overflow="fold" if column.wrap else "ellipsis",
            no_wrap=not column.wrap,
        )
    for number in range(rows):
        cells = [Text(showable(column.texts[number], console)) for column in shown]
        if block.signs:
            glyph, plain, style = SIGNS[block.signs[number]]
            first = Text(f"{plain if is_ascii(console) else glyph} ", style=style)
            cells[0] = first.append_text(cells[0])
        grid.add_row(*cells)
    console.print(grid)


def _tree(block: Tree, console: Console, lead: str = "", last: bool | None = None) -> None:
    ascii_only = is_ascii(console)
    fork, end, pipe = ("|-- ", "`-- ", "|   ") if ascii_only else ("├── ", "└── ", "│   ")
    stem = "" if last is None else (end if last else fork)
    rest = "" if last is None else ("    " if last else pipe)
    style = SIGNS[block.sign][2] if block.sign != "plain" else ("bold" if last is None else "")
    room = max(console.width - len(lead) - len(stem), 20)
    for number, line in enumerate(wrapped(showable(block.text, console), room)):
        _line(console, (lead + (stem if not number else rest), "dim"), (line, style))
    for number, branch in enumerate(block.branches):
        _tree(branch, console, lead + rest, number == len(block.branches) - 1)


def _say(console: Console, text: str, style: str = "") -> None:
    for line in wrapped(showable(text, console), max(console.width, 20)):
        _line(console, (line, style))


def _line(console: Console, *parts: tuple[str, str]) -> None:
    from rich.text import Text

    line: Text = Text()
    for text, style in parts:
        line.append(text, style or None)
    line.rstrip()
    console.print(line, no_wrap=True, overflow="ignore", crop=False)
