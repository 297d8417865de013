"""The interval of a share that a weighted survey tells, however few said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dmaic.stats.sampling.poststratify import Estimate, Stratum, design_effect, estimate


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the population, as a survey tells it.

    Attributes:
        share: weighted, a fraction of one.
        error: its standard error; None where one answer was had in a stratum.
        design_effect: variance over that of as many answers drawn from all alike; at least 1. Where
            there is no variance to be seen, that of the weights.
        effective: answers that would tell as much without weights; for the interval also scaled
            for the degrees of freedom.
        low, high: the interval.
    """

    share: float
    error: float | None
    design_effect: float
    effective: float
    low: float
    high: float


def weigh(strata: Sequence[Stratum], said: Sequence[int], confidence: float = 0.95) -> Share:
    """Estimate a share with the interval of Korn and Graubard.

    The design effect is v / ((1 − f) p (1 − p) / (n − 1)) with v the post-stratified variance and
    f = n / N; at least 1, as so few answers cannot show that weighting made them tell more. The
    effective sample is n over it, times (t_{n−1} / t_{n−H})² for H strata. Clopper and Pearson's
    interval of that many answers is exact for rare reasons where p ± 1.96 errors is not; answers
    from a finite population count as effective / (1 − f), so a census has no interval.

    Source: Korn, E. L. and Graubard, B. I. (1998), Survey Methodology 24, 193-201; the limit of 1
    as in the standards of the National Center for Health Statistics (Parker et al. 2017).

    Args:
        strata: as `collapse` makes them.
        said: how many of the answers in each say so.
        confidence: of the two-sided interval.
    """
    n, total = sum(each.answered for each in strata), sum(each.population for each in strata)
    found = estimate(strata, said, said)
    p = min(1.0, max(0.0, found.mean))
    deff = max(1.0, _ratio(found, p, n, total) or design_effect(strata))
    effective = n / deff * _freedom(n, len(strata), confidence)
    if n >= total:
        return Share(p, 0.0, 1.0, float(n), p, p)
    low, high = exact(p, effective / (1 - n / total), confidence)
    return Share(p, found.error, deff, effective, low, high)


def exact(share: float, answers: float, confidence: float = 0.95) -> tuple[float, float]:
    """Clopper and Pearson's interval, of a number of answers that need not be whole.

    The bounds are the α/2 quantile of Beta(x, n − x + 1) and the 1 − α/2 quantile of
    Beta(x + 1, n − x), x = n p.

    Source: Clopper, C. J. and Pearson, E. S. (1934), Biometrika 26, 404-413.

    Args:
        share: p.
        answers: n.
        confidence: of the two-sided interval.
    """
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    said = share * answers
    rest = max(answers - said, 0.0)
    low = 0.0 if share <= 0 else float(betaincinv(said, rest + 1, tail))
    high = 1.0 if share >= 1 else float(betaincinv(said + 1, rest, 1 - tail))
    return min(low, share), max(high, share)


def difference(
    strata: Sequence[Stratum], one: Sequence[int], other: Sequence[int], confidence: float = 0.95
) -> tuple[float, float, float]:
    """How much more often one reason is given than another, each answer giving one.

    The post-stratified mean of +1, −1 and 0 with its variance, ± t with n − H degrees of freedom.

    Args:
        strata: as `collapse` makes them.
        one: how many of the answers in each give the first reason.
        other: the second.
        confidence: of the two-sided interval.

    Returns:
        Difference, lower and upper bound; from −1 to 1 where the variance cannot be told.
    """
    sums = [x - y for x, y in zip(one, other, strict=True)]
    squares = [x + y for x, y in zip(one, other, strict=True)]
    found = estimate(strata, sums, squares)
    if found.error is None:
        return found.mean, -1.0, 1.0
    n = sum(each.answered for each in strata)
    half = _t(max(n - len(strata), 1), confidence) * found.error
    return found.mean, max(-1.0, found.mean - half), min(1.0, found.mean + half)


def _ratio(found: Estimate, p: float, n: int, total: int) -> float | None:
    """The design effect; None where there is no variance to compare."""
    plain = (1 - n / total) * p * (1 - p) / (n - 1) if n > 1 else 0.0
    if not found.variance or plain <= 0:
        return None
    return found.variance / plain


def _freedom(n: int, strata: int, confidence: float) -> float:
    """What is lost by having estimated a variance in each stratum."""
    if strata == 1 or n < 2:
        return 1.0
    return (_t(n - 1, confidence) / _t(max(n - strata, 1), confidence)) ** 2


def _t(df: int, confidence: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, 0.5 + confidence / 2))
