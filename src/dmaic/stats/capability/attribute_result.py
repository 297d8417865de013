"""Capability of attributes as a result."""

from __future__ import annotations

from typing import Any

from pydantic import AliasChoices, Field

from dmaic.block import Block
from dmaic.reply import Study
from dmaic.stats.capability.attribute import Step
from dmaic.stats.capability.stability import Stability

FIGURES = (
    "units", "defects", "opportunities", "dpu", "dpu_low", "dpu_high", "dpmo", "dpmo_low",
    "dpmo_high", "yield", "yield_low", "yield_high", "z_long_term", "sigma_level", "sigma_low",
    "sigma_high",
)  # fmt: skip
"""Figures of a step in the records."""


class AttributeCapability(Study):
    """How often units fail.

    Attributes:
        name: of what is counted, such as `churned`.
        unit: what a unit is, plural.
        several: a unit may have several defects.
        units: looked at; None where only a rate is known.
        defects: found in them.
        opportunities: for a defect, a unit.
        dpu, dpmo, yield_, z_long_term, sigma_level and their ends: see `Step`; of all together.
        rolled_throughput_yield: product of the yields of all steps; the yield where there is one.
        rolled_low: lower end of its interval.
        rolled_high: upper end.
        shift: added to the normal quantile to make the sigma level.
        confidence: of the intervals.
        step: column that names the steps, or empty.
        steps: one by one; empty where there is one.
        stability: by the control chart, or None where it could not be looked at.
        stable: it is, or None where that is not known.
    """

    kind: str = "capability-attribute"
    name: str = "defects"
    unit: str = "units"
    several: bool = False
    units: float | None = None
    defects: float | None = None
    opportunities: int = 1
    dpu: float
    dpu_low: float | None = None
    dpu_high: float | None = None
    dpmo: float
    dpmo_low: float | None = None
    dpmo_high: float | None = None
    yield_: float = Field(
        validation_alias=AliasChoices("yield", "yield_"), serialization_alias="yield"
    )
    yield_low: float | None = None
    yield_high: float | None = None
    rolled_throughput_yield: float
    rolled_low: float | None = None
    rolled_high: float | None = None
    z_long_term: float | None = None
    sigma_level: float | None = None
    sigma_low: float | None = None
    sigma_high: float | None = None
    shift: float = 1.5
    confidence: float = 0.95
    step: str = ""
    steps: tuple[Step, ...] = ()
    stability: Stability | None = None
    stable: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """The whole reply as plain JSON types; the yield under its own name."""
        return self.model_dump(mode="json", by_alias=True)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """All together first, then one row a step."""

        def figures(of: AttributeCapability | Step) -> tuple[Any, ...]:
            return tuple(getattr(of, "yield_" if name == "yield" else name) for name in FIGURES)

        return (self.step or "of", *FIGURES), [
            ("(all)", *figures(self)),
            *((each.name, *figures(each)) for each in self.steps),
        ]

    def answer(self) -> tuple[Block, ...]:
        """The sentence, the figures with their intervals, and the steps."""
        # How it is laid out needs the result, and only where it is shown.
        from dmaic.stats.capability.attribute_block import blocks

        return blocks(self)
