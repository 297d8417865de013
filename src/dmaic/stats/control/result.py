"""A control chart as a result: the JSON, the blocks and the records are made from it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from dmaic.block import Block
from dmaic.reply import Study
from dmaic.stats.control.part import (
    ControlPoint,
    FalseAlarm,
    Overdispersion,
    RuleId,
    RuleUse,
    Signal,
    Spread,
    Stage,
)
from dmaic.stats.control.series import ChartKind, Data, Direction

FIGURES = ("value", "size", "center", "lower", "upper", "count", "observed", "z", "stage")
"""Figures of a point in the records."""


class ControlResult(Study):
    """A control chart.

    Attributes:
        chart: which kind.
        chosen: it was chosen by the data; otherwise it was asked for.
        why: why this chart.
        name: of what is measured.
        unit: of a value, or empty.
        period: what a point stands for.
        data: kind of figures.
        direction: which way is better, or None.
        target: what the metric shall reach, or None.
        center: centre line of the last stage.
        sigma: of the last stage, see `Stage`.
        lower: control limit of the last stage; None where it differs from point to point.
        upper: the same.
        points: in the order of time.
        stages: each with its limits.
        spread: chart of the moving ranges, ranges or standard deviations, or None.
        signals: special causes, in the order of time.
        stable: there are none.
        rule_set: name of the set of rules, or `own`.
        rules: those applied.
        rules_left_out: asked for, but without meaning on this chart.
        conventions: how runs are counted, a sentence each.
        false_alarm: how often chance alone signals on so many points; None for a lone point.
        overdispersion: of counts; None for measures.
        constants: name -> figure of those used, such as `d2`.
        constants_from: `exact`, or `table`.
        sigma_z: of a Laney chart: how many times wider its limits are; None on others.
        mean_moving_range: of the last stage, or None.
        moving_range_upper: upper limit of the moving ranges, or None.
        trial: the limits are trial limits: fewer than 12 points made them.
        frozen_until: label of the last point of the baseline, or None.
        lambda_: of an EWMA, or None.
        reference: k of a CUSUM, in the unit of the measure, or None.
        decision: h of a CUSUM, the same.
    """

    kind: str = "control"
    chart: ChartKind
    chosen: bool = False
    why: str = ""
    name: str = "value"
    unit: str = ""
    period: str = "point"
    data: Data = "measure"
    direction: Direction | None = None
    target: float | None = None
    center: float
    sigma: float | None = None
    lower: float | None = None
    upper: float | None = None
    points: tuple[ControlPoint, ...]
    stages: tuple[Stage, ...]
    spread: Spread | None = None
    signals: tuple[Signal, ...] = ()
    stable: bool = True
    rule_set: str = "default"
    rules: tuple[RuleUse, ...] = ()
    rules_left_out: tuple[RuleId, ...] = ()
    conventions: tuple[str, ...] = ()
    false_alarm: FalseAlarm | None = None
    overdispersion: Overdispersion | None = None
    constants: dict[str, float] = Field(default_factory=dict)
    constants_from: str = "exact"
    sigma_z: float | None = None
    mean_moving_range: float | None = None
    moving_range_upper: float | None = None
    trial: bool = False
    frozen_until: str | None = None
    lambda_: float | None = None
    reference: float | None = None
    decision: float | None = None

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a point."""
        header = ("label", *FIGURES, "signals", "excluded")
        return header, [
            (
                point.label,
                *(getattr(point, name) for name in FIGURES),
                ", ".join(map(str, point.signals)),
                point.excluded or "",
            )
            for point in self.points
        ]

    def answer(self) -> tuple[Block, ...]:
        """The sentence, the special causes, the limits, and how sure they are."""
        # How it is laid out needs the result, and only where it is shown.
        from dmaic.stats.control.block import blocks

        return blocks(self)
