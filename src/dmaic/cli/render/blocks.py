"""Blocks in the terminal: headings, fields, checks, tables and trees, fitted to the width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.block import SIGNS, Block, Checks, Fields, Heading, Note, Table, Tree
from dmaic.cli.render.brief import wrapped
from dmaic.cli.render.console import is_ascii, showable
from dmaic.cli.render.field import print_fields
from dmaic.cli.render.grid import print_table, sign_of
from dmaic.cli.render.line import put, say

if TYPE_CHECKING:
    from rich.console import Console


def print_blocks(blocks: tuple[Block, ...], console: Console) -> None:
    """Print blocks from top to bottom, an empty line between them.

    A section follows its headline at once, and sentences follow one another.

    Args:
        blocks: what to print.
        console: where; its width, colour and encoding are honoured.
    """
    above: Block | None = None
    for block in blocks:
        if above is not None and not _joined(above, block):
            console.print()
        _print(block, console)
        above = block


def _joined(above: Block, block: Block) -> bool:
    if isinstance(above, Heading):
        return above.level > 1
    return isinstance(above, Note) and isinstance(block, Note) and not above.strong


def _print(block: Block, console: Console) -> None:
    if isinstance(block, Heading):
        _heading(block, console)
    elif isinstance(block, Note):
        for paragraph in block.text.split("\n"):
            say(console, paragraph, "bold" if block.strong else "")
    elif isinstance(block, Fields):
        print_fields(block.rows, console)
    elif isinstance(block, Checks):
        _checks(block, console)
    elif isinstance(block, Table):
        print_table(block, console)
    else:
        _tree(block, console)


def _heading(block: Heading, console: Console) -> None:
    from rich.cells import cell_len

    text, aside = showable(block.text, console), showable(block.aside, console)
    if aside and cell_len(text) + 2 + cell_len(aside) <= console.width:
        put(console, (f"{text}  ", "bold"), (aside, "dim"))
        return
    say(console, block.text, "bold")
    if aside:
        say(console, block.aside, "dim")


def _checks(block: Checks, console: Console) -> None:
    signs = [sign_of(check.sign, console) for check in block.rows]
    lead = " " * (1 + max((len(sign) for sign, _ in signs), default=0))
    for check, (sign, style) in zip(block.rows, signs, strict=True):
        room = max(console.width - len(lead), 20)
        for number, line in enumerate(wrapped(showable(check.text, console), room)):
            put(console, (sign.ljust(len(lead)) if not number else lead, style), (line, ""))
        for line in wrapped(showable(check.detail, console), room - 2):
            put(console, (f"{lead}  ", ""), (line, "dim"))
        if check.command:
            # Not wrapped: what is copied from the window must still be one command.
            put(console, (f"{lead}  ", ""), (showable(check.command, console), "cyan"))


def _tree(block: Tree, console: Console, lead: str = "", last: bool | None = None) -> None:
    ascii_only = is_ascii(console)
    fork, end, pipe = ("|-- ", "`-- ", "|   ") if ascii_only else ("├── ", "└── ", "│   ")
    stem = "" if last is None else (end if last else fork)
    rest = "" if last is None else ("    " if last else pipe)
    style = SIGNS[block.sign][2] if block.sign != "plain" else ("bold" if last is None else "")
    sign = f"{sign_of(block.sign, console)[0]} " if block.sign != "plain" else ""
    below = f"{lead}{rest}{'    '[: len(sign)]}"
    room = max(console.width - len(lead) - len(stem) - len(sign), 20)
    for number, line in enumerate(wrapped(showable(block.text, console), room) or [""]):
        put(console, (lead + stem if not number else below, "dim"),
            (sign if not number else "", style), (line, style))  # fmt: skip
    for number, branch in enumerate(block.branches):
        _tree(branch, console, lead + rest, number == len(block.branches) - 1)
