"""Limits of measures: XmR, X-bar and R, X-bar and s.

XmR: mean ± 3 mR / d2. X-bar: grand mean ± 3 sigma / √n, sigma = mean range / d2 or mean standard
deviation / c4; where sizes vary, the mean of what each subgroup gives, R_i / d2(n_i). Montgomery,
Introduction to Statistical Quality Control, chapter 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt

from dmaic.errors import DataError
from dmaic.stats.control.constant import c4, factors
from dmaic.stats.control.fit import (
    Ask,
    Fit,
    by_moving_range,
    given_moving,
    is_beyond,
    mean_of,
    moving_spread,
)
from dmaic.stats.control.part import SpreadPoint
from dmaic.stats.control.point import Observed


def fit_individuals(
    points: Sequence[Observed], used: Sequence[bool], ask: Ask, shown: Sequence[bool]
) -> Fit:
    """Limits of single measures, with the chart of their moving ranges.

    Args:
        points: of the stage.
        used: which make the limits.
        ask: what they are made with.
        shown: points that are not left out.
    """
    values = [point.value for point in points]
    center = mean_of(points, used) if ask.center is None else ask.center
    moving = (
        by_moving_range(values, used, ask, screen=ask.screen)
        if ask.sigma is None
        else given_moving(ask.sigma, ask)
    )
    half = ask.width * moving.sigma
    number = len(points)
    two = factors(2, ask.constants, ask.width)
    return Fit(
        center=center,
        sigma=moving.sigma,
        values=values,
        centers=[center] * number,
        lower=[center - half] * number,
        upper=[center + half] * number,
        scales=[moving.sigma] * number,
        mean_moving_range=moving.mean,
        screened=moving.screened,
        spread=moving_spread([point.label for point in points], values, moving, shown, ask),
        constants={"d2": two.d2, "D4": two.D4},
    )


def fit_subgroups(
    points: Sequence[Observed], used: Sequence[bool], ask: Ask, shown: Sequence[bool]
) -> Fit:
    """Limits of means of subgroups, with the chart of their ranges or standard deviations.

    Args:
        points: of the stage; a subgroup of one has no spread and makes no sigma.
        used: which make the limits.
        ask: what they are made with.
        shown: points that are not left out.

    Raises:
        DataError: `control.no-ranges`, no subgroup has two members.
    """
    by_range = ask.chart == "xbar-r"
    sizes = [round(point.size or 1) for point in points]
    spreads = [point.range if by_range else point.deviation for point in points]
    base = [
        (spread, size) for spread, size, use in zip(spreads, sizes, used, strict=True)
        if use and spread is not None
    ]  # fmt: skip

    def unit(size: int) -> float:
        """Mean spread of so many values of sigma 1."""
        return factors(size, ask.constants).d2 if by_range else c4(size, ask.constants)

    if ask.sigma is not None:
        sigma = ask.sigma
    elif base:
        sigma = fsum(spread / unit(size) for spread, size in base) / len(base)
    else:
        raise DataError(
            "No subgroup that makes the limits has two members, so none has a spread.",
            "control.no-ranges",
            "Chart single values with --chart xmr, or choose other subgroups.",
        )
    center = ask.center
    if center is None:
        # Of all measures: a large subgroup counts for more than a small one.
        listed = [
            (point.value, size) for point, size, use in zip(points, sizes, used, strict=True)
            if use and point.value is not None
        ]  # fmt: skip
        first = listed[0][0]
        center = first + fsum((value - first) * size for value, size in listed) / sum(
            size for _, size in listed
        )
    scales = [sigma / sqrt(size) for size in sizes]
    same = sizes[0] if len(set(sizes)) == 1 and sizes[0] > 1 else None
    return Fit(
        center=center,
        sigma=sigma,
        values=[point.value for point in points],
        centers=[center] * len(points),
        lower=[center - ask.width * scale for scale in scales],
        upper=[center + ask.width * scale for scale in scales],
        scales=[*scales],
        spread=[
            _spread_point(point, spread, size, sigma, ask, show)
            for point, spread, size, show in zip(points, spreads, sizes, shown, strict=True)
        ],
        constants=_named(same, ask, by_range=by_range),
    )


def _named(size: int | None, ask: Ask, *, by_range: bool) -> dict[str, float]:
    if size is None:
        return {}
    if not by_range and ask.constants == "exact":
        return {"c4": c4(size)}
    found = factors(size, ask.constants, ask.width)
    names = ("d2", "d3", "D3", "D4") if by_range else ("c4", "B3", "B4")
    return {name: getattr(found, name) for name in names}


def _spread_point(
    point: Observed, spread: float | None, size: int, sigma: float, ask: Ask, show: bool
) -> SpreadPoint:
    if spread is None:
        return SpreadPoint(label=point.label, value=None)
    if ask.chart == "xbar-r":
        found = factors(size, ask.constants, ask.width)
        center, low, high = found.d2 * sigma, found.D3, found.D4
    else:
        each = c4(size, ask.constants)
        half = ask.width * sqrt(max(1 - each * each, 0.0)) / each
        center, low, high = each * sigma, max(0.0, 1 - half), 1 + half
    lower, upper = low * center, high * center
    out = show and (is_beyond(spread, upper, 1, sigma) or is_beyond(spread, lower, -1, sigma))
    return SpreadPoint(
        label=point.label, value=spread, lower=lower, upper=upper, center=center,
        signals=(1,) if out else (),
    )  # fmt: skip
