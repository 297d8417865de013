"""What a simulation found: ranges, the chance of paying back, and the counts of a histogram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.result import Frozen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Figures = NDArray[np.float64]

BINS = 40
"""Bars of the histogram."""

SHARES = (10, 50, 90)
"""Per cent of the draws below the three points of a range."""


class Range(Frozen):
    """Where the draws of a figure lie.

    Attributes:
        p10: a tenth of the draws is below it.
        p50: half of them are.
        p90: nine tenths are.
        mean: of all draws.
    """

    p10: float
    p50: float
    p90: float
    mean: float


class Months(Frozen):
    """By which month so many of the draws have paid back; None where fewer do within the horizon.

    Attributes:
        p10: a tenth of the draws.
        p50: half of them.
        p90: nine tenths.
    """

    p10: int | None
    p50: int | None
    p90: int | None


class Point(Frozen):
    """Cumulative cash at the end of a month.

    Attributes:
        month: 0 is the start, before anything is earned.
        p10: a tenth of the draws is below it.
        p50: half of them are.
        p90: nine tenths are.
    """

    month: int
    p10: float
    p50: float
    p90: float


class Drawn(Frozen):
    """A quantity that was drawn.

    Attributes:
        name: what it is, such as `API: reduction`.
        shape: `pert`, `triangular`, `pilot`, or `gamma` for the noise of the baseline.
        p10: a tenth of its draws is below it.
        p50: half of them are.
        p90: nine tenths are.
    """

    name: str
    shape: str
    p10: float
    p50: float
    p90: float


class Simulation(Frozen):
    """What so many draws of everything uncertain gave.

    Attributes:
        draws: how many.
        seed: that gives them again.
        generator: of the random numbers.
        drawn: what was drawn; everything else was as given.
        npv: net present value.
        recovered_annual: run-rate recovered a year.
        payback_month: by which month they have paid back.
        probability_payback: share of the draws that pay back within the horizon.
        probability_loss: share of the draws whose net present value is below 0.
        error: standard error of the mean net present value: how far another seed would move it.
        edges: of the histogram's bars of the net present value, one more than there are bars.
        counts: draws in each bar.
        band: cumulative cash by month.
        band_draws: draws that the band was made of, the first ones.
    """

    draws: int
    seed: int
    generator: str = "PCG64"
    drawn: tuple[Drawn, ...]
    npv: Range
    recovered_annual: Range
    payback_month: Months
    probability_payback: float
    probability_loss: float
    error: float
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    band: tuple[Point, ...]
    band_draws: int


def range_of(figures: Figures) -> Range:
    """The range of draws; points between two draws lie on the line between them (type 7).

    Source: Hyndman, R. J. and Fan, Y. (1996), The American Statistician 50, 361-365.

    Args:
        figures: one a draw, at least one.
    """
    import numpy as np

    p10, p50, p90 = (float(point) for point in np.percentile(figures, SHARES))
    return Range(p10=p10, p50=p50, p90=p90, mean=float(figures.mean()))


def months_of(paid: Figures) -> Months:
    """By which month a share of the draws has paid back (type 1: a month that occurs).

    Args:
        paid: month of each draw, infinite where it does not pay back.
    """
    import numpy as np

    points = np.percentile(paid, SHARES, method="inverted_cdf")
    months = [int(point) if np.isfinite(point) else None for point in points]
    return Months(p10=months[0], p50=months[1], p90=months[2])


def histogram(figures: Figures) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Edges and counts of bars of equal width from the least to the most.

    Args:
        figures: one a draw.
    """
    import numpy as np

    low, high = float(figures.min()), float(figures.max())
    # Bars narrower than what a float can tell apart are none.
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        return (low, high), (len(figures),)
    counts, edges = np.histogram(figures, BINS, (low, high))
    return tuple(map(float, edges)), tuple(map(int, counts))
