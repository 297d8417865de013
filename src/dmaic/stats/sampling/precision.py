"""How exactly a sample tells a share or a mean: how many are needed, and the margin of so many.

Source: Cochran, W. G. (1977), Sampling Techniques, 3rd edition, chapter 4.
"""

from __future__ import annotations

from math import ceil, isfinite, sqrt

from dmaic.stats.proportion import z_score

_ROUNDING = 1e-9
"""Below this a figure is whole: what floats add shall not ask for one more customer."""


def for_share(
    margin: float, *, share: float = 0.5, confidence: float = 0.95, population: int | None = None
) -> int | None:
    """Answers needed to know a share of customers.

    n0 = z² p (1 − p) / E², and for a population of N: n = n0 / (1 + (n0 − 1) / N).

    Args:
        margin: E, half the width of the interval wanted, a fraction of one.
        share: p, the share expected; 0.5 asks for the most.
        confidence: of the interval.
        population: N; None where it has no end.

    Returns:
        Rounded up, at least 1; None where no number is large enough.

    Raises:
        ValueError: margin, share, confidence or population make no sense.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share {share} is not between 0 and 1")
    first = _first(margin, (share * (1 - share)) ** 0.5, confidence)
    if population is not None and isfinite(first):
        # Cochran's p (1 − p) has the divisor N − 1, hence the − 1.
        first = first / (1 + max(first - 1, 0) / _checked(population))
    return _whole(first, population)


def for_mean(
    margin: float, *, deviation: float, confidence: float = 0.95, population: int | None = None
) -> int | None:
    """Measurements needed to know a mean.

    n0 = (z s / E)², and for a population of N: n = n0 / (1 + n0 / N).

    Args:
        margin: E, half the width of the interval wanted, in the unit of the measure.
        deviation: s, the standard deviation expected, in the same unit.
        confidence: of the interval.
        population: N; None where it has no end.

    Returns:
        Rounded up, at least 1; None where no number is large enough.

    Raises:
        ValueError: margin, deviation, confidence or population make no sense.
    """
    if not deviation >= 0:
        raise ValueError(f"a standard deviation is not {deviation}")
    first = _first(margin, deviation, confidence)
    if population is not None and isfinite(first):
        first = first / (1 + first / _checked(population))
    return _whole(first, population)


def margin_of_share(
    answers: int, *, share: float = 0.5, confidence: float = 0.95, population: int | None = None
) -> float:
    """How exactly so many answers tell a share: half the width of its interval.

    E = z √(p (1 − p) / n), and for a population of N times √((N − n) / (N − 1)).

    Args:
        answers: n.
        share: p, the share expected; 0.5 gives the widest.
        confidence: of the interval.
        population: N; None where it has no end.

    Raises:
        ValueError: share or confidence make no sense, or there are no or too many answers.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share {share} is not between 0 and 1")
    _check_answers(answers, population)
    rest = 1.0
    if population is not None and population > 1:
        rest = (population - answers) / (population - 1)
    elif population == 1:
        rest = 0.0
    return z_score(confidence) * sqrt(share * (1 - share) / answers * rest)


def margin_of_mean(
    answers: int, *, deviation: float, confidence: float = 0.95, population: int | None = None
) -> float:
    """How exactly so many measurements tell a mean: half the width of its interval.

    E = z s / √n, and for a population of N times √(1 − n / N).

    Args:
        answers: n.
        deviation: s, the standard deviation expected.
        confidence: of the interval.
        population: N; None where it has no end.

    Raises:
        ValueError: deviation or confidence make no sense, or there are no or too many answers.
    """
    if not deviation >= 0:
        raise ValueError(f"a standard deviation is not {deviation}")
    _check_answers(answers, population)
    rest = 1.0 if population is None else 1 - answers / population
    return z_score(confidence) * deviation * sqrt(rest / answers)


def to_ask(answers: int, rate: float) -> int:
    """How many to ask so that enough answer: answers / response rate, rounded up.

    Args:
        answers: needed.
        rate: of those asked who answer, a fraction above 0.

    Raises:
        ValueError: the rate is not above 0 and at most 1.
    """
    if not 0 < rate <= 1:
        raise ValueError(f"a response rate is not {rate}")
    return ceil(answers / rate - _ROUNDING)


def _first(margin: float, deviation: float, confidence: float) -> float:
    if not margin > 0:
        raise ValueError(f"a margin is not {margin}")
    ratio = z_score(confidence) * deviation / margin
    # A product of floats becomes infinite where a power would raise.
    return ratio * ratio


def _whole(size: float, population: int | None) -> int | None:
    if not isfinite(size):
        return population
    whole = max(ceil(size - _ROUNDING), 1)
    return whole if population is None else min(whole, population)


def _check_answers(answers: int, population: int | None) -> None:
    if answers < 1 or (population is not None and answers > population):
        raise ValueError(f"{answers} of {population} is no sample")


def _checked(population: int) -> int:
    if population < 1:
        raise ValueError(f"a population is not {population}")
    return population
