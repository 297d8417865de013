"""Coefficients of association with their intervals and p-values.

A correlation r becomes atanh r, which is normal with variance 1 / (n − 3) (Fisher, R. A. 1921,
Metron 1, 3-32); for ranks the variance is (1 + r²/2) / (n − 3) (Bonett, D. G. and Wright, T. A.
2000, Psychometrika 65, 23-28).
"""

from __future__ import annotations

from math import atanh, sqrt, tanh

from dmaic.result import Frozen
from dmaic.stats import chisquare
from dmaic.stats.test.effect import Z, cramer, noncentrality

LEAST = 4
"""Fewer pairs than these give no interval."""


class Coefficient(Frozen):
    """A coefficient of association.

    Attributes:
        name: `pearson`, `spearman`, `point-biserial`, `eta` or `cramer`.
        value: -1 to 1, or 0 to 1 where categories have no direction; None where a column does not
            vary.
        low, high: 95 % interval; None where there is none.
        p_value: of no association, two-sided.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None


def pearson(r: float | None, count: int, name: str = "pearson") -> Coefficient:
    """A product-moment correlation; with a column of 0 and 1 it is point-biserial.

    p by t = r √((n − 2) / (1 − r²)) with n − 2 degrees of freedom.

    Args:
        r: the correlation; None where a column does not vary.
        count: pairs.
        name: of the coefficient.
    """
    return _correlation(name, r, count, 1.0)


def spearman(r: float | None, count: int) -> Coefficient:
    """Pearson's correlation of mid-ranks (Spearman 1904); p by the same t, which is approximate.

    Args:
        r: the correlation of the ranks.
        count: pairs.
    """
    return _correlation("spearman", r, count, 1.0 if r is None else 1 + r * r / 2)


def _correlation(name: str, r: float | None, count: int, spread: float) -> Coefficient:
    if r is None:
        return Coefficient(name=name, value=None)
    # What floats add to 1.
    r = max(-1.0, min(1.0, r))
    if count < LEAST or 1 - r * r <= 1e-14:
        exact = count > 2 and 1 - r * r <= 1e-14
        return Coefficient(name=name, value=r, p_value=0.0 if exact else None)
    from scipy.special import stdtr

    middle, half = atanh(r), Z * sqrt(spread / (count - 3))
    t = abs(r) * sqrt((count - 2) / (1 - r * r))
    return Coefficient(
        name=name,
        value=r,
        low=tanh(middle - half),
        high=tanh(middle + half),
        p_value=float(2 * stdtr(count - 2, -t)),
    )


def eta(between: float, within: float, groups: int, count: int) -> Coefficient:
    """The correlation ratio of a number over groups: √(between / (between + within)).

    p by the F of an analysis of variance; large-sample interval by the noncentral chi-square
    distribution of (k − 1) F (Fisher 1925; Steiger and Fouladi 1997).

    Args:
        between: sum of squares between groups.
        within: sum of squares within groups.
        groups: how many, k.
        count: values.
    """
    total = between + within
    if total <= 0 or groups < 2:
        return Coefficient(name="eta", value=None)
    value = sqrt(between / total)
    rest = count - groups
    if rest < 1 or within <= 0:
        return Coefficient(name="eta", value=value)
    from scipy.special import fdtrc

    f = between / (groups - 1) / (within / rest)
    low, high = noncentrality((groups - 1) * f, groups - 1)
    return Coefficient(
        name="eta",
        value=value,
        low=min(sqrt(low / (low + count)), value),
        high=max(sqrt(high / (high + count)), value),
        p_value=float(fdtrc(groups - 1, rest, f)),
    )


def cramers_v(statistic: float, count: int, rows: int, columns: int) -> Coefficient:
    """Cramér's V of two columns of categories; p by Pearson's chi-square.

    Args:
        statistic: chi-square of the table.
        count: pairs.
        rows: categories of the one.
        columns: categories of the other.
    """
    if min(rows, columns) < 2:
        return Coefficient(name="cramer", value=None)
    v, _ = cramer(statistic, count, rows, columns)
    return Coefficient(
        name="cramer",
        value=v.value,
        low=v.low,
        high=v.high,
        p_value=chisquare.survival(statistic, (rows - 1) * (columns - 1)),
    )
