"""How much a layout may do: steps, characters and seconds."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from dmaic.layout.trouble import LayoutError

LARGEST = 256 * 1024
"""Characters of one layout."""

MOST = 200
"""Layouts that may be at hand."""

LONGEST = 1_000_000
"""Characters of one text that a layout puts together."""

HEAVIEST = 1_000_000
"""Values in one list with all lists in it, counted as often as they are in it."""

_STEPS = 200_000
_WRITTEN = 5_000_000
_SECONDS = 10.0


class Budget:
    """What is left of what a layout may do in one run.

    Steps and characters stop what has no end, always at the same place; the clock is for what is
    slow in each step. What dmaic's own functions take is not the layout's time.
    """

    def __init__(self) -> None:
        self._steps, self._written = _STEPS, _WRITTEN
        self._end = time.monotonic() + _SECONDS

    def step(self, characters: int = 0) -> None:
        """One more pass through a loop, a macro, a block or a file.

        Args:
            characters: of the layout's own text in it.

        Raises:
            LayoutError: `layout.too-much`.
        """
        self._steps -= 1
        if self._steps < 0:
            raise LayoutError(f"It takes more than {_STEPS:,} steps.", "layout.too-much", _LESS)
        self.write(characters)

    def look(self) -> None:
        """Look at the clock.

        Raises:
            LayoutError: `layout.too-much`.
        """
        if time.monotonic() > self._end:
            raise LayoutError(f"It takes longer than {_SECONDS:.0f} s.", "layout.too-much", _LESS)

    def write(self, characters: int) -> None:
        """So many characters more.

        Raises:
            LayoutError: `layout.too-much`.
        """
        self._written -= characters
        if self._written < 0:
            raise LayoutError(
                f"It writes more than {_WRITTEN:,} characters.", "layout.too-much", _LESS
            )
        self.look()

    def forgive(self, seconds: float) -> None:
        """Time that was not the layout's."""
        self._end += seconds


_LESS = "Does a loop run over more than it should?"


def short(text: str) -> str:
    """The text, which is not too long for one text.

    Raises:
        LayoutError: `layout.too-much`.
    """
    return joined((text,))


def joined(parts: Iterable[str]) -> str:
    """Texts in one, which is not too long; it is not made where it would be.

    Raises:
        LayoutError: `layout.too-much`.
    """
    taken: list[str] = []
    left = LONGEST
    for part in parts:
        left -= len(part)
        if left < 0:
            raise LayoutError(
                f"A text in it is longer than {LONGEST:,} characters.", "layout.too-much", _LESS
            )
        taken.append(part)
    return "".join(taken)


def weighed(value: Any) -> Any:  # noqa: ANN401
    """The list or mapping, which with all that is in it is not too heavy to be looked through.

    Raises:
        LayoutError: `layout.too-much`.
    """
    if _weight(value, {}) > HEAVIEST:
        raise LayoutError(
            f"A list in it holds more than {HEAVIEST:,} values.", "layout.too-much", _LESS
        )
    return value


def _weight(value: Any, known: dict[int, int]) -> int:  # noqa: ANN401
    """How many values are in a value; a part that is in it twice is looked through once."""
    if isinstance(value, Mapping):
        parts: Any = value.values()
    elif isinstance(value, (list, tuple)):
        parts = value
    else:
        return 1
    if id(value) not in known:
        known[id(value)] = 1 + sum(_weight(each, known) for each in parts)
    return known[id(value)]
