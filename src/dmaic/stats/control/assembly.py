"""The parts of a result, put together from what was fitted and marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from math import fsum
from typing import Literal

from dmaic.stats.control.choice import COUNTED
from dmaic.stats.control.fit import Ask, Fit
from dmaic.stats.control.part import ControlPoint, Spread, Stage
from dmaic.stats.control.plan import Slice
from dmaic.stats.control.point import Observed
from dmaic.stats.control.rule import order
from dmaic.stats.control.signal import Marks

SOUND = 12
"""Points that make more than trial limits."""

SPREADS: Mapping[str, Literal["moving-range", "range", "standard-deviation"]] = {
    "xmr": "moving-range", "xbar-r": "range", "xbar-s": "standard-deviation",
}  # fmt: skip


def stage_of(number: int, each: Slice, fit: Fit, points: Sequence[Observed], ask: Ask) -> Stage:
    """A stage as a result holds it.

    Args:
        number: from 1.
        each: how it lies upon the points.
        fit: its limits.
        points: of the stage.
        ask: what the limits were made with.
    """
    base = [at for at, use in enumerate(each.used) if use]
    sizes = [points[at].size for at in base or range(len(points))]
    known = [size for size in sizes if size is not None]
    given = ask.center is not None and (
        ask.sigma is not None or ask.chart in COUNTED or ask.chart == "g"
    )
    return Stage(
        number=number,
        reason=each.reason,
        first=points[0].label,
        last=points[-1].label,
        points=len(points),
        baseline_last=points[base[-1]].label if base else points[-1].label,
        baseline=0 if given else len(base),
        frozen=each.frozen,
        trial=not given and len(base) < SOUND,
        center=fit.center,
        sigma=fit.sigma,
        lower=_one(fit.lower),
        upper=_one(fit.upper),
        size=fsum(known) / len(known) if known else None,
        sigma_z=fit.sigma_z,
        mean_moving_range=fit.mean_moving_range,
        screened=fit.screened,
    )


def points_of(
    number: int,
    each: Slice,
    fit: Fit,
    points: Sequence[Observed],
    ask: Ask,
    marked: Marks,
    excluded: Mapping[int, str],
) -> list[ControlPoint]:
    """The points of a stage as a result holds them.

    Args:
        number: of the stage, from 1.
        each: how it lies upon the points.
        fit: its limits.
        points: of the stage.
        ask: what the limits were made with.
        marked: rules that each point completes.
        excluded: position in the series -> why it is left out.
    """
    made = []
    for at, point in enumerate(points):
        value, scale = fit.values[at], fit.scales[at]
        found = sorted(marked.get(at, ()), key=lambda one: order(one[0]))
        rules = tuple(rule for rule, _ in found)
        high, low = fit.sums[at] if fit.sums else (None, None)
        made.append(
            ControlPoint(
                label=point.label,
                value=value,
                size=point.size,
                lower=fit.lower[at],
                upper=fit.upper[at],
                center=fit.centers[at],
                signals=rules,
                mark=rules[0] if rules else None,
                count=fit.counts[at] if fit.counts else None,
                observed=fit.observed[at] if fit.observed else None,
                z=(value - fit.centers[at]) / scale if value is not None and scale else None,
                sum_high=high,
                sum_low=low,
                asymptotic=ask.asymptotic if ask.chart == "ewma" else None,
                stage=number,
                baseline=each.used[at] and ask.center is None,
                excluded=excluded.get(each.start + at),
                better=next((better for _, better in found if better is not None), None),
            )
        )
    return made


def spread_of(fits: Sequence[Fit], chart: str) -> Spread | None:
    """The chart of spread over all stages, or None on charts without one.

    Args:
        fits: of the stages.
        chart: kind of chart.
    """
    last = [point for point in fits[-1].spread if point.center is not None]
    if not last:
        return None
    return Spread(
        chart=SPREADS[chart],
        center=last[-1].center or 0.0,
        lower=_one([point.lower for point in last]),
        upper=_one([point.upper for point in last]),
        points=tuple(chain.from_iterable(fit.spread for fit in fits)),
    )


def _one(limits: Sequence[float | None]) -> float | None:
    """The limit that all points share, or None."""
    kinds = set(limits)
    return kinds.pop() if len(kinds) == 1 else None
