"""How much room text takes, well enough to choose widths, sizes and breaks before it is set.

The widths are those of Arial and its like, rounded up; wider fonts take about a tenth more.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from functools import cache

_NARROW = frozenset("iljtfrI.,:;!|'`()[]{}/\\ -·’‘")
_BROAD = frozenset("mwMW@%—&✓✗○")

LINE = 1.22
"""Height of a line, in sizes of its font."""


@cache
def _of(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _BROAD:
        return 0.88
    if character.isdigit():
        return 0.56
    if character.isascii():
        return 0.68 if character.isupper() else 0.53
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.6


def width(text: str) -> float:
    """Of a line of text, in sizes of its font.

    Args:
        text: without a line break.
    """
    return sum(map(_of, text))


def widest_word(text: str) -> float:
    """Width of what is not broken in a text; between Chinese signs a line may end.

    Args:
        text: any.
    """
    words = re.split(
        r"[\s\u200b\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]+|(?<=[^\W\d]-)(?=\w)", text
    )
    return max(map(width, words), default=0.0)


def lines(text: str, room: float) -> int:
    """Into how many lines a text is broken.

    Args:
        text: with line breaks where it has any.
        room: width of a line, in sizes of the font.
    """
    return sum(_lines(line, max(room, 1.0)) for line in text.split("\n"))


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning that fits, after a whole word where that is near, and three dots.

    Args:
        text: that does not fit.
        fits: tells whether a text does.
    """
    low, top = 0, len(text)
    while low < top:
        middle = (low + top + 1) // 2
        low, top = (middle, top) if fits(f"{text[:middle]} …") else (low, middle - 1)
    start = text[:low]
    whole = start.rpartition(" ")[0]
    return f"{(whole if len(start) - len(whole) < _WORD else start).rstrip()} …"


_WORD = 20
"""Signs that a word is long at most; what is longer is cut."""


def _lines(text: str, room: float) -> int:
    count, used = 1, 0.0
    for word in text.split(" "):
        wide = width(word)
        if used and used + 0.34 + wide > room:
            count, used = count + 1, 0.0
        elif used:
            used += 0.34
        if wide > room:
            # A word longer than the line is broken wherever the line ends; so is Chinese.
            more = math.ceil((used + wide) / room) - 1
            count, used = count + more, used + wide - more * room
        else:
            used += wide
    return count
