"""P-values of several tests at once: the more that is asked, the more chance finds something."""

from __future__ import annotations

from collections.abc import Sequence


def holm(p_values: Sequence[float], tests: int = 0) -> list[float]:
    """Adjusted by Holm: the chance of any false alarm among all of them stays below the level.

    In rising order, max over the first i of (m − i + 1) p(i), at most 1 (Holm, S. 1979,
    Scandinavian Journal of Statistics 6, 65-70).

    Args:
        p_values: of tests that need not be independent.
        tests: how many tests there were, where these are the smallest of more.
    """
    adjusted = [0.0] * len(p_values)
    greatest, every = 0.0, max(tests, len(p_values))
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    for rank, at in enumerate(order):
        greatest = max(greatest, min(1.0, (every - rank) * p_values[at]))
        adjusted[at] = greatest
    return adjusted


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted by Benjamini and Hochberg: the share of false alarms among the alarms stays below.

    In falling order, min over the last of m p(i) / i (Benjamini, Y. and Hochberg, Y. 1995, Journal
    of the Royal Statistical Society B 57, 289-300).

    Args:
        p_values: of tests that are independent or depend positively.
    """
    adjusted = [0.0] * len(p_values)
    least = 1.0
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    for rank in range(len(order), 0, -1):
        least = min(least, p_values[order[rank - 1]] * len(order) / rank)
        adjusted[order[rank - 1]] = least
    return adjusted
