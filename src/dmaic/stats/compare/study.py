"""A comparison, from counts on both sides to the result."""

from __future__ import annotations

from math import ceil, erfc, exp, isfinite, log, sqrt
from typing import Any

from dmaic.money.effect import Estimate, Losses, market_difference, ratio
from dmaic.money.mix import decompose
from dmaic.result import Inputs
from dmaic.stats.compare.result import (
    EXACT,
    POOLED,
    Arm,
    Baseline,
    CompareResult,
    Counted,
    Mode,
    Reversal,
    Segment,
)
from dmaic.stats.compare.sequential import inflation, plan
from dmaic.stats.compare.side import Ask, Count, Side
from dmaic.stats.compare.verdict import judge
from dmaic.stats.control.result import ControlResult
from dmaic.stats.proportion import newcombe, relative_risk, wilson
from dmaic.stats.sampling.power import Shares, Terms
from dmaic.stats.test import contingency

_LEAST_LEVEL = 1e-15
"""Of an interval, as the first of very many looks may ask for."""


def study(
    mode: Mode,
    reference: Side,
    compared: Side,
    ask: Ask,
    inputs: Inputs,
    *,
    unit: str,
    counted: Counted = "customer-months",
    by: tuple[str, ...] = (),
    before: tuple[Side, Side] | None = None,
    control: ControlResult | None = None,
) -> CompareResult:
    """Set two sides against each other.

    Args:
        mode: how the sides came about.
        reference: before, or the control group; somebody was at risk.
        compared: after, or the pilot; the same.
        ask: what is asked.
        inputs: what they come from.
        unit: what is counted, plural.
        counted: what rates are over.
        by: columns whose values are the segments; empty without.
        before: control group and pilot before it began.
        control: chart of the months.
    """
    one, other = reference.whole, compared.whole
    limits = plan(ask.looks, ask.alpha, ask.boundary)
    level = limits[ask.look - 1].p_value
    # No float tells a greater confidence from certainty.
    confidence = 1 - max(level, _LEAST_LEVEL)
    difference = _difference(other, one, confidence)
    statistic, p_value, exact = _test(other, one)
    risk = relative_risk(other.churned, other.at_risk, one.churned, one.at_risk, confidence)
    figures: dict[str, Any] = {}
    if by:
        segments, effects = _segments(reference, compared)
        reversal = _reversal(difference, segments)
        figures = {"by": by, "segments": segments, "reversal": reversal, **effects}
    result = CompareResult(
        inputs=inputs,
        mode=mode,
        unit=unit,
        counted=counted,
        reference=_arm(reference),
        compared=_arm(compared),
        difference=difference,
        relative_risk=Estimate(value=risk[0], low=risk[1], high=risk[2]),
        confidence=confidence,
        test=EXACT if exact else POOLED,
        statistic=statistic,
        p_value=p_value,
        level=level,
        significant=p_value is not None and p_value < level,
        alpha=ask.alpha,
        looks=ask.looks,
        look=ask.look,
        boundary=ask.boundary,
        plan=limits,
        minimal_effect=ask.minimal_effect,
        power=ask.power,
        baseline=_baseline(before, one, other),
        control=control,
        status="too-little-data",
        verdict="",
        **_wanted(one, other, ask, min(reference.months, compared.months), level),
        **figures,
    )
    status, matters, verdict = judge(result)
    return result.model_copy(update={"status": status, "matters": matters, "verdict": verdict})


def _arm(side: Side) -> Arm:
    whole = side.whole
    return _counted(
        side.name, whole, source=side.source, first=side.first, last=side.last, months=side.months
    )


def _counted(name: str, count: Count, **more: Any) -> Arm:  # noqa: ANN401  fields of an arm
    low, high = wilson(count.churned, count.at_risk) if count.at_risk else (None, None)
    return Arm(
        name=name,
        at_risk=count.at_risk,
        churned=count.churned,
        rate=count.churned / count.at_risk if count.at_risk else None,
        low=low,
        high=high,
        **more,
    )


def _difference(other: Count, one: Count, confidence: float) -> Estimate:
    if not one.at_risk or not other.at_risk:
        return Estimate(value=None)
    value, low, high = newcombe(other.churned, other.at_risk, one.churned, one.at_risk, confidence)
    return Estimate(value=value, low=low, high=high)


def _test(other: Count, one: Count) -> tuple[float | None, float | None, bool]:
    """Z = (q − p) / √(m (1 − m) (1/n + 1/N)), m the share of both together; two-sided p-value.

    Where fewer than five are expected in a cell of the table, one loss in a small group would be
    far out on the normal curve although it is nothing rare; then the p-value is Fisher's, exact.

    Returns:
        z and the p-value, None where everybody or nobody was lost; whether it is exact.
    """
    middle = (one.churned + other.churned) / (one.at_risk + other.at_risk)
    spread = middle * (1 - middle) * (1 / one.at_risk + 1 / other.at_risk)
    if spread <= 0:
        return None, None, False
    z = (other.churned / other.at_risk - one.churned / one.at_risk) / sqrt(spread)
    lost, sizes = (one.churned, other.churned), (one.at_risk, other.at_risk)
    if contingency.is_small(lost, sizes):
        return z, contingency.fisher(lost, sizes).p_value, True
    return z, erfc(abs(z) / sqrt(2)), False


def _wanted(one: Count, other: Count, ask: Ask, months: int, level: float) -> dict[str, Any]:
    """The smallest effect worth having, and how much data it takes to see it."""
    rate = one.churned / one.at_risk
    if rate <= 0:
        return {"minimal_difference": None}
    target = rate * (1 - ask.minimal_effect)
    size = Shares(rate, target, Terms(alpha=ask.alpha)).size(ask.power)
    size *= inflation(ask.looks, ask.alpha, ask.boundary, ask.power)
    needed = ceil(size - 1e-9) if isfinite(size) else None
    here = min(one.at_risk, other.at_risk)
    now = Shares(rate, target, Terms(alpha=level, ratio=other.at_risk / one.at_risk))
    return {
        "minimal_difference": rate * ask.minimal_effect,
        "needed": needed,
        "needed_months": needed * months / here if needed is not None and months else None,
        "power_now": now.power(one.at_risk),
    }


def _segments(reference: Side, compared: Side) -> tuple[tuple[Segment, ...], dict[str, float]]:
    names = [*dict.fromkeys((*reference.segments, *compared.segments))]
    nobody = Count(0, 0)
    pairs = {
        name: (reference.segments.get(name, nobody), compared.segments.get(name, nobody))
        for name in names
    }
    parts = decompose(
        {
            name: ((one.at_risk, one.churned), (other.at_risk, other.churned))
            for name, (one, other) in pairs.items()
        }
    )
    wholes = (reference.whole.at_risk, compared.whole.at_risk)
    rows = []
    for name, (one, other) in pairs.items():
        if not one.at_risk and not other.at_risk:
            continue
        rows.append(
            Segment(
                name=name,
                reference=_counted(reference.name, one) if one.at_risk else None,
                compared=_counted(compared.name, other) if other.at_risk else None,
                difference=_difference(other, one, 0.95),
                share_reference=one.at_risk / wholes[0],
                share_compared=other.at_risk / wholes[1],
                rate_effect=parts[name].rate,
                mix_effect=parts[name].mix,
            )
        )
    rows.sort(key=lambda row: (-(row.share_reference + row.share_compared), row.name))
    effects = {
        "rate_effect": sum(part.rate for part in parts.values()),
        "mix_effect": sum(part.mix for part in parts.values()),
    }
    return tuple(rows), effects


def _reversal(whole: Estimate, segments: tuple[Segment, ...]) -> Reversal:
    both = [each for each in segments if each.reference and each.compared]
    stratified = market_difference([
        (_losses(each.reference), _losses(each.compared)) for each in both
    ])  # fmt: skip
    sign = whole.value or 0.0
    opposite = [each for each in both if (each.difference.value or 0.0) * sign < 0]
    every = len(both) > 1 and len(opposite) == len(both)
    return Reversal(
        # Two figures near 0 have different signs by chance; one of them has to be more than that.
        reversed=(stratified.value or 0.0) * sign < 0
        and (every or whole.proven or stratified.proven),
        every_segment=every,
        stratified=stratified,
        opposite=tuple(each.name for each in opposite),
    )


def _losses(arm: Arm | None) -> Losses:
    assert arm is not None
    return Losses(arm.at_risk, arm.churned, arm.churned, arm.churned)


def _baseline(before: tuple[Side, Side] | None, one: Count, other: Count) -> Baseline | None:
    """The groups before; None where nobody of one of them was there."""
    if before is None or not all(side.whole.at_risk for side in before):
        return None
    then, then_other = before[0].whole, before[1].whole
    changes = [ratio(_of(past), _of(now)) for past, now in ((then, one), (then_other, other))]
    return Baseline(
        reference=_arm(before[0]),
        compared=_arm(before[1]),
        difference=_difference(then_other, then, 0.95),
        ratio=_ratio(changes[1], changes[0]),
    )


def _of(count: Count) -> Losses:
    return Losses(count.at_risk, count.churned, count.churned, count.churned)


def _ratio(one: Estimate, other: Estimate) -> Estimate:
    """A ratio of ratios; the variances of both logs are added."""
    if not one.value or not other.value:
        return Estimate(value=None)
    value = one.value / other.value
    if not (one.low and one.high and other.low and other.high):
        return Estimate(value=value)
    spread = sqrt(log(one.high / one.low) ** 2 + log(other.high / other.low) ** 2) / 2
    return Estimate(value=value, low=exp(log(value) - spread), high=exp(log(value) + spread))
