"""The realised benefit of a fix, measured: what was saved, of which the market's part is not."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from dmaic.block import Block
from dmaic.money.effect import Estimate
from dmaic.reply import Study
from dmaic.result import Frozen

Scale = Literal["ratio", "additive"]
Role = Literal["treated", "untouched", "left out", "all"]


class Window(Frozen):
    """The months of one side.

    Attributes:
        source: name of the export or the dataset.
        first, last: first and last month, `2024-01`.
        months: how many.
        sha256: fingerprint of the export; None where it was not asked for.
    """

    source: str
    first: str
    last: str
    months: int
    sha256: str | None = None


class Rates(Frozen):
    """Churn of a group over the months of one side.

    Attributes:
        customers: at the start of each month, added up: customer-months.
        churned: customers lost.
        rate: churned over customer-months; with low and high, the 95 % Wilson interval.
        mrr: monthly recurring revenue at the start of each month, added up; None without money.
        mrr_lost: lost with the churned.
        mrr_rate: gross revenue churn of lost customers a month, mrr_lost over mrr.
    """

    customers: int
    churned: int
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    mrr: float | None = None
    mrr_lost: float | None = None
    mrr_rate: float | None = None


class Group(Frozen):
    """A segment, or several together.

    Attributes:
        name: of the segment, or of the group.
        role: `treated`, `untouched`, `left out` of the comparison, or `all` customers.
        before, after: its churn on both sides; None where it is not there.
        change: rate after over rate before, less 1.
        rate_effect: what its own rate adds to the change of the overall rate, in points a month.
        mix_effect: what its share of the customers adds to it.
    """

    name: str
    role: Role
    before: Rates | None = None
    after: Rates | None = None
    change: Estimate = Field(default_factory=lambda: Estimate(value=None))
    rate_effect: float | None = None
    mix_effect: float | None = None


class Month(Frozen):
    """One month of the treated and the untouched.

    Attributes:
        side: `before`: in the baseline; `after`; `outside`: in the export before, not in the
            baseline.
        month: `2025-03`.
        customers, churned, rate: of the treated.
        untouched_customers, untouched_churned, untouched_rate: of the untouched.
        counterfactual_rate: of the treated without the fix; None before.
        saved_customers: customers x counterfactual rate, less the churned.
        saved_mrr: the same in MRR.
        standing_customers, standing_mrr: of all saved until then, still there at the month's end.
        cash: paid in the month by those saved: the mean of the MRR standing at its beginning and
            at its end.
    """

    side: Literal["before", "after", "outside"]
    month: str
    customers: int
    churned: int
    rate: float | None
    untouched_customers: int
    untouched_churned: int
    untouched_rate: float | None
    counterfactual_rate: float | None = None
    saved_customers: float | None = None
    saved_mrr: float | None = None
    standing_customers: float | None = None
    standing_mrr: float | None = None
    cash: float | None = None


class Effect(Frozen):
    """What was saved after, in customers or in MRR.

    Attributes:
        counterfactual_rate: monthly rate of the treated without the fix.
        reduction: by which part of itself the rate lies below it.
        raw: saved against the rate before: the market's part and the fix's.
        market: the part of the raw that the untouched explain; not claimed.
        claimed: saved against the counterfactual rate; raw = market + claimed.
        standing: of the claimed, still there at the end.
    """

    counterfactual_rate: Estimate
    reduction: Estimate
    raw: Estimate
    market: float | None
    claimed: Estimate
    standing: Estimate


class Overall(Frozen):
    """All customers.

    Attributes:
        before, after: monthly churn rates.
        change: after over before, less 1.
        without_fix: rate after, had the treated churned at the counterfactual rate.
        rate_effect, mix_effect: parts of after - before (Kitagawa); they add up to it.
        loss_before, loss_after: revenue lost in a year of such months, annualised: 12 x the MRR
            lost in twelve months.
        topline: loss_before - loss_after: raw, with the market's part and the mix's in it.
    """

    before: float | None
    after: float | None
    change: Estimate
    without_fix: float | None = None
    rate_effect: float | None = None
    mix_effect: float | None = None
    loss_before: float | None = None
    loss_after: float | None = None
    topline: float | None = None


class ParallelTrend(Frozen):
    """Whether treated and untouched moved alike before the fix.

    Attributes:
        months: looked at.
        difference: how much faster the treated rate rose a month, a fraction; None where the
            months are too few to tell.
        low, high: its 95 % interval.
        p_value: of no difference.
    """

    months: int
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None


class BaselinePeak(Frozen):
    """Whether the baseline was chosen where churn was highest.

    Attributes:
        other_months: months of the export before outside the baseline; 0: it cannot be told.
        rate: of the treated in the baseline.
        other_rate: outside of it; None where it cannot be told.
        highest: no stretch of as many months in a row had a higher rate.
        p_value: of a rate as high as this by chance, one-sided.
        flagged: highest, and more than chance: a part of the effect is regression to the mean.
        claimed_customers: what would be claimed against all months of the export before.
    """

    other_months: int = 0
    rate: float | None = None
    other_rate: float | None = None
    highest: bool | None = None
    p_value: float | None = None
    flagged: bool = False
    claimed_customers: Estimate | None = None


class BenefitMeasureResult(Study):
    """The realised effect of a fix, against what would have been without it.

    Attributes:
        by: columns whose values are the segments.
        unit: what is counted, plural.
        currency: of all money, or None.
        value_name: column that the money comes from; None without money.
        definition: of churn, by name.
        treated: segments that the fix reached; empty where none was named.
        untouched: segments that they are compared with.
        before, after: the months of both sides.
        scale: on which the counterfactual of the headline is made.
        overall_churn_before, overall_churn_after: monthly, of all customers.
        saved_customers, saved_run_rate, saved_cash: what is claimed, without its interval.
        market: change of the untouched, after over before, less 1 (Mantel-Haenszel).
        customers: the effect in customers; None where no segment was named.
        mrr: the effect in MRR; None without money.
        run_rate: 12 x the MRR claimed: annualised revenue that was not lost.
        run_rate_year: the same for a whole year of such months.
        run_rate_standing: 12 x the MRR claimed that still stands at the end.
        cash: paid until the end of the last month by those who were saved.
        other_scale: the effect in customers on the scale that is not the headline's.
        other_run_rate: 12 x the MRR claimed on that scale.
        overall: all customers.
        groups: treated, untouched, left out and all, each together.
        segments: every segment.
        months: every month.
        trend: whether both moved alike before.
        alike: p-value of all untouched segments having changed in the same proportion.
        peak: whether the baseline was chosen at its peak.
    """

    kind: str = "benefit-measure"
    by: tuple[str, ...]
    unit: str
    currency: str | None
    value_name: str | None
    definition: str
    treated: tuple[str, ...]
    untouched: tuple[str, ...]
    before: Window
    after: Window
    scale: Scale
    overall_churn_before: float | None = None
    overall_churn_after: float | None = None
    saved_customers: float | None = None
    saved_run_rate: float | None = None
    saved_cash: float | None = None
    market: Estimate
    customers: Effect | None
    mrr: Effect | None
    run_rate: Estimate | None
    run_rate_year: Estimate | None
    run_rate_standing: Estimate | None
    cash: Estimate | None
    other_scale: Effect | None
    other_run_rate: Estimate | None
    overall: Overall
    groups: tuple[Group, ...]
    segments: tuple[Group, ...]
    months: tuple[Month, ...]
    trend: ParallelTrend | None
    alike: float | None
    peak: BaselinePeak | None

    def answer(self) -> tuple[Block, ...]:
        """What was saved, the rates, what is claimed and what is not, and the checks."""
        from dmaic.money.measure_word import blocks

        return blocks(self)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """A segment a row."""
        sides = ("customers", "churned", "rate", "low", "high", "mrr", "mrr_lost", "mrr_rate")
        header = (
            "segment",
            "role",
            *(f"{side}_{name}" for side in ("before", "after") for name in sides),
            "change",
            "change_low",
            "change_high",
            "rate_effect",
            "mix_effect",
        )
        rows = [
            (
                each.name,
                each.role,
                *(getattr(side, name, None) for side in (each.before, each.after)
                  for name in sides),
                each.change.value,
                each.change.low,
                each.change.high,
                each.rate_effect,
                each.mix_effect,
            )
            for each in self.segments
        ]  # fmt: skip
        return header, rows
