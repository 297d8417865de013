"""The shifted-beta-geometric model fitted to customers at risk and lost by age, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, log, sqrt
from typing import TYPE_CHECKING, Any, Literal

from dmaic.errors import DataError
from dmaic.money.sbg import Age, Curve

if TYPE_CHECKING:
    from dmaic.money.sbg import Figures

DROP = 1.920729
"""Half the 95 % quantile of chi-square with one degree of freedom: how far the log-likelihood may
lie below its maximum inside a 95 % profile-likelihood interval (Wilks 1938)."""

DIRECTIONS = 96
"""In so many directions the edge of the likelihood region is looked for."""

TURNS = 1.6449
"""One-sided 95 % quantile of the normal distribution: a rate that rises by more is said to rise."""

Shape = Literal["sbg", "flat", "rising", "one-age"]


@dataclass(frozen=True, slots=True)
class Region:
    """The edge of the parameters that the data do not contradict at 95 %.

    The smallest and the greatest value of a figure on it are the figure's profile-likelihood
    interval.

    Attributes:
        rates: of the first period, one a point.
        spreads: how much customers differ, one a point.
    """

    rates: Figures
    spreads: Figures

    def interval(self, figure: Callable[[Figures, Figures], Figures]) -> tuple[float, float]:
        """The interval of a figure.

        Args:
            figure: takes rates and spreads and gives a value each; may be `inf`.
        """
        values = figure(self.rates, self.spreads)
        return float(values.min()), float(values.max())


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted curve.

    Attributes:
        curve: the most likely one.
        shape: `sbg`; or why it is the geometric model: the rate is `flat` or `rising` with age, or
            only `one-age` was seen.
        log_likelihood: of the counts at each age, given who was at risk.
        log_likelihood_constant: the same of the constant rate.
        trend: how many standard errors losses come earlier (above 0) or later (below 0) than a
            constant rate would have them (Cochran-Armitage).
        alpha_error: standard error of alpha, by the observed information; None without one.
        beta_error: of beta.
        region: parameters that the data do not contradict.
    """

    curve: Curve
    shape: Shape
    log_likelihood: float
    log_likelihood_constant: float
    trend: float
    alpha_error: float | None
    beta_error: float | None
    region: Region


def fit(ages: Sequence[Age]) -> Fit:
    """The most likely curve: the greatest sum of d ln h(t) + (n - d) ln(1 - h(t)) over all ages.

    Only who was at risk at an age counts there, so that cohorts seen whole, customers who are still
    there (right censoring) and customers who came before the data begin (left truncation) are all
    the same.

    Args:
        ages: at risk n and lost d in the first period of age, the second, and so on.

    Raises:
        DataError: nobody was at risk (`clv.nobody`) or lost (`clv.nobody-lost`), all were lost at
            once (`clv.everyone-lost`), or losses are known at the first age alone while later ones
            have none (`clv.first-only`), or so few young customers were seen that the rate of the
            first period cannot be told (`clv.first-unknown`).
    """
    import numpy

    seen = [(age, each) for age, each in enumerate(ages) if each.at_risk > 0]
    k = numpy.array([float(age) for age, _ in seen])
    n = numpy.array([float(each.at_risk) for _, each in seen])
    d = numpy.array([float(each.lost) for _, each in seen])
    _refuse(k, n, d)
    likelihood = _Likelihood(k, n, d)
    constant = d.sum() / n.sum()
    trend = _trend(k, n, d)
    if trend <= 0:
        shape: Shape = "one-age" if len(k) == 1 else "rising" if trend < -TURNS else "flat"
        curve = Curve(float(constant))
    else:
        shape, curve = "sbg", likelihood.most_likely()
    errors = likelihood.errors(curve)
    return Fit(
        curve=curve,
        shape=shape,
        log_likelihood=likelihood.value(curve.rate, curve.spread),
        log_likelihood_constant=likelihood.value(constant, 0.0),
        trend=trend,
        alpha_error=errors[0],
        beta_error=errors[1],
        region=likelihood.region(curve, float(constant)),
    )


def _refuse(k: Figures, n: Figures, d: Figures) -> None:
    if not len(k):
        raise DataError("No customer was at risk at any known age.", "clv.nobody")
    if not d.sum():
        raise DataError(
            "Nobody was lost, so how long customers stay cannot be told.",
            "clv.nobody-lost",
            "Look at a longer time.",
        )
    if d.sum() >= n.sum():
        raise DataError(
            "Everybody was lost in the first period seen; there is no curve to fit.",
            "clv.everyone-lost",
            "Look at shorter periods.",
        )
    if len(k) > 1 and d[0] == d.sum() and d[0] > 0 and _trend(k, n, d) > 0:
        raise DataError(
            "All losses fall in the first period seen and none later, so how the rate falls cannot "
            "be told.",
            "clv.first-only",
            "Look at a longer time, or at shorter periods.",
        )


def _trend(k: Figures, n: Figures, d: Figures) -> float:
    """Standard errors by which losses come earlier than a constant rate would have them."""
    rate = d.sum() / n.sum()
    spread = float((n * (k - (n * k).sum() / n.sum()) ** 2).sum())
    if spread <= 0:
        return 0.0
    return float(-(k * (d - n * rate)).sum() / sqrt(rate * (1 - rate) * spread))


@dataclass(frozen=True, slots=True)
class _Likelihood:
    """Of counts d out of n at ages k = t - 1."""

    k: Figures
    n: Figures
    d: Figures

    def value(self, rate: float, spread: float) -> float:
        return float(self.values(rate, spread))

    def values(self, rate: Any, spread: Any) -> Any:  # noqa: ANN401  a figure, or a column of them
        import numpy

        wide = 1 + spread * self.k
        terms = numpy.log(rate) * self.d + (self.n - self.d) * numpy.log(wide - rate)
        return (terms - self.n * numpy.log(wide)).sum(axis=-1)

    def most_likely(self) -> Curve:
        """The spread where the profile's slope, above 0 at 0, comes down to 0."""
        low, high = 0.0, 1e-3
        while high < 1e9 and self._slope(high) > 0:
            low, high = high, high * 4
        for _ in range(200):
            middle = (low + high) / 2
            if high - low <= 1e-13 * high or middle in (low, high):
                break
            low, high = (middle, high) if self._slope(middle) > 0 else (low, middle)
        spread = (low + high) / 2
        rate = self._rate(spread)
        if spread > 1e8 or rate > 1 - 1e-7:
            raise DataError(
                "So few young customers were seen that the churn of the first period cannot be "
                "told.",
                "clv.first-unknown",
                "Look at a time in which customers signed up.",
            )
        return Curve(rate, spread)

    def _slope(self, spread: float) -> float:
        rate = self._rate(spread)
        wide = 1 + spread * self.k
        return float(
            ((self.n - self.d) * self.k / (wide - rate)).sum() - (self.n * self.k / wide).sum()
        )

    def _rate(self, spread: float) -> float:
        """The most likely rate for a spread: Newton's steps, kept between bounds that close in."""
        wide = 1 + spread * self.k
        lost, kept = float(self.d.sum()), self.n - self.d
        low, high = 0.0, 1 - 1e-9
        rate = min(lost / float(self.n.sum()) * float(wide.mean()), 0.5)
        for _ in range(100):
            over = kept / (wide - rate)
            slope = lost / rate - float(over.sum())
            low, high = (rate, high) if slope > 0 else (low, rate)
            bend = lost / rate**2 + float((over / (wide - rate)).sum())
            before, rate = rate, rate + slope / bend
            if not low < rate < high:
                rate = (low + high) / 2
            if abs(rate - before) <= 1e-15 * rate:
                break
        return rate

    def information(self, curve: Curve) -> tuple[float, float, float]:
        """Observed information of rate and spread: its corners and what is between them."""
        wide = 1 + curve.spread * self.k
        kept = (self.n - self.d) / (wide - curve.rate) ** 2
        return (
            float(self.d.sum() / curve.rate**2 + kept.sum()),
            -float((kept * self.k).sum()),
            float((kept * self.k**2).sum() - (self.n * self.k**2 / wide**2).sum()),
        )

    def errors(self, curve: Curve) -> tuple[float | None, float | None]:
        """Standard errors of alpha and beta, from those of rate and spread."""
        rr, rs, ss = self.information(curve)
        det = rr * ss - rs * rs
        if not curve.spread or det <= 0:
            return None, None
        rate, spread = curve.rate, curve.spread

        def error(by_rate: float, by_spread: float) -> float:
            square = by_rate**2 * ss - 2 * by_rate * by_spread * rs + by_spread**2 * rr
            return sqrt(max(square, 0.0) / det)

        return (
            error(1 / spread, -rate / spread**2),
            error(-1 / spread, -(1 - rate) / spread**2),
        )

    def region(self, curve: Curve, constant: float) -> Region:
        """Points where the log-likelihood lies `DROP` below its maximum, or on the edge inside."""
        import numpy

        floor = self.value(curve.rate, curve.spread) - DROP
        middle, spread = log(curve.rate / (1 - curve.rate)), curve.spread
        rr, rs, ss = self.information(curve)
        slope = curve.rate * (1 - curve.rate)
        rr, rs = rr * slope**2, rs * slope
        # Steps of about one standard error, in directions that make the region a circle.
        across = 1 / sqrt(rr)
        rest = ss - rs * rs / rr
        along = 1 / sqrt(rest) if rest > 1e-300 else max(spread, 1.0)
        turn = numpy.linspace(0, 2 * numpy.pi, DIRECTIONS, endpoint=False)
        by_spread = along * numpy.sin(turn)
        by_rate = across * numpy.cos(turn) - rs / rr * by_spread
        far = numpy.where(by_spread < 0, spread / numpy.maximum(-by_spread, 1e-300), inf)
        reach = self._reach(middle, by_rate, spread, by_spread, far, floor)
        logits, spreads = middle + reach * by_rate, numpy.maximum(spread + reach * by_spread, 0)
        if spread and self.value(constant, 0.0) > floor:
            # Customers who are all alike are not ruled out: the edge belongs to the region.
            level = log(constant / (1 - constant))
            sides = numpy.array([-across, across])
            zero, never = numpy.zeros(2), numpy.full(2, inf)
            ends = level + sides * self._reach(level, sides, 0.0, zero, never, floor)
            logits, spreads = numpy.append(logits, ends), numpy.append(spreads, zero)
        return Region(1 / (1 + numpy.exp(-logits)), spreads)

    def _reach(
        self, logit: float, by_rate: Figures, spread: float, by_spread: Figures, far: Figures,
        floor: float,
    ) -> Figures:  # fmt: skip
        """How far one can go in each direction before the log-likelihood is below the floor."""
        import numpy

        def above(steps: Figures) -> Figures:
            rates = 1 / (1 + numpy.exp(-(logit + steps * by_rate)))
            rates = numpy.clip(rates, 1e-300, 1 - 1e-15)
            spreads = numpy.maximum(spread + steps * by_spread, 0)
            inside: Figures = self.values(rates[:, None], spreads[:, None]) > floor
            return inside

        low, high = numpy.zeros_like(by_rate), numpy.minimum(numpy.ones_like(by_rate), far)
        for _ in range(40):
            further = above(high) & (high < far)
            if not further.any():
                break
            low = numpy.where(further, high, low)
            high = numpy.where(further, numpy.minimum(high * 2, far), high)
        low = numpy.where(above(high), high, low)
        for _ in range(40):
            middle = (low + high) / 2
            inside = above(middle)
            low, high = numpy.where(inside, middle, low), numpy.where(inside, high, middle)
        return low
