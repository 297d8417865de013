"""Tests on ranks: for values that are skewed, few, or have outliers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, erfc, fsum, sqrt

from dmaic.stats import chisquare
from dmaic.stats.test.effect import Effect, epsilon_squared, superiority

EXACT = 50
"""So many values together have their chances counted out, ties and all."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """What a test on ranks knows.

    Attributes:
        counts: values of each group.
        sums: of their ranks, doubled so that mid-ranks are whole.
        ties: Σ (t³ − t) over the values, t of them alike.
    """

    counts: tuple[int, ...]
    sums: tuple[int, ...]
    ties: int

    @property
    def total(self) -> int:
        """All values."""
        return sum(self.counts)

    @property
    def mean_ranks(self) -> list[float]:
        """Mean rank of each group."""
        return [each / 2 / n for each, n in zip(self.sums, self.counts, strict=True)]


@dataclass(frozen=True, slots=True)
class RankTest:
    """A test on ranks.

    Attributes:
        statistic: U or H.
        df: of H; None for U.
        p_value: two-sided.
        effect: probability of superiority, or share of the variance of ranks.
        exact: all ways to rank were counted.
    """

    statistic: float
    df: int | None
    p_value: float
    effect: Effect
    exact: bool = False


def mann_whitney(
    ranks: Ranks, squares: tuple[int, int], tied: Sequence[tuple[int, int]] = ()
) -> RankTest | None:
    """The Mann-Whitney test of two groups, which is Wilcoxon's rank-sum test.

    U = R₁ − n (n + 1) / 2, ties count half. Up to 50 values the p-value counts all ways to draw n
    of the values seen, ties kept; beyond, z = (|U − nm/2| − ½) / σ with σ² = nm/12 (N + 1 −
    Σ (t³ − t) / (N (N − 1))) (Mann and Whitney 1947, Annals of Mathematical Statistics 18, 50-60;
    Lehmann 1975, Nonparametrics, ch. 1).

    Args:
        ranks: of two groups.
        squares: for each group the sum, over its values, of the square of twice the number of the
            other group's values below it, those alike counted half.
        tied: values of each group that are alike, in rising order; needed up to 50.

    Returns:
        The test; None where all values are alike.
    """
    n, m = ranks.counts
    total = n + m
    double = ranks.sums[0] - n * (n + 1)
    spread = n * m / 12 * (total + 1 - ranks.ties / (total * (total - 1)))
    if spread <= 1e-9:
        return None
    share = double / (2 * n * m)
    variance = 0.0
    for count, other, square, mean in (
        (n, m, squares[0], share),
        (m, n, squares[1], 1 - share),
    ):
        if count > 1:
            variance += max(0.0, square / (4 * other * other) - count * mean * mean) / (
                (count - 1) * count
            )
    effect = superiority(share, variance if min(n, m) > 1 else 0.0, (n, m))
    if tied and total <= EXACT:
        return RankTest(double / 2, None, _exact(tied, ranks.sums[0]), effect, exact=True)
    z = max(0.0, abs(double / 2 - n * m / 2) - 0.5) / sqrt(spread)
    return RankTest(double / 2, None, erfc(z / sqrt(2)), effect)


def _exact(tied: Sequence[tuple[int, int]], seen: int) -> float:
    """Chance of a doubled rank sum at least as far from its mean, of all draws alike.

    Ways to reach a sum with so many values are built up value by value (Streitberg and Röhmel 1986,
    Statistical Software Newsletter 12, 10-17).
    """
    n = sum(first for first, _ in tied)
    total = sum(first + second for first, second in tied)
    ways: list[dict[int, int]] = [{} for _ in range(n + 1)]
    ways[0][0] = 1
    before = 0
    for first, second in tied:
        alike = first + second
        rank = 2 * before + alike + 1
        before += alike
        for drawn in range(n, -1, -1):
            for add in range(1, min(alike, drawn) + 1):
                choices = comb(alike, add)
                for at, count in ways[drawn - add].items():
                    here = at + add * rank
                    ways[drawn][here] = ways[drawn].get(here, 0) + count * choices
    middle = n * (total + 1)
    far = abs(seen - middle)
    return sum(count for at, count in ways[n].items() if abs(at - middle) >= far) / comb(total, n)


def kruskal_wallis(ranks: Ranks) -> RankTest | None:
    """The Kruskal-Wallis test of several groups, corrected for ties.

    H = (12 / (N (N + 1)) Σ Rᵢ²/nᵢ − 3 (N + 1)) / (1 − Σ (t³ − t) / (N³ − N)), by chi-square with
    k − 1 degrees of freedom (Kruskal and Wallis 1952, JASA 47, 583-621).

    Args:
        ranks: of two groups or more.

    Returns:
        The test; None where all values are alike.
    """
    total = ranks.total
    share = 1 - ranks.ties / (total**3 - total)
    if share <= 1e-15:
        return None
    middle = (total + 1) / 2
    between = fsum(
        n * (mean - middle) ** 2 for n, mean in zip(ranks.counts, ranks.mean_ranks, strict=True)
    )
    h = 12 / (total * (total + 1)) * between / share
    df = len(ranks.counts) - 1
    return RankTest(h, df, chisquare.survival(h, df), epsilon_squared(h, df, total))


def dunn(ranks: Ranks) -> list[tuple[int, int, float, float]]:
    """Dunn's comparison of every two groups after Kruskal and Wallis.

    z = (R̄ᵢ − R̄ⱼ) / √((N (N + 1) / 12 − Σ (t³ − t) / (12 (N − 1))) (1/nᵢ + 1/nⱼ)) (Dunn, O. J. 1964,
    Technometrics 6, 241-252).

    Returns:
        Positions of both, z, and its p-value, not yet adjusted.
    """
    total = ranks.total
    spread = total * (total + 1) / 12 - ranks.ties / (12 * (total - 1))
    means = ranks.mean_ranks
    found = []
    for i, j in combinations(range(len(means)), 2):
        z = (means[i] - means[j]) / sqrt(spread * (1 / ranks.counts[i] + 1 / ranks.counts[j]))
        found.append((i, j, z, erfc(abs(z) / sqrt(2))))
    return found
