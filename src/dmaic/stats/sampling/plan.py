"""How large a sample has to be, or what so many tell: the answer of `dmaic sample-size`."""

from __future__ import annotations

from typing import Any, Literal

from dmaic.block import Block
from dmaic.reply import Study
from dmaic.result import Frozen

Design = Literal["share", "mean", "shares", "means", "hazards"]
"""What is planned: a survey that tells a share or a mean, or a comparison of two groups' shares,
means or hazards (how fast customers leave)."""

Solved = Literal["n", "margin", "power", "effect"]
"""What was asked for."""


class SampleSizeRow(Frozen):
    """One sample: what it is to show, and how large it is. What does not apply is None.

    Attributes:
        margin: half the width of the interval: a fraction of one, or in the unit of a mean.
        from_rate: share of the control group that is lost, or the known one.
        to_rate: share of the pilot that is lost.
        difference: of two means, in the unit of the measure.
        hazard_ratio: hazard of the pilot over that of the control group.
        n: answers; or customers of the control group, or of the only group. None where no number
            is large enough.
        pilot: customers of the pilot beside a control group.
        total: customers in both groups.
        to_ask: to be asked, so that `n` answer.
        events: customers lost in both groups; of hazards.
        power: chance of seeing the effect with this sample.
        size: `n` before it was rounded up, or the losses that hazards need.
    """

    margin: float | None = None
    from_rate: float | None = None
    to_rate: float | None = None
    difference: float | None = None
    hazard_ratio: float | None = None
    n: int | None = None
    pilot: int | None = None
    total: int | None = None
    to_ask: int | None = None
    events: int | None = None
    power: float | None = None
    size: float | None = None

    @property
    def effect(self) -> float | None:
        """What a comparison is to show: a share after, a difference, or a hazard ratio."""
        told = (self.to_rate, self.difference, self.hazard_ratio)
        return next((each for each in told if each is not None), None)


class SizeCurve(Frozen):
    """How what is told grows with the sample.

    Attributes:
        row: position of the effect that it belongs to; a margin's curve belongs to all rows.
        n: sizes, ascending.
        value: the power, or the margin, of each.
    """

    row: int
    n: tuple[int, ...]
    value: tuple[float, ...]


class SampleSizeResult(Study):
    """Samples for a survey or a comparison.

    The figures of the first row stand at the top level too.

    Attributes:
        design: what is planned.
        solved: what was asked for.
        confidence: of the interval of a survey.
        population: customers there are; None where they have no end.
        share: expected in a survey.
        deviation: standard deviation expected of a mean.
        response_rate: of those asked, who answers.
        wanted_power: power that is asked for.
        alpha: chance of seeing an effect where there is none.
        sides: of the test.
        ratio: customers of the pilot for one of the control group.
        one_group: what the pilot is compared with is known, so there is no control group.
        continuity: the correction is made.
        event_share: share of all customers lost while they are watched.
        n: of the first row, as `pilot`, `total`, `to_ask`, `events`, `margin` and `power` are.
        rows: one a sample.
        curves: for the chart.
    """

    kind: str = "sample-size"
    design: Design
    solved: Solved
    confidence: float | None = None
    population: int | None = None
    share: float | None = None
    deviation: float | None = None
    response_rate: float | None = None
    wanted_power: float | None = None
    alpha: float | None = None
    sides: Literal[1, 2] | None = None
    ratio: float | None = None
    one_group: bool = False
    continuity: bool = False
    event_share: float | None = None
    n: int | None = None
    pilot: int | None = None
    total: int | None = None
    to_ask: int | None = None
    events: int | None = None
    margin: float | None = None
    power: float | None = None
    rows: tuple[SampleSizeRow, ...]
    curves: tuple[SizeCurve, ...] = ()

    @property
    def is_survey(self) -> bool:
        """Whether one share or mean is to be told, and nothing compared."""
        return self.design in ("share", "mean")

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a sample, with the figures that apply."""
        names = [
            name
            for name in SampleSizeRow.model_fields
            if any(getattr(row, name) is not None for row in self.rows)
        ]
        return tuple(names), [tuple(getattr(row, name) for name in names) for row in self.rows]

    def answer(self) -> tuple[Block, ...]:
        """The sentence and, where there are several samples or figures, the table."""
        # How it is laid out needs the result, and only where it is shown.
        from dmaic.stats.sampling.plan_block import blocks

        return blocks(self)
