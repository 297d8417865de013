"""The effect of a fix on churn: what was lost against what would have been lost without it.

Difference-in-differences: the customers that the fix did not touch tell what the market did, and
only what is left after that is claimed (Angrist, J. D. and Pischke, J.-S. 2009, Mostly Harmless
Econometrics, ch. 5). The same formulas serve customers and their monthly recurring revenue (MRR).
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


def customers(flows: Iterable[Flow]) -> Losses:
    """Customers lost in flows."""
    every = list(flows)
    lost = sum(flow.churned for flow in every)
    return Losses(sum(flow.customers_start for flow in every), lost, lost, lost)


def revenue(flows: Iterable[Flow]) -> Losses | None:
    """MRR lost in flows with customers; None where one of them tells no money."""
    every = list(flows)
    figures = [(f.mrr_start, f.mrr_churned, f.squares_churned) for f in every]
    if any(figure is None for each in figures for figure in each):
        return None
    base, lost, squares = (fsum(part) for part in zip(*figures, strict=True))
    return Losses(base, lost, sum(flow.churned for flow in every), squares)


def ratio(before: Losses, after: Losses) -> Estimate:
    """Rate after over rate before, with the log interval.

    exp(log ratio ± z √(1/events before + 1/events after)): the log interval of Katz, Baptista, Azen
    and Pike (1978, Biometrics 34, 469-474) for rates of Poisson events.
    """
    if not before.rate or after.rate is None:
        return Estimate(value=None)
    value = after.rate / before.rate
    return _around(value, [before.log_variance, after.log_variance])


def ratio_of_ratios(treated: Sequence[Losses], untouched: Sequence[Losses]) -> Estimate:
    """(treated after / before) over (untouched after / before), with the log interval.

    1 is no effect. The variance of the log is the sum of the four 1/events.

    Args:
        treated: losses before and after.
        untouched: losses before and after.
    """
    one, other = ratio(*treated).value, ratio(*untouched).value
    if one is None or not other:
        return Estimate(value=None)
    return _around(one / other, [each.log_variance for each in (*treated, *untouched)])


def _around(value: float, variances: Sequence[float | None]) -> Estimate:
    """A ratio between its bounds on the log scale; without bounds where a count is 0."""
    known = [each for each in variances if each is not None]
    if len(known) < len(variances) or value <= 0:
        return Estimate(value=value)
    spread = Z * sqrt(fsum(known))
    return Estimate(value=value, low=exp(log(value) - spread), high=exp(log(value) + spread))


def counterfactual_by_ratio(before: Losses, untouched: Sequence[Losses]) -> Estimate:
    """The treated customers' rate after, had they moved as the untouched did, in proportion.

    treated before x untouched after / untouched before; interval on the log scale. Natural where
    groups churn at different rates: a market that halves churn halves the high rate and the low.

    Args:
        before: the treated, before.
        untouched: the untouched, before and after.
    """
    factor = ratio(*untouched).value
    if before.rate is None or factor is None:
        return Estimate(value=None)
    variances = [before.log_variance, *(each.log_variance for each in untouched)]
    return _around(before.rate * factor, variances)


def counterfactual_by_difference(before: Losses, untouched: Sequence[Losses]) -> Estimate:
    """The same, had they moved by as many points as the untouched did.

    treated before + (untouched after - untouched before); its variance is the sum of the three
    binomial variances. There is none where it would lie below 0.

    Args:
        before: the treated, before.
        untouched: the untouched, before and after.
    """
    was, now = (each.rate for each in untouched)
    variances = [each.rate_variance for each in (before, *untouched)]
    if before.rate is None or was is None or now is None or None in variances:
        return Estimate(value=None)
    value = before.rate + now - was
    if value < 0:
        return Estimate(value=None)
    spread = Z * sqrt(fsum(each for each in variances if each is not None))
    return Estimate(value=value, low=max(0.0, value - spread), high=value + spread)


def without_market(before: Losses) -> Estimate:
    """The rate before, as what would have been: the raw change rests on it."""
    if before.rate is None:
        return Estimate(value=None)
    return _around(before.rate, [before.log_variance])


def kept(
    counterfactual: Estimate, months: Sequence[Losses], weights: Sequence[float] = (),
    *, each: float = 1.0,
) -> Estimate:  # fmt: skip
    """What was kept: what would have been lost in the months less what was lost.

    Σ w (base x counterfactual rate - lost). The interval joins those of the two terms, √ of the sum
    of squared distances on each side (MOVER; Zou and Donner 2008, Statistics in Medicine 27,
    1693-1702). That of the lost is the score interval of a Poisson count, x + z²/2 ± z √(x + z²/4),
    scaled to the weighted sum as Dobson, Kuulasmaa, Eberle and Scherer (1991, Statistics in
    Medicine 10, 457-462) do. The weights are taken as known.

    Args:
        counterfactual: monthly rate without the fix.
        months: the treated after, a month each.
        weights: of the months; none given are 1.
        each: what one lost customer takes with them, where none was lost in the months.
    """
    weights = weights or [1.0] * len(months)
    if counterfactual.value is None:
        return Estimate(value=None)
    base = fsum(w * month.base for w, month in zip(weights, months, strict=True))
    lost = fsum(w * month.lost for w, month in zip(weights, months, strict=True))
    value = base * counterfactual.value - lost
    if counterfactual.low is None or counterfactual.high is None:
        return Estimate(value=value)
    events = sum(month.events for month in months)
    variance = fsum(w * w * month.squares for w, month in zip(weights, months, strict=True))
    unit = sqrt(variance / events) if events else each * max(weights, default=1.0)
    reach = Z * sqrt(events + Z * Z / 4)
    down, up = unit * (reach - Z * Z / 2), unit * (reach + Z * Z / 2)
    below = base * (counterfactual.value - counterfactual.low)
    above = base * (counterfactual.high - counterfactual.value)
    return Estimate(
        value=value, low=value - sqrt(below**2 + up**2), high=value + sqrt(above**2 + down**2)
    )


def standing_weights(months: int, rate: float) -> list[float]:
    """How much of what was kept in each month still stands at the end.

    What was kept leaves again at the counterfactual rate: later losses are counted against
    the whole base, the kept included. With N' the base without the fix, N the base, r its rate and
    c the counterfactual one, N - N' grows by D' = D (1 - c) + N (c - r), exactly.

    Args:
        months: how many.
        rate: counterfactual rate a month.
    """
    stay = max(0.0, 1 - rate)
    return [stay ** (months - 1 - month) for month in range(months)]


def cash_weights(months: int, rate: float) -> list[float]:
    """How many months' payments each month's kept MRR has brought by the end.

    Mid-month convention: what is kept in a month pays half of it, and later the mean of what stands
    at the month's beginning and at its end.

    Args:
        months: how many.
        rate: counterfactual rate a month.
    """
    stay = max(0.0, 1 - rate)
    weights = []
    for month in range(months):
        later = fsum(stay**age * (1 + stay) / 2 for age in range(months - 1 - month))
        weights.append(0.5 + later)
    return weights
