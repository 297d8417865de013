"""Lines in the terminal: padded, styled, wrapped; what tables and blocks share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic.cli.render.brief import wrapped
from dmaic.cli.render.console import showable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

NARROWEST = 40
"""A narrower window is treated as if it had so many columns."""

_LISTED = 8


def pad(text: str, width: int, *, left: bool = False) -> str:
    """The text in so many cells, at the right or at the left.

    Args:
        text: one line, already showable.
        width: cells; a longer text stays as it is.
        left: aligned at the left.
    """
    from rich.cells import cell_len

    space = " " * max(0, width - cell_len(text))
    return text + space if left else space + text


def styled(text: str, style: str) -> Text:
    """Text in one style."""
    from rich.text import Text

    return Text(text, style=style)


def put(console: Console, *parts: tuple[str, str]) -> None:
    """Print one line as it is, without blanks at its end.

    Args:
        console: where.
        *parts: texts, already showable, each with its style.
    """
    from rich.text import Text

    line = Text()
    for text, style in parts:
        line.append(text, style or None)
    line.rstrip()
    put_text(console, line)


def put_text(console: Console, line: Text) -> None:
    """Print one line as it is.

    Args:
        console: where.
        line: it is neither wrapped nor cut.
    """
    console.print(line, no_wrap=True, overflow="ignore", crop=False)


def say(console: Console, text: str, style: str = "", indent: str = "") -> None:
    """Print a paragraph, wrapped to the width.

    Args:
        console: where.
        text: any text.
        style: of all of it.
        indent: in front of every line.
    """
    width = max(console.width - len(indent), 20)
    for line in wrapped(showable(text, console), width):
        put(console, (indent, ""), (line, style))


def not_shown(names: Sequence[str]) -> str:
    """What is said of the columns that were left out, the first so many by name.

    Args:
        names: headings, already showable; at least one.
    """
    known = list(dict.fromkeys(names))
    if len(known) > _LISTED:
        known[_LISTED - 1 :] = [f"{len(known) - _LISTED + 1} more"]
    return f"Not shown at this width: {', '.join(known)}"
