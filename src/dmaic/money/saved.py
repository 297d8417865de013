"""What a fix saved: customers and revenue that would have been lost, and the cash they brought."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt

from dmaic.money.effect import Estimate, Losses, Z


def saved(
    counterfactual: Estimate, months: Sequence[Losses], weights: Sequence[float] = (),
    *, each: float = 1.0,
) -> Estimate:  # fmt: skip
    """What was saved: what would have been lost in the months less what was lost.

    Σ w (base x counterfactual rate - lost). The interval joins those of the two terms, √ of the sum
    of squared distances on each side (MOVER; Zou and Donner 2008, Statistics in Medicine 27,
    1693-1702). That of the lost is the score interval of a Poisson count, x + z²/2 ± z √(x + z²/4),
    scaled to the weighted sum as Dobson, Kuulasmaa, Eberle and Scherer (1991, Statistics in
    Medicine 10, 457-462) do. The weights are taken as known.

    Args:
        counterfactual: monthly rate without the fix.
        months: the treated after, a month each.
        weights: of the months; none given are 1.
        each: what one lost customer takes with them, where none was lost in the months.
    """
    weights = weights or [1.0] * len(months)
    if counterfactual.value is None:
        return Estimate(value=None)
    base = fsum(w * month.base for w, month in zip(weights, months, strict=True))
    lost = fsum(w * month.lost for w, month in zip(weights, months, strict=True))
    value = base * counterfactual.value - lost
    if counterfactual.low is None or counterfactual.high is None:
        return Estimate(value=value)
    events = sum(month.events for month in months)
    variance = fsum(w * w * month.squares for w, month in zip(weights, months, strict=True))
    unit = sqrt(variance / events) if events else each * max(weights, default=1.0)
    reach = Z * sqrt(events + Z * Z / 4)
    down, up = unit * (reach - Z * Z / 2), unit * (reach + Z * Z / 2)
    below = base * (counterfactual.value - counterfactual.low)
    above = base * (counterfactual.high - counterfactual.value)
    return Estimate(
        value=value, low=value - sqrt(below**2 + up**2), high=value + sqrt(above**2 + down**2)
    )


def standing_weights(months: int, rate: float) -> list[float]:
    """How much of what was saved in each month still stands at the end.

    What was saved leaves again at the counterfactual rate: later losses are counted against
    the whole base, the saved included. With N' the base without the fix, N the base, r its rate and
    c the counterfactual one, N - N' grows by D' = D (1 - c) + N (c - r), exactly.

    Args:
        months: how many.
        rate: counterfactual rate a month.
    """
    stay = max(0.0, 1 - rate)
    return [stay ** (months - 1 - month) for month in range(months)]


def cash_weights(months: int, rate: float) -> list[float]:
    """How many months' payments each month's saved MRR has brought by the end.

    Mid-month convention: what is saved in a month pays half of it, and later the mean of what
    stands at the month's beginning and at its end.

    Args:
        months: how many.
        rate: counterfactual rate a month.
    """
    stay = max(0.0, 1 - rate)
    weights = []
    for month in range(months):
        later = fsum(stay**age * (1 + stay) / 2 for age in range(months - 1 - month))
        weights.append(0.5 + later)
    return weights
