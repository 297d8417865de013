"""What is watched on a control chart: special causes and crossed limits since the baseline."""

from __future__ import annotations

from typing import Literal

from dmaic.result import Frozen
from dmaic.stats.control.part import ControlPoint
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.word import figure, is_share
from dmaic.text import printable


class Alarm(Frozen):
    """One reason to react.

    Attributes:
        point: its label.
        value: what was measured there.
        why: `special-cause`, or `limit` for a limit of the control plan.
        rule: number of the rule, or None.
        better: it goes the way that is better; None where that is not known.
        text: in words.
    """

    point: str
    value: float | None
    why: Literal["special-cause", "limit"]
    rule: int | str | None = None
    better: bool | None = None
    text: str


def watched(result: ControlResult, last: int | None = None) -> tuple[ControlPoint, ...]:
    """The points that are watched: those after the baseline, or all where none was frozen.

    Args:
        result: the chart.
        last: only so many of them, the newest.
    """
    points = result.points
    if result.frozen_until is not None:
        labels = [point.label for point in points]
        frozen = len(labels) - 1 - labels[::-1].index(result.frozen_until)
        points = points[frozen + 1 :]
    return points if last is None else points[-last:] if last else ()


def alarms(
    result: ControlResult,
    *,
    lower: float | None = None,
    upper: float | None = None,
    last: int | None = None,
) -> tuple[Alarm, ...]:
    """Special causes and crossed limits, in the order of time; what was left out by name is not.

    Args:
        result: the chart.
        lower: limit of the control plan, in the unit of a point.
        upper: the same.
        last: look at the newest points only.
    """
    names = {use.id: use.name for use in result.rules}
    seen = {point.label for point in watched(result, last) if point.excluded is None}
    spread = {
        result.points[at - 1].label
        for signal in result.signals
        if signal.chart == "spread"
        for at in signal.at
    }
    found = []
    for point in result.points:
        if point.label not in seen:
            continue
        if point.mark is not None:
            found.append(
                Alarm(
                    point=point.label,
                    value=point.value,
                    why="special-cause",
                    rule=point.mark,
                    better=point.better,
                    text=f"{_at(result, point)}: rule {point.mark}, {names[point.mark]}",
                )
            )
        if point.label in spread:
            text = f"{printable(point.label, 40)}: the spread is beyond its limits"
            found.append(
                Alarm(point=point.label, value=point.value, why="special-cause", rule=1, text=text)
            )
        found += _crossed(result, point, lower, upper)
    return tuple(found)


def _crossed(
    result: ControlResult, point: ControlPoint, lower: float | None, upper: float | None
) -> list[Alarm]:
    # A limit of the plan is one of what is measured, not of a weighted mean or a sum.
    own = point.observed if result.chart in ("ewma", "cusum") else point.value
    if own is None:
        return []
    sides = (
        (lower is not None and own < lower, lower, "below the lower limit"),
        (upper is not None and own > upper, upper, "above the upper limit"),
    )
    return [
        Alarm(
            point=point.label,
            value=own,
            why="limit",
            text=f"{printable(point.label, 40)} at {figure(result, own)}: {words} "
            f"{figure(result, limit)} of the control plan",
        )
        for crossed, limit, words in sides
        if crossed
    ]


def _at(result: ControlResult, point: ControlPoint) -> str:
    return f"{printable(point.label, 40)} at {figure(result, point.value)}"


def of_plan(result: ControlResult, figure: float | None, unit: str) -> float | None:
    """A figure of a control plan in the unit of a point: of a share 5 % is 0.05.

    Args:
        result: the chart.
        figure: as the plan has it.
        unit: of the plan.
    """
    share = is_share(result) and "%" in unit
    return figure / 100 if figure is not None and share else figure
