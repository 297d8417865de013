"""Agreement beyond chance: kappa of Cohen and of Fleiss, alpha of Krippendorff."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt
from statistics import NormalDist
from typing import Literal

from dmaic.result import Frozen
from dmaic.stats.proportion import exact

Z = NormalDist().inv_cdf(0.975)
"""All intervals are of 95 %."""

Weights = Literal["none", "linear", "quadratic"]


class Coefficient(Frozen):
    """Agreement beyond chance.

    Attributes:
        value: 1 for full agreement, 0 for that of chance, below it for less; None where only one
            code was used, so that chance alone agrees fully.
        low, high: of its 95 % interval; None where there is none.
        items: that it rests on.
        observed: agreement that was seen, a fraction.
        chance: agreement that chance would make with the codes as often as they were used.
        standard_error: of the value; None where the interval is not made of one.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    items: int = 0
    observed: float | None = None
    chance: float | None = None
    standard_error: float | None = None


def cohen(table: Sequence[Sequence[int]], weights: Weights = "none") -> Coefficient:
    """Cohen's kappa of two raters, plain or weighted, with its asymptotic 95 % interval.

    κ = (po − pe) / (1 − pe), po = Σ w_ij p_ij, pe = Σ w_ij p_i. p_.j; w_ij is 1 on the diagonal
    and 0 off it, or 1 − |i − j| / (k − 1) (linear), or 1 − (i − j)² / (k − 1)² (quadratic).
    Var κ = (Σ p_ij (w_ij − (w̄_i. + w̄_.j)(1 − κ))² − (κ − pe (1 − κ))²) / (n (1 − pe)²).

    Sources: Cohen, J. (1960), Educational and Psychological Measurement 20, 37-46; (1968),
    Psychological Bulletin 70, 213-220; Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969),
    Psychological Bulletin 72, 323-327, for the variance.

    Args:
        table: counts, the first rater's codes down, the second's across, in one order.
        weights: how much a disagreement of ordered codes counts.
    """
    size = len(table)
    total = sum(map(sum, table))
    if not total:
        return Coefficient(value=None)
    pairs = [(one, other) for one in range(size) for other in range(size)]
    rows = [sum(row) for row in table]
    columns = [sum(row[at] for row in table) for at in range(size)]
    weight = [[_weight(one, other, size, weights) for other in range(size)] for one in range(size)]
    # In whole numbers up to the last step, so that a kappa of 0.4 is not a hair below it.
    full = weight[0][0]
    seen = total * sum(weight[i][j] * table[i][j] for i, j in pairs)
    luck = sum(weight[i][j] * rows[i] * columns[j] for i, j in pairs)
    most = full * total * total
    observed, chance = seen / most, luck / most
    if luck == most:
        return Coefficient(value=None, items=total, observed=observed, chance=chance)
    kappa = (seen - luck) / (most - luck)
    across = [sum(weight[i][j] * columns[j] for j in range(size)) for i in range(size)]
    down = [sum(weight[i][j] * rows[i] for i in range(size)) for j in range(size)]
    spread = fsum(
        table[i][j]
        / total
        * ((weight[i][j] - (across[i] + down[j]) / total * (1 - kappa)) / full) ** 2
        for i, j in pairs
    )
    variance = max(0.0, spread - (kappa - chance * (1 - kappa)) ** 2)
    error = sqrt(variance / total) / (1 - chance)
    same = sum(table[at][at] for at in range(size))
    low, high = kappa - Z * error, kappa + Z * error
    plain = weights == "none"
    certain = same == total or (plain and same == 0) or error < 1e-9
    if certain and plain:
        # All agree, none does, or one rater used one code: the formula would call that certain.
        low, high = (_beyond(each, chance) for each in exact(same, total))
    elif certain:
        low, high = all_alike(total, observed, chance)
    return Coefficient(
        value=kappa,
        low=max(-1.0, min(low, kappa)),
        high=min(1.0, max(high, kappa)),
        items=total,
        observed=observed,
        chance=chance,
        standard_error=None if certain else error,
    )


def _weight(one: int, other: int, size: int, weights: Weights) -> int:
    """How much of an agreement two codes are, in parts of that on the diagonal; a whole number."""
    if weights == "none" or size == 1:
        return int(one == other)
    most, apart = size - 1, abs(one - other)
    return most - apart if weights == "linear" else most * most - apart * apart


def _beyond(agreement: float, chance: float) -> float:
    return (agreement - chance) / (1 - chance)


def all_alike(items: int, observed: float, chance: float) -> tuple[float, float]:
    """Interval of a coefficient where every item was agreed on alike: all, none, or half of each.

    Neither a formula for large samples nor a bootstrap can tell how far luck goes there: both say
    that the coefficient is certain. Items like these are at least the exact share (0.025)^(1/n) of
    all there are; on the others nobody or everybody may agree. Chance is left as it was seen.

    Args:
        items: n.
        observed: agreement on each of them.
        chance: agreement by chance, below 1.
    """
    least = exact(items, items)[0]
    low = least * observed
    return _beyond(low, chance), _beyond(low + 1 - least, chance)
