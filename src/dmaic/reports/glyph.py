"""Letters that no font at hand has."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


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


@contextmanager
def noticed() -> Iterator[list[str]]:
    """Within it letters that are missed are noted, and not said.

    Yields:
        The letters, each once, complete when it is over.
    """
    letters: list[str] = []
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", MissingGlyph)
        yield letters
    for each in told:
        if isinstance(each.message, MissingGlyph):
            letters += [letter for letter in each.message.letters if letter not in letters]
        else:
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
