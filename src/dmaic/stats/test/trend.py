"""Whether a rate rises or falls over groups that have an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, fsum, sqrt

from dmaic.stats import chisquare
from dmaic.stats.test.contingency import pearson
from dmaic.stats.test.effect import Effect, Z


@dataclass(frozen=True, slots=True)
class Trend:
    """A test for trend.

    Attributes:
        z: the statistic, normal where the rates are the same; positive where they rise.
        p_value: two-sided.
        slope: change of the rate for one step of the score.
        departure: what is left of the differences beside the line.
        departure_df: groups less two.
        departure_p: chance of so much or more, were the rates on a line; None with two groups.
    """

    z: float
    p_value: float
    slope: Effect
    departure: float
    departure_df: int
    departure_p: float | None


def cochran_armitage(
    lost: Sequence[int], sizes: Sequence[int], scores: Sequence[float]
) -> Trend | None:
    """The Cochran-Armitage test for a linear trend of a rate.

    With p the overall rate and s̄ the mean score:
    z = Σ sᵢ (xᵢ − nᵢ p) / √(p (1 − p) Σ nᵢ (sᵢ − s̄)²);
    z² has one degree of freedom, and χ² − z² tells of what departs from a line, with k − 2.

    The slope is Σ nᵢ (sᵢ − s̄) pᵢ / Σ nᵢ (sᵢ − s̄)², the least-squares line of the rate on the score;
    its interval takes the binomial variance of each group.

    Source: Cochran (1954), Biometrics 10, 417-451; Armitage (1955), Biometrics 11, 375-386; Agresti
    (2002), Categorical Data Analysis, 2nd edition, section 5.3.5.

    Args:
        lost: customers lost, one a group.
        sizes: customers, one a group.
        scores: where each group stands.

    Returns:
        The test; None where all scores of customers are the same.
    """
    total, gone = sum(sizes), sum(lost)
    rate = gone / total
    middle = fsum(n * s for n, s in zip(sizes, scores, strict=True)) / total
    spread = fsum(n * (s - middle) ** 2 for n, s in zip(sizes, scores, strict=True))
    if spread <= 0:
        return None
    groups = list(zip(lost, sizes, scores, strict=True))
    product = fsum((x - n * rate) * (s - middle) for x, n, s in groups)
    z = product / sqrt(rate * (1 - rate) * spread)
    # A rate of 0 or 1 would have no variance; half a customer on either side gives it some.
    smooth = [((x + 0.5) / (n + 1), n, s) for x, n, s in groups]
    error = sqrt(fsum((s - middle) ** 2 * n * p * (1 - p) for p, n, s in smooth)) / spread
    slope = product / spread
    statistic, df, _ = pearson(lost, sizes)
    rest = max(0.0, statistic - z * z)
    return Trend(
        z=z,
        p_value=erfc(abs(z) / sqrt(2)),
        slope=Effect(
            name="change per step",
            value=slope,
            low=slope - Z * error,
            high=slope + Z * error,
            method="least-squares slope of the rate on the score; interval with the binomial "
            "variance of each group, half a customer added to either side of it",
        ),
        departure=rest,
        departure_df=df - 1,
        departure_p=chisquare.survival(rest, df - 1) if df > 1 else None,
    )
