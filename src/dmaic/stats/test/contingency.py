"""Two by k tables of lost and stayed: chi-square, and exact where expected counts are small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, prod, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from dmaic.stats import chisquare

if TYPE_CHECKING:
    import numpy as np

DRAWS = 100_000
"""Tables that a Monte Carlo test draws."""

SEED = 20_251_231
"""The same tables at every run."""

_TABLES = 100_000
"""So many tables are listed one by one; where there may be more they are drawn."""
_CELLS = 8_000_000
"""Cells drawn at most, so that a table of many categories takes no longer than one of few."""
_LEAST_DRAWS = 2_000
_ALIKE = 1e-7
"""Chances that differ by less than this part are the same, as in R's fisher.test."""


@dataclass(frozen=True, slots=True)
class Exact:
    """An exact test.

    Attributes:
        p_value: chance of a table as unlikely as the one seen, or more.
        draws: tables drawn; 0 where all were listed.
        low, high: 99 % interval of a drawn p-value.
        tables: tables listed.
    """

    p_value: float
    draws: int = 0
    low: float | None = None
    high: float | None = None
    tables: int = 0


def pearson(lost: Sequence[int], sizes: Sequence[int]) -> tuple[float, int, float]:
    """Pearson's chi-square of a 2 x k table, without a correction for continuity.

    Σ (O − E)² / E over all 2 k cells, k − 1 degrees of freedom (Pearson 1900).

    Args:
        lost: customers lost, one a group.
        sizes: customers, one a group, none 0; some lost and some not.

    Returns:
        Statistic, degrees of freedom, p-value.
    """
    total, gone = sum(sizes), sum(lost)
    rate = gone / total
    squares = fsum((x - n * rate) ** 2 / n for x, n in zip(lost, sizes, strict=True))
    statistic = squares / (rate * (1 - rate))
    df = len(sizes) - 1
    return statistic, df, chisquare.survival(statistic, df)


def expected(lost: Sequence[int], sizes: Sequence[int]) -> list[tuple[float, float]]:
    """Lost and stayed that each group would have, were all rates the same."""
    rate = sum(lost) / sum(sizes)
    return [(n * rate, n * (1 - rate)) for n in sizes]


def is_small(lost: Sequence[int], sizes: Sequence[int]) -> bool:
    """Whether expected counts of lost and stayed are too small for chi-square.

    Args:
        lost: customers lost, one a group.
        sizes: customers, one a group.
    """
    return is_sparse((sum(lost), sum(sizes) - sum(lost)), sizes)


def is_sparse(rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether expected counts of a table are too small for chi-square, by Cochran's rule.

    Below 5 in any cell of a 2 x 2 table; in a larger one below 1 anywhere, or below 5 in more than
    a fifth of the cells (Cochran 1954, Biometrics 10, 417-451).

    Args:
        rows: sums of the rows of the table.
        columns: sums of its columns.
    """
    total = sum(rows)
    cells = [row * column / total for row in rows for column in columns]
    few = sum(each < chisquare.USUAL_LEAST for each in cells)
    return few > 0 if len(cells) == 4 else min(cells) < 1 or few > len(cells) / 5


def residuals(lost: Sequence[int], sizes: Sequence[int]) -> list[float]:
    """Adjusted standardised residuals of the lost, normal where rates are the same.

    (O − E) / √(E (1 − n/N) (1 − rate)) (Haberman 1973, Biometrics 29, 205-220).
    """
    total, gone = sum(sizes), sum(lost)
    rate = gone / total
    return [
        (x - n * rate) / sqrt(n * rate * (1 - rate) * (1 - n / total)) if n < total else 0.0
        for x, n in zip(lost, sizes, strict=True)
    ]


def fisher(lost: Sequence[int], sizes: Sequence[int], draws: int = DRAWS) -> Exact:
    """Fisher's exact test of a 2 x k table (Freeman and Halton for k > 2), margins fixed.

    The chance of a table is Π C(nᵢ, xᵢ) / C(N, X); the p-value adds the chances of all tables that
    are not more likely than the one seen (Fisher 1934; Freeman and Halton 1951, Biometrika 38,
    141-149). Where there are too many tables to list, so many are drawn with a fixed seed:
    p = (b + 1) / (B + 1), b of the B drawn being as unlikely (Davison and Hinkley 1997, Bootstrap
    Methods, ch. 4).

    Args:
        lost: customers lost, one a group.
        sizes: customers, one a group.
        draws: tables drawn at most, where there are too many to list.
    """
    if len(sizes) == 2:
        return _two_by_two(lost, sizes)
    *small, _ = sorted(sizes)
    # What the greatest group lost follows from the others.
    most = prod(min(n, sum(lost)) + 1 for n in small)
    return _listed(lost, sizes) if most <= _TABLES else _drawn(lost, sizes, draws)


def _log_comb(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _two_by_two(lost: Sequence[int], sizes: Sequence[int]) -> Exact:
    (n, m), gone = sizes, sum(lost)
    first, last = max(0, gone - m), min(gone, n)
    whole = _log_comb(n + m, gone)
    logs = [_log_comb(n, x) + _log_comb(m, gone - x) - whole for x in range(first, last + 1)]
    seen = logs[lost[0] - first] + _ALIKE
    return Exact(min(1.0, fsum(exp(each) for each in logs if each <= seen)), tables=len(logs))


def _listed(lost: Sequence[int], sizes: Sequence[int]) -> Exact:
    """Every table, depth first, the greatest group last."""
    groups = sorted(zip(sizes, lost, strict=True))
    n = [size for size, _ in groups]
    rest = [sum(n[at:]) for at in range(len(n) + 1)]
    whole = _log_comb(sum(n), sum(lost))
    seen = fsum(_log_comb(size, x) for size, x in groups) - whole + _ALIKE
    chances, tables = [], 0
    stack = [(0, sum(lost), -whole)]
    while stack:
        at, gone, chance = stack.pop()
        if at == len(n) - 1:
            chance += _log_comb(n[at], gone)
            tables += 1
            chances += [exp(chance)] if chance <= seen else []
            continue
        for x in range(max(0, gone - rest[at + 1]), min(gone, n[at]) + 1):
            stack.append((at + 1, gone - x, chance + _log_comb(n[at], x)))
    return Exact(min(1.0, fsum(chances)), tables=tables)


def _drawn(lost: Sequence[int], sizes: Sequence[int], most: int = DRAWS) -> Exact:
    import numpy as np
    from scipy.special import gammaln

    # Groups in order of size, so that the order of rows changes nothing.
    order = sorted(range(len(sizes)), key=lambda at: (sizes[at], lost[at]))
    n = np.array([sizes[at] for at in order], dtype=np.int64)
    seen = np.array([lost[at] for at in order], dtype=np.int64)

    def logs(tables: np.ndarray) -> np.ndarray:
        found = gammaln(n + 1) - gammaln(tables + 1) - gammaln(n - tables + 1)
        return np.asarray(found.sum(axis=-1))

    draws = max(_LEAST_DRAWS, min(most, _CELLS // len(sizes)))
    random, limit = np.random.default_rng(SEED), float(logs(seen)) + _ALIKE
    unlikely, left = 0, draws
    while left:
        size = min(left, max(1, 2_000_000 // len(sizes)))
        tables = random.multivariate_hypergeometric(n, int(seen.sum()), size, method="marginals")
        unlikely += int((logs(tables) <= limit).sum())
        left -= size
    p = (unlikely + 1) / (draws + 1)
    half = NormalDist().inv_cdf(0.995) * sqrt(max(p * (1 - p), 1 / draws) / draws)
    return Exact(p, draws, max(0.0, p - half), min(1.0, p + half))
