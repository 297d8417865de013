"""Limits of how long until the next event: g for counts between events, t for time.

g: mean ± 3 √(g (g + 1)), g the mean of the things without event between two events (Benneyan 2001,
Health Care Management Science 4, 305-318); the lower limit is 0. Runs are told about the median and
not about the mean, which nearly two of three such gaps fall short of (Provost and Murray 2011, The
Health Care Data Guide, p. 228). t: y = x^(1/3.6) makes times between events all but normal (Nelson
1994, Journal of Quality Technology 26(3)); XmR limits of y are taken back to x.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log, sqrt

from dmaic.stats.control.fit import Ask, Fit, by_moving_range, given_moving, mean_of
from dmaic.stats.control.point import Observed

POWER = 3.6
"""Root that makes exponential times all but normal."""


def middles(chart: str, centers: Sequence[float]) -> list[float]:
    """Where runs are told about: the centre line, or on a g chart the median of such gaps.

    Args:
        chart: kind of chart.
        centers: the centre line at each point.
    """
    return [median(each) for each in centers] if chart == "g" else [*centers]


def median(mean: float) -> float:
    """Median of a geometric count of things without event: the least k with 1 − q^(k + 1) ≥ 1/2.

    Args:
        mean: of the count, q / (1 − q).
    """
    if mean <= 0:
        return 0.0
    return float(max(ceil(log(0.5) / log(mean / (1 + mean)) - 1e-9) - 1, 0))


def fit_gaps(points: Sequence[Observed], used: Sequence[bool], ask: Ask) -> Fit:
    """Limits of a g or t chart.

    Args:
        points: of the stage; gaps of 0 or more.
        used: which make the limits.
        ask: what they are made with.
    """
    return _t(points, used, ask) if ask.chart == "t" else _g(points, used, ask)


def _g(points: Sequence[Observed], used: Sequence[bool], ask: Ask) -> Fit:
    center = mean_of(points, used) if ask.center is None else ask.center
    sigma = sqrt(center * (center + 1))
    number = len(points)
    return Fit(
        center=center,
        sigma=sigma,
        values=[point.value for point in points],
        centers=[center] * number,
        lower=[max(0.0, center - ask.width * sigma)] * number,
        upper=[center + ask.width * sigma] * number,
        scales=[sigma] * number,
    )


def _t(points: Sequence[Observed], used: Sequence[bool], ask: Ask) -> Fit:
    changed = [
        Observed(point.label, None if point.value is None else point.value ** (1 / POWER))
        for point in points
    ]
    values = [point.value for point in changed]
    center = mean_of(changed, used) if ask.center is None else ask.center ** (1 / POWER)
    moving = (
        given_moving(ask.sigma, ask)
        if ask.sigma is not None
        else by_moving_range(values, used, ask)
    )
    half = ask.width * moving.sigma
    number = len(points)
    return Fit(
        center=center**POWER,
        sigma=moving.sigma,
        values=[point.value for point in points],
        centers=[center**POWER] * number,
        lower=[max(0.0, center - half) ** POWER] * number,
        upper=[(center + half) ** POWER] * number,
        scales=[None] * number,
        mean_moving_range=moving.mean,
        constants={"d2": moving.factors.d2},
    )
