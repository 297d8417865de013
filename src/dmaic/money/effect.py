"""The effect of a fix on churn: what was lost against what would have been lost without it.

Difference-in-differences: the customers that the fix did not touch tell what the market did, and
only what is left after that is claimed (Angrist, J. D. and Pischke, J.-S. 2009, Mostly Harmless
Econometrics, ch. 5). The same formulas serve customers and their monthly recurring revenue (MRR).
In all of them segments are compared with themselves: a change of the mix is no effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, fsum, log, sqrt
from statistics import NormalDist

from dmaic.money.flow import Flow
from dmaic.result import Frozen

Z = NormalDist().inv_cdf(0.975)
"""All intervals are of 95 %."""


class Estimate(Frozen):
    """A figure and its 95 % interval.

    Attributes:
        value: the figure; None where it does not exist.
        low, high: bounds; None where there are none.
    """

    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def proven(self) -> bool:
        """The interval lies wholly on one side of 0: more than chance makes."""
        return self.low is not None and self.high is not None and self.low * self.high > 0

    def times(self, factor: float) -> Estimate:
        """The estimate and its bounds times a factor that is not negative."""
        return Estimate(value=_by(self.value, factor), low=_by(self.low, factor),
                        high=_by(self.high, factor))  # fmt: skip


def _by(figure: float | None, factor: float) -> float | None:
    return None if figure is None else figure * factor


@dataclass(frozen=True, slots=True)
class Losses:
    """What was lost of what there was, of a group over some months: customers, or their MRR.

    Attributes:
        base: customers at the start of each month, added up (customer-months); or MRR-months.
        lost: customers lost; or MRR.
        events: customers lost.
        squares: sum over the lost of the square of what each took with them; for customers the
            events. It is the variance of `lost` when losses come independently (compound Poisson).
    """

    base: float
    lost: float
    events: int
    squares: float

    @property
    def rate(self) -> float | None:
        """Lost a month over what there was; None where nothing was."""
        return self.lost / self.base if self.base > 0 else None

    @property
    def log_variance(self) -> float | None:
        """Variance of the log of the rate, by the delta method: 1/events for customers."""
        return self.squares / self.lost**2 if self.lost > 0 else None

    @property
    def rate_variance(self) -> float | None:
        """Variance of the rate; for customers the binomial one, p (1 - p) / n."""
        rate = self.rate
        return None if rate is None else self.squares * max(0.0, 1 - rate) / self.base**2


Pair = tuple[Losses, Losses]
"""What a segment lost before, and after."""


def customers(flows: Iterable[Flow]) -> Losses:
    """Customers lost in flows."""
    every = list(flows)
    lost = sum(flow.churned for flow in every)
    return Losses(sum(flow.customers_start for flow in every), lost, lost, lost)


def revenue(flows: Iterable[Flow]) -> Losses | None:
    """MRR lost in flows with customers; None where one of them tells no money.

    Where nothing tells how unlike the lost were, all are taken to have paid alike.
    """
    every = list(flows)
    base, lost, squares = [], [], []
    for flow in every:
        if flow.mrr_start is None or flow.mrr_churned is None:
            return None
        base.append(flow.mrr_start)
        lost.append(flow.mrr_churned)
        alike = flow.mrr_churned**2 / flow.churned if flow.churned else 0.0
        squares.append(alike if flow.squares_churned is None else flow.squares_churned)
    return Losses(fsum(base), fsum(lost), sum(flow.churned for flow in every), fsum(squares))


def ratio(before: Losses, after: Losses) -> Estimate:
    """Rate after over rate before, with the log interval.

    exp(log ratio ± z √(1/events before + 1/events after)): the log interval of Katz, Baptista, Azen
    and Pike (1978, Biometrics 34, 469-474) for rates of Poisson events.
    """
    if not before.rate or after.rate is None:
        return Estimate(value=None)
    value = after.rate / before.rate
    return _around(value, [before.log_variance, after.log_variance])


def _around(value: float, variances: Sequence[float | None]) -> Estimate:
    """A ratio between its bounds on the log scale; without bounds where a count is 0."""
    known = [each for each in variances if each is not None]
    if len(known) < len(variances) or value <= 0:
        return Estimate(value=value)
    spread = Z * sqrt(fsum(known))
    return Estimate(value=value, low=exp(log(value) - spread), high=exp(log(value) + spread))


def market_ratio(untouched: Iterable[Pair]) -> Estimate:
    """Churn of the untouched after over before, segment by segment, with the log interval.

    Σ lost after x base before / N over Σ lost before x base after / N, N the sum of both bases: the
    ratio of Mantel and Haenszel (1959, Journal of the National Cancer Institute 22, 719-748) for
    rates. Segments are compared with themselves, so that a shift between segments of high and low
    churn is not taken for a change of churn; with one segment it is the plain ratio.
    """
    up, down, up_variance, down_variance = [], [], [], []
    for before, after in untouched:
        whole = before.base + after.base
        if not whole:
            continue
        up.append(after.lost * before.base / whole)
        down.append(before.lost * after.base / whole)
        up_variance.append(after.squares * (before.base / whole) ** 2)
        down_variance.append(before.squares * (after.base / whole) ** 2)
    top, bottom = fsum(up), fsum(down)
    if bottom <= 0:
        return Estimate(value=None)
    if top <= 0:
        return Estimate(value=0.0)
    return _around(top / bottom, [fsum(up_variance) / top**2, fsum(down_variance) / bottom**2])


def market_difference(untouched: Iterable[Pair]) -> Estimate:
    """The same in points a month: Mantel-Haenszel difference of rates, binomial variances.

    Σ w (rate after - rate before) / Σ w with w = base before x base after / N (Greenland, S. and
    Robins, J. M. 1985, Biometrics 41, 55-68).
    """
    weights, changes, variances = [], [], []
    for before, after in untouched:
        if before.rate is None or after.rate is None:
            continue
        weight = before.base * after.base / (before.base + after.base)
        weights.append(weight)
        changes.append(weight * (after.rate - before.rate))
        variances.append(weight**2 * ((before.rate_variance or 0) + (after.rate_variance or 0)))
    whole = fsum(weights)
    if not whole:
        return Estimate(value=None)
    value, spread = fsum(changes) / whole, Z * sqrt(fsum(variances)) / whole
    return Estimate(value=value, low=value - spread, high=value + spread)


def by_ratio(treated: Sequence[Pair], market: Estimate) -> Estimate:
    """The treated's rate after, had they changed in proportion as the untouched did.

    Σ base after x rate before over the treated segments, times the market's ratio, over Σ base
    after; interval on the log scale, the variances of both logs added. Natural where groups churn
    at different rates: a market that halves churn halves a high rate and a low one.

    Args:
        treated: customers or MRR.
        market: `market_ratio` of the untouched customers, also for MRR: what a few large accounts
            pay would otherwise move the claim.
    """
    base, expected, variance = _expected(treated)
    if not base or market.value is None:
        return Estimate(value=None)
    if not expected or not market.value or market.low is None or market.high is None:
        return Estimate(value=expected * market.value / base)
    spread = (log(market.high / market.low) / (2 * Z)) ** 2
    return _around(expected * market.value / base, [variance / expected**2, spread])


def by_difference(
    treated: Sequence[Pair], market: Estimate, customers: Sequence[Pair] = ()
) -> Estimate:
    """The same, had they changed by as many points; None where that would be below 0.

    Its variance is the sum of the binomial variances of the rates in it.

    Args:
        treated: customers or MRR.
        market: `market_difference` of the untouched customers, in points a month.
        customers: with MRR, the treated customers: MRR changes in proportion as they do.
    """
    base, expected, _ = _expected(treated)
    if not base or market.value is None or market.high is None:
        return Estimate(value=None)
    heads, lost, _ = _expected(customers or treated)
    if not lost:
        return Estimate(value=None)
    points = (expected / base) / (lost / heads)
    value = expected / base + points * market.value
    if value < 0:
        return Estimate(value=None)
    variance = fsum(
        (after.base / base) ** 2 * (before.rate_variance or 0) for before, after in treated
    )
    spread = Z * sqrt(variance + (points * (market.high - market.value) / Z) ** 2)
    return Estimate(value=value, low=max(0.0, value - spread), high=value + spread)


def by_before(treated: Sequence[Pair]) -> Estimate:
    """The treated's rate after, had nothing changed: what the raw change is set against."""
    base, expected, variance = _expected(treated)
    if not base:
        return Estimate(value=None)
    return _around(expected / base, [variance / expected**2 if expected else None])


def _expected(treated: Sequence[Pair]) -> tuple[float, float, float]:
    """Base after; losses after at the rates before, segment by segment; and their variance."""
    base = fsum(after.base for _, after in treated)
    expected = fsum(after.base * (before.rate or 0) for before, after in treated)
    variance = fsum(
        before.squares * (after.base / before.base) ** 2 for before, after in treated if before.base
    )
    return base, expected, variance


def change(counterfactual: Estimate, after: Losses) -> Estimate:
    """By which part of itself the rate lies below the counterfactual one; negative is above.

    1 - rate / counterfactual; on the log scale the variances of both are added.
    """
    if not counterfactual.value or after.rate is None:
        return Estimate(value=None)
    share = after.rate / counterfactual.value
    low, high = counterfactual.low, counterfactual.high
    if not low or not high or after.log_variance is None:
        return Estimate(value=1 - share)
    around = _around(share, [after.log_variance, (log(high / low) / (2 * Z)) ** 2])
    assert around.low is not None
    assert around.high is not None
    return Estimate(value=1 - share, low=1 - around.high, high=1 - around.low)
