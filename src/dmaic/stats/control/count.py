"""Limits of counts: p, np, c, u, and Laney's p' and u'.

With p the share over the whole baseline and n the size at a point: p ± 3 √(p (1 − p) / n), cut at 0
and 1 (Montgomery, Introduction to Statistical Quality Control, chapter 7); np times n; c ± 3 √c;
u ± 3 √(u / n). Laney (2002), Quality Engineering 14(4), 531-537: z = (p_i − p) / σ_i,
σz = mean moving range of z / d2, limits p ± 3 σ_i σz.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt

from dmaic.stats.control.fit import Ask, Fit, by_moving_range
from dmaic.stats.control.point import Observed


def fit_counts(points: Sequence[Observed], used: Sequence[bool], ask: Ask) -> Fit:
    """Limits of a chart of counts.

    Args:
        points: of the stage; sizes are needed but for c.
        used: which make the limits.
        ask: which chart, and a given centre as a share, rate, or count (c).
    """
    share = ask.chart in ("p", "np", "laney-p")
    sizes = [1.0 if point.size is None else point.size for point in points]
    base = [
        (point.value, size)
        for point, size, use in zip(points, sizes, used, strict=True)
        if use and point.value is not None
    ]
    whole = fsum(size for _, size in base)
    mean_size = whole / len(base) if base else fsum(sizes) / len(sizes)
    center = fsum(value for value, _ in base) / whole if ask.center is None else ask.center
    unit = sqrt(max(center * (1 - center), 0.0) if share else center)
    rates = [
        None if point.value is None else point.value / size
        for point, size in zip(points, sizes, strict=True)
    ]
    scales = [unit / sqrt(size) if size else None for size in sizes]
    sigma_z, moving, constants = 1.0, None, {}
    if ask.chart.startswith("laney"):
        scored = [
            None if rate is None or not scale else (rate - center) / scale
            for rate, scale in zip(rates, scales, strict=True)
        ]
        if unit:
            moving = by_moving_range(scored, used, ask)
            sigma_z, constants = moving.sigma, {"d2": moving.factors.d2}
        else:
            sigma_z = 0.0
        scales = [None if scale is None else scale * sigma_z for scale in scales]
    most = 1.0 if share else None
    lower, upper = [], []
    for scale in scales:
        half = None if scale is None else ask.width * scale
        lower.append(None if half is None else max(0.0, center - half))
        top = None if half is None else center + half
        upper.append(top if most is None or top is None else min(most, top))
    counts = [point.value for point in points]
    typical = unit / sqrt(mean_size) * sigma_z if mean_size else None
    fit = Fit(
        center=center,
        sigma=typical,
        values=rates,
        centers=[center] * len(points),
        lower=lower,
        upper=upper,
        scales=scales,
        counts=counts,
        sigma_z=sigma_z if ask.chart.startswith("laney") else None,
        mean_moving_range=moving.mean if moving else None,
        constants=constants,
    )
    return _as_counts(fit, sizes, mean_size) if ask.chart == "np" else fit


def _as_counts(fit: Fit, sizes: Sequence[float], size: float) -> Fit:
    """The same on the scale of counts."""

    def times(figures: Sequence[float | None]) -> list[float | None]:
        return [
            None if figure is None else figure * each
            for figure, each in zip(figures, sizes, strict=True)
        ]

    fit.values = list(fit.counts)
    fit.lower, fit.upper, fit.scales = times(fit.lower), times(fit.upper), times(fit.scales)
    fit.centers = [fit.center * each for each in sizes]
    fit.center *= size
    fit.sigma = None if fit.sigma is None else fit.sigma * size
    return fit
