"""A number in groups, tested: on means where they are trustworthy, on ranks where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from dmaic.stats.test import mean, rank
from dmaic.stats.test.adjust import holm
from dmaic.stats.test.effect import hedges
from dmaic.stats.test.tested import Group, Pair

MOST_PAIRS = 300
"""More comparisons of two groups than these help nobody: 25 groups."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The numbers of one group.

    Attributes:
        name: of the group.
        moments: count, mean, variance and skewness.
        quartiles: lower quartile, median, upper quartile (type 7 of Hyndman and Fan 1996).
    """

    name: str
    moments: mean.Moments
    quartiles: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers by group, reduced.

    Attributes:
        samples: one a group, none empty.
        ranks: of the groups, in the same order.
        squares: of two groups, as `rank.mann_whitney` wants them.
        tied: of two small groups, values of each that are alike, in rising order.
    """

    samples: tuple[Sample, ...]
    ranks: rank.Ranks
    squares: tuple[int, int] = (0, 0)
    tied: tuple[tuple[int, int], ...] = ()


def compare_numbers(numbers: Numbers, method: str) -> dict[str, Any] | str:
    """Test whether groups have the same numbers.

    Args:
        numbers: two groups or more.
        method: `welch`, `welch-anova`, `mann-whitney`, `kruskal-wallis`, or `auto`.

    Returns:
        Fields of a `Tested`; or why there is no test.
    """
    moments = [each.moments for each in numbers.samples]
    two = len(moments) == 2
    why = "it was asked for"
    if method == "auto":
        by_means, why = _choice(numbers)
        method = ("welch" if two else "welch-anova") if by_means else (
            "mann-whitney" if two else "kruskal-wallis"
        )  # fmt: skip
    fields: dict[str, Any] | str
    if method in ("welch", "welch-anova"):
        fields = _means(numbers) if mean.is_testable(moments) else (
            "a test on means needs two values in every group, and values that differ"
        )  # fmt: skip
    elif method == "mann-whitney":
        fields = _two_ranks(numbers)
    else:
        fields = _many_ranks(numbers)
    if isinstance(fields, str):
        return fields
    ranks = numbers.ranks.mean_ranks
    groups = tuple(_group(each, at) for each, at in zip(numbers.samples, ranks, strict=True))
    return {"why": why, "groups": groups, **fields}


def _choice(numbers: Numbers) -> tuple[bool, str]:
    """Whether means are compared, and why."""
    short = [each for each in numbers.samples if not each.moments.suits_means]
    steady = [each for each in numbers.samples if each.moments.variance <= 0]
    if short:
        worst = max(short, key=lambda each: each.moments.needed / each.moments.count)
        n, needed = worst.moments.count, worst.moments.needed
        skewed = f", skewness {worst.moments.skewness:.1f}" if worst.moments.skewness else ""
        return False, (
            f'{n:,} values of "{worst.name}" are too few to trust their mean (Cochran\'s rule asks '
            f"for {needed:,.0f}{skewed}), so ranks are compared"
        )
    if steady and (len(numbers.samples) > 2 or len(steady) == 2):
        return False, f'the values of "{steady[0].name}" do not vary, so ranks are compared'
    return True, (
        "every group is large enough for its mean to be trusted (Cochran's rule: more than 25 x "
        "skewness², and 15)"
    )


def _means(numbers: Numbers) -> dict[str, Any] | str:
    moments = [each.moments for each in numbers.samples]
    if len(moments) == 2:
        test = mean.welch(*moments)
        first, second = ((each.count, each.mean, each.variance) for each in moments)
        return {
            "test": "welch",
            "title": "Welch's t-test",
            "statistic": test.statistic,
            "statistic_name": "t",
            "df": test.df,
            "p_value": test.p_value,
            "effect": test.effect,
            "effects": (hedges(first, second),),
        }
    several = mean.welch_anova(moments)
    if several is None:
        return "the values of a group do not vary, and Welch's test weighs groups by their spread"
    return {
        "test": "welch-anova",
        "title": "Welch's analysis of variance",
        "statistic": several.statistic,
        "statistic_name": "F",
        "df": several.df,
        "df_within": several.within,
        "p_value": several.p_value,
        "effect": several.effect,
        "pairs": _pairs(numbers, mean.pairs(moments) if _few(numbers) else []),
    }


def _two_ranks(numbers: Numbers) -> dict[str, Any] | str:
    if len(numbers.samples) != 2:
        return (
            f"the Mann-Whitney test compares two groups, and there are {len(numbers.samples):,}; "
            "--method kruskal-wallis compares more"
        )
    test = rank.mann_whitney(numbers.ranks, numbers.squares, numbers.tied)
    if test is None:
        return "all values are the same"
    return {
        "test": "mann-whitney",
        "title": "Mann-Whitney test" + (", exact" if test.exact else ""),
        "statistic": test.statistic,
        "statistic_name": "U",
        "p_value": test.p_value,
        "exact": test.exact,
        "effect": test.effect,
    }


def _many_ranks(numbers: Numbers) -> dict[str, Any] | str:
    test = rank.kruskal_wallis(numbers.ranks)
    if test is None:
        return "all values are the same"
    few = min(numbers.ranks.counts) < 5
    return {
        "test": "kruskal-wallis",
        "title": "Kruskal-Wallis test",
        "statistic": test.statistic,
        "statistic_name": "H",
        "df": test.df,
        "p_value": test.p_value,
        "effect": test.effect,
        "pairs": _pairs(numbers, rank.dunn(numbers.ranks) if _few(numbers) else []),
        "note": "A group has fewer than 5 values, so the p-value is rough." if few else "",
    }


def _few(numbers: Numbers) -> bool:
    count = len(numbers.samples)
    return count > 2 and count * (count - 1) // 2 <= MOST_PAIRS


def _pairs(numbers: Numbers, found: Sequence[tuple[int, int, float, float]]) -> tuple[Pair, ...]:
    adjusted = holm([p for *_, p in found])
    names = [each.name for each in numbers.samples]
    pairs = [
        Pair(first=names[i], second=names[j], statistic=statistic, p_value=p, adjusted=after)
        for (i, j, statistic, p), after in zip(found, adjusted, strict=True)
    ]
    return tuple(sorted(pairs, key=lambda pair: (pair.p_value, pair.first, pair.second)))


def _group(sample: Sample, mean_rank: float) -> Group:
    moments = sample.moments
    low = high = None
    if moments.count > 1:
        from scipy.special import stdtrit

        half = float(stdtrit(moments.count - 1, 0.975)) * sqrt(moments.variance / moments.count)
        low, high = moments.mean - half, moments.mean + half
    lower, middle, upper = sample.quartiles
    return Group(
        name=sample.name, count=moments.count, mean=moments.mean, low=low, high=high,
        deviation=sqrt(moments.variance) if moments.count > 1 else None, median=middle,
        lower_quartile=lower, upper_quartile=upper, mean_rank=mean_rank,
    )  # fmt: skip
