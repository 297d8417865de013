"""Churn rates of groups, tested: which test suits the counts, and what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt
from typing import Any

from dmaic.stats import chisquare
from dmaic.stats.proportion import newcombe, relative_risk, wilson
from dmaic.stats.test import contingency
from dmaic.stats.test.adjust import holm
from dmaic.stats.test.effect import Effect, cramer
from dmaic.stats.test.tested import LEVEL, Departure, Group
from dmaic.stats.test.trend import cochran_armitage


@dataclass(frozen=True, slots=True)
class Counts:
    """Customers of one group.

    Attributes:
        name: of the group.
        count: customers.
        lost: of them lost.
        score: where it stands, of groups in an order.
    """

    name: str
    count: int
    lost: int
    score: float | None = None


def compare_rates(counts: Sequence[Counts], method: str, *, trend: bool = False) -> dict[str, Any]:
    """Test whether groups churn at the same rate.

    Args:
        counts: two groups or more, none empty; some customers lost and some not.
        method: `chi-square`, `fisher`, `cochran-armitage`, or `auto`.
        trend: the groups have an order, which is asked about.

    Returns:
        Fields of a `Tested`: what follows from the counts.
    """
    lost, sizes = [each.lost for each in counts], [each.count for each in counts]
    statistic, df, p_value = contingency.pearson(lost, sizes)
    v, corrected = cramer(statistic, sum(sizes), 2, len(counts))
    found: dict[str, Any] = {
        "groups": _groups(counts),
        "overall": sum(lost) / sum(sizes),
        "effect": v,
        "effects": (corrected,),
    }
    if len(counts) == 2:
        found |= {"effect": _difference(counts), "effects": (_risk(counts), v, corrected)}
    if trend or method == "cochran-armitage":
        return found | _trend(counts, lost, sizes, found)
    small = contingency.is_small(lost, sizes)
    if method == "fisher" or (method == "auto" and small):
        return found | _exact(counts, lost, sizes, small=small)
    least = min(min(pair) for pair in contingency.expected(lost, sizes))
    return found | {
        "test": "chi-square",
        "title": "Pearson's chi-square test",
        "why": "it was asked for" if method != "auto" else (
            f"churned or not, by group, with enough in the cells: {least:,.1f} expected at least"
            + (", and few below 5" if least < chisquare.USUAL_LEAST else "")
        ),
        "statistic": statistic,
        "statistic_name": "chi-square",
        "df": df,
        "p_value": p_value,
        "note": _rough(least) if small else "",
    }  # fmt: skip


def _rough(least: float) -> str:
    return (
        f"Expected counts are small (least {least:.2g}), so the p-value is rough; --method fisher "
        "is exact."
    )


def _groups(counts: Sequence[Counts]) -> tuple[Group, ...]:
    lost, sizes = [each.lost for each in counts], [each.count for each in counts]
    expected = contingency.expected(lost, sizes)
    residuals = contingency.residuals(lost, sizes)
    apart = holm([erfc(abs(each) / sqrt(2)) for each in residuals])
    groups = []
    for each, (gone, there), residual, p in zip(counts, expected, residuals, apart, strict=True):
        low, high = wilson(each.lost, each.count)
        groups.append(
            Group(
                name=each.name, count=each.count, lost=each.lost, rate=each.lost / each.count,
                low=low, high=high, expected_lost=gone, expected_stayed=there, residual=residual,
                apart=p < LEVEL, score=each.score,
            )
        )  # fmt: skip
    return tuple(groups)


def _difference(counts: Sequence[Counts]) -> Effect:
    first, second = counts
    value, low, high = newcombe(first.lost, first.count, second.lost, second.count)
    return Effect(
        name="difference of proportions",
        value=value,
        low=low,
        high=high,
        method="rate of the first group - rate of the second, hybrid score interval "
        "(Newcombe 1998, method 10)",
    )


def _risk(counts: Sequence[Counts]) -> Effect:
    first, second = counts
    value, low, high = relative_risk(first.lost, first.count, second.lost, second.count)
    return Effect(
        name="relative risk",
        value=value,
        low=low,
        high=high,
        method="rate of the first group / rate of the second, log interval (Katz et al. 1978)",
    )


def _exact(
    counts: Sequence[Counts], lost: Sequence[int], sizes: Sequence[int], *, small: bool
) -> dict[str, Any]:
    exact = contingency.fisher(lost, sizes)
    two = len(counts) == 2
    title = "Fisher's exact test" if two else "Fisher-Freeman-Halton exact test"
    how = f"{exact.tables:,} tables counted"
    if exact.draws:
        title += ", by Monte Carlo"
        how = f"{exact.draws:,} tables drawn with a fixed seed"
    least = min(min(pair) for pair in contingency.expected(lost, sizes))
    few = f"expected counts are too small for chi-square (least {least:.2g})"
    return {
        "test": "fisher",
        "title": title,
        "why": few if small else "it was asked for",
        "statistic": None,
        "p_value": exact.p_value,
        "exact": not exact.draws,
        "draws": exact.draws,
        "p_low": exact.low,
        "p_high": exact.high,
        "note": f"The p-value is exact: {how}."
        if not exact.draws
        else f"The p-value comes of {how}: 99 % interval {exact.low:.4f} to {exact.high:.4f}.",
    }


def _trend(
    counts: Sequence[Counts], lost: Sequence[int], sizes: Sequence[int], found: dict[str, Any]
) -> dict[str, Any]:
    scores = [float(at) if each.score is None else each.score for at, each in enumerate(counts)]
    trend = cochran_armitage(lost, sizes, scores)
    assert trend is not None  # scores differ, which the caller has seen to
    least = min(min(pair) for pair in contingency.expected(lost, sizes))
    return {
        "test": "cochran-armitage",
        "title": "Cochran-Armitage test for trend",
        "why": "the groups have an order, and the question is whether churn rises or falls with it",
        "statistic": trend.z,
        "statistic_name": "z",
        "df": None,
        "p_value": trend.p_value,
        "note": _rough(least) if contingency.is_small(lost, sizes) else "",
        "effect": trend.slope,
        "effects": (found["effect"], *found["effects"]),
        "departure": Departure(
            statistic=trend.departure, df=trend.departure_df, p_value=trend.departure_p
        ),
    }
