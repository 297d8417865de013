"""How often chance alone signals, on a chart of so many points with these rules.

The centre and the limits are taken as known, a process in control as one without special causes:
binomial, Poisson or geometric counts of the sizes at hand, normal measures. Where only rules 1 and
2 are applied to points that do not depend on each other the probability is exact, by the chain of
runs; otherwise series are drawn, the same ones each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, erfc, floor, log, prod, sqrt
from typing import TYPE_CHECKING, Any

from dmaic.stats.control.fit import Ask, Fit, slack
from dmaic.stats.control.gap import POWER, middles
from dmaic.stats.control.part import FalseAlarm
from dmaic.stats.control.rule import RuleSet
from dmaic.stats.control.run import Judged, find, judged_row
from dmaic.stats.control.spread import quiet_spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED = 6317
MOST_DRAWS, LEAST_DRAWS, MOST_FIGURES = 20_000, 200, 1_000_000

MODELS = {
    "p": "binomial counts", "np": "binomial counts", "c": "Poisson counts", "u": "Poisson counts",
    "g": "geometric gaps", "t": "exponential times, made normal",
}  # fmt: skip
"""What is taken for a process in control; normal figures on the other charts."""


@dataclass(frozen=True, slots=True)
class Judging:
    """One stage as it is judged.

    Attributes:
        fit: its limits.
        sizes: at each point; 1 where there are none.
        shown: points that are judged.
    """

    fit: Fit
    sizes: Sequence[float]
    shown: Sequence[bool]


def false_alarm(stages: Sequence[Judging], ask: Ask, rules: RuleSet) -> FalseAlarm | None:
    """Chance of one signal or more.

    Args:
        stages: runs begin anew with each.
        ask: which chart.
        rules: those applied.

    Returns:
        None where nothing varies, so that chance has no say.
    """
    stages = [stage for stage in map(_judged_only, stages) if stage.fit.values]
    number = sum(len(stage.fit.values) for stage in stages)
    if not number or any(not any(stage.fit.scales) and not stage.fit.sigma for stage in stages):
        return None
    model = MODELS.get(ask.chart, "normal figures")
    spread = prod(quiet_spread(stage.fit, stage.sizes, ask.chart) for stage in stages)
    if set(rules.ks) <= {1, 2} and ask.chart not in ("ewma", "cusum"):
        quiet = spread
        for stage in stages:
            quiet *= _quiet(_sides(stage, ask, limits=1 in rules.ks), rules)
        probability = min(1.0, max(0.0, 1 - quiet))
        return FalseAlarm(
            points=number,
            probability=probability,
            expected=_expected(quiet),
            method="exact",
            model=model,
        )
    draws = min(MOST_DRAWS, max(LEAST_DRAWS, MOST_FIGURES // number))
    signalled, expected = _drawn(stages, ask, rules, draws)
    return FalseAlarm(
        points=number,
        probability=1 - (1 - signalled) * spread,
        expected=expected + _expected(spread),
        error=sqrt(signalled * (1 - signalled) / draws) * spread,
        method="simulation",
        draws=draws,
        model=model,
    )


def _expected(quiet: float) -> float:
    """Signals to expect, as of a Poisson count whose chance of none is known."""
    return -log(min(max(quiet, 1e-300), 1.0)) or 0.0


def _judged_only(stage: Judging) -> Judging:
    fit = stage.fit
    kept = [
        at
        for at, value in enumerate(fit.values)
        if stage.shown[at] and value is not None and fit.lower[at] is not None
    ]

    def some(figures: Sequence[Any]) -> list[Any]:
        return [figures[at] for at in kept]

    chosen = replace(
        fit,
        values=some(fit.values), centers=some(fit.centers), lower=some(fit.lower),
        upper=some(fit.upper), scales=some(fit.scales),
        spread=some(fit.spread) if fit.spread else [],
    )  # fmt: skip
    return Judging(chosen, some(stage.sizes), [True] * len(kept))


def _quiet(points: Sequence[tuple[float, float, float]], rules: RuleSet) -> float:
    """Chance of no signal: the chain of how long the run on either side is.

    Args:
        points: chance to be above, and below, the centre line within the limits, and on it.
        rules: 1, 2 or both.
    """
    most = int(rules.ks.get(2) or 0)
    if not most:
        quiet = 1.0
        for above, below, on in points:
            quiet *= above + below + on
        return quiet
    ups, downs, none = [0.0] * most, [0.0] * most, 1.0
    for above, below, on in points:
        # A run that grows to K signals, and its chance leaves the chain.
        all_ups, all_downs = sum(ups), sum(downs)
        ups = [0.0, (none + all_downs) * above, *(each * above for each in ups[1 : most - 1])]
        downs = [0.0, (none + all_ups) * below, *(each * below for each in downs[1 : most - 1])]
        none = (none + all_ups + all_downs) * on
    return sum(ups) + sum(downs) + none


def _sides(stage: Judging, ask: Ask, *, limits: bool) -> list[tuple[float, float, float]]:
    """Chance of each point to be above, below, and on the centre line, within the limits."""
    fit = stage.fit
    chances = []
    for at in range(len(fit.values)):
        center, scale = fit.centers[at], fit.scales[at] or 0.0
        upper = fit.upper[at] if limits else None
        lower = fit.lower[at] if limits else None
        if ask.chart in ("p", "np", "c", "u", "g"):
            unit = stage.sizes[at] if ask.chart in ("p", "u") else 1.0
            chances.append(_whole(ask.chart, center, unit, stage.sizes[at], lower, upper, scale))
            continue
        if ask.chart == "t":
            middle, scale = center ** (1 / POWER), fit.sigma or 0.0
            upper = None if upper is None else upper ** (1 / POWER)
            lower = None if lower is None else lower ** (1 / POWER)
        else:
            middle = center
        high = 0.0 if upper is None or not scale else _tail((upper - middle) / scale)
        # What is cut at 0 cannot be fallen short of.
        low = 0.0 if not scale or lower is None or lower == 0 else _tail((middle - lower) / scale)
        chances.append((0.5 - high, 0.5 - low, 0.0))
    return chances


def _tail(z: float) -> float:
    return 0.5 * erfc(z / sqrt(2))


def _whole(
    chart: str, center: float, unit: float, size: float, lower: float | None, upper: float | None,
    scale: float,
) -> tuple[float, float, float]:  # fmt: skip
    """The same for counts: what is plotted times `unit` is a whole number."""
    from scipy.special import bdtr, pdtr

    def upto(count: float) -> float:
        """Chance of so many or fewer."""
        if count < 0:
            return 0.0
        if chart == "g":
            return float(1 - (center / (1 + center)) ** (count + 1))
        if chart in ("p", "np"):
            number = max(round(size), 1)
            share = center if chart == "p" else center / size
            return 1.0 if count >= number else float(bdtr(count, number, min(share, 1.0)))
        return float(pdtr(count, center * unit))

    def beyond(limit: float, side: int) -> int:
        """The last count that does not lie beyond a limit."""
        spare = unit * slack(limit, limit, scale)
        return floor(limit * unit + spare) if side > 0 else ceil(limit * unit - spare)

    top = 1.0 if upper is None else upto(beyond(upper, 1))
    bottom = 0.0 if lower is None else upto(beyond(lower, -1) - 1)
    (middle,) = middles(chart, [center])
    to_center, below_center = upto(beyond(middle, 1)), upto(beyond(middle, -1) - 1)
    return (
        max(top - to_center, 0.0),
        max(below_center - bottom, 0.0),
        max(to_center - below_center, 0.0),
    )


def _drawn(stages: Sequence[Judging], ask: Ask, rules: RuleSet, draws: int) -> tuple[float, float]:
    """Share of drawn series with a signal, and how many signals one has."""
    import numpy as np

    random = np.random.default_rng(SEED)
    signalled = np.zeros(draws, dtype=bool)
    signals = 0
    for stage in stages:
        fit = stage.fit
        row = judged_row(
            [value or 0.0 for value in fit.values],
            middles(ask.chart, fit.centers),
            fit.lower,
            fit.upper,
            fit.scales,
        )
        judged = Judged(
            _series(stage, ask, draws, random), row.centers, row.lower, row.upper, row.scales
        )
        for rule, k in rules.ks.items():
            codes = find(rule, k, judged)
            signalled |= codes.any(axis=1)
            # Points in a row that complete a rule on one side are one signal.
            begun = codes != 0
            begun[:, 1:] &= codes[:, 1:] != codes[:, :-1]
            signals += int(begun.sum())
    return float(signalled.mean()), signals / draws


def _series(
    stage: Judging, ask: Ask, draws: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """Series of a process in control, one a row."""
    import numpy as np

    fit = stage.fit
    shape = (draws, len(fit.values))
    centers = np.array(fit.centers)
    sizes = np.array(stage.sizes)
    if ask.chart in ("p", "np"):
        whole = np.maximum(np.rint(sizes), 1).astype(np.int64)
        share = centers if ask.chart == "p" else centers / sizes
        counts = random.binomial(whole, np.clip(share, 0, 1), shape)
        return counts / whole if ask.chart == "p" else counts.astype(float)
    if ask.chart in ("c", "u"):
        unit = sizes if ask.chart == "u" else np.ones(len(sizes))
        return random.poisson(centers * unit, shape) / unit
    if ask.chart == "g":
        return (random.geometric(1 / (1 + centers), shape) - 1).astype(float)
    normal = random.standard_normal(shape)
    sigma = fit.sigma or 0.0
    if ask.chart == "t":
        return np.maximum(centers ** (1 / POWER) + sigma * normal, 0) ** POWER
    if ask.chart == "ewma":
        smooth = np.full(draws, fit.center)
        for at in range(shape[1]):
            smooth = smooth + ask.lambda_ * (fit.center + sigma * normal[:, at] - smooth)
            normal[:, at] = smooth
        return normal
    if ask.chart == "cusum":
        high, low = np.zeros(draws), np.zeros(draws)
        for at in range(shape[1]):
            high = np.maximum(0, high + sigma * normal[:, at] - (fit.reference or 0.0))
            low = np.maximum(0, low - sigma * normal[:, at] - (fit.reference or 0.0))
            normal[:, at] = np.where(high >= low, high, -low)
        return normal
    return np.asarray(centers + np.array([scale or 0.0 for scale in fit.scales]) * normal)
