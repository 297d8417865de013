"""How large a difference is, with its interval: what a p-value does not tell.

Intervals of effects that follow from a chi-square statistic are found by inverting the noncentral
chi-square distribution: all noncentralities under which the statistic lies between its 2.5 % and
97.5 % points (Steiger, J. H. and Fouladi, R. T. 1997, in What If There Were No Significance Tests?,
221-257; Smithson, M. 2003, Confidence Intervals, ch. 4). Such an interval begins at 0 where the
test finds nothing at 2.5 %. Where groups are more even than chance makes, it would end at 0 as
well, however few the customers; so it ends no earlier than that of a statistic as large as chance
makes it on the average, its degrees of freedom. That can only widen it.
"""

from __future__ import annotations

from math import exp, log, sqrt
from statistics import NormalDist

from dmaic.result import Frozen

Z = NormalDist().inv_cdf(0.975)
"""All intervals are of 95 %."""


class Effect(Frozen):
    """A size of a difference.

    Attributes:
        name: what it is, such as `Cramer's V`.
        value: the figure; None where it does not exist.
        low, high: its 95 % interval; None where there is none.
        method: formula and source.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    method: str = ""


def noncentrality(statistic: float, df: float) -> tuple[float, float]:
    """The 95 % interval of the noncentrality of a chi-square statistic.

    Args:
        statistic: 0 or more.
        df: degrees of freedom, more than 0.

    Returns:
        Lower and upper bound; the lower one 0 where no difference at all would do, the upper one
        not below that of a statistic of its mean without a difference, which is `df`.
    """
    from scipy.special import chndtr, chndtrinc

    low = float(chndtrinc(statistic, df, 0.975)) if chndtr(statistic, df, 0) > 0.975 else 0.0
    return low, float(chndtrinc(max(statistic, df), df, 0.025))


def cramer(statistic: float, total: int, rows: int, columns: int) -> tuple[Effect, Effect]:
    """Cramér's V of a table, and the same corrected for its bias.

    V = √(χ² / (n (m − 1))), m the smaller number of rows and columns. Chance alone makes it larger
    than 0; corrected it is √(φ̃² / (m̃ − 1)) with φ̃² = max(0, χ²/n − (r − 1)(c − 1)/(n − 1)),
    r̃ = r − (r − 1)²/(n − 1) and c̃ likewise (Bergsma, W. 2013, Journal of the Korean Statistical
    Society 42, 323-328).

    Args:
        statistic: χ² without any correction for continuity.
        total: customers in the table.
        rows: of the table, 2 or more.
        columns: of the table, 2 or more.
    """
    least = min(rows, columns) - 1
    low, high = noncentrality(statistic, (rows - 1) * (columns - 1))
    value = sqrt(statistic / (total * least))
    plain = Effect(
        name="Cramer's V",
        value=min(value, 1.0),
        low=min(sqrt(low / (total * least)), value),
        high=min(max(sqrt(high / (total * least)), value), 1.0),
        method="sqrt(chi-square / (n (min(rows, columns) - 1))), not corrected for bias; interval "
        "by the noncentral chi-square distribution (Steiger and Fouladi 1997), its upper end not "
        "below that of a table as uneven as chance makes it",
    )
    corrected = None
    if total > 1:
        over = max(0.0, statistic / total - (rows - 1) * (columns - 1) / (total - 1))
        size = min(rows - (rows - 1) ** 2 / (total - 1), columns - (columns - 1) ** 2 / (total - 1))
        corrected = min(sqrt(over / (size - 1)), 1.0) if size > 1 else None
    return plain, Effect(name="bias-corrected V", value=corrected, method="Bergsma (2013)")


def hedges(
    first: tuple[int, float, float], second: tuple[int, float, float]
) -> Effect:  # n, mean, variance
    """Hedges' g: the difference of two means in standard deviations.

    g = J (m₁ − m₂) / s with s² the pooled variance and J = 1 − 3 / (4 (n₁ + n₂ − 2) − 1); interval
    g ± 1.96 √((n₁ + n₂)/(n₁ n₂) + g² / (2 (n₁ + n₂))), for large samples.

    Source: Hedges, L. V. and Olkin, I. (1985), Statistical Methods for Meta-Analysis, ch. 5.

    Args:
        first: count, mean and variance of the one group.
        second: of the other.
    """
    (n, mean, variance), (m, other, spread) = first, second
    df = n + m - 2
    pooled = ((n - 1) * variance + (m - 1) * spread) / df if df > 0 else 0.0
    if pooled <= 0:
        return Effect(name="Hedges' g", value=None)
    g = (1 - 3 / (4 * df - 1)) * (mean - other) / sqrt(pooled)
    half = Z * sqrt((n + m) / (n * m) + g * g / (2 * (n + m)))
    return Effect(
        name="Hedges' g",
        value=g,
        low=g - half,
        high=g + half,
        method="difference of means / pooled standard deviation x (1 - 3 / (4 df - 1)), "
        "large-sample interval (Hedges and Olkin 1985)",
    )


def superiority(share: float, variance: float, counts: tuple[int, int]) -> Effect:
    """Chance that one drawn from the first group has more than one drawn from the second.

    Ties count half: P(X > Y) + P(X = Y) / 2 = U / (n m), the area under the ROC curve. The variance
    is that of DeLong, DeLong and Clarke-Pearson (1988, Biometrics 44, 837-845); the interval is
    made on the logit scale, so that it stays inside 0 and 1. Where the groups do not overlap that
    variance is 0; then it is Newcombe's method 5 (2006, Statistics in Medicine 25, 559-573).

    Args:
        share: U / (n m).
        variance: by placements.
        counts: n and m.
    """
    if variance > 0 and 0 < share < 1:
        middle, half = log(share / (1 - share)), Z * sqrt(variance) / (share * (1 - share))
        low, high = (1 / (1 + exp(-each)) for each in (middle - half, middle + half))
        how = "DeLong et al. (1988) on the logit scale"
    else:
        low, high = _hanley(share, *counts)
        how = "Newcombe (2006), method 5"
    return Effect(
        name="probability of superiority",
        value=share,
        low=low,
        high=high,
        method=f"U / (n m), ties count half; interval by {how}",
    )


def _hanley(share: float, n: int, m: int) -> tuple[float, float]:
    """Newcombe's method 5: all shares θ that lie less than 1.96 of their own errors away."""
    half = (n + m) / 2 - 1

    def excess(theta: float) -> float:
        spread = theta * (1 - theta) / (n * m)
        spread *= 1 + half * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        return float((share - theta) ** 2 - Z * Z * spread)

    def bound(end: float) -> float:
        if excess(end) <= 0:
            return end
        near, far = share, end
        for _ in range(200):
            middle = (near + far) / 2
            near, far = (middle, far) if excess(middle) <= 0 else (near, middle)
        return (near + far) / 2

    return bound(0.0), bound(1.0)


def epsilon_squared(statistic: float, df: int, total: int) -> Effect:
    """Share of the variance of the ranks that lies between groups: H / (N − 1).

    Source: Kelley, T. L. (1935), Proceedings of the National Academy of Sciences 21, 554-559, on
    ranks; Tomczak, M. and Tomczak, E. (2014), Trends in Sport Sciences 21, 19-25.

    Args:
        statistic: H of Kruskal and Wallis, corrected for ties.
        df: groups less one.
        total: all values, N.
    """
    low, high = noncentrality(statistic, df)
    value = min(statistic / (total - 1), 1.0)
    return Effect(
        name="epsilon squared",
        value=value,
        low=min(low / (total - 1), value),
        high=min(max(high / (total - 1), value), 1.0),
        method="H / (N - 1), the share of the variance of ranks between groups; large-sample "
        "interval by the noncentral chi-square distribution",
    )


def omega_squared(f: float, df: int, total: int) -> Effect:
    """Share of the variance that lies between groups: df (F − 1) / (df (F − 1) + N).

    Source: Hays, W. L. (1963), Statistics for Psychologists, with Welch's F.

    Args:
        f: Welch's F.
        df: groups less one.
        total: all values, N.
    """
    low, high = noncentrality(df * f, df)
    over = max(0.0, df * (f - 1))
    value = over / (over + total)
    return Effect(
        name="omega squared",
        value=value,
        low=min(low / (low + total), value),
        high=max(high / (high + total), value),
        method="df (F - 1) / (df (F - 1) + N), at least 0, with Welch's F (Hays 1963); "
        "large-sample interval by the noncentral chi-square distribution",
    )
