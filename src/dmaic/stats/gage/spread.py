"""How sure the components are: intervals by generalised inference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dmaic.stats.gage.variance import Squares

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, numpy.dtype[numpy.float64]]

Bounds = tuple[float, float]

DRAWS = 20_000
"""Draws of the chi-square variables."""


@dataclass(frozen=True, slots=True)
class Span:
    """95 % intervals of one component.

    Attributes:
        deviation: of its standard deviation.
        contribution: of its share of the total variance.
        study: of its standard deviation over the total one.
    """

    deviation: Bounds
    contribution: Bounds | None
    study: Bounds | None


def intervals(squares: Squares, draws: int, seed: int) -> tuple[dict[str, Span], Bounds | None]:
    """95 % intervals of all components, and of part over gage standard deviation.

    Each mean square is replaced by df MS / W with W chi-square of its degrees of freedom, the
    components are made of them as ever, and the percentiles of many draws are the bounds. For the
    repeatability alone that is the usual chi-square interval.

    Source: Hamada, M. and Weerahandi, S. (2000), Journal of Quality Technology 32, 241-253.

    Args:
        squares: mean squares.
        draws: of the chi-square variables.
        seed: of the draws.

    Returns:
        The intervals by name; none where no trial differs from another, as a scale that is too
        coarse makes them: nothing then tells how sure that is.
    """
    if squares.repeatability[0] <= 0:
        return {}, None
    import numpy as np

    random = np.random.default_rng(seed)
    p, o, r = squares.sizes

    def drawn(mean_square: float, df: int) -> Array:
        found: Array = df * mean_square / random.chisquare(df, draws)
        return found

    error = drawn(*squares.repeatability)
    against = error if squares.interaction is None else drawn(*squares.interaction)
    operator = np.maximum(0.0, (drawn(*squares.operator) - against) / (p * r))
    part = np.maximum(0.0, (drawn(*squares.part) - against) / (o * r))
    interaction = np.maximum(0.0, (against - error) / r)
    reproducibility = operator + interaction
    gage = error + reproducibility
    every = {
        "gage": gage,
        "repeatability": error,
        "reproducibility": reproducibility,
        "operator": operator,
        "interaction": interaction,
        "part": part,
        "total": gage + part,
    }
    total = every["total"]
    spans = {}
    for name, variance in every.items():
        share = variance[total > 0] / total[total > 0]
        ends = _ends(share) if len(share) else None
        spans[name] = Span(
            deviation=_ends(np.sqrt(variance)),
            contribution=ends,
            study=None if ends is None else (ends[0] ** 0.5, ends[1] ** 0.5),
        )
    known = gage > 0
    ratio = _ends(np.sqrt(part[known] / gage[known])) if known.any() else None
    return spans, ratio


def _ends(figures: Array) -> Bounds:
    import numpy as np

    low, high = np.percentile(figures, [2.5, 97.5])
    return float(low), float(high)
