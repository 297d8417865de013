"""The category whose customers leave more than those of the others, the other columns held."""

from __future__ import annotations

from math import erfc, exp, sqrt
from typing import TYPE_CHECKING

from dmaic.result import Frozen
from dmaic.stats.drivers.design import Design
from dmaic.stats.drivers.discrimination import Z
from dmaic.stats.drivers.pattern import Patterns, added
from dmaic.stats.drivers.regression import Regression

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array

_LARGEST = 700.0


class Contrast(Frozen):
    """The category whose customers leave more than those of the others.

    Attributes:
        level: the category.
        ratio: its odds (hazard) over the geometric mean of those of the others, weighted by their
            customers; the other columns held.
        low, high: 95 % interval (Wald; of two categories as that of their term).
        p_value: that the ratio is 1.
        rate: share of its customers who are lost, not adjusted.
        others_rate: the same of all others.
    """

    level: str
    ratio: float
    low: float
    high: float
    p_value: float
    rate: float
    others_rate: float


def find_contrast(
    patterns: Patterns, design: Design, fit: Regression, owner: int, places: list[int]
) -> Contrast | None:
    """Of the categories in the model the one with the greatest z against the others.

    Args:
        patterns: what was fitted to.
        design: the columns.
        fit: of them.
        owner: place of the variable.
        places: of its coefficients.
    """
    import numpy as np

    variable = patterns.variables[owner]
    if variable.is_number:
        return None
    rows, lost = level_counts(patterns, owner)
    levels = [variable.reference, *(design.level[at - fit.lead] or 0 for at in places)]
    scale = design.scale[[at - fit.lead for at in places]]
    beta = np.concatenate(([0.0], fit.coefficients[places]))
    spread = np.zeros((len(levels), len(levels)))
    spread[1:, 1:] = fit.covariance[np.ix_(places, places)] / np.outer(scale, scale)
    best: tuple[float, int, float, float] | None = None
    for at in range(len(levels)):
        weights = rows[levels].copy()
        weights[at] = 0.0
        weights = -weights / weights.sum()
        weights[at] = 1.0
        size = float(weights @ beta)
        error = max(float(weights @ spread @ weights), 1e-300) ** 0.5
        if best is None or size / error > best[0]:
            best = (size / error, at, size, error)
    assert best is not None
    z, at, size, error = best
    here, there = rows[levels], lost[levels]
    rest, rest_lost = here.sum() - here[at], there.sum() - there[at]
    if abs(size) + Z * error > _LARGEST:
        return None
    low, high, p_value = size - Z * error, size + Z * error, erfc(abs(z) / sqrt(2))
    if len(places) == 1 and fit.bounds == "profile":
        # Of two categories it is the term itself, or its inverse.
        ends, p_value = (fit.low[places[0]], fit.high[places[0]]), fit.p_values[places[0]]
        if ends[0] is not None and ends[1] is not None and max(-ends[0], ends[1]) <= _LARGEST:
            low, high = (ends[0], ends[1]) if at else (-ends[1], -ends[0])
    return Contrast(
        level=variable.levels[levels[at]],
        ratio=exp(size),
        low=exp(low),
        high=exp(high),
        p_value=p_value,
        rate=float(there[at] / here[at]),
        others_rate=float(rest_lost / rest),
    )


def level_counts(patterns: Patterns, owner: int) -> tuple[Array, Array]:
    """Customers of each level of a variable, and the lost ones.

    Args:
        patterns: whose customers.
        owner: place of the variable.
    """
    import numpy as np

    levels = len(patterns.variables[owner].levels)
    place = patterns.values[owner].astype(np.intp)
    return (
        added(place, patterns.rows, levels),
        added(place, patterns.lost, levels),
    )
