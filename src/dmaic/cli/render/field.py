"""Labels with their values in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic.cli.render.brief import wrapped
from dmaic.cli.render.console import showable
from dmaic.cli.render.line import put, say

if TYPE_CHECKING:
    from rich.console import Console

_LABEL = 24
"""A longer label stands on a line of its own."""
_DASH = "–"


def print_fields(rows: Sequence[tuple[str, str]], console: Console, indent: str = "") -> None:
    """Print labels with their values, one below the other; long values are wrapped.

    Args:
        rows: label and value; an empty value is shown as a dash.
        console: where; its width, colour and encoding are honoured.
        indent: in front of every line.
    """
    from rich.cells import cell_len

    labels = [showable(label, console) for label, _ in rows]
    short = [cell_len(label) for label in labels if cell_len(label) <= _LABEL]
    width = max(short, default=0) + 2
    room = max(console.width - width - len(indent), 20)
    for label, (_, value) in zip(labels, rows, strict=True):
        lines = [
            line
            for part in (value if value.strip() else _DASH).split("\n")
            for line in wrapped(showable(part, console), room)
        ]
        head = label
        if cell_len(label) > _LABEL:
            say(console, label, "dim", indent)
            head = ""
        for line in lines:
            put(console, (indent, ""), (head + " " * (width - cell_len(head)), "dim"), (line, ""))
            head = ""
