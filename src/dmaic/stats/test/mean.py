"""Tests on means that take no two groups to be equally spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum, sqrt

from dmaic.stats.test.effect import Effect

SKEWED = 25
"""A mean is as good as normal where n > 25 x skewness² (Cochran 1977, Sampling Techniques)."""
LEAST = 15
"""Fewer values than these are too few to see how skewed they are."""


@dataclass(frozen=True, slots=True)
class Moments:
    """What a test on means knows of one group.

    Attributes:
        count: values.
        mean: their mean.
        variance: with divisor n − 1; 0 where there is one value.
        skewness: g₁ = m₃ / m₂^1.5, or None where they are all the same.
    """

    count: int
    mean: float
    variance: float
    skewness: float | None = None

    @property
    def needed(self) -> float:
        """Values that Cochran's rule asks for."""
        return max(float(LEAST), SKEWED * (self.skewness or 0.0) ** 2)

    @property
    def suits_means(self) -> bool:
        """Whether its mean is as good as normal (Cochran 1977, section 2.15)."""
        return self.count >= self.needed


@dataclass(frozen=True, slots=True)
class MeanTest:
    """A test on means.

    Attributes:
        statistic: t or F.
        df: degrees of freedom; of F those between groups.
        within: those within groups, of F; None for t.
        p_value: two-sided.
        effect: difference of the means, or share of the variance.
    """

    statistic: float
    df: float
    within: float | None
    p_value: float
    effect: Effect


def is_testable(groups: Sequence[Moments]) -> bool:
    """Whether there are two values in each group, and they vary in some."""
    return all(each.count >= 2 for each in groups) and any(each.variance > 0 for each in groups)


def welch(first: Moments, second: Moments) -> MeanTest:
    """Welch's t-test of two means.

    t = (m₁ − m₂) / √(s₁²/n₁ + s₂²/n₂) with Satterthwaite's degrees of freedom (Welch, B. L. 1947,
    Biometrika 34, 28-35); the interval of m₁ − m₂ is that of the same t.

    Args:
        first: the one group.
        second: the other; the two are testable.
    """
    from scipy.special import stdtr, stdtrit

    parts = [each.variance / each.count for each in (first, second)]
    error = sqrt(fsum(parts))
    df = fsum(parts) ** 2 / fsum(
        part**2 / (each.count - 1) for part, each in zip(parts, (first, second), strict=True)
    )
    difference = first.mean - second.mean
    half = float(stdtrit(df, 0.975)) * error
    return MeanTest(
        statistic=difference / error,
        df=df,
        within=None,
        p_value=float(2 * stdtr(df, -abs(difference / error))),
        effect=Effect(
            name="difference of means",
            value=difference,
            low=difference - half,
            high=difference + half,
            method="mean of the first - mean of the second, interval by Welch's t",
        ),
    )


def welch_anova(groups: Sequence[Moments]) -> MeanTest | None:
    """Welch's F-test of several means.

    Weights wᵢ = nᵢ / sᵢ²; F and its degrees of freedom as in Welch, B. L. (1951), Biometrika 38,
    330-336.

    Args:
        groups: testable ones.

    Returns:
        The test; None where the values of a group do not vary, which no weight can be made of.
    """
    from scipy.special import fdtrc

    from dmaic.stats.test.effect import omega_squared

    if any(each.variance <= 0 for each in groups):
        return None
    k = len(groups)
    weights = [each.count / each.variance for each in groups]
    whole = fsum(weights)
    middle = fsum(w * each.mean for w, each in zip(weights, groups, strict=True)) / whole
    between = fsum(w * (each.mean - middle) ** 2 for w, each in zip(weights, groups, strict=True))
    loss = fsum(
        (1 - w / whole) ** 2 / (each.count - 1) for w, each in zip(weights, groups, strict=True)
    )
    f = between / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * loss)
    within = (k * k - 1) / (3 * loss)
    return MeanTest(
        statistic=f,
        df=k - 1,
        within=within,
        p_value=float(fdtrc(k - 1, within, f)),
        effect=omega_squared(f, k - 1, sum(each.count for each in groups)),
    )


def pairs(groups: Sequence[Moments]) -> list[tuple[int, int, float, float]]:
    """Welch's t of every two groups.

    Returns:
        Positions of both, t, and its p-value, not yet adjusted.
    """
    found = []
    for i, j in combinations(range(len(groups)), 2):
        if is_testable((groups[i], groups[j])):
            test = welch(groups[i], groups[j])
            found.append((i, j, test.statistic, test.p_value))
    return found
