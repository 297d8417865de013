"""Capability of a measure as a result."""

from __future__ import annotations

from typing import Any, Literal

from dmaic.block import Block
from dmaic.reply import Study
from dmaic.result import Frozen
from dmaic.stats.capability.normal import Normality
from dmaic.stats.capability.stability import Stability

FIGURES = ("cp", "cpk", "pp", "ppk", "cpm")
"""The indices."""

Verdict = Literal["capable", "barely", "not-capable", "unsure", "not-stable"]


class Bin(Frozen):
    """One bar of the histogram.

    Attributes:
        low: where it begins.
        high: where it ends.
        count: values in it; one on a border counts above it, the greatest in the last bar.
    """

    low: float
    high: float
    count: int


class CapabilityResult(Study):
    """How well a measure keeps within its specification limits.

    Attributes:
        name: of the measure.
        unit: of it, or empty.
        n: values; None where only mean and standard deviation are known.
        mean: of all values.
        least: the least value, or None.
        greatest: the greatest, or None.
        sigma_within: within subgroups, or from point to point; without special causes.
        sigma_within_from: how it was made.
        sigma_within_df: its degrees of freedom, or None.
        sigma_overall: standard deviation of all values.
        lsl: lower specification limit, or None.
        usl: upper one, or None.
        target: best value, or None.
        confidence: of the intervals.
        cp, cpk, pp, ppk, cpm: the indices; None where a limit or the target is missing.
        cp_low, cp_high: interval of Cp, and so on; None where the number of values is not known.
        cpu, cpl, ppu, ppl: the sides of Cpk and Ppk.
        expected_within: share outside of the limits by a normal measure of sigma within.
        expected_overall: the same of the overall standard deviation.
        outside: values outside of the limits; None where they are not known.
        outside_share: of all.
        outside_low, outside_high: its exact interval (Clopper and Pearson 1934), of any measure.
        normality: a test, or None with fewer than 8 values.
        stability: by the control chart, or None where it could not be looked at.
        stable: it is, or None where that is not known.
        verdict: in a word.
        histogram: of the values.
    """

    kind: str = "capability"
    name: str = "value"
    unit: str = ""
    n: int | None = None
    mean: float
    least: float | None = None
    greatest: float | None = None
    sigma_within: float
    sigma_within_from: str = ""
    sigma_within_df: float | None = None
    sigma_overall: float
    lsl: float | None = None
    usl: float | None = None
    target: float | None = None
    confidence: float = 0.95
    cp: float | None = None
    cp_low: float | None = None
    cp_high: float | None = None
    cpk: float
    cpk_low: float | None = None
    cpk_high: float | None = None
    cpu: float | None = None
    cpl: float | None = None
    pp: float | None = None
    pp_low: float | None = None
    pp_high: float | None = None
    ppk: float
    ppk_low: float | None = None
    ppk_high: float | None = None
    ppu: float | None = None
    ppl: float | None = None
    cpm: float | None = None
    cpm_low: float | None = None
    cpm_high: float | None = None
    expected_within: float
    expected_overall: float
    outside: int | None = None
    outside_share: float | None = None
    outside_low: float | None = None
    outside_high: float | None = None
    normality: Normality | None = None
    stability: Stability | None = None
    stable: bool | None = None
    verdict: Verdict
    histogram: tuple[Bin, ...] = ()

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row an index."""
        return ("index", "value", "low", "high"), [
            (name, getattr(self, name), getattr(self, f"{name}_low"), getattr(self, f"{name}_high"))
            for name in FIGURES
        ]

    def answer(self) -> tuple[Block, ...]:
        """The sentence, the indices, what falls outside, and what they rest on."""
        # How it is laid out needs the result, and only where it is shown.
        from dmaic.stats.capability.block import blocks

        return blocks(self)
