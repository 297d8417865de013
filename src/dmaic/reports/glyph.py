"""Letters that no font at hand has, and fonts that are not at hand."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar


class MissingGlyph(UserWarning):
    """Letters of a report are shown as boxes, since no font on this machine has them.

    Attributes:
        letters: which.
    """

    def __init__(self, letters: str) -> None:
        super().__init__(f"No font has {letters!r}.")
        self.letters = letters


class MissingFont(UserWarning):
    """A report is not set in a font of the style, since this machine does not have it.

    Attributes:
        family: its name.
    """

    def __init__(self, family: str) -> None:
        super().__init__(f"There is no font {family!r}.")
        self.family = family


W = TypeVar("W", bound=UserWarning)


def letters_in(messages: Iterable[str]) -> str:
    r"""The letters that matplotlib says it misses, each once.

    Args:
        messages: such as `Glyph 26085 (\N{CJK...}) missing from font(s) DejaVu Sans.`
    """
    codes = (re.search(r"Glyph (\d+) ", each) for each in messages)
    return "".join(dict.fromkeys(chr(int(code[1])) for code in codes if code))


def noticed() -> AbstractContextManager[list[str]]:
    """Within it letters that are missed are noted, and not said.

    Returns:
        The letters, each once, complete when it is over.
    """
    return _heard(MissingGlyph, lambda told: told.letters)


def fonts_missed() -> AbstractContextManager[list[str]]:
    """Within it fonts that are missed are noted, and not said.

    Returns:
        Their families, each once, complete when it is over.
    """
    return _heard(MissingFont, lambda told: (told.family,))


@contextmanager
def _heard(category: type[W], parts: Callable[[W], Iterable[str]]) -> Iterator[list[str]]:
    found: list[str] = []
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", category)
        yield found
    for each in told:
        if isinstance(each.message, category):
            found += [part for part in parts(each.message) if part not in found]
        else:
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
