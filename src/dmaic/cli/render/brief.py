"""Text made to fit the cells of a terminal; wide characters take two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence


def cut(text: str, width: int, ellipsis: str = "…", *, middle: bool = False) -> str:
    """The text in at most so many terminal cells.

    Args:
        text: one line.
        width: cells at most; wide characters take two.
        ellipsis: stands where something was cut.
        middle: cut in the middle instead of at the end.
    """
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return text
    room = max(0, width - len(ellipsis))
    tail = ""
    if middle:
        tail = _head(text[::-1], room // 2)[::-1]
        room -= cell_len(tail)
    return (_head(text, room) + ellipsis + tail)[: max(width, 0)]


def _head(text: str, width: int) -> str:
    from rich.cells import cell_len

    for index, character in enumerate(text):
        width -= cell_len(character)
        if width < 0:
            return text[:index]
    return text


def shorten(names: Sequence[str], widths: Sequence[int], ellipsis: str = "…") -> list[str]:
    """The names, each in at most so many cells, different names still different.

    Names are cut at the end; where that makes two alike they are cut in the middle, and where
    that does not help they are numbered.

    Args:
        names: one line each.
        widths: cells at most, one a name.
        ellipsis: stands where something was cut.
    """
    # Compared at one width: names cut at different places would only seem to differ.
    least = [cut(name, min(widths, default=0), ellipsis) for name in names]
    alike = Counter(least)
    brief = [
        cut(name, width, ellipsis, middle=alike[text] > 1)
        for name, text, width in zip(names, least, widths, strict=True)
    ]
    alike = Counter(brief)
    seen: Counter[str] = Counter()
    for index, (name, text) in enumerate(zip(names, brief, strict=True)):
        if alike[text] > 1 and names.count(name) == 1:
            seen[text] += 1
            number = f"#{seen[text]}"
            brief[index] = cut(name, widths[index] - len(number), ellipsis) + number
    return brief


def wrapped(text: str, width: int) -> list[str]:
    """Lines of whole words; a per cent sign stays with its figure, too long a word is split.

    Args:
        text: one paragraph.
        width: cells at most.
    """
    from rich.cells import cell_len, chop_cells

    lines = [""]
    for word in re.split(r" (?!%)", text):
        line = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(line) <= width:
            lines[-1] = line
        else:
            lines += chop_cells(word, width)
    return [line for line in lines if line]
