"""Special causes, told with their points, sides, and whether they are for the better."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from dmaic.stats.control.gap import middles
from dmaic.stats.control.part import RuleId, Signal, SpreadPoint
from dmaic.stats.control.rule import CROSSINGS, RUN, RuleSet, name
from dmaic.stats.control.run import (
    ABOVE,
    BELOW,
    BOTH,
    find,
    judged_row,
    longest_usual,
    sides,
    zones,
)
from dmaic.stats.control.series import Direction

if TYPE_CHECKING:
    from dmaic.stats.control.alarm import Judging

Side = Literal["above", "below", "both", "up", "down"]
Marks = dict[int, list[tuple[RuleId, bool | None]]]

_SIDES: dict[int, Side] = {ABOVE: "above", BELOW: "below", BOTH: "both"}


def signals_of(
    judging: Judging,
    rules: RuleSet,
    labels: Sequence[str],
    start: int,
    direction: Direction | None,
    chart: str,
) -> tuple[list[Signal], Marks]:
    """Special causes of one stage.

    Args:
        judging: the stage.
        rules: those applied.
        labels: of its points.
        start: position of its first point in the series.
        direction: which way is better.
        chart: kind of chart.

    Returns:
        The signals, and for each point that completes one its rules with whether they are for the
        better, by position in the stage.
    """
    fit = judging.fit
    kept = [at for at, value in enumerate(fit.values) if value is not None and judging.shown[at]]
    marks: Marks = {}
    signals: list[Signal] = []
    if not kept:
        return signals, marks
    row = judged_row(
        [fit.values[at] or 0.0 for at in kept],
        middles(chart, [fit.centers[at] for at in kept]),
        [fit.lower[at] for at in kept],
        [fit.upper[at] for at in kept],
        [fit.scales[at] for at in kept],
    )
    side_of = [int(each) for each in sides(row)[0]]
    for rule, k in rules.ks.items():
        codes = [int(each) for each in find(rule, k, row)[0]]
        for first, last in _stretches(codes):
            code = codes[first]
            begin = _begin(rule, k, first, side_of, code)
            if rule in (5, 6):
                begin = _first_beyond(first, 3 if rule == 5 else 5, code,
                                      zones(row, 2.0 if rule == 5 else 1.0)[0])  # fmt: skip
            side = _SIDES[code]
            if rule == 3:
                side = "up" if code == ABOVE else "down"
            better = None
            if code != BOTH and direction is not None:
                better = (code == ABOVE) == (direction == "higher")
            for at in range(first, last + 1):
                marks.setdefault(kept[at], []).append((rule, better))
            signals.append(
                Signal(
                    rule=rule,
                    name=name(rule, k, chart),
                    first=start + kept[begin] + 1,
                    last=start + kept[last] + 1,
                    labels=tuple(labels[kept[at]] for at in range(begin, last + 1)),
                    at=tuple(start + kept[at] + 1 for at in range(first, last + 1)),
                    side=side,
                    better=better,
                )
            )
    return signals, marks


def _stretches(codes: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of points in a row that complete a rule on the same side."""
    edges = [0, *(at for at, (a, b) in enumerate(pairwise(codes), 1) if a != b), len(codes)]
    return [(a, b - 1) for a, b in pairwise(edges) if codes[a]]


def _begin(rule: RuleId, k: float | None, first: int, side_of: Sequence[int], code: int) -> int:
    """Where the pattern that point `first` completes begins."""
    if rule in (1, 5, 6):
        return first
    if rule == CROSSINGS:
        return 0
    if rule == RUN:
        useful = sum(each != 0 for each in side_of)
        left, at = longest_usual(useful), first
        while at > 0 and left:
            at -= 1
            left -= side_of[at] == code
        return at
    return first - int(k or 1) + 1


def _first_beyond(first: int, of: int, code: int, zone: Sequence[int]) -> int:
    window = range(max(0, first - of + 1), first + 1)
    return next(at for at in window if zone[at] == code)


def spread_signals(points: Sequence[SpreadPoint], start: int) -> list[Signal]:
    """Points of the chart of spread that are beyond its limits.

    Args:
        points: of one stage.
        start: position of its first point in the series.
    """
    return [
        Signal(
            rule=1,
            name="a point beyond the limits of the chart of spread",
            first=start + at + 1,
            last=start + at + 1,
            labels=(point.label,),
            at=(start + at + 1,),
            side="above" if (point.value or 0) > (point.center or 0) else "below",
            chart="spread",
        )
        for at, point in enumerate(points)
        if point.signals
    ]
