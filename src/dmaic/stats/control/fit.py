"""What the limits of one stage are, whatever chart they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import fsum, sqrt

from dmaic.errors import DataError
from dmaic.stats.control.constant import Factors, From, factors
from dmaic.stats.control.part import SpreadPoint
from dmaic.stats.control.point import Observed


@dataclass(frozen=True, slots=True)
class Ask:
    """What the limits are made with.

    Attributes:
        chart: kind of chart.
        width: of the limits, in sigma.
        constants: exact, or of the printed tables.
        center: given, or None.
        sigma: given, or None.
        screen: leave out moving ranges beyond their own limit, once.
        lambda_: weight of the newest point of an EWMA.
        asymptotic: limits of an EWMA are those it tends to.
        k: of a CUSUM, in the unit of the measure, or None.
        h: the same.
    """

    chart: str
    width: float = 3.0
    constants: From = "exact"
    center: float | None = None
    sigma: float | None = None
    screen: bool = False
    lambda_: float = 0.2
    asymptotic: bool = True
    k: float | None = None
    h: float | None = None


@dataclass(slots=True)
class Fit:
    """The limits of a stage. Lists have one entry a point.

    Attributes:
        center: centre line.
        sigma: see `Stage`.
        values: what is plotted; None where there is nothing.
        centers: centre line at each point.
        lower: limit at each point, or None.
        upper: the same.
        scales: standard deviation of what is plotted; None where it has no meaning.
        sums: upper and lower sum of a CUSUM.
        counts: events behind a share or rate.
        observed: the measure, where values are made of several.
        sigma_z: of a Laney chart.
        mean_moving_range: see `Stage`.
        screened: moving ranges left out of it.
        spread: points of the chart of spread.
        constants: name -> figure of those used.
        reference: k of a CUSUM.
        decision: h of a CUSUM.
    """

    center: float
    sigma: float | None
    values: list[float | None]
    centers: list[float]
    lower: list[float | None]
    upper: list[float | None]
    scales: list[float | None]
    sums: list[tuple[float, float]] = field(default_factory=list)
    counts: list[float | None] = field(default_factory=list)
    observed: list[float | None] = field(default_factory=list)
    sigma_z: float | None = None
    mean_moving_range: float | None = None
    screened: int = 0
    spread: list[SpreadPoint] = field(default_factory=list)
    constants: dict[str, float] = field(default_factory=dict)
    reference: float | None = None
    decision: float | None = None


def moving_ranges(values: Sequence[float | None], used: Sequence[bool]) -> list[float | None]:
    """Distance of each value from the one before; None where either does not count.

    Args:
        values: in the order of time.
        used: which of them count.
    """
    ranges: list[float | None] = [None] * len(values)
    for at in range(1, len(values)):
        before, here = values[at - 1], values[at]
        if before is not None and here is not None and used[at - 1] and used[at]:
            ranges[at] = abs(here - before)
    return ranges


@dataclass(frozen=True, slots=True)
class Moving:
    """Sigma by the moving ranges.

    Attributes:
        sigma: mean moving range / d2.
        mean: mean moving range, after screening.
        screened: ranges left out.
        factors: for two values.
    """

    sigma: float
    mean: float
    screened: int
    factors: Factors


def by_moving_range(
    values: Sequence[float | None], used: Sequence[bool], ask: Ask, *, screen: bool = False
) -> Moving:
    """Sigma of single values: mean moving range / d2, d2 for two values.

    Screening (Nelson 1982, Journal of Quality Technology 14, 172-173): ranges above D4 x mean are
    left out and the mean is taken again, once.

    Args:
        values: in the order of time.
        used: which of them make it.
        ask: which constants.
        screen: leave large ranges out.

    Raises:
        DataError: `control.no-ranges`, no two of them stand together.
    """
    two = factors(2, ask.constants)
    ranges = [each for each in moving_ranges(values, used) if each is not None]
    if not ranges:
        raise DataError(
            "No two points that make the limits stand together, so the step from one to the next "
            "cannot be told.",
            "control.no-ranges",
            "Leave fewer points out, begin the stage elsewhere, or give --sigma.",
        )
    mean = fsum(ranges) / len(ranges)
    kept = [each for each in ranges if each <= two.D4 * mean] if screen else ranges
    if len(kept) < len(ranges):
        mean = fsum(kept) / len(kept)
    return Moving(mean / two.d2, mean, len(ranges) - len(kept), two)


def given_moving(sigma: float, ask: Ask) -> Moving:
    """Moving ranges that a given sigma would make."""
    two = factors(2, ask.constants)
    return Moving(sigma, sigma * two.d2, 0, two)


def moving_spread(
    labels: Sequence[str], values: Sequence[float | None], moving: Moving, used: Sequence[bool],
    ask: Ask,
) -> list[SpreadPoint]:  # fmt: skip
    """The chart of moving ranges: centre their mean, upper limit D4 x mean.

    Args:
        labels: of the points.
        values: of the points.
        moving: sigma by them.
        used: points that are not left out.
        ask: width of the limits.
    """
    upper = factors(2, ask.constants, ask.width).D4 * moving.mean
    return [
        SpreadPoint(label=label, value=each, lower=0.0, upper=upper, center=moving.mean,
                    signals=(1,) if each is not None and is_beyond(each, upper, 1) else ())
        for label, each in zip(labels, moving_ranges(values, used), strict=True)
    ]  # fmt: skip


def is_beyond(value: float, limit: float, side: int, scale: float = 0.0) -> bool:
    """Whether a value is beyond a limit by more than the last digits of floats.

    Args:
        value: of the point.
        limit: the limit.
        side: 1 for above it, -1 for below.
        scale: width of what the limit was made of.
    """
    return side * (value - limit) > slack(value, limit, scale)


def slack(value: float, limit: float, scale: float = 0.0) -> float:
    """How far apart two figures may be that are one but for the last digits of floats."""
    return 1e-12 * max(abs(value), abs(limit)) + 1e-9 * abs(scale)


def mean_of(points: Sequence[Observed], used: Sequence[bool]) -> float:
    """Mean of the values that count.

    Args:
        points: of a stage.
        used: which make the limits.
    """
    values = [
        point.value for point, use in zip(points, used, strict=True)
        if use and point.value is not None
    ]  # fmt: skip
    # About the first one, so that equal values have exactly that mean.
    base = values[0]
    return base + fsum(value - base for value in values) / len(values)


def root(figure: float) -> float:
    """Square root of a variance that rounding may have made a little negative."""
    return sqrt(max(figure, 0.0))
