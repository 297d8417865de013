"""What a model is fitted to: customers alike in all that the model looks at, counted together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dmaic.text import BLANK

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Array = NDArray[numpy.float64]


@dataclass(frozen=True, slots=True)
class Variable:
    """What a model looks at.

    Attributes:
        name: as it was asked for, or the column's.
        levels: names of its categories in order; empty for a number.
        reference: index of the category that the others are compared with.
        named: a person asked for it.
    """

    name: str
    levels: tuple[str, ...] = ()
    reference: int = 0
    named: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is measured rather than a category."""
        return not self.levels

    @property
    def width(self) -> int:
        """Terms that it has in a model."""
        return 1 if self.is_number else len(self.levels) - 1

    @property
    def against(self) -> str:
        """The reference level; empty for a number."""
        return self.levels[self.reference] if self.levels else ""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Customers, those who are alike counted together.

    Attributes:
        variables: what is looked at.
        values: one array a variable, shape (patterns,): the number, or the index of the level.
        rows: customers of each pattern.
        lost: those of them who are lost.
        entry: age at which each pattern came into view; None without a clock.
        exit: age at which it left, or was last seen.
    """

    variables: tuple[Variable, ...]
    values: tuple[Array, ...]
    rows: Array
    lost: Array
    entry: Array | None = None
    exit: Array | None = None

    @property
    def size(self) -> int:
        """How many different ones there are."""
        return len(self.rows)

    def some(self, places: NDArray[numpy.intp]) -> Patterns:
        """Some of the patterns.

        Args:
            places: of those.
        """
        return replace(
            self,
            values=tuple(each[places] for each in self.values),
            rows=self.rows[places],
            lost=self.lost[places],
            entry=None if self.entry is None else self.entry[places],
            exit=None if self.exit is None else self.exit[places],
        )

    def only(self, chosen: Sequence[int]) -> Patterns:
        """The same with some of the variables.

        Args:
            chosen: their places.
        """
        return replace(
            self,
            variables=tuple(self.variables[at] for at in chosen),
            values=tuple(self.values[at] for at in chosen),
        )


def folded(values: Array, rows: Array, lost: Array) -> tuple[Array, Array, Array]:
    """Each different value with its customers and its lost ones.

    Args:
        values: of one variable.
        rows: customers.
        lost: those who are lost.

    Returns:
        The values in order, customers and lost customers of each.
    """
    import numpy as np

    known, place = np.unique(values, return_inverse=True)
    return known, added(place, rows, len(known)), added(place, lost, len(known))


def added(place: NDArray[numpy.intp], figures: Array, size: int) -> Array:
    """Figures added up by place.

    Args:
        place: of each, from 0.
        figures: what is added.
        size: how many places there are.
    """
    import numpy as np

    found: Array = np.bincount(place, weights=figures, minlength=size).astype(np.float64)
    return found


def choose_reference(levels: Sequence[str], rows: Sequence[float], no: Sequence[str]) -> int:
    """The level that the others are compared with: the `no` of a yes and no, else the largest.

    Args:
        levels: names; blanks are never the reference.
        rows: customers of each.
        no: words that say no, lower case.
    """
    known = [at for at, level in enumerate(levels) if level != BLANK]
    saying = [at for at in known if levels[at].casefold() in no]
    if len(saying) == 1 and len(known) == 2:
        return saying[0]
    return max(known or range(len(levels)), key=lambda at: (rows[at], -at))
