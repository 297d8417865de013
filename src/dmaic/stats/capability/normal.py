"""Are measures normal? Anderson and Darling's test, with mean and sigma taken from the data.

A² = −n − (1/n) Σ (2i − 1) (ln Φ(z_i) + ln(1 − Φ(z_(n+1−i)))), A*² = A² (1 + 0.75/n + 2.25/n²), and
its p-value as D'Agostino and Stephens (1986), Goodness-of-Fit Techniques, table 4.9, give it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, exp, fsum, log, sqrt

from dmaic.result import Frozen

LEAST = 8
"""Values that the test needs."""


class Normality(Frozen):
    """A test of normality.

    Attributes:
        test: its name.
        statistic: A*², corrected for the number of values.
        p_value: chance of so much, or more, of a normal measure.
    """

    test: str = "Anderson-Darling"
    statistic: float
    p_value: float


def anderson_darling(values: Sequence[float], mean: float, deviation: float) -> Normality | None:
    """The test.

    Args:
        values: in any order.
        mean: of them.
        deviation: s of them, above 0.

    Returns:
        None with fewer than 8 values.
    """
    number = len(values)
    if number < LEAST:
        return None
    scores = sorted((value - mean) / deviation for value in values)
    lower = [_log_tail(-z) for z in scores]
    upper = [_log_tail(z) for z in scores]
    total = fsum(
        (2 * at + 1) * (lower[at] + upper[number - 1 - at]) for at in range(number)
    )  # fmt: skip
    statistic = (-number - total / number) * (1 + 0.75 / number + 2.25 / number**2)
    return Normality(statistic=statistic, p_value=_p_value(statistic))


def _log_tail(z: float) -> float:
    """Logarithm of the chance of more than z sigma."""
    tail = 0.5 * erfc(z / sqrt(2))
    # Beyond 38 sigma no float holds the chance; its logarithm is about -z²/2.
    return log(tail) if tail > 0 else -0.5 * z * z - log(z * sqrt(2 * 3.141592653589793))


def _p_value(a: float) -> float:
    if a >= 13:
        return 0.0
    if a >= 0.6:
        return exp(1.2937 - 5.709 * a + 0.0186 * a * a)
    if a >= 0.34:
        return exp(0.9177 - 4.279 * a - 1.38 * a * a)
    if a >= 0.2:
        return 1 - exp(-8.318 + 42.796 * a - 59.938 * a * a)
    return 1 - exp(-13.436 + 101.14 * a - 223.73 * a * a)
