"""The shifted-beta-geometric model of retention: survival, and payments to be expected.

Each customer leaves at every renewal with a chance of his own, and these chances follow a Beta
distribution over customers. Who is likely to leave does so early, so that the rate falls with age:
h(t) = alpha / (alpha + beta + t - 1).

Source: Fader, P. S. and Hardie, B. G. S. (2007), How to project customer retention, Journal of
Interactive Marketing 21(1), 76-90.

Inside, the two parameters are the rate of the first period, mu = alpha / (alpha + beta), and how
much customers differ, theta = 1 / (alpha + beta): h(t) = mu / (1 + theta (t - 1)). So customers who
are all alike, the geometric model, are the plain edge theta = 0 and not a point at infinity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, log, sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Figures = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Age:
    """One period of age.

    Attributes:
        at_risk: customers who began it.
        lost: those of them who did not outlive it.
    """

    at_risk: float
    lost: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A retention curve: the rate of loss at age t is `rate / (1 + spread (t - 1))`.

    Attributes:
        rate: of the first period, mu = alpha / (alpha + beta).
        spread: how much customers differ, theta = 1 / (alpha + beta); 0 where all are alike.
    """

    rate: float
    spread: float = 0.0

    @property
    def alpha(self) -> float | None:
        """First parameter of the Beta distribution; None where customers are all alike."""
        return self.rate / self.spread if self.spread else None

    @property
    def beta(self) -> float | None:
        """Second parameter of the Beta distribution; None where customers are all alike."""
        return (1 - self.rate) / self.spread if self.spread else None

    def survival(self, periods: int) -> tuple[float, ...]:
        """S(0), S(1), ..., S(periods): S(t) = S(t - 1) (beta + t - 1) / (alpha + beta + t - 1).

        Args:
            periods: the last one wanted.
        """
        left = [1.0]
        for age in range(periods):
            left.append(left[-1] * (1 - self.rate / (1 + self.spread * age)))
        return tuple(left)

    def payments(self, discount: float, *, age: int = 0, horizon: int | None = None) -> float:
        """Payments to be expected of a customer who has outlived `age` periods; see `payments`."""
        import numpy

        one = payments(numpy.array([self.rate]), numpy.array([self.spread]), discount, age, horizon)
        return float(one[0])

    def lifetime(self) -> float:
        """Mean lifetime of a new customer in periods, the one of the loss counted; may be `inf`."""
        return self.payments(0.0)

    def median(self, most: int = 1200) -> int | None:
        """The first period that half of the customers do not outlive.

        Args:
            most: the last period looked at; None comes back where it is later.
        """
        left = self.survival(most)
        return next((period for period, share in enumerate(left) if share <= 0.5), None)


def payments(
    rates: Figures,
    spreads: Figures,
    discount: float,
    age: int | Figures = 0,
    horizon: int | None = None,
) -> Figures:
    """Discounted number of payments to be expected of a customer, the one now due included.

    For a customer who has outlived n = `age` periods it is the sum over k = 0, 1, ... of
    S(n + k) / S(n) / (1 + d)^k, which is 2F1(1, beta + n; alpha + beta + n; 1 / (1 + d)). With
    n = 0 it is the discounted expected lifetime of a new customer; with n > 0 the residual one, of
    a customer who has just renewed.

    Source: Fader, P. S. and Hardie, B. G. S. (2010), Customer-base valuation in a contractual
    setting: the perils of ignoring heterogeneity, Marketing Science 29(1), 85-93. Theirs is of a
    customer before the renewal, this one times the chance that it comes.

    Args:
        rates: of the first period, one a curve.
        spreads: one a curve.
        discount: a period, d.
        age: periods outlived; may be several that broadcast against the curves.
        horizon: periods counted; None for all there will ever be.

    Returns:
        One figure a curve; `inf` where the sum has no end: without discount, and alpha <= 1.
    """
    import numpy

    here = spreads / (1 + spreads * age)
    hazard = rates / (1 + spreads * age)
    if horizon is not None:
        left = numpy.ones_like(hazard)
        total = numpy.zeros_like(hazard)
        for period in range(horizon):
            total += left
            left = left * (1 - hazard / (1 + here * period)) / (1 + discount)
        return total
    if discount == 0:
        # Gauss: 2F1(1, b; c; 1) = (c - 1) / (c - b - 1), where c - b = alpha > 1.
        ends = hazard > here
        last = numpy.where(ends, (1 - here) / numpy.where(ends, hazard - here, 1), inf)
        return numpy.asarray(last)
    return _fraction(hazard, here, 1 / (1 + discount))


def _fraction(rates: Figures, spreads: Figures, z: float) -> Figures:
    """2F1(1, b; c; z) with b / c = 1 - rate and 1 / c = spread, by the fraction of Gauss.

    DLMF 15.7.1; both are divided by c, so that a spread of 0 is nothing special.
    """
    import numpy

    # The ratio of successive errors tends to this; what is left after so many terms is < 1e-15.
    root = sqrt(1 - z)
    terms = int(35 / log((1 + root) / (1 - root))) + 8
    b, s = 1 - rates, spreads
    tail = numpy.ones_like(rates)
    for m in range(terms // 2, 0, -1):
        odd = (b + m * s) * (1 + (m - 1) * s) / ((1 + (2 * m - 1) * s) * (1 + 2 * m * s))
        even = m * s * (rates + (m - 1) * s) / ((1 + (2 * m - 2) * s) * (1 + (2 * m - 1) * s))
        tail = 1 - even * z / (1 - odd * z / tail)
    return 1 / (1 - b * z / tail)


def from_survivors(survivors: Sequence[float]) -> tuple[Age, ...]:
    """Ages of a cohort that was seen from its beginning.

    Args:
        survivors: customers at the beginning, and after each period.
    """
    return tuple(Age(before, before - after) for before, after in pairwise(survivors) if before)
