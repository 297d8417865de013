"""What a comparison found."""

from __future__ import annotations

from typing import Any, Literal

from dmaic.block import Block
from dmaic.money.effect import Estimate
from dmaic.reply import Study
from dmaic.result import Frozen
from dmaic.stats.compare.sequential import Boundary, Look
from dmaic.stats.control.result import ControlResult

POOLED = "two proportions, pooled"
EXACT = "Fisher's exact test"

Mode = Literal["before-after", "pilot"]
Status = Literal["lower", "higher", "no-effect", "too-little-data"]
Counted = Literal["customer-months", "customers"]


class Arm(Frozen):
    """One side of the comparison.

    Attributes:
        name: `before`, `after`, or what the pilot's column holds.
        at_risk: customer-months: customers at the start of each month, added up; where nothing is
            dated, customers.
        churned: of them lost.
        rate: churned over at risk; with low and high, its 95 % Wilson interval.
        source: name of the export.
        first, last: first and last month, or None where nothing is dated.
        months: how many; 0 where nothing is dated.
    """

    name: str
    at_risk: int
    churned: int
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    source: str = ""
    first: str | None = None
    last: str | None = None
    months: int = 0


class Segment(Frozen):
    """One segment on both sides.

    Attributes:
        name: of the segment.
        reference, compared: it on both sides; None where it is not there.
        difference: of the rates, compared less reference.
        share_reference, share_compared: of those at risk on that side, fractions.
        rate_effect: what its own rate adds to the overall difference (Kitagawa).
        mix_effect: what its share of the customers adds to it.
    """

    name: str
    reference: Arm | None = None
    compared: Arm | None = None
    difference: Estimate
    share_reference: float
    share_compared: float
    rate_effect: float | None = None
    mix_effect: float | None = None


class Reversal(Frozen):
    """Whether segments say the opposite of the whole (Simpson 1951).

    Attributes:
        reversed: the difference within segments, all taken together, has the other sign; and every
            segment says so, or one of both differences is more than chance.
        every_segment: each segment that is on both sides has the other sign.
        stratified: difference within segments, taken together (Mantel and Haenszel).
        opposite: segments whose rates moved against the overall one.
    """

    reversed: bool
    every_segment: bool
    stratified: Estimate
    opposite: tuple[str, ...] = ()


class Baseline(Frozen):
    """Both groups before the pilot began.

    Attributes:
        reference, compared: their churn then.
        difference: of the rates then: the groups were alike where it holds 0.
        ratio: (pilot now / then) over (control now / then); 1 where both changed alike.
    """

    reference: Arm
    compared: Arm
    difference: Estimate
    ratio: Estimate


class CompareResult(Study):
    """Two groups, or two times, set against each other.

    Attributes:
        mode: `before-after`, or `pilot` against control within one time.
        unit: what is counted, plural.
        counted: what the rates are over.
        by: columns whose values are the segments.
        reference: before, or the control group.
        compared: after, or the pilot.
        difference: rate compared less rate of the reference, with Newcombe's interval.
        relative_risk: rate compared over rate of the reference, with Katz's interval.
        confidence: of both intervals; 1 less what this look may use of alpha.
        test: `POOLED`, or `EXACT` where fewer than five losses, or stayers, are expected on a side.
        statistic: z of two proportions with the pooled share.
        p_value: of no difference, two-sided; to be set against `level`.
        level: what the p-value must be below at this look.
        significant: it is.
        alpha: chance of ever seeing an effect where there is none, over all looks.
        looks, look: planned, and the present one.
        boundary: how alpha is spread over looks.
        plan: the limits of all looks.
        minimal_effect: the smallest change worth having, as a fraction of the reference's rate.
        minimal_difference: the same in points of the rate; None without churn in the reference.
        power: chance of seeing it that is wanted.
        needed: at risk on each side so that it is seen; None where it cannot be said.
        needed_months: the same in months at the present size of the smaller side.
        power_now: chance that these data see it.
        rate_effect, mix_effect: parts of the difference; None without segments.
        segments: those of them.
        reversal: Simpson's; None without segments.
        baseline: both groups before; None where that is not told.
        control: chart of the months with a stage at the change; None where there are too few.
        status: `lower`, `higher`, `no-effect`, or `too-little-data`.
        matters: the whole interval lies beyond the minimal effect; None where the status is not
            lower or higher.
        verdict: in a sentence.
    """

    kind: str = "compare"
    mode: Mode
    unit: str = "customers"
    counted: Counted = "customer-months"
    by: tuple[str, ...] = ()
    reference: Arm
    compared: Arm
    difference: Estimate
    relative_risk: Estimate
    confidence: float
    test: str = POOLED
    statistic: float | None
    p_value: float | None
    level: float
    significant: bool
    alpha: float
    looks: int = 1
    look: int = 1
    boundary: Boundary = "obrien-fleming"
    plan: tuple[Look, ...]
    minimal_effect: float
    minimal_difference: float | None
    power: float
    needed: int | None = None
    needed_months: float | None = None
    power_now: float | None = None
    rate_effect: float | None = None
    mix_effect: float | None = None
    segments: tuple[Segment, ...] = ()
    reversal: Reversal | None = None
    baseline: Baseline | None = None
    control: ControlResult | None = None
    status: Status
    matters: bool | None = None
    verdict: str

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """All first, then a row a segment."""
        header = (
            "segment", "reference_at_risk", "reference_churned", "reference_rate",
            "compared_at_risk", "compared_churned", "compared_rate", "difference",
            "difference_low", "difference_high", "rate_effect", "mix_effect",
        )  # fmt: skip
        whole = Segment(
            name="(all)",
            reference=self.reference,
            compared=self.compared,
            difference=self.difference,
            share_reference=1.0,
            share_compared=1.0,
            rate_effect=self.rate_effect,
            mix_effect=self.mix_effect,
        )
        return header, [
            (
                each.name,
                *(
                    getattr(arm, name, None)
                    for arm in (each.reference, each.compared)
                    for name in ("at_risk", "churned", "rate")
                ),
                each.difference.value,
                each.difference.low,
                each.difference.high,
                each.rate_effect,
                each.mix_effect,
            )
            for each in (whole, *self.segments)
        ]

    def answer(self) -> tuple[Block, ...]:
        """The verdict, both sides, the looks, the mix, and the segments."""
        # How it is laid out needs the result, and only where it is shown.
        from dmaic.stats.compare.word import blocks

        return blocks(self)
