"""Capability indices of a measure, with their intervals.

Cp = (USL − LSL) / 6σ and Cpk = min(USL − mean, mean − LSL) / 3σ with the sigma within subgroups or
from point to point; Pp and Ppk with the standard deviation s of all values (divisor n − 1);
Cpm = (USL − LSL) / 6√(s² + (mean − T)²). Montgomery, Introduction to Statistical Quality Control,
chapter 8; NIST/SEMATECH e-Handbook, 6.1.6.

Intervals: Cp, Pp by chi-square, C √(χ²(α/2, ν) / ν) and so on; Cpk, Ppk by Bissell (1990), Applied
Statistics 39, 331-340: C ± z √(1/(9n) + C²/(2ν)); Cpm by Boyles (1991), Journal of Quality
Technology 23, 17-26: chi-square with n (1 + ξ²)² / (1 + 2ξ²) degrees of freedom, ξ = (mean − T)/s.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from dmaic.result import Frozen
from dmaic.stats.proportion import z_score

LEAST = 1e-40
"""Deviations below this are none; squares of what is divided by them would not fit a float."""


class Index(Frozen):
    """One index with its interval.

    Attributes:
        value: the index.
        low: lower end; None where the number of values is not known.
        high: upper end.
    """

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a measure has to keep to.

    Attributes:
        lsl: lower specification limit, or None.
        usl: upper one, or None.
        target: best value, or None.
    """

    lsl: float | None
    usl: float | None
    target: float | None = None


def width_index(
    limits: Limits, sigma: float, df: float | None, confidence: float = 0.95
) -> Index | None:
    """Cp or Pp; None with one limit only.

    Args:
        limits: of the measure.
        sigma: of single values, above 0.
        df: degrees of freedom of sigma; None where it is known without.
        confidence: of the interval.
    """
    if limits.lsl is None or limits.usl is None:
        return None
    value = (limits.usl - limits.lsl) / (6 * sigma)
    return _by_chi_square(value, df, confidence)


def near_index(
    limits: Limits, mean: float, sigma: float, number: int | None, df: float | None,
    confidence: float = 0.95,
) -> tuple[Index, float | None, float | None]:  # fmt: skip
    """Cpk or Ppk with its two sides.

    Args:
        limits: of the measure, one or both.
        mean: of all values.
        sigma: of single values, above 0.
        number: of values; None where it is not known.
        df: degrees of freedom of sigma.
        confidence: of the interval.

    Returns:
        The index, the side of the upper limit, and that of the lower one.
    """
    upper = None if limits.usl is None else (limits.usl - mean) / (3 * sigma)
    lower = None if limits.lsl is None else (mean - limits.lsl) / (3 * sigma)
    value = min(each for each in (upper, lower) if each is not None)
    if number is None or df is None:
        return Index(value=value), upper, lower
    z = z_score(confidence)
    half = z * sqrt(1 / (9 * number) + value * value / (2 * df))
    return Index(value=value, low=value - half, high=value + half), upper, lower


def target_index(
    limits: Limits, mean: float, deviation: float, number: int | None, confidence: float = 0.95
) -> Index | None:
    """Cpm; None without both limits and a target.

    Args:
        limits: of the measure.
        mean: of all values.
        deviation: s of all values, above 0.
        number: of values; None where it is not known.
        confidence: of the interval.
    """
    if limits.lsl is None or limits.usl is None or limits.target is None:
        return None
    off = (mean - limits.target) / deviation
    value = (limits.usl - limits.lsl) / (6 * deviation * sqrt(1 + off * off))
    df = None if number is None else number * (1 + off * off) ** 2 / (1 + 2 * off * off)
    return _by_chi_square(value, df, confidence)


def _by_chi_square(value: float, df: float | None, confidence: float) -> Index:
    if df is None:
        return Index(value=value)
    from scipy.special import chdtri

    tail = (1 - confidence) / 2
    return Index(
        value=value,
        low=value * sqrt(float(chdtri(df, 1 - tail)) / df),
        high=value * sqrt(float(chdtri(df, tail)) / df),
    )


def outside(limits: Limits, mean: float, sigma: float) -> float:
    """Share of a normal measure that falls outside of the limits.

    Args:
        limits: of the measure.
        mean: of the measure.
        sigma: of the measure, above 0.
    """
    share = 0.0
    if limits.usl is not None:
        share += NormalDist().cdf((mean - limits.usl) / sigma)
    if limits.lsl is not None:
        share += NormalDist().cdf((limits.lsl - mean) / sigma)
    return min(share, 1.0)


def moving_range_df(number: int) -> float:
    """Degrees of freedom of a sigma by moving ranges of two.

    The variance of mean moving range / d2 is σ² (0.826 n − 1.082) / (n − 1)² (Cryer and Ryan 1990,
    Journal of Quality Technology 22, 187-192); that of s with ν degrees of freedom about σ² / 2ν.

    Args:
        number: of values, 2 or more.
    """
    return (number - 1) ** 2 / (2 * (0.826 * number - 1.082))


def spread_df(relative: float, subgroups: int) -> float:
    """Degrees of freedom of a sigma by mean ranges or mean standard deviations.

    Args:
        relative: standard deviation of one of them over its mean: d3/d2, or √(1 − c4²)/c4.
        subgroups: how many.
    """
    return subgroups / (2 * relative * relative)
