"""Recovered revenue: what solutions bring back, what they cost, and when they pay back."""

from __future__ import annotations

from math import fsum
from typing import Any

from dmaic.block import Block
from dmaic.money.baseline import Baseline
from dmaic.money.quantity import Quantity
from dmaic.money.simulation import Simulation
from dmaic.money.tornado import TornadoRow
from dmaic.reply import Study, heading
from dmaic.result import Frozen, Sheet


class RecoveredSegment(Frozen):
    """One segment that solutions work on.

    Attributes:
        name: of the segment.
        churned: customers lost in the baseline; None where it does not tell.
        share: of all churned customers.
        share_value: of all MRR lost.
        annual_loss: 12 x the MRR it loses in twelve months.
        reduction: of all solutions on it together: 1 - prod(1 - r).
        recovered_annual: annual loss x reduction.
        win_back_annual: annual loss x share won back.
        churn_before: its monthly churn.
        churn_after: the same with all solutions working in full.
        noise: half the 95 % interval of its churned customers, as a share of them.
        lifetime_value: of its customers: MRR x margin / churn.
    """

    name: str
    churned: float | None
    share: float
    share_value: float | None
    annual_loss: float
    reduction: float
    recovered_annual: float
    win_back_annual: float
    churn_before: float
    churn_after: float
    noise: float | None
    lifetime_value: float | None


class RecoveredSolution(Frozen):
    """One solution, as if it were the only one.

    Attributes:
        name: of the solution.
        segment: that it works on; None where its return is known.
        reduction: of the segment's churn.
        win_back: share of the lost that comes back.
        recovers: known return a month.
        cost: paid once.
        running_cost: a month.
        ramp: months until it works in full.
        starts: month in which it begins to work.
        recovered_annual: run-rate that it would recover alone.
        npv: net present value of it alone.
    """

    name: str
    segment: str | None
    reduction: Quantity
    win_back: Quantity
    recovers: Quantity | None
    cost: Quantity
    running_cost: Quantity
    ramp: int
    starts: int
    recovered_annual: float
    npv: float


class RecoveredMonth(Frozen):
    """One month of the cash view.

    Attributes:
        month: 0 is before the first.
        saved: customers there at its end who would be gone.
        benefit: margin on what they pay, and known returns.
        cost: one-off and running.
        net: benefit less cost.
        cumulative: net up to its end.
    """

    month: int
    saved: float | None
    benefit: float
    cost: float
    net: float
    cumulative: float


class RecoverResult(Study):
    """What solutions recover: run-rate, cash, and how sure it is.

    Run-rate (12 x MRR, all solutions working in full) and cash (month by month, less the cost to
    serve) are never added up.

    Attributes:
        sentence: the answer.
        currency: of all money.
        unit: what is counted, plural.
        baseline: what is lost as things stand, by segment.
        baseline_annual_loss: run-rate of all churn; None where only a return is known.
        segment_annual_loss: of the segments worked on.
        segment_share: their share of all churned customers.
        segment_share_value: their share of all MRR lost.
        recovered_annual: run-rate recovered, without win-back; known returns included.
        recovered_share: of the baseline's annual loss.
        win_back_annual: run-rate of the customers won back.
        overall_churn_before: monthly logo churn of all customers.
        overall_churn_after: the same with all solutions working in full.
        segment_churn_before: of the segments worked on, together.
        segment_churn_after: the same with all solutions working in full.
        revenue_churn_before: MRR lost a month over MRR.
        revenue_churn_after: the same less what is recovered.
        saved_monthly: customers saved a month with all solutions working in full.
        margin: of revenue, that counts as benefit.
        discount: a year.
        horizon: months looked at.
        benefit: within the horizon.
        cost: within the horizon.
        net: benefit less cost.
        roi: net / cost, within the horizon; None without cost.
        first_year_benefit: run-rate of a year x margin.
        first_year_cost: one-off costs and twelve months of running costs.
        roi_run_rate: the same of a year at full run-rate: no ramp, nothing lost again.
        payback_month: from whose end on the cumulative net is not below zero, or None.
        npv: net present value of the months.
        irr: yearly rate at which that is zero, or None.
        irr_reason: why there is none.
        lifetime_value: of the customers of the segments: MRR x margin / churn.
        cost_share_of_lifetime_value: cost within the horizon over it.
        p10: a tenth of the draws have a lower net present value.
        p50: half of them have.
        p90: nine tenths have.
        probability_payback: share of the draws that pay back within the horizon.
        segments: each segment worked on.
        solutions: each solution alone.
        months: the cash view.
        simulation: the draws.
        tornado: what moves the net present value most.
    """

    kind: str = "recover"
    sentence: str
    currency: str | None = None
    unit: str = "customers"
    baseline: Baseline
    baseline_annual_loss: float | None
    segment_annual_loss: float | None
    segment_share: float | None
    segment_share_value: float | None
    recovered_annual: float
    recovered_share: float | None
    win_back_annual: float
    overall_churn_before: float | None
    overall_churn_after: float | None
    segment_churn_before: float | None
    segment_churn_after: float | None
    revenue_churn_before: float | None
    revenue_churn_after: float | None
    saved_monthly: float | None
    margin: Quantity
    discount: float
    horizon: int
    benefit: float
    cost: float
    net: float
    roi: float | None
    first_year_benefit: float
    first_year_cost: float
    roi_run_rate: float | None
    payback_month: int | None
    npv: float
    irr: float | None
    irr_reason: str = ""
    lifetime_value: float | None
    cost_share_of_lifetime_value: float | None
    p10: float
    p50: float
    p90: float
    probability_payback: float
    segments: tuple[RecoveredSegment, ...]
    solutions: tuple[RecoveredSolution, ...]
    months: tuple[RecoveredMonth, ...]
    simulation: Simulation
    tornado: tuple[TornadoRow, ...] = ()

    @property
    def recovered_churn(self) -> float:
        """Of what is recovered a year, that which churn no longer takes: all but known returns."""
        return fsum(each.recovered_annual for each in self.segments)

    @property
    def known_annual(self) -> float:
        """Of what is recovered a year, the known returns."""
        return max(0.0, self.recovered_annual - self.recovered_churn) if self.segments else 0.0

    def answer(self) -> tuple[Block, ...]:
        """The sentence, run-rate, cash, ranges."""
        from dmaic.money.recover_word import answer

        return answer(self)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """The cash view, a month a row."""
        return _rows(self.months, RecoveredMonth)

    def sheets(self) -> tuple[Sheet, ...]:
        """The cash view, the segments, the solutions and all single figures, a sheet each."""
        single = [
            (heading(name), value)
            for name, value in self
            if isinstance(value, (int, float)) or value is None
        ]
        return (
            Sheet("Figures", ("Figure", "Value"), single, mixed=True),
            _sheet("Cash", self.months, RecoveredMonth),
            _sheet("Segments", self.segments, RecoveredSegment),
            _sheet("Solutions", self.solutions, RecoveredSolution),
            _sheet("Tornado", self.tornado, TornadoRow),
        )


def _rows(
    items: tuple[Frozen, ...], model: type[Frozen]
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    names = tuple(model.model_fields)
    return names, [tuple(_plain(getattr(each, name)) for name in names) for each in items]


def _plain(value: object) -> object:
    return value.likely if isinstance(value, Quantity) else value


def _sheet(title: str, items: tuple[Frozen, ...], model: type[Frozen]) -> Sheet:
    names, rows = _rows(items, model)
    return Sheet(title, tuple(map(heading, names)), rows)
