"""Letters that no font at hand has."""

from __future__ import annotations

import re
from collections.abc import Iterable


class MissingGlyph(UserWarning):
    """Letters of a report are shown as boxes, since no font on this machine has them.

    Attributes:
        letters: which.
    """

    def __init__(self, letters: str) -> None:
        super().__init__(f"No font has {letters!r}.")
        self.letters = letters


def letters_in(messages: Iterable[str]) -> str:
    r"""The letters that matplotlib says it misses, each once.

    Args:
        messages: such as `Glyph 26085 (\N{CJK...}) missing from font(s) DejaVu Sans.`
    """
    codes = (re.search(r"Glyph (\d+) ", each) for each in messages)
    return "".join(dict.fromkeys(chr(int(code[1])) for code in codes if code))
