"""Limits of charts with a memory: EWMA and CUSUM.

EWMA_i = λ x_i + (1 − λ) EWMA_(i−1) from the centre on, limits centre ± 3 s √(λ/(2 − λ)) as
NIST/SEMATECH e-Handbook, 6.3.2.4, gives them, or exact for each point with the further factor
√(1 − (1 − λ)^(2i)). Tabular CUSUM, NIST/SEMATECH e-Handbook, 6.3.2.3:
S_hi = max(0, S_hi + x − target − k), S_lo = max(0, S_lo + target − k − x), signal above h.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from dmaic.stats.control.fit import Ask, Fit, by_moving_range, given_moving, mean_of
from dmaic.stats.control.point import Observed

USUAL_K, USUAL_H = 0.5, 5.0
"""Reference value and decision limit of a CUSUM, in sigma."""


def fit_weighted(
    points: Sequence[Observed], used: Sequence[bool], ask: Ask, shown: Sequence[bool]
) -> Fit:
    """Limits of an EWMA or a CUSUM of single measures.

    Args:
        points: of the stage; what was left out or is missing leaves the memory as it is.
        used: which make centre and sigma, where they are not given.
        ask: what they are made with.
        shown: points that are not left out.
    """
    values = [point.value for point in points]
    center = mean_of(points, used) if ask.center is None else ask.center
    if ask.sigma is not None:
        moving = given_moving(ask.sigma, ask)
    elif ask.chart == "cusum" and ask.k is not None and ask.h is not None and sum(used) < 2:
        moving = given_moving(0.0, ask)
    else:
        moving = by_moving_range(values, used, ask, screen=ask.screen)
    build = _ewma if ask.chart == "ewma" else _cusum
    fit = build(values, shown, center, moving.sigma, ask)
    fit.observed = values
    if ask.sigma is None:
        fit.mean_moving_range, fit.screened = moving.mean, moving.screened
        fit.constants = {"d2": moving.factors.d2}
    return fit


def _ewma(
    values: Sequence[float | None], shown: Sequence[bool], center: float, sigma: float, ask: Ask
) -> Fit:
    weight, smooth, seen = ask.lambda_, center, 0
    smoothed: list[float | None] = []
    scales: list[float | None] = []
    for value, show in zip(values, shown, strict=True):
        if value is not None and show:
            # As a step from where it stands, so that equal values stay exactly equal.
            smooth += weight * (value - smooth)
            seen += 1
        grown = 1.0 if ask.asymptotic else 1 - (1 - weight) ** (2 * max(seen, 1))
        scales.append(sigma * sqrt(weight / (2 - weight) * grown))
        smoothed.append(None if value is None else smooth)
    return Fit(
        center=center,
        sigma=sigma,
        values=smoothed,
        centers=[center] * len(values),
        lower=[center - ask.width * (scale or 0.0) for scale in scales],
        upper=[center + ask.width * (scale or 0.0) for scale in scales],
        scales=scales,
    )


def _cusum(
    values: Sequence[float | None], shown: Sequence[bool], center: float, sigma: float, ask: Ask
) -> Fit:
    k = USUAL_K * sigma if ask.k is None else ask.k
    h = USUAL_H * sigma if ask.h is None else ask.h
    high = low = 0.0
    sums: list[tuple[float, float]] = []
    plotted: list[float | None] = []
    for value, show in zip(values, shown, strict=True):
        if value is not None and show:
            high = max(0.0, high + value - center - k)
            low = max(0.0, low + center - k - value)
        sums.append((high, low))
        plotted.append(None if value is None else high if high >= low else -low)
    return Fit(
        center=center,
        sigma=sigma,
        values=plotted,
        centers=[0.0] * len(values),
        lower=[-h] * len(values),
        upper=[h] * len(values),
        scales=[None] * len(values),
        sums=sums,
        reference=k,
        decision=h,
    )
