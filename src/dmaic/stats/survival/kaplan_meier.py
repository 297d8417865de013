"""Survival by age with its interval: product limit, median, restricted mean, cumulative hazard."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from dmaic.stats.survival.life import Counts

if TYPE_CHECKING:
    from dmaic.stats.survival.life import Figures

Z = NormalDist().inv_cdf(0.975)
"""Normal quantile of a 95 % interval."""

_NEARLY = 1e-12
"""Products of fractions that should be one half may be off by so much."""


@dataclass(frozen=True, slots=True)
class Span:
    """An estimate and its 95 % interval; None where it cannot be known.

    Attributes:
        value: the estimate.
        low: lower end.
        high: upper end.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A survival curve as a table of its steps.

    Attributes:
        time: 0, and every age at which somebody was lost.
        at_risk: customers at risk at each.
        events: those of them lost.
        survival: share of new customers who outlive each age.
        greenwood: Σ d / (n (n − d)) up to each; infinite once all at risk were lost.
        lower, upper: log-log interval; NaN where all at risk were lost, which has none.
        hazard: Nelson-Aalen cumulative hazard, Σ d / n.
        hazard_lower, hazard_upper: its interval on the log scale.
        last: the greatest age at which anybody was seen.
    """

    time: Figures
    at_risk: Figures
    events: Figures
    survival: Figures
    greenwood: Figures
    lower: Figures
    upper: Figures
    hazard: Figures
    hazard_lower: Figures
    hazard_upper: Figures
    last: float

    def at(self, age: float) -> Span:
        """Share that outlives an age; unknown beyond the last one seen unless nobody is left."""
        from math import isnan

        step = int(self.time.searchsorted(age, "right")) - 1
        left = float(self.survival[step])
        if age > self.last and left > 0:
            return Span()
        low, high = float(self.lower[step]), float(self.upper[step])
        if isnan(low):
            return Span(left)
        return Span(left, low, high)

    def quantile(self, share: float = 0.5) -> Span:
        """The least age by which so many are lost; the ends of its interval where the band is.

        Brookmeyer, R. and Crowley, J. (1982), Biometrics 38, 29-41, on the log-log scale.
        """
        return Span(*(self._first(curve, share) for curve in (
            self.survival, self.lower, self.upper
        )))  # fmt: skip

    def _first(self, curve: Figures, share: float) -> float | None:
        import numpy

        # A bound that does not exist is below nothing.
        below = numpy.flatnonzero(curve <= share + _NEARLY)
        return float(self.time[below[0]]) if below.size else None

    def restricted_mean(self, horizon: float) -> Span:
        """Mean life up to a horizon: the area under the curve.

        Variance Σ (area from t to the horizon)² d / (n (n − d)). Klein, J. P. and Moeschberger,
        M. L. (2003), Survival Analysis, 2nd ed., section 4.5. Unknown where the horizon lies beyond
        what was seen and somebody is left; without an interval where nobody was lost before it.
        """
        import numpy

        if horizon <= 0 or (horizon > self.last and self.survival[-1] > 0):
            return Span()
        within = self.time < horizon
        ends = numpy.append(self.time[within], horizon)
        areas = self.survival[within] * numpy.diff(ends)
        mean = float(areas.sum())
        # From each step on, what lies to its right.
        beyond = areas[::-1].cumsum()[::-1]
        n, d = self.at_risk[within], self.events[within]
        some = (d > 0) & (n > d)
        variance = float((beyond[some] ** 2 * d[some] / (n[some] * (n[some] - d[some]))).sum())
        if not variance:
            return Span(mean)
        reach = Z * variance**0.5
        return Span(mean, max(0.0, mean - reach), min(horizon, mean + reach))


def estimate(counted: Counts) -> Estimate:
    """The product-limit estimate with Greenwood's variance and log-log intervals.

    S(t) = Π (1 − d / n) over all ages up to t at which d of n customers at risk were lost; the
    interval is S^exp(± z √G / ln S) with G = Σ d / (n (n − d)), which stays within 0 and 1.

    Sources: Kaplan, E. L. and Meier, P. (1958), JASA 53, 457-481; Greenwood, M. (1926), Reports on
    Public Health and Medical Subjects 33; Kalbfleisch, J. D. and Prentice, R. L. (1980), The
    Statistical Analysis of Failure Time Data, for the log-log scale; Nelson, W. (1972),
    Technometrics 14, 945-966 and Aalen, O. (1978), Annals of Statistics 6, 701-726.

    Args:
        counted: lives of one group, of one customer or more.
    """
    import numpy

    ages = counted.ages_lost
    time = ages if ages.size and ages[0] == 0 else numpy.concatenate(([0.0], ages))
    n, d = counted.at_risk(time), counted.events(time)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        share = numpy.where(n > 0, d / numpy.maximum(n, 1), 0.0)
        survival = numpy.cumprod(1 - share)
        terms = numpy.where(d > 0, d / (n * (n - d).astype(float)), 0.0)
        greenwood = numpy.cumsum(terms)
        fall = -numpy.log(survival)
        spread = numpy.exp(Z * numpy.sqrt(greenwood) / fall)
        lower, upper = survival**spread, survival ** (1 / spread)
        certain = survival == 1
        lower[certain] = upper[certain] = 1.0
        gone = survival == 0
        lower[gone] = upper[gone] = numpy.nan
        hazard = numpy.cumsum(share)
        error = numpy.sqrt(numpy.cumsum(share / numpy.maximum(n, 1)))
        widen = numpy.exp(Z * error / hazard)
        still = hazard == 0
        hazard_lower = numpy.where(still, 0.0, hazard / widen)
        hazard_upper = numpy.where(still, 0.0, hazard * widen)
    seen = counted.ages_gone
    return Estimate(
        time, n, d, survival, greenwood, lower, upper, hazard, hazard_lower, hazard_upper,
        float(seen[-1]) if seen.size else 0.0,
    )  # fmt: skip
