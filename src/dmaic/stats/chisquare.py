"""Chi-square tests on counts, without a library: importing one costs more than the analysis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, fsum, inf, lgamma, log, log1p, pi, sqrt

USUAL_LEAST = 5.0
"""Expected count below which the test is approximate (Cochran 1954, Biometrics 10, 417-451)."""


@dataclass(frozen=True, slots=True)
class ChiSquare:
    """A chi-square test.

    Attributes:
        statistic: Σ (observed − expected)² / expected; None when the test is refused.
        df: degrees of freedom.
        p_value: chance of such a statistic, or a greater one, when the hypothesis holds.
        note: what limits the test or why it is refused, or empty.
    """

    statistic: float | None = None
    df: int | None = None
    p_value: float | None = None
    note: str = ""


def survival(statistic: float, df: int) -> float:
    """Chance that a chi-square variable exceeds a value: the p-value of a test.

    For whole df a finite sum (Abramowitz and Stegun 1964, 26.4.4 and 26.4.5): with h = statistic/2
    it adds h^a e^(−h) / Γ(a + 1) over a = 0, 1, ... below df/2 when df is even, and over
    a = 1/2, 3/2, ... after erfc(√h) when df is odd. The greatest term is found in log space and the
    others relative to it, so that nothing overflows.

    Args:
        statistic: 0 or more.
        df: degrees of freedom, 1 or more.

    Returns:
        A probability; 0 where it is below the smallest float.

    Raises:
        ValueError: an argument is out of range.
    """
    if not statistic >= 0 or df < 1:
        raise ValueError(f"no chi-square of {statistic} with {df} degrees of freedom")
    half = statistic / 2
    if half == 0:
        return 1.0
    if half == inf:
        return 0.0
    first = 0.5 if df % 2 else 0.0
    start = erfc(sqrt(half)) if df % 2 else 0.0
    terms = (df - df % 2) // 2
    if terms == 0:
        return start
    greatest = min(terms - 1, max(0, int(half - first)))
    peak = greatest + first
    parts = [1.0]
    term = 1.0
    for step in range(greatest):
        term *= (peak - step) / half
        parts.append(term)
        if term < 1e-18:
            break
    term = 1.0
    for step in range(1, terms - greatest):
        term *= half / (peak + step)
        parts.append(term)
        if term < 1e-18:
            break
    return min(1.0, start + exp(_log_term(peak, half)) * fsum(parts))


def _log_term(a: float, h: float) -> float:
    """Logarithm of h^a e^(−h) / Γ(a + 1), by Stirling's series for large a.

    The large parts of a·ln h and ln Γ cancel on paper instead of in floating point.
    """
    if a < 16:
        return a * log(h) - h - lgamma(a + 1)
    excess = (h - a) / a
    inverse = 1 / (a * a)
    series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / a
    return a * (log1p(excess) - excess) - 0.5 * log(2 * pi * a) - series


def equal_shares(counts: Sequence[float]) -> ChiSquare:
    """Whether counts differ by more than chance when every category should have the same.

    Statistic Σ (O − n/k)² / (n/k) with k − 1 degrees of freedom (Pearson 1900). With an expected
    count n/k below 5 it says so. Below 1 the test is made only where Koehler and Larntz (1980,
    Journal of the American Statistical Association 75, 336-344) found it sound for equal shares:
    k at least 3, n at least 10 and n²/k at least 10.

    Args:
        counts: whole numbers, one a category.

    Returns:
        The test, or the reason why there is none.
    """
    refusal = _not_counts(counts)
    if refusal:
        return ChiSquare(note=refusal)
    total, categories = fsum(counts), len(counts)
    if categories < 2:
        return ChiSquare(note="A test needs at least two categories.")
    if total == 0:
        return ChiSquare(note="There is nothing to test.")
    expected = total / categories
    sound = categories >= 3 and total >= 10 and total * total / categories >= 10
    if expected < 1 and not sound:
        return ChiSquare(
            note=f"Too few to test: {expected:.2g} are expected in each category, "
            "and the test needs at least 1."
        )
    statistic = fsum((count - expected) ** 2 for count in counts) / expected
    note = ""
    if expected < USUAL_LEAST:
        note = (
            f"The test is approximate: {expected:.2g} are expected in each category, "
            "fewer than the usual 5."
        )
    return ChiSquare(statistic, categories - 1, survival(statistic, categories - 1), note)


def homogeneity(events: Sequence[float], trials: Sequence[float]) -> ChiSquare:
    """Whether rates differ between categories by more than chance: chi-square of the 2 x k table.

    With p the overall rate, the statistic is Σ (O − n p)² / (n p (1 − p)) with k − 1 degrees of
    freedom. Categories without trials say nothing and are left out. Those in which fewer than 1
    event, or fewer than 1 non-event, is expected are taken together until that many are expected
    of them; they are chosen by size, not by rate, so the test stays fair. Where an expected count
    is below 5 the note says so.

    Args:
        events: churned, whole numbers, one a category.
        trials: at risk, in the same order, each at least its events.

    Returns:
        The test, or the reason why there is none.

    Raises:
        ValueError: more events than trials.
    """
    refusal = _not_counts([*events, *trials])
    if refusal:
        return ChiSquare(note=refusal)
    pairs = sorted((n, event) for event, n in zip(events, trials, strict=True) if n or event)
    if any(event > n for n, event in pairs):
        raise ValueError("more events than trials")
    if len(pairs) < 2:
        return ChiSquare(note="A test needs at least two categories.")
    total, size = fsum(event for _, event in pairs), fsum(n for n, _ in pairs)
    rate = total / size
    rarer = min(rate, 1 - rate)
    if rarer <= 0:
        return ChiSquare(note="There is nothing to test: all rates are the same.")
    pooled_size, pooled_events, pooled = 0.0, 0.0, 0
    while pooled < len(pairs) and (
        pairs[pooled][0] * rarer < 1 or (pooled > 0 and pooled_size * rarer < 1)
    ):
        pooled_size += pairs[pooled][0]
        pooled_events += pairs[pooled][1]
        pooled += 1
    groups = ([(pooled_size, pooled_events)] if pooled else []) + pairs[pooled:]
    if len(groups) < 2:
        return ChiSquare(note="Too few to test: fewer than 1 is expected in most categories.")
    statistic = fsum((event - n * rate) ** 2 / n for n, event in groups) / (rate * (1 - rate))
    notes = []
    if pooled > 1:
        notes.append(f"For the test the {pooled:,} smallest categories are taken together.")
    least = min(n for n, _ in groups) * rarer
    if least < USUAL_LEAST:
        notes.append(
            f"The test is approximate: the least expected count is {least:.2g}, below the usual 5."
        )
    df = len(groups) - 1
    return ChiSquare(statistic, df, survival(statistic, df), " ".join(notes))


def _not_counts(values: Sequence[float]) -> str:
    if any(value < 0 for value in values):
        return "Some counts are negative, so no test can be made."
    if any(value != int(value) for value in values):
        return "The counts are not whole numbers, so no test can be made."
    return ""
