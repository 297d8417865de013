"""How fast customers leave at each age, and whether new ones leave faster than old ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, sqrt
from typing import Literal

from dmaic.stats.proportion import exact, wilson
from dmaic.stats.survival.kaplan_meier import Z
from dmaic.stats.survival.life import Counts

Verdict = Literal["higher", "lower", "not-shown", "too-few"]

LEAST_LOST = 10
"""Fewer losses than this tell nothing of two rates."""

LEAST_EXPECTED = 5
"""With fewer losses expected in either time the normal curve is no likeness of the binomial one."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Losses over time at risk.

    Attributes:
        lost: customers lost.
        time: customer-months at risk.
        value: lost a customer-month; None where nobody was at risk.
        low, high: 95 % interval.
    """

    lost: int
    time: float
    value: float | None
    low: float | None
    high: float | None


def rate(lost: int, time: float) -> Rate:
    """A rate of loss with Byar's interval of a Poisson count, which is nearly the exact one.

    Bounds d (1 − 1/(9d) − z/(3√d))³ / T and e (1 − 1/(9e) + z/(3√e))³ / T with e = d + 1.

    Source: Breslow, N. E. and Day, N. E. (1987), Statistical Methods in Cancer Research, volume II,
    page 69. Without losses the lower bound is 0; of a single one it is lower than the exact one.

    Args:
        lost: customers lost, d.
        time: time at risk, T.
    """
    if time <= 0:
        return Rate(lost, 0.0, None, None, None)
    more = lost + 1
    low = lost * (1 - 1 / (9 * lost) - Z / (3 * sqrt(lost))) ** 3 if lost else 0.0
    high = more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3
    return Rate(lost, time, lost / time, max(0.0, low) / time, high / time)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rate over another.

    Attributes:
        value: the ratio; None where the other is 0 or there is no time at risk.
        low, high: 95 % interval; None where it has no end.
        p_value: of the hypothesis that both are the same.
        verdict: whether the first is higher.
    """

    value: float | None
    low: float | None
    high: float | None
    p_value: float | None
    verdict: Verdict


def compare(first: Rate, second: Rate) -> Ratio:
    """Whether customers leave at one rate in two times, given how many left in both.

    Given all losses, those of the first time are binomial with the share π of the time at risk if
    the rates are the same. The test is the score test, z = (d − Nπ) / √(Nπ(1 − π)), the interval
    Wilson's of d / N taken to the ratio p / (1 − p) · T₂ / T₁; the two always agree.

    Where fewer than five losses are expected in either time, a single one would be far out on the
    normal curve although it is nothing rare. There the test is the exact one, twice the smaller
    tail of the binomial, and the interval that of Clopper and Pearson; these agree as well.

    Sources: Przyborowski, J. and Wilenski, H. (1940), Biometrika 31, 313-323, for the condition;
    Wilson, E. B. (1927), JASA 22, 209-212; Clopper, C. J. and Pearson, E. S. (1934), Biometrika 26,
    404-413.

    Args:
        first: of the early time.
        second: of the later one.
    """
    total = first.lost + second.lost
    if first.time <= 0 or second.time <= 0 or not total:
        return Ratio(None, None, None, None, "too-few")
    scale = second.time / first.time
    value = first.lost / second.lost * scale if second.lost else None
    share = first.time / (first.time + second.time)
    if total * min(share, 1 - share) < LEAST_EXPECTED:
        low, high = exact(first.lost, total)
        p_value = _binomial(first.lost, total, share)
    else:
        low, high = wilson(first.lost, total)
        z = (first.lost - total * share) / sqrt(total * share * (1 - share))
        p_value = erfc(abs(z) / sqrt(2))
    verdict: Verdict = "not-shown"
    if total < LEAST_LOST:
        verdict = "too-few"
    elif p_value < 0.05:
        verdict = "higher" if first.lost > total * share else "lower"
    return Ratio(
        value,
        low / (1 - low) * scale if low < 1 else None,
        high / (1 - high) * scale if high < 1 else None,
        p_value,
        verdict,
    )


def _binomial(count: int, total: int, share: float) -> float:
    """Twice the smaller tail: of so many or fewer, or of so many or more."""
    from scipy.special import bdtr, bdtrc

    below = float(bdtr(count, total, share))
    above = float(bdtrc(count - 1, total, share)) if count else 1.0
    return min(1.0, 2 * min(below, above))


def held_equal(groups: Sequence[tuple[Rate, Rate]]) -> tuple[float, float, float] | None:
    """How many times as fast customers leave in the first time, group by group taken together.

    The Mantel-Haenszel ratio of rates R / S with R = Σ d₁T₂/T and S = Σ d₂T₁/T over groups, and
    exp(ln R/S ± z √V), V = Σ d T₁T₂/T² / (R S).

    Source: Greenland, S. and Robins, J. M. (1985), Biometrics 41, 55-68.

    Args:
        groups: both rates of each.

    Returns:
        Ratio, lower and upper end of its 95 % interval; None where it has none.
    """
    first = second = spread = 0.0
    for one, other in groups:
        time = one.time + other.time
        if time > 0:
            first += one.lost * other.time / time
            second += other.lost * one.time / time
            spread += (one.lost + other.lost) * one.time * other.time / time**2
    if first <= 0 or second <= 0:
        return None
    reach = exp(Z * sqrt(spread / (first * second)))
    return first / second, first / second / reach, first / second * reach


def by_step(counted: Counts, step: float, until: float) -> list[tuple[float, float, Rate]]:
    """Rates of loss in one step of age after another: their ends, and losses a step of time.

    A loss at age t belongs to the step (from, to] that t is in; one at age 0 to the first.

    Args:
        counted: lives of one group.
        step: such as a month, in the unit of the ages; time at risk is told in it.
        until: the last age looked at.
    """
    import numpy

    # Beyond a whole number of steps nothing may begin but by rounding.
    many = max(1, int(numpy.ceil(until / step - 1e-9)))
    edges = numpy.arange(many + 1) * step
    lost, time = counted.lost_upto(edges), counted.time_upto(edges) / step
    lost[0] = 0
    return [
        (float(edges[i]), float(edges[i + 1]),
         rate(int(lost[i + 1] - lost[i]), float(time[i + 1] - time[i])))
        for i in range(many)
    ]  # fmt: skip


def split(counted: Counts, age: float, step: float) -> tuple[Rate, Rate]:
    """The rate up to an age, and the rate after it.

    Args:
        counted: lives of one group.
        age: that divides them, in the unit of the ages.
        step: such as a month; time at risk is told in it.
    """
    import numpy

    last = float(counted.ages_gone[-1]) if counted.ages_gone.size else 0.0
    edges = numpy.array([min(age, last), last])
    lost, time = counted.lost_upto(edges), counted.time_upto(edges) / step
    return (
        rate(int(lost[0]), float(time[0])),
        rate(int(lost[1] - lost[0]), float(time[1] - time[0])),
    )
