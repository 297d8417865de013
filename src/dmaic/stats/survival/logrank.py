"""Whether groups of customers stay equally long: the log-rank test and its weighted kin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from dmaic.stats.chisquare import survival as chi_square_p
from dmaic.stats.survival.kaplan_meier import Z
from dmaic.stats.survival.life import Counts
from dmaic.stats.test.adjust import holm

if TYPE_CHECKING:
    from dmaic.stats.survival.life import Figures

Weight = Callable[["Figures", "Figures"], "Figures"]
"""Weights of the ages at which customers were lost, of those at risk and of those lost there."""


def _left(n: Figures, d: Figures) -> Figures:
    """Pooled survival just before each age."""
    import numpy

    after = numpy.cumprod(1 - d / n)
    return numpy.concatenate(([1.0], after[:-1]))


def _peto(n: Figures, d: Figures) -> Figures:
    import numpy

    return numpy.cumprod(1 - d / (n + 1))


WEIGHTS: Mapping[str, Weight] = {
    "log-rank": lambda n, _: n * 0 + 1.0,
    "wilcoxon": lambda n, _: n * 1.0,
    "tarone-ware": lambda n, _: n**0.5,
    "peto": _peto,
    "fleming-harrington-early": _left,
    "fleming-harrington-late": lambda n, d: 1 - _left(n, d),
}
"""Tests by name: log-rank 1; Gehan-Breslow-Wilcoxon n; Tarone-Ware √n; Peto-Peto-Prentice
Π (1 − d/(n + 1)); Fleming-Harrington S(t−), which looks at early losses, and 1 − S(t−), at late."""


@dataclass(frozen=True, slots=True)
class Table:
    """At risk and lost in each group, at every age at which anybody was lost.

    Attributes:
        at_risk: ages x groups.
        events: the same shape.
    """

    at_risk: Figures
    events: Figures

    def of(self, groups: Sequence[int]) -> Table:
        """Some of the groups, at the ages at which one of them lost a customer at risk."""
        n, d = self.at_risk[:, groups], self.events[:, groups]
        some = d.sum(axis=1) > 0
        return Table(n[some], d[some])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test came to.

    Attributes:
        statistic: chi-square; None where nothing can be tested.
        df: degrees of freedom.
        p_value: chance of such a statistic or a greater one where all groups are alike.
        observed: losses of each group.
        expected: those it would have had if all were alike.
    """

    statistic: float | None
    df: int | None
    p_value: float | None
    observed: tuple[float, ...]
    expected: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups.

    Attributes:
        first, second: which.
        ratio: how many times as fast the first loses customers, a ratio of hazards.
        low, high: 95 % interval.
        statistic: log-rank chi-square, 1 degree of freedom.
        p_value: of it alone.
        holm: the same corrected for all pairs.
    """

    first: int
    second: int
    ratio: float | None
    low: float | None
    high: float | None
    statistic: float | None
    p_value: float | None
    holm: float | None


def table(groups: Sequence[Counts]) -> Table:
    """At risk and lost in each group.

    Args:
        groups: two or more.
    """
    import numpy

    ages = numpy.unique(numpy.concatenate([each.ages_lost for each in groups]))
    n = numpy.stack([each.at_risk(ages) for each in groups], axis=1)
    d = numpy.stack([each.events(ages) for each in groups], axis=1)
    return Table(n, d)


def compare(counted: Table, name: str = "log-rank") -> Outcome:
    """The weighted log-rank test of k groups.

    With w the weight of an age, O − E = Σ w (d_g − n_g d / n) and the hypergeometric covariance
    Σ w² d (n − d) / (n − 1) · (n_g / n) (δ_gh − n_h / n), the statistic is (O − E)' V⁻ (O − E).

    Sources: Mantel, N. (1966), Cancer Chemotherapy Reports 50, 163-170; Gehan, E. A. (1965),
    Biometrika 52, 203-223; Breslow, N. (1970), Biometrika 57, 579-594; Tarone, R. E. and Ware, J.
    (1977), Biometrika 64, 156-160; Prentice, R. L. (1978), Biometrika 65, 167-179; Harrington,
    D. P. and Fleming, T. R. (1982), Biometrika 69, 553-566; all in Klein and Moeschberger (2003),
    sections 7.2 and 7.3.

    Args:
        counted: of two groups or more.
        name: one of `WEIGHTS`.
    """
    import numpy

    n_g, d_g = counted.at_risk.astype(float), counted.events.astype(float)
    n, d = n_g.sum(axis=1), d_g.sum(axis=1)
    if not n.size:
        zeros = (0.0,) * counted.at_risk.shape[1]
        return Outcome(None, None, None, zeros, zeros)
    weight = WEIGHTS[name](n, d)
    share = n_g / n[:, None]
    observed, expected = d_g.sum(axis=0), (share * d[:, None]).sum(axis=0)
    apart = (weight[:, None] * (d_g - share * d[:, None])).sum(axis=0)
    spread = weight**2 * d * (n - d) / numpy.maximum(n - 1, 1)
    covariance = numpy.diag(spread @ share) - (share * spread[:, None]).T @ share
    told = numpy.flatnonzero(covariance.diagonal() > 1e-12 * max(1.0, float(spread.sum())))
    figures = (tuple(map(float, observed)), tuple(map(float, expected)))
    rank = 0
    if told.size > 1:
        inner = covariance[numpy.ix_(told, told)]
        rank = int(numpy.linalg.matrix_rank(inner, hermitian=True))
    if not rank:
        return Outcome(None, None, None, *figures)
    inverse = numpy.linalg.pinv(inner, hermitian=True)
    statistic = max(0.0, float(apart[told] @ inverse @ apart[told]))
    return Outcome(statistic, rank, chi_square_p(statistic, rank), *figures)


def crosses(counted: Table, pairs: int = 1) -> bool:
    """Whether one of two groups surely leaves faster early and the other surely late.

    The Fleming-Harrington statistics with the weights S(t−), which looks at early losses, and
    1 − S(t−), at late ones, have opposite signs, and both are beyond chance.

    Args:
        counted: of two groups.
        pairs: looked at, for which the level of 5 % is shared out (Bonferroni).
    """
    early, late = (_signed(counted, f"fleming-harrington-{end}") for end in ("early", "late"))
    limit = NormalDist().inv_cdf(1 - 0.025 / pairs)
    return early * late < 0 and min(abs(early), abs(late)) > limit


def _signed(counted: Table, name: str) -> float:
    """The statistic of two groups as a normal one, above 0 where the first loses more."""
    import numpy

    n_g, d_g = counted.at_risk.astype(float), counted.events.astype(float)
    n, d = n_g.sum(axis=1), d_g.sum(axis=1)
    if not n.size:
        return 0.0
    weight, share = WEIGHTS[name](n, d), n_g[:, 0] / n
    apart = float((weight * (d_g[:, 0] - d * share)).sum())
    spread = weight**2 * d * (n - d) / numpy.maximum(n - 1, 1) * share * (1 - share)
    variance = float(spread.sum())
    return apart / sqrt(variance) if variance > 0 else 0.0


def pairs(counted: Table) -> tuple[Pair, ...]:
    """Every two groups, with their ratio of hazards, and p-values after Holm.

    Args:
        counted: of two groups or more.
    """
    found = []
    for first, second in combinations(range(counted.at_risk.shape[1]), 2):
        both = counted.of((first, second))
        found.append((first, second, compare(both), ratio(both)))
    told = [tested.p_value for _, _, tested, _ in found if tested.p_value is not None]
    corrected = iter(holm(told))
    return tuple(
        Pair(
            first,
            second,
            *figures,
            tested.statistic,
            tested.p_value,
            None if tested.p_value is None else next(corrected),
        )
        for first, second, tested, figures in found
    )


def ratio(counted: Table) -> tuple[float | None, float | None, float | None]:
    """How many times as fast the first of two groups loses customers, with its interval.

    The Mantel-Haenszel ratio of hazards over all ages, R / S with R = Σ d₁ n₂ / n and
    S = Σ d₂ n₁ / n, and exp(ln R/S ± z √V), V = Σ d n₁ n₂ / n² / (R S). It is near the hazard ratio
    of Cox's model however large that is, which the ratio of observed over expected is not.

    Source: Greenland, S. and Robins, J. M. (1985), Biometrics 41, 55-68, for person-time data.

    Args:
        counted: of two groups.

    Returns:
        Ratio, lower and upper end; None where they do not exist.
    """
    n_g, d_g = counted.at_risk.astype(float), counted.events.astype(float)
    n, d = n_g.sum(axis=1), d_g.sum(axis=1)
    first = float((d_g[:, 0] * n_g[:, 1] / n).sum())
    second = float((d_g[:, 1] * n_g[:, 0] / n).sum())
    if second <= 0:
        return None, None, None
    if first <= 0:
        return 0.0, None, None
    spread = float((d * n_g[:, 0] * n_g[:, 1] / n**2).sum()) / (first * second)
    value, reach = first / second, Z * sqrt(spread)
    return value, exp(log(value) - reach), exp(log(value) + reach)
