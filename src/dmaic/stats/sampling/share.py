"""The interval of a share that a weighted survey tells, however few said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dmaic.stats.proportion import exact
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
    answers = effective / (1 - n / total)
    low, high = exact(min(p * answers, answers), answers, confidence)
    return Share(p, found.error, deff, effective, min(low, p), max(high, p))


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
