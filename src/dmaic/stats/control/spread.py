"""How often chance alone keeps the ranges or standard deviations of subgroups within limits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import inf, pi, sqrt

from dmaic.stats.control.choice import GROUPED
from dmaic.stats.control.fit import Fit


def quiet_spread(fit: Fit, sizes: Sequence[float], chart: str) -> float:
    """Chance that no subgroup of normal values has a spread beyond its limits.

    The spread of normal values does not depend on their mean, so this multiplies with the chance
    that the means keep quiet.

    Args:
        fit: limits of a stage, with its chart of spread.
        sizes: members of the subgroups.
        chart: kind of chart; only on those of subgroups is spread a signal.
    """
    quiet, sigma, ranges = 1.0, fit.sigma, chart == "xbar-r"
    if chart not in GROUPED or not sigma:
        return quiet
    for point, size in zip(fit.spread, sizes, strict=True):
        if point.value is None or point.upper is None or size < 2:
            continue
        low, high = (point.lower or 0.0) / sigma, point.upper / sigma
        quiet *= _within(round(size), round(low, 9), round(high, 9), ranges=ranges)
    return quiet


@lru_cache(maxsize=256)
def _within(size: int, low: float, high: float, *, ranges: bool) -> float:
    chance = _range if ranges else _deviation
    return chance(size, high) - (chance(size, low) if low > 0 else 0.0)


def _deviation(size: int, most: float) -> float:
    """Chance that s of so many values of sigma 1 is at most so much: chi-square."""
    from scipy.special import chdtr

    return float(chdtr(size - 1, (size - 1) * most * most))


def _range(size: int, most: float) -> float:
    """The same of a range: n ∫ φ(x) (Φ(x + w) − Φ(x))^(n − 1) dx."""
    if most == inf:
        return 1.0
    import numpy as np
    from scipy.special import ndtr

    x = np.arange(-8.0, 8.0, 0.02)
    density = np.exp(-0.5 * x * x) / sqrt(2 * pi)
    return float(size * 0.02 * (density * (ndtr(x + most) - ndtr(x)) ** (size - 1)).sum())
