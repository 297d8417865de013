"""The two streams a person reads: data on stdout, words on stderr."""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80
"""Columns where a stream does not tell."""


def make_consoles() -> tuple[Console, Console]:
    """Consoles for stdout and stderr, each with its own width, colour and encoding.

    `NO_COLOR`, `FORCE_COLOR`, `TERM` and `COLUMNS` are honoured.
    """
    return make_console(sys.stdout), make_console(sys.stderr)


def make_console(stream: IO[str], width: int | None = None, *, plain: bool = False) -> Console:
    """A console that prints text as it is: no markup, no emoji codes, no guessed highlights.

    Args:
        stream: where it prints.
        width: columns; None asks `COLUMNS`, then the stream.
        plain: no colour and no emphasis, whatever the environment says.
    """
    from rich.console import Console

    class Plain(Console):
        def on_broken_pipe(self) -> None:
            # Rich would end the process with status 1; the entry point knows better.
            raise BrokenPipeError

    return Plain(
        file=stream,
        width=width or _width(stream),
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None if plain else "auto",
        force_terminal=False if plain else None,
    )


def _width(stream: IO[str]) -> int:
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        # Not rich's own search, which takes stdout's width from the terminal of stdin or stderr.
        return os.get_terminal_size(stream.fileno()).columns or WIDTH
    except (OSError, ValueError, AttributeError):
        return WIDTH


def is_ascii(console: Console) -> bool:
    """Whether the stream cannot show more than ASCII for certain."""
    return not console.encoding.lower().replace("_", "-").startswith("utf")


_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "·": "|", "≥": ">=",
     "≤": "<=", "×": "x", "−": "-", "²": "2", "\u00a0": " ", "→": "->", "Σ": "sum of", "±": "+/-"}
)  # fmt: skip


def showable(text: str, console: Console) -> str:
    r"""The text as this stream can show it, on one line and harmless.

    What the encoding lacks is spelt out (`\u4e2d`), so that its width is known and nothing fails.

    Args:
        text: any text, also from a file.
        console: where it will be printed.
    """
    from dmaic.text import printable

    shown = printable(text, 10_000)
    if not is_ascii(console):
        return shown
    if not shown.isascii():
        shown = shown.translate(_PLAIN)
    encoding = console.encoding
    return shown.encode(encoding, "backslashreplace").decode(encoding)
