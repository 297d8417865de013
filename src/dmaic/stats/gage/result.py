"""What a gage study found."""

from __future__ import annotations

from typing import Any, Literal

from dmaic.block import Block
from dmaic.reply import Study
from dmaic.result import Frozen
from dmaic.stats.gage.variance import Source

Name = Literal[
    "gage", "repeatability", "reproducibility", "operator", "interaction", "part", "total"
]
Grade = Literal["good", "conditional", "poor"]


class Component(Frozen):
    """One part of the variation.

    Attributes:
        name: `gage` is all of the measuring: repeatability and reproducibility; the latter is
            operators and their interaction with parts.
        variance: component of the variance, in the square of the unit.
        contribution: of the total variance, a fraction.
        contribution_low, contribution_high: its 95 % interval.
        deviation: its root, the standard deviation.
        deviation_low, deviation_high: its 95 % interval.
        study_variation: `sigmas` standard deviations.
        study_share: standard deviation over the total one, a fraction (% study variation); the
            shares do not add up, their squares do.
        study_low, study_high: its 95 % interval.
        tolerance_share: study variation over the tolerance, a fraction; None without a tolerance.
        tolerance_low, tolerance_high: its 95 % interval.
    """

    name: Name
    variance: float
    contribution: float | None = None
    contribution_low: float | None = None
    contribution_high: float | None = None
    deviation: float
    deviation_low: float | None = None
    deviation_high: float | None = None
    study_variation: float
    study_share: float | None = None
    study_low: float | None = None
    study_high: float | None = None
    tolerance_share: float | None = None
    tolerance_low: float | None = None
    tolerance_high: float | None = None


class Cell(Frozen):
    """What one operator measured on one part.

    Attributes:
        part: the part.
        operator: the operator.
        values: in the order of the rows.
    """

    part: str
    operator: str
    values: tuple[float, ...]


class GageResult(Study):
    """Repeatability and reproducibility of measuring.

    Attributes:
        parts: what was measured.
        operators: who measured.
        trials: how often each measured each part.
        value_name: the column that was measured.
        cells: all measurements.
        mean: of all of them.
        tolerance: upper less lower limit of the specification, or None.
        sigmas: standard deviations that a study variation is wide.
        alpha: above which p-value the interaction is pooled.
        pooled: it was pooled into the repeatability.
        anova: the analysis of variance; repeatability is the pooled one.
        components: by the analysis of variance.
        range_components: by means and ranges; empty where ranges are of too many.
        gage_share: % study variation of the gage as a fraction, with its 95 % interval.
        tolerance_share: of the gage, a fraction; None without a tolerance.
        contribution: of the gage to the variance, a fraction.
        categories: number of distinct categories, 1.41 x part / gage, truncated, at least 1; None
            where nothing was lost in measuring.
        categories_exact: before it is truncated, with its 95 % interval.
        range_categories: the same by means and ranges.
        mean_range: mean range of the trials.
        range_upper: upper control limit of the ranges.
        grade: `good`, `conditional` or `poor`, by the conventions of the AIAG.
        verdict: the same in a sentence.
        draws, seed: of the intervals.
    """

    kind: str = "gage"
    parts: tuple[str, ...]
    operators: tuple[str, ...]
    trials: int
    value_name: str
    cells: tuple[Cell, ...]
    mean: float
    tolerance: float | None = None
    sigmas: float = 6.0
    alpha: float
    pooled: bool
    anova: tuple[Source, ...]
    components: tuple[Component, ...]
    range_components: tuple[Component, ...] = ()
    gage_share: float
    gage_share_low: float | None = None
    gage_share_high: float | None = None
    tolerance_share: float | None = None
    contribution: float
    categories: int | None = None
    categories_exact: float | None = None
    categories_low: float | None = None
    categories_high: float | None = None
    range_categories: int | None = None
    mean_range: float
    range_upper: float
    grade: Grade
    verdict: str
    draws: int
    seed: int

    def component(self, name: Name) -> Component:
        """A component by the analysis of variance."""
        return next(each for each in self.components if each.name == name)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a component and way."""
        fields = tuple(Component.model_fields)
        rows = [
            (way, *(getattr(each, name) for name in fields))
            for way, parts in (("anova", self.components), ("ranges", self.range_components))
            for each in parts
        ]
        return ("way", *fields), rows

    def answer(self) -> tuple[Block, ...]:
        """The verdict, the components, and the analysis of variance."""
        # How it is laid out needs the result, and only where it is shown.
        from dmaic.stats.gage.word import blocks

        return blocks(self)
