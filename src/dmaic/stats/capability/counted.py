"""From counts to the capability of attributes."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from dmaic.errors import DataError
from dmaic.result import Finding, Inputs
from dmaic.stats.capability.attribute import Step, capability_of, of_dpmo, rolled
from dmaic.stats.capability.attribute_result import AttributeCapability
from dmaic.stats.capability.stability import Stability, stability_findings
from dmaic.stats.capability.word import attribute_method
from dmaic.text import printable

_SAME = (
    "dpu", "dpu_low", "dpu_high", "dpmo", "dpmo_low", "dpmo_high", "yield_", "yield_low",
    "yield_high", "z_long_term", "sigma_level", "sigma_low", "sigma_high",
)  # fmt: skip
"""Figures that a result has of all units together as a step has of its own."""


def of_counts(
    names: Sequence[str],
    defects: Sequence[float],
    units: Sequence[float],
    *,
    opportunities: int,
    several: bool,
    shift: float,
    confidence: float,
    inputs: Inputs,
    name: str = "defects",
    unit: str = "units",
    step: str = "",
    stability: Stability | None = None,
    how: str = "",
) -> AttributeCapability:
    """Capability of counted units.

    Args:
        names: of the steps; unused without `step`.
        defects: a step, or a period, each.
        units: the same.
        opportunities: for a defect, a unit.
        several: a unit may have several defects.
        shift: added to the sigma level.
        confidence: of the intervals.
        inputs: what they were read from.
        name: of what is counted.
        unit: what a unit is, plural.
        step: column that names the steps; empty where all are one step.
        stability: by the control chart, or None.
        how: what would tell whether it is stable.

    Raises:
        DataError: `capability.no-units`, nothing was looked at; `capability.opportunities`, there
            are more defects than could be.
    """
    whole, found = fsum(units), fsum(defects)
    if not whole > 0:
        raise DataError(
            "No unit was looked at, so nothing can be said of how often one fails.",
            "capability.no-units",
        )
    steps: list[Step] = []
    if step:
        for each, bad, many in zip(names, defects, units, strict=True):
            if not many > 0:
                raise DataError(
                    f'No unit went through the step "{printable(each, 60)}".',
                    "capability.no-units",
                    "Leave it out with --where.",
                )
            _refuse_more(bad, many, opportunities, several=several)
            steps.append(
                capability_of(
                    each, bad, many, opportunities=opportunities, several=several, shift=shift,
                    confidence=confidence,
                )
            )  # fmt: skip
    _refuse_more(found, whole, opportunities, several=several)
    every = capability_of(
        "all", found, whole, opportunities=opportunities, several=several, shift=shift,
        confidence=confidence,
    )  # fmt: skip
    throughput = rolled(steps or [every], several=several, confidence=confidence)
    result = AttributeCapability(
        name=name,
        unit=unit,
        several=several,
        units=whole,
        defects=found,
        opportunities=opportunities,
        rolled_throughput_yield=throughput[0],
        rolled_low=throughput[1],
        rolled_high=throughput[2],
        shift=shift,
        confidence=confidence,
        step=step,
        steps=tuple(steps),
        stability=stability,
        stable=None if stability is None else stability.stable,
        inputs=inputs,
        **{field: getattr(every, field) for field in _SAME},
    )
    return _told(result, stability_findings(stability, how))


def of_rate(dpmo: float, shift: float) -> AttributeCapability:
    """The sigma level of a rate that is known as such.

    Args:
        dpmo: defects a million opportunities.
        shift: added to the sigma level.
    """
    every = of_dpmo(dpmo, shift)
    result = AttributeCapability(
        rolled_throughput_yield=every.yield_,
        shift=shift,
        inputs=Inputs(source="figures given"),
        **{field: getattr(every, field) for field in _SAME},
    )
    return _told(result, ())


def _told(result: AttributeCapability, findings: tuple[Finding, ...]) -> AttributeCapability:
    several = "Defects fall upon units independently of each other (Poisson)."
    return result.model_copy(
        update={
            "method": attribute_method(result),
            "assumptions": (several,) if result.several else (),
            "findings": findings,
        }
    )


def _refuse_more(defects: float, units: float, opportunities: int, *, several: bool) -> None:
    if defects > units * opportunities and (opportunities > 1 or not several):
        raise DataError(
            f"There are {defects:,.0f} defects where {units * opportunities:,.0f} could be.",
            "capability.opportunities",
            "Say how many opportunities a unit has: --opportunities N.",
        )
