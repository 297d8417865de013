"""How many customers a comparison needs to show an effect, and how likely so many show it.

Three designs: shares that leave, means, and how fast customers leave (hazards). Each is asked for
the size that a power needs and for the power of a size; `Terms` holds what all of them share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf, isfinite, log, sqrt
from statistics import NormalDist
from typing import Protocol

MOST = 10**12
"""A comparison that needs more customers needs more than there are."""

_EXACT = 10_000_000
"""Up to so many customers a group the t distribution is used; beyond, no digit tells it apart."""
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Terms:
    """What every comparison is asked with.

    Attributes:
        alpha: chance of seeing an effect where there is none.
        sides: 2 looks both ways, 1 only for the effect that is hoped for.
        ratio: customers of the pilot for one of the control group.
        one_group: there is no control group; what it is compared with is known.
    """

    alpha: float = 0.05
    sides: int = 2
    ratio: float = 1.0
    one_group: bool = False

    @property
    def z(self) -> float:
        """Quantile of the normal distribution that the test has to pass."""
        # From the tail, where a small alpha keeps its digits.
        return -_NORMAL.inv_cdf(self.alpha / self.sides)

    def pilot(self, size: int) -> int:
        """Customers of the pilot beside so many of the control group; 0 where there is none."""
        return 0 if self.one_group else max(1, ceil(self.ratio * size - 1e-9))


class Design(Protocol):
    """A comparison with an effect in mind."""

    def size(self, power: float) -> float:
        """Customers needed, before rounding up: of the control group, or of the only one.

        Infinite where there is no effect to be seen.
        """
        ...

    def power(self, size: int) -> float:
        """Chance that so many customers show the effect, on the side where it is."""
        ...


@dataclass(frozen=True, slots=True)
class Shares:
    """Two shares of customers lost, or one against a known one.

    With d = |p − q|, the size is n = (z_α a + z_β b)² / d². Two groups, the pilot r times the
    control group: a² = (r + 1) m (1 − m) / r with m = (p + r q) / (r + 1), and
    b² = (r p (1 − p) + q (1 − q)) / r. One group: a² = p (1 − p), b² = q (1 − q).
    With the continuity correction n (1 + √(1 + c / n))² / 4, c = 2 (r + 1) / (r d) or 2 / d.

    Source: Fleiss, J. L., Levin, B. and Paik, M. C. (2003), Statistical Methods for Rates and
    Proportions, 3rd edition, chapter 4; one group: NIST e-Handbook 7.2.4.2.

    Attributes:
        before: p, of the control group, or the known one.
        after: q, of the pilot.
        terms: as always.
        continuity: correct for the normal distribution being smooth and counts not.
    """

    before: float
    after: float
    terms: Terms
    continuity: bool = False

    def size(self, power: float) -> float:
        """As in `Design`."""
        d = abs(self.after - self.before)
        if d == 0:
            return inf
        null, effect = self._spreads()
        root = (self.terms.z * null + _NORMAL.inv_cdf(power) * effect) / d
        first = max(root, 0.0) ** 2
        if not self.continuity or not first or not isfinite(first):
            return first
        return first / 4 * (1 + sqrt(1 + self._step() / first)) ** 2

    def power(self, size: int) -> float:
        """As in `Design`."""
        d = abs(self.after - self.before)
        first = float(size)
        if self.continuity and d:
            # The correction, solved for the size before it.
            first = max(size - self._step() / 4, 0.0) ** 2 / size
        null, effect = self._spreads()
        passed = d * sqrt(first) - self.terms.z * null
        if effect == 0:
            return 1.0 if passed > 0 else 0.0
        return _NORMAL.cdf(passed / effect)

    def _spreads(self) -> tuple[float, float]:
        p, q, r = self.before, self.after, self.terms.ratio
        if self.terms.one_group:
            return sqrt(p * (1 - p)), sqrt(q * (1 - q))
        middle = (p + r * q) / (r + 1)
        return (
            sqrt((r + 1) * middle * (1 - middle) / r),
            sqrt((r * p * (1 - p) + q * (1 - q)) / r),
        )

    def _step(self) -> float:
        d, r = abs(self.after - self.before), self.terms.ratio
        return 2 / d if self.terms.one_group else 2 * (r + 1) / (r * d)


@dataclass(frozen=True, slots=True)
class Means:
    """Two means with one standard deviation, or one mean against a known one, by the t test.

    The power is that of the noncentral t distribution: with noncentrality d / (s √(1/n + 1/(rn)))
    and n + rn − 2 degrees of freedom, or d √n / s and n − 1. The size is the least whole one that
    has it.

    Source: Cohen, J. (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd edition,
    chapter 2; the noncentral t as in Johnson, Kotz and Balakrishnan (1995), chapter 31.

    Attributes:
        difference: d, in the unit of the measure.
        deviation: s, in the same unit.
        terms: as always.
    """

    difference: float
    deviation: float
    terms: Terms

    def size(self, power: float) -> float:
        """As in `Design`; a whole number, as degrees of freedom are."""
        if self.difference == 0:
            return inf
        start = self._normal(power)
        if not isfinite(start) or start > _EXACT:
            return start
        # The t distribution asks for a few more than the normal one does.
        high = max(ceil(start), 2)
        while self.power(high) < power:
            high *= 2
        return float(least(lambda size: self.power(size) >= power, 2, high))

    def power(self, size: int) -> float:
        """As in `Design`."""
        if self.deviation == 0:
            return 1.0 if self.difference else self.terms.alpha / self.terms.sides
        pilot = self.terms.pilot(size)
        each = 1 / size + (1 / pilot if pilot else 0.0)
        df = size + pilot - (2 if pilot else 1)
        shift = abs(self.difference) / (self.deviation * sqrt(each))
        if df < 1:
            return 0.0
        if df > 2 * _EXACT or shift > 1e3:
            return _NORMAL.cdf(shift - self.terms.z)
        from scipy.special import nctdtr, stdtrit

        critical = float(stdtrit(df, 1 - self.terms.alpha / self.terms.sides))
        return min(1.0, max(0.0, 1 - float(nctdtr(df, shift, critical))))

    def _normal(self, power: float) -> float:
        share = 1.0 if self.terms.one_group else 1 + 1 / self.terms.ratio
        root = (self.terms.z + _NORMAL.inv_cdf(power)) * self.deviation / abs(self.difference)
        return share * max(root, 0.0) * max(root, 0.0)


@dataclass(frozen=True, slots=True)
class Hazards:
    """Two hazards of leaving, compared by the log-rank test or a Cox regression.

    The losses needed are D = (z_α + z_β)² / (w (1 − w) ln² h) with w = r / (1 + r) the part of the
    pilot; the customers are D / the share of them that is lost while they are watched.

    Source: Schoenfeld, D. A. (1981), Biometrika 68, 316-319, and (1983), Biometrics 39, 499-503.

    Attributes:
        ratio: h, hazard of the pilot over that of the control group.
        lost: share of all customers lost while they are watched.
        terms: as always.
    """

    ratio: float
    lost: float
    terms: Terms

    def events(self, power: float) -> float:
        """Losses needed in both groups together, before rounding up."""
        if self.ratio == 1:
            return inf
        root = max(self.terms.z + _NORMAL.inv_cdf(power), 0.0) / abs(log(self.ratio))
        return root * root / self._weight()

    def size(self, power: float) -> float:
        """As in `Design`; of whole losses."""
        events = self.events(power)
        whole = ceil(events - 1e-9) if isfinite(events) else inf
        return whole / (self.lost * (1 + self.terms.ratio))

    def power(self, size: int) -> float:
        """As in `Design`."""
        events = self.lost * (size + self.terms.pilot(size))
        return _NORMAL.cdf(sqrt(events * self._weight()) * abs(log(self.ratio)) - self.terms.z)

    def _weight(self) -> float:
        part = self.terms.ratio / (1 + self.terms.ratio)
        return part * (1 - part)


def least(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The least whole number from low to high for which something holds that then goes on holding.

    Args:
        holds: what shall hold; it does for high.
        low: first one tried.
        high: last one.
    """
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def nearest_effect(power_of: Callable[[float], float], power: float, far: float) -> float | None:
    """The smallest effect, as a distance from none, that so many customers show.

    Args:
        power_of: the power for an effect at this distance; rises with it.
        power: wanted.
        far: the greatest distance there is.

    Returns:
        The distance, to a billionth of `far`; None where not even the greatest is shown.
    """
    if power_of(far) < power:
        return None
    low, high = 0.0, far
    for _ in range(60):
        middle = (low + high) / 2
        if power_of(middle) < power:
            low = middle
        else:
            high = middle
    return high
