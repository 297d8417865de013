"""Internal rate of return of a row of monthly figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import fsum

HIGHEST = 10.0
"""A month; above it (1,000 % a month) a rate tells nothing that the payback month does not."""


def irr(net: Sequence[float]) -> tuple[float | None, str]:
    """The yearly discount at which the net present value is zero, or None and why there is none.

    The monthly rate i with sum(net_m / (1 + i)^m) = 0, as (1 + i)^12 - 1. It exists and is the
    only one where the cumulative net changes its sign once and ends above zero.

    Source: Norstrom, C. J. (1972), A sufficient condition for a unique nonnegative internal rate of
    return, Journal of Financial and Quantitative Analysis 7, 1835-1839.

    Args:
        net: of each month, the first being month 0.
    """
    cumulative, total = [], 0.0
    for each in net:
        total += each
        cumulative.append(total)
    signs = [each > 0 for each in cumulative if abs(each) > 1e-9]
    if not signs:
        return None, "nothing is paid and nothing comes back"
    if all(signs):
        return None, "nothing has to be laid out before money comes back"
    if not signs[-1]:
        return None, "what is paid does not come back within the horizon"
    if sum(a != b for a, b in pairwise(signs)) > 1:
        return None, "the cumulative net changes its sign more than once, so no one rate fits"
    low, high = 0.0, HIGHEST
    if _value(net, high) > 0:
        return None, "it is more than 1,000 % a month"
    for _ in range(200):
        middle = (low + high) / 2
        if _value(net, middle) > 0:
            low = middle
        else:
            high = middle
    return (1 + (low + high) / 2) ** 12 - 1, ""


def _value(net: Sequence[float], rate: float) -> float:
    return fsum(each * (1 + rate) ** -month for month, each in enumerate(net))
