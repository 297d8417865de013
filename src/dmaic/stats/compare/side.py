"""The two sides of a comparison, and what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dmaic.stats.compare.sequential import Boundary


@dataclass(frozen=True, slots=True)
class Count:
    """At risk and lost.

    Attributes:
        at_risk: customer-months, or customers.
        churned: of them lost.
    """

    at_risk: int
    churned: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side, by segment.

    Attributes:
        name: of the side.
        segments: name -> what was there and lost; of all together the whole.
        source: name of the export.
        first, last: months, or None.
        months: how many.
    """

    name: str
    segments: Mapping[str, Count]
    source: str = ""
    first: str | None = None
    last: str | None = None
    months: int = 0

    @property
    def whole(self) -> Count:
        """All segments together."""
        return Count(
            sum(each.at_risk for each in self.segments.values()),
            sum(each.churned for each in self.segments.values()),
        )


@dataclass(frozen=True, slots=True)
class Ask:
    """What the comparison is asked with.

    Attributes:
        minimal_effect: smallest change worth having, a fraction of the reference's rate.
        power: chance of seeing it that is wanted.
        alpha: chance of ever seeing an effect where there is none.
        looks: planned.
        look: the present one.
        boundary: how alpha is spread over looks.
    """

    minimal_effect: float = 0.10
    power: float = 0.80
    alpha: float = 0.05
    looks: int = 1
    look: int = 1
    boundary: Boundary = "obrien-fleming"
