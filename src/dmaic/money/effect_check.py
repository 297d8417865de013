"""What must hold for a comparison with untouched customers to be fair, checked where it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, log, sqrt
from statistics import NormalDist

from dmaic.money.effect import Losses, Z
from dmaic.stats.chisquare import survival

LEAST_MONTHS = 4
"""Fewer months than these draw no trend."""

LEVEL = 0.05
"""p-value below which a difference counts as real."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Whether two groups' rates moved alike, month by month.

    Attributes:
        difference: how much faster the treated rate rose than the untouched, a month, as a
            fraction (0.02: by 2 % a month).
        low, high: its 95 % interval.
        p_value: of no difference.
    """

    difference: float
    low: float
    high: float
    p_value: float


def parallel(treated: Sequence[Losses], untouched: Sequence[Losses]) -> Trend | None:
    """Whether the log rates of two groups had the same slope before the fix.

    Of the t customers lost in month k the treated are a binomial part with odds
    (base treated / base untouched) exp(a + d k): Poisson rates in two groups, with a level of its
    own for every month. d = 0 is tested by the score, U = Σ k (x - t p) with p fitted for d = 0,
    and V = Σ v k² - (Σ v k)² / Σ v with v = t p (1 - p); d is about U / V. Months without losses
    need no mending. Source: the score test of trend (Armitage, P. 1955, Biometrics 11, 375-386)
    with exposures as offsets (Breslow, N. E. and Day, N. E. 1987, Statistical Methods in Cancer
    Research II, ch. 3).

    Args:
        treated: customers before, a month each.
        untouched: the same months.

    Returns:
        The difference; None where the months are too few, or lose too few.
    """
    months = [
        (k, one.lost, one.lost + other.lost, one.base / other.base)
        for k, (one, other) in enumerate(zip(treated, untouched, strict=True))
        if one.base > 0 and other.base > 0 and one.lost + other.lost > 0
    ]
    if len(months) < LEAST_MONTHS:
        return None
    lost, total = fsum(month[1] for month in months), fsum(month[2] for month in months)
    if not 0 < lost < total:
        return None
    low, high = -60.0, 60.0
    for _ in range(200):
        middle = (low + high) / 2
        expected = fsum(t * _share(odds, middle) for _, _, t, odds in months)
        low, high = (middle, high) if expected < lost else (low, middle)
    shares = [_share(odds, low) for *_, odds in months]
    weights = [t * p * (1 - p) for (_, _, t, _), p in zip(months, shares, strict=True)]
    whole = fsum(weights)
    score = fsum(k * (x - t * p) for (k, x, t, _), p in zip(months, shares, strict=True))
    first = fsum(k * v for (k, *_), v in zip(months, weights, strict=True))
    information = fsum(k * k * v for (k, *_), v in zip(months, weights, strict=True))
    information -= first * first / whole if whole > 0 else 0.0
    if information <= 0:
        return None
    slope, spread = score / information, Z / sqrt(information)
    chance = 2 * NormalDist().cdf(-abs(score) / sqrt(information))
    return Trend(exp(slope) - 1, exp(slope - spread) - 1, exp(slope + spread) - 1, chance)


def _share(odds: float, level: float) -> float:
    factor = odds * exp(level)
    return factor / (1 + factor)


def alike(changes: Sequence[tuple[Losses, Losses]]) -> float | None:
    """p-value of all untouched segments having changed in the same proportion.

    Cochran's Q of the log ratios with weights 1 / (1/events before + 1/events after) (Cochran,
    W. G. 1954, Biometrics 10, 101-129), chi-square with one degree of freedom less than segments.

    Args:
        changes: losses before and after, a segment each.

    Returns:
        The p-value; None where fewer than two segments lost anybody on both sides.
    """
    logs = [
        (log(after.rate / before.rate), 1 / (1 / before.events + 1 / after.events))
        for before, after in changes
        if before.rate and after.rate and before.events and after.events
    ]
    if len(logs) < 2:
        return None
    whole = fsum(weight for _, weight in logs)
    mean = fsum(weight * each for each, weight in logs) / whole
    return survival(fsum(weight * (each - mean) ** 2 for each, weight in logs), len(logs) - 1)


@dataclass(frozen=True, slots=True)
class Peak:
    """The baseline months beside the other months of the export before.

    Attributes:
        highest: no other stretch of so many months in a row had a higher rate.
        rate: of the baseline months.
        others: rate of the months outside the baseline.
        months: how many those are.
        p_value: of a rate as high as this, or higher, by chance (one-sided).
    """

    highest: bool
    rate: float
    others: float
    months: int
    p_value: float

    @property
    def flagged(self) -> bool:
        """The baseline was chosen at its peak, by more than chance."""
        return self.highest and self.p_value < LEVEL


def peak(months: Sequence[Losses], start: int, length: int) -> Peak | None:
    """Whether the baseline is the highest stretch that the export before has.

    What was chosen because it was high is lower next time without any fix (regression to the mean;
    Barnett, A. G., van der Pols, J. C. and Dobson, A. J. 2005, International Journal of
    Epidemiology 34, 215-220).

    Args:
        months: the treated customers in every month of the export before.
        start: first of the baseline's months.
        length: how many they are.

    Returns:
        The comparison; None where there are no other months, or nobody was lost in them.
    """
    inside = _pooled(months[start : start + length])
    outside = _pooled([*months[:start], *months[start + length :]])
    if not outside.base or inside.rate is None or outside.rate is None:
        return None
    if not inside.events or not outside.events:
        return None
    stretches = [
        _pooled(months[at : at + length]).rate or 0.0 for at in range(len(months) - length + 1)
    ]
    gap = log(inside.rate / outside.rate) / sqrt(1 / inside.events + 1 / outside.events)
    return Peak(
        highest=inside.rate >= max(stretches) * (1 - 1e-12),
        rate=inside.rate,
        others=outside.rate,
        months=len(months) - length,
        p_value=NormalDist().cdf(-gap),
    )


def _pooled(months: Sequence[Losses]) -> Losses:
    return Losses(
        fsum(month.base for month in months),
        fsum(month.lost for month in months),
        sum(month.events for month in months),
        fsum(month.squares for month in months),
    )
