"""How wide the columns of a table are, by what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dmaic.reports.dialect import text_of

LETTERS = 102
"""Letters of a table's text that fit beside each other on a page."""

_PAD = 3
_WORD = 14
"""Letters of a word that are kept together; longer ones may be broken."""
_SHORT = 10
"""Letters of a text that is not broken at all: dates, ranks, amounts."""

_LINE = 60
"""Letters from which on a text is spread over lines."""

_SMALLEST = 0.66


@dataclass(frozen=True, slots=True)
class Widths:
    """How a table is set.

    Attributes:
        columns: Typst's list of them.
        size: of the text, of that around the table.
    """

    columns: str
    size: float


def columns_of(rows: Sequence[Sequence[Any]], count: int) -> Widths:
    """Widths of a table's columns: as wide as their texts where these fit, else shared out.

    As browsers do it: each column has at least its longest word, and what is left goes to those
    that would like more.

    Args:
        rows: pandoc's cells, the header's too.
        count: of columns.
    """
    texts = [[text_of(row[at][4]) for row in rows if at < len(row)] for at in range(count)]
    wants = [max((len(text) for text in column), default=1) + _PAD for column in texts]
    needs = [
        max((min(len(word), _WORD) for text in column for word in _kept(text)), default=1) + _PAD
        for column in texts
    ]
    if sum(wants) <= LETTERS:
        return Widths(", ".join(["auto"] * count), 0.92)
    size = max(min(0.92, 0.92 * LETTERS / sum(needs)), _SMALLEST)
    room = max(LETTERS * 0.92 / size - sum(needs), 0)
    # A text of four times the length wants twice the width: it may take more lines.
    asks = [want if want <= _LINE else _LINE * (want / _LINE) ** 0.5 for want in wants]
    more = [max(ask - need, 0) for ask, need in zip(asks, needs, strict=True)]
    share = min(room / (sum(more) or 1), 1)
    widths = [need + extra * share for need, extra in zip(needs, more, strict=True)]
    return Widths(", ".join(f"{width:.1f}fr" for width in widths), size)


def _kept(text: str) -> list[str]:
    """The parts of a cell's text that stay on one line: its words, or all of a short text."""
    return [text] if len(text.strip()) <= _SHORT else text.split()
