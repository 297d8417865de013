"""The estimate of a scenario on a baseline: every figure of a `RecoverResult`."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, isfinite
from typing import TYPE_CHECKING

from dmaic.money import cash as flow
from dmaic.money.baseline import YEAR
from dmaic.money.irr import irr
from dmaic.money.range_word import doubts
from dmaic.money.recover import (
    RecoveredMonth,
    RecoveredSegment,
    RecoveredSolution,
    RecoverResult,
)
from dmaic.money.recover_method import assumptions, method, sentence
from dmaic.money.simulate import simulate
from dmaic.money.tornado import tornado
from dmaic.result import Finding, Inputs

if TYPE_CHECKING:
    from dmaic.money.baseline import Baseline, SegmentBaseline
    from dmaic.money.cash import Cash, RunRate
    from dmaic.money.scenario import Scenario

_LARGEST = 100
"""Segments of the baseline that a result holds, beside those worked on."""


def estimate(
    baseline: Baseline,
    scenario: Scenario,
    *,
    inputs: Inputs,
    findings: Sequence[Finding] = (),
) -> RecoverResult:
    """What a scenario recovers, costs, and when it pays back.

    Args:
        baseline: has every segment of the scenario.
        scenario: at least one solution; every one begins within the horizon.
        inputs: what the baseline was computed from.
        findings: about it.
    """
    likely = flow.likely(scenario)
    rate = flow.run_rate(baseline, scenario, likely)
    money = flow.cash(baseline, scenario, likely)
    segments = _segments(baseline, scenario, rate)
    months = _months(money)
    margin = scenario.margin.likely
    recovered = fsum(float(each[0]) for each in (*rate.recovered.values(), rate.known))
    won_back = float(rate.win_back[0])
    revenue = fsum(each.recovered_annual for each in segments)
    benefit, cost = (
        fsum(each) for each in zip(*((m.benefit, m.cost) for m in months), strict=True)
    )
    first_benefit = (revenue + won_back) * margin + float(rate.known[0])
    first_cost = float(rate.first_cost[0])
    returned, reason = irr([each.net for each in months])
    paid = float(flow.payback(money.cumulative)[0])
    values = [each.lifetime_value for each in segments]
    lifetime = fsum(v for v in values if v) if values and None not in values else None
    # Else not all of the cost is for the customers of the segments.
    theirs = cost if all(each.segment for each in scenario.solutions) else None
    # Where it is only the loss over the logo churn it tells no churn of its own.
    mrr = baseline.whole.mrr if baseline.whole.arpa is not None else None
    ranges = simulate(baseline, scenario)
    parts = [baseline.find(each.name) for each in segments]
    result = RecoverResult(
        sentence="",
        currency=baseline.currency or next(iter(scenario.currencies), None),
        unit=baseline.unit,
        baseline=_shown(baseline, scenario),
        baseline_annual_loss=baseline.whole.annual_loss,
        segment_annual_loss=fsum(each.annual_loss for each in segments) if segments else None,
        segment_share=fsum(each.share for each in segments) if segments else None,
        segment_share_value=_added([each.share_value for each in segments]),
        recovered_annual=recovered,
        recovered_share=_over(revenue, baseline.whole.annual_loss),
        win_back_annual=won_back,
        overall_churn_before=baseline.whole.rate if baseline.known else None,
        overall_churn_after=float(rate.churn_after[0]) if baseline.known else None,
        segment_churn_before=_together(segments, [1.0 for _ in segments]),
        segment_churn_after=_together(segments, [1 - each.reduction for each in segments]),
        revenue_churn_before=_over(baseline.whole.mrr_lost, mrr),
        revenue_churn_after=_over((baseline.whole.mrr_lost or 0) - revenue / YEAR**2, mrr),
        saved_monthly=_added(
            [
                None if part.churned_monthly is None else part.churned_monthly * each.reduction
                for part, each in zip(parts, segments, strict=True)
            ]
        ),
        margin=scenario.margin,
        discount=scenario.discount,
        horizon=scenario.horizon,
        benefit=benefit,
        cost=cost,
        net=benefit - cost,
        roi=_over(benefit - cost, cost),
        first_year_benefit=first_benefit,
        first_year_cost=first_cost,
        roi_run_rate=_over(first_benefit - first_cost, first_cost),
        payback_month=int(paid) if paid == paid and (benefit or cost) else None,
        npv=float(flow.npv(money.net, scenario.discount)[0]),
        irr=returned,
        irr_reason=reason,
        lifetime_value=lifetime,
        cost_share_of_lifetime_value=_over(theirs, lifetime),
        p10=ranges.npv.p10,
        p50=ranges.npv.p50,
        p90=ranges.npv.p90,
        probability_payback=ranges.probability_payback,
        segments=segments,
        solutions=_solutions(baseline, scenario),
        months=months,
        simulation=ranges,
        tornado=tornado(baseline, scenario),
        method=method(baseline, scenario),
        assumptions=assumptions(baseline, scenario, ranges.drawn),
        inputs=inputs,
        findings=(*findings, *doubts(scenario, ranges)),
    )
    return result.model_copy(update={"sentence": sentence(result)})


def _shown(baseline: Baseline, scenario: Scenario) -> Baseline:
    """The baseline with the segments worked on and the largest of the others."""
    kept = {*scenario.segments, *(each.name for each in baseline.segments[:_LARGEST])}
    segments = tuple(each for each in baseline.segments if each.name in kept)
    return baseline.model_copy(update={"segments": segments})


def _segments(
    baseline: Baseline, scenario: Scenario, rate: RunRate
) -> tuple[RecoveredSegment, ...]:
    rows = []
    for name in scenario.segments:
        base = baseline.find(name)
        loss, reduction = base.annual_loss or 0.0, float(rate.reduction[name][0])
        rows.append(
            RecoveredSegment(
                name=name,
                churned=base.churned,
                share=base.share,
                share_value=base.share_value,
                annual_loss=loss,
                reduction=reduction,
                recovered_annual=float(rate.recovered[name][0]),
                win_back_annual=loss * _won_back(scenario, name),
                churn_before=base.rate,
                churn_after=base.rate * (1 - reduction),
                noise=base.noise,
                lifetime_value=_lifetime(base, scenario.margin.likely),
            )
        )
    return tuple(rows)


def _won_back(scenario: Scenario, segment: str) -> float:
    away = 1.0
    for each in scenario.solutions:
        if each.segment == segment:
            away *= 1 - each.win_back.likely
    return 1 - away


def _lifetime(base: SegmentBaseline, margin: float) -> float | None:
    return None if base.mrr is None else _over(base.mrr * margin, base.rate)


def _months(money: Cash) -> tuple[RecoveredMonth, ...]:
    return tuple(
        RecoveredMonth(
            month=month,
            saved=None if money.saved is None else float(money.saved[0, month]),
            benefit=float(money.benefit[0, month]),
            cost=float(money.cost[0, month]),
            net=float(money.net[0, month]),
            cumulative=float(cumulative),
        )
        for month, cumulative in enumerate(money.cumulative[0])
    )


def _solutions(baseline: Baseline, scenario: Scenario) -> tuple[RecoveredSolution, ...]:
    rows = []
    for each in scenario.solutions:
        alone = scenario.model_copy(update={"solutions": (each,)})
        likely = flow.likely(alone)
        rate = flow.run_rate(baseline, alone, likely)
        money = flow.cash(baseline, alone, likely)
        rows.append(
            RecoveredSolution(
                name=each.title,
                segment=each.segment or None,
                reduction=each.reduction,
                win_back=each.win_back,
                recovers=each.recovers,
                cost=each.cost,
                running_cost=each.running_cost,
                ramp=each.ramp,
                starts=each.starts,
                recovered_annual=fsum(
                    float(every[0]) for every in (*rate.recovered.values(), rate.known)
                ),
                npv=float(flow.npv(money.net, scenario.discount)[0]),
            )
        )
    return tuple(rows)


def _together(segments: Sequence[RecoveredSegment], left: Sequence[float]) -> float | None:
    """Churn of several segments; each has share / rate of the customers, on one scale."""
    there = fsum(each.share / each.churn_before for each in segments if each.churn_before)
    lost = fsum(each.share * share for each, share in zip(segments, left, strict=True))
    return lost / there if there else None


def _added(figures: Sequence[float | None]) -> float | None:
    if not figures or None in figures:
        return None
    return fsum(each for each in figures if each is not None)


def _over(figure: float | None, whole: float | None) -> float | None:
    if figure is None or not whole:
        return None
    # A rate next to nothing makes a lifetime that no float holds.
    found = figure / whole
    return found if isfinite(found) else None
