"""Lives of customers as counts by age: when they came into view, and when they left it.

At risk at age t is who came into view before t and was there until t or longer. Who was seen from
sign-up on is at risk at age 0 too, so that a loss on the very day of sign-up counts. Time at risk
is the age at the end less the age at the beginning, as everywhere in the theory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Figures = NDArray[Any]

BIRTH = -1.0
"""Age of entry of those who were in view from sign-up on: before all ages, 0 among them."""


@dataclass(frozen=True, slots=True)
class Lives:
    """Customers seen alike are counted together, so a million of them are a few thousand counts.

    Attributes:
        entered: age at which customers came into view -> how many; `BIRTH` for those seen from
            sign-up on. They are at risk at all greater ages.
        stayed: age at which those still there were last seen -> how many (right censoring).
        lost: age at which customers were lost -> how many.
    """

    entered: Mapping[float, int] = field(default_factory=dict)
    stayed: Mapping[float, int] = field(default_factory=dict)
    lost: Mapping[float, int] = field(default_factory=dict)

    @property
    def customers(self) -> int:
        """How many."""
        return sum(self.entered.values())

    @property
    def losses(self) -> int:
        """How many were lost."""
        return sum(self.lost.values())

    @property
    def late(self) -> int:
        """How many came into view some time after their sign-up (left truncation)."""
        return sum(count for age, count in self.entered.items() if age >= 0)

    @property
    def last(self) -> float:
        """The greatest age at which anybody was seen."""
        return max((*self.stayed, *self.lost), default=0.0)


def joined(lives: Iterable[Lives]) -> Lives:
    """Several groups as one.

    Args:
        lives: of customers who are in one of them only.
    """
    entered: dict[float, int] = {}
    stayed: dict[float, int] = {}
    lost: dict[float, int] = {}
    for each in lives:
        for total, part in (
            (entered, each.entered),
            (stayed, each.stayed),
            (lost, each.lost),
        ):
            for age, count in part.items():
                total[age] = total.get(age, 0) + count
    return Lives(entered, stayed, lost)


@dataclass(frozen=True, slots=True)
class Counts:
    """Lives as sorted arrays, for arithmetic.

    Attributes:
        came, ages_came: customers who came into view, and at which ages.
        gone, ages_gone: those who left it, lost or not, and at which ages.
        lost, ages_lost: the lost of them.
    """

    ages_came: Figures
    came: Figures
    ages_gone: Figures
    gone: Figures
    ages_lost: Figures
    lost: Figures

    def at_risk(self, ages: Figures) -> Figures:
        """Customers at risk at each of some ages: came before, and were there until then."""
        return _below(self.ages_came, self.came, ages) - _below(self.ages_gone, self.gone, ages)

    def events(self, ages: Figures) -> Figures:
        """Customers lost at exactly each of some ages."""
        import numpy

        upto = numpy.concatenate(([0], self.lost.cumsum()))
        right = numpy.searchsorted(self.ages_lost, ages, "right")
        return upto[right] - upto[numpy.searchsorted(self.ages_lost, ages, "left")]

    def lost_upto(self, ages: Figures) -> Figures:
        """Customers lost at or before each of some ages."""
        import numpy

        upto = numpy.concatenate(([0], self.lost.cumsum()))
        return upto[numpy.searchsorted(self.ages_lost, ages, "right")]

    def time_upto(self, ages: Figures) -> Figures:
        """Time at risk, of all together, before each of some ages."""
        import numpy

        limits = numpy.asarray(ages, dtype=float)[:, None]
        seen = numpy.minimum(self.ages_gone, limits) @ self.gone
        before = numpy.minimum(numpy.maximum(self.ages_came, 0.0), limits) @ self.came
        return numpy.asarray(seen - before)


def counts(lives: Lives) -> Counts:
    """The same as sorted arrays.

    Args:
        lives: of one group.
    """
    left: dict[float, int] = dict(lives.stayed)
    for age, count in lives.lost.items():
        left[age] = left.get(age, 0) + count
    return Counts(*_sorted(lives.entered), *_sorted(left), *_sorted(lives.lost))


def _sorted(by_age: Mapping[float, int]) -> tuple[Figures, Figures]:
    import numpy

    some = sorted((age, count) for age, count in by_age.items() if count)
    return (
        numpy.array([age for age, _ in some], dtype=float),
        numpy.array([count for _, count in some], dtype=numpy.int64),
    )


def _below(ages: Figures, customers: Figures, limits: Figures) -> Figures:
    """Customers whose age is below each limit."""
    import numpy

    upto = numpy.concatenate(([0], customers.cumsum()))
    return numpy.asarray(upto[numpy.searchsorted(ages, limits, "left")])
