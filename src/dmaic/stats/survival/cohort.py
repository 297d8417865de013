"""Cohorts: customers who signed up in one period, followed over the periods after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from dmaic.stats.survival.retention import Cohort


@dataclass(frozen=True, slots=True)
class Followed:
    """A cohort.

    Attributes:
        begun: number of the period of sign-up.
        customers: how many.
        remaining: those still there at the end of it, of the next period, and so on.
    """

    begun: int
    customers: int
    remaining: tuple[int, ...]

    def named(self, name: str) -> Cohort:
        """As it is told.

        Args:
            name: of the period of sign-up.
        """
        return Cohort(
            cohort=name,
            customers=self.customers,
            remaining=self.remaining,
            retention=tuple(left / self.customers for left in self.remaining),
        )


@dataclass(frozen=True, slots=True)
class Triangle:
    """Cohorts side by side.

    Attributes:
        cohorts: in order of time; periods in which nobody signed up have none.
        average: share left after so many periods, of all cohorts that were seen so long.
        earlier: customers who signed up before the first period.
    """

    cohorts: tuple[Followed, ...]
    average: tuple[float, ...]
    earlier: int


def triangle(lives: Iterable[tuple[int, int | None, int]], start: int, end: int) -> Triangle:
    """Follow the cohorts of some periods to the last one.

    Args:
        lives: period of sign-up, period of loss or None, and how many customers.
        start: the first period whose cohort is followed.
        end: the last one, and the last period looked at.
    """
    came: dict[int, int] = {}
    gone: dict[tuple[int, int], int] = {}
    earlier = 0
    for begun, left, customers in lives:
        if begun < start:
            earlier += customers
        elif begun <= end:
            came[begun] = came.get(begun, 0) + customers
            if left is not None and left <= end:
                age = max(0, left - begun)
                gone[begun, age] = gone.get((begun, age), 0) + customers
    followed = []
    for begun, customers in sorted(came.items()):
        losses = accumulate(gone.get((begun, age), 0) for age in range(end - begun + 1))
        followed.append(Followed(begun, customers, tuple(customers - lost for lost in losses)))
    longest = max((len(each.remaining) for each in followed), default=0)
    average = []
    for age in range(longest):
        seen = [each for each in followed if len(each.remaining) > age]
        average.append(
            sum(each.remaining[age] for each in seen) / sum(each.customers for each in seen)
        )
    return Triangle(tuple(followed), tuple(average), earlier)
