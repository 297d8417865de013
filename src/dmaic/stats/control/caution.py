"""What a reader of a control chart should know before believing it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import fsum, sqrt

from dmaic import number
from dmaic.result import Finding
from dmaic.stats.control.choice import COUNTED, GROUPED, a_chart, is_rare, why_left_out
from dmaic.stats.control.gap import POWER
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.series import Series
from dmaic.text import plural

STEPPED = ("xmr", "ewma", "cusum", "laney-p", "laney-u", "t")
"""Charts whose limits are made of the steps from point to point."""

LEAST_ALIKE = 12
"""Points that tell whether each is like the one before it."""

BEYOND_CHANCE = 2.326
"""Normal quantile of 0.99."""

TOO_EVEN = 0.001
"""Chance of so little variation below which counts are taken to be too even; small, as large steps
are left out of the test, which makes it lean this way."""

FEW_SPREADS = 12
"""Subgroups with a spread that make a sound sigma."""


def findings(result: ControlResult, series: Series) -> tuple[Finding, ...]:
    """What a reader of the chart should know.

    Args:
        result: the chart.
        series: what it was made of.
    """
    return (
        *_baseline(result),
        *_dispersion(result),
        *_events(result, series),
        *_dependence(result),
        *_left_out(result),
    )


def _baseline(result: ControlResult) -> Iterator[Finding]:
    last = result.stages[-1]
    if result.trial:
        yield Finding(
            code="trial-limits",
            level="warning",
            message=f"The limits are made of {plural(last.baseline, 'point')}; under 12 they are "
            "trial limits.",
            hint="Judge by them for now, and make them anew when there are more points.",
            count=last.baseline,
        )
    if result.chart in GROUPED:
        used = [point for point in result.points if point.baseline]
        spread = sum((point.size or 1) > 1 for point in used)
        if used and spread < len(used) and (spread < FEW_SPREADS or 2 * spread < len(used)):
            yield Finding(
                code="few-spreads",
                level="warning",
                message=f"{spread:,} of {len(used):,} subgroups have two members or more, and "
                "sigma is made of those alone.",
                hint="Choose larger subgroups, or chart single values with --chart xmr.",
                count=spread,
            )


def _dispersion(result: ControlResult) -> Iterator[Finding]:
    over = result.overdispersion
    if over is None or result.chart not in ("p", "np", "u", "c"):
        return
    other = "laney-p" if result.chart in ("p", "np") else "laney-u"
    if over.found:
        yield Finding(
            code="overdispersed",
            level="warning",
            message=f"The figures vary {over.ratio:,.1f} times as much from point to point as "
            f"chance alone lets them (p {number.p_value(over.p_value)}), so these limits are too "
            "narrow and signal for nothing.",
            hint=f"Use --chart {other}.",
        )
    elif over.ratio < 1 and 1 - over.p_value < TOO_EVEN:
        yield Finding(
            code="underdispersed",
            level="warning",
            message=f"The figures vary {over.ratio:.2f} times as much from point to point as "
            "chance alone makes them, so these limits are too wide and hide special causes.",
            hint="Look whether the counts were smoothed, capped or planned; limits made of what "
            f"is seen: --chart {other}.",
        )


def _events(result: ControlResult, series: Series) -> Iterator[Finding]:
    counted = result.chart in COUNTED
    if counted and not any(series.values):
        yield Finding(
            code="no-events",
            level="warning",
            message="No point counts an event, so there is nothing that varies.",
            hint="Look at a longer time.",
        )
    elif counted and is_rare(series):
        yield Finding(
            code="rare-events",
            level="warning",
            message=f"There are {sum(series.values):,.0f} events in {len(series.values):,} points; "
            "so few make a chart of counts blind to improvement.",
            hint="Chart the time between events (--chart t), or take longer periods.",
        )
    elif not result.sigma:
        why = "The points that make the limits are all the same"
        if counted:
            why = (
                "Everything counted is an event"
                if series.values == series.sizes
                else "The centre line leaves no room for chance"
            )
        elif result.chart in GROUPED:
            why = "The members of each subgroup are all the same"
        yield Finding(
            code="no-variation",
            level="warning",
            message=f"{why}, so nothing varies and any other value signals.",
            hint="Look whether the figures were rounded or filled in.",
        )


def _dependence(result: ControlResult) -> Iterator[Finding]:
    found = alike(result)
    if found is None:
        return
    correlation, bound = found
    if correlation > bound:
        yield Finding(
            code="autocorrelated",
            level="warning",
            message="Each point is like the one before it: their correlation is "
            f"{correlation:.2f}, and chance alone rarely makes more than {max(bound, 0.0):.2f}. "
            "The limits are made of steps from point to point, so they are too narrow for such a "
            "series, and signals may be no special causes.",
            hint="Where the level changed once, say so with --stage or --freeze-until; otherwise "
            "take longer periods.",
        )


def alike(result: ControlResult) -> tuple[float, float] | None:
    """How much each point of the baseline is like the one before it, and what chance makes.

    r = Σ e_t e_(t−1) / Σ e², e the distance from the mean of the stage. Of n independent points it
    is about normal with mean −1/n and standard deviation 1/√n (Bartlett 1946, Supplement to the
    Journal of the Royal Statistical Society 8, 27-41).

    Args:
        result: the chart.

    Returns:
        The correlation, and the bound that one in a hundred stable processes exceeds; None where
        the limits are not made of steps, points are few, or none differ.
    """
    if result.chart not in STEPPED:
        return None
    products, squares, count = 0.0, 0.0, 0
    for stage in result.stages:
        points = [point for point in result.points if point.stage == stage.number]
        used: list[float | None] = []
        for point in points:
            seen = point.observed if result.chart in ("ewma", "cusum") else point.value
            if result.chart.startswith("laney"):
                seen = point.z
            if result.chart == "t" and seen is not None:
                seen = seen ** (1 / POWER)
            counts = point.excluded is None and (point.baseline or not stage.baseline)
            used.append(seen if counts else None)
        known = [each for each in used if each is not None]
        if len(known) < 2:
            continue
        mean = known[0] + fsum(each - known[0] for each in known) / len(known)
        away = [None if each is None else each - mean for each in used]
        squares += fsum(each * each for each in away if each is not None)
        products += fsum(
            one * other for one, other in pairwise(away) if one is not None and other is not None
        )
        count += len(known)
    if count < LEAST_ALIKE or not squares:
        return None
    return products / squares, BEYOND_CHANCE / sqrt(count) - 1 / count


def _left_out(result: ControlResult) -> Iterator[Finding]:
    if result.rules_left_out:
        listed = ", ".join(map(str, result.rules_left_out))
        yield Finding(
            code="rules-left-out",
            level="info",
            message=f"Rules {listed} are left out on {a_chart(result.chart)}: "
            f"{why_left_out(result.chart)}.",
        )
    missing = sum(point.value is None for point in result.points)
    if missing:
        yield Finding(
            code="nothing-at-risk",
            level="warning",
            message=f"At {plural(missing, 'point')} nothing was at risk, so there is no figure.",
            count=missing,
        )
