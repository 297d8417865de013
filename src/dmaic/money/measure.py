"""Measure the effect of a fix from the ledgers of before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dmaic.money import effect
from dmaic.money.benefit_measure import (
    BaselinePeak,
    BenefitMeasureResult,
    Effect,
    Month,
    ParallelTrend,
    Role,
    Scale,
)
from dmaic.money.effect import Estimate, Losses, Pair
from dmaic.money.effect_check import alike, parallel, peak
from dmaic.money.ledger import Category, Ledger
from dmaic.money.measure_side import (
    Sides,
    base,
    group,
    label,
    less_one,
    overall,
    role,
    window,
)
from dmaic.money.mix import decompose
from dmaic.money.saved import cash_weights, saved, standing_weights


def measure(sides: Sides, scale: Scale, **how: Any) -> BenefitMeasureResult:  # noqa: ANN401
    """The effect of a fix, with every figure that leads to it.

    Args:
        sides: what is compared with what.
        scale: of the headline's counterfactual.
        **how: `inputs`, `findings`, `method` and `assumptions` of the result.
    """
    categories = list(dict.fromkeys((*sides.before.flows, *sides.after.flows)))
    parts = decompose(
        {each: (base(sides.before, each), base(sides.after, each)) for each in categories}
    )
    segments = tuple(group(sides, label(each), role(sides, each), [each], parts)
                     for each in categories)  # fmt: skip
    left_out = [each for each in categories if role(sides, each) == "left out"]
    named: tuple[tuple[str, Role, Sequence[Category]], ...] = (
        ("All treated", "treated", sides.treated),
        ("All untouched", "untouched", sides.untouched),
        ("All left out", "left out", left_out),
        ("All", "all", categories),
    )
    groups = tuple(
        group(sides, name, part, chosen, parts) for name, part, chosen in named if chosen
    )
    found = _effects(sides, scale) if sides.treated else _NONE
    whole = overall(sides, groups[-1], found["customers"])
    return BenefitMeasureResult(
        by=sides.before.by,
        unit=sides.before.unit,
        currency=sides.before.currency or sides.after.currency if sides.has_money else None,
        value_name=sides.before.value_name if sides.has_money else None,
        definition=sides.before.definition,
        treated=tuple(label(each) for each in sides.treated),
        untouched=tuple(label(each) for each in sides.untouched),
        before=window(sides.before),
        after=window(sides.after),
        scale=scale,
        overall_churn_before=whole.before,
        overall_churn_after=whole.after,
        overall=whole,
        groups=groups,
        segments=segments,
        **found,
        **how,
    )


_NONE: Mapping[str, Any] = {
    "market": Estimate(value=None),
    **dict.fromkeys(
        ("customers", "mrr", "run_rate", "run_rate_year", "run_rate_standing", "cash",
         "other_scale", "other_run_rate", "trend", "alike", "peak")
    ),
    "months": (),
}  # fmt: skip


def _effects(sides: Sides, scale: Scale) -> dict[str, Any]:
    other: Scale = "additive" if scale == "ratio" else "ratio"
    market = effect.market_ratio(sides.pairs(sides.untouched))
    heads = _effect(sides, scale, money=False)
    mrr = _effect(sides, scale, money=True) if sides.has_money else None
    beside = _effect(sides, other, money=True) if sides.has_money else None
    months, cash = _months(sides, heads, mrr)
    year = 12 / sides.after.months
    return {
        "market": less_one(market),
        "customers": heads,
        "mrr": mrr,
        "saved_customers": heads.claimed.value,
        "saved_run_rate": mrr.claimed.times(12).value if mrr else None,
        "saved_cash": cash.value if cash else None,
        "run_rate": mrr.claimed.times(12) if mrr else None,
        "run_rate_year": mrr.claimed.times(12 * year) if mrr else None,
        "run_rate_standing": mrr.standing.times(12) if mrr else None,
        "cash": cash,
        "other_scale": _effect(sides, other, money=False),
        "other_run_rate": beside.claimed.times(12) if beside else None,
        "months": months,
        "trend": _trend(sides),
        "alike": alike(sides.pairs(sides.untouched)),
        "peak": _peak(sides, scale),
    }


def _counterfactual(sides: Sides, scale: Scale, *, money: bool) -> Estimate:
    treated, untouched = sides.pairs(sides.treated, money=money), sides.pairs(sides.untouched)
    if scale == "ratio":
        return effect.by_ratio(treated, effect.market_ratio(untouched))
    market = effect.market_difference(untouched)
    return effect.by_difference(treated, market, sides.pairs(sides.treated))


def _effect(sides: Sides, scale: Scale, *, money: bool) -> Effect:
    treated = sides.pairs(sides.treated, money=money)
    counterfactual = _counterfactual(sides, scale, money=money)
    months = sides.monthly(sides.after, sides.treated, money=money)
    each = _each(treated)
    raw = saved(effect.by_before(treated), months, each=each)
    claimed = saved(counterfactual, months, each=each)
    standing = standing_weights(len(months), counterfactual.value or 0)
    known = raw.value is not None and claimed.value is not None
    return Effect(
        counterfactual_rate=counterfactual,
        reduction=effect.change(counterfactual, _pooled(months)),
        raw=raw,
        market=raw.value - claimed.value if known else None,  # type: ignore[operator]
        claimed=claimed,
        standing=saved(counterfactual, months, standing, each=each),
    )


def _each(treated: list[Pair]) -> float:
    """What one lost customer took with them before."""
    lost = sum(before.lost for before, _ in treated)
    events = sum(before.events for before, _ in treated)
    return lost / events if events else 1.0


def _pooled(months: Sequence[Losses]) -> Losses:
    return Losses(
        sum(each.base for each in months),
        sum(each.lost for each in months),
        sum(each.events for each in months),
        sum(each.squares for each in months),
    )


def _months(
    sides: Sides, heads: Effect, mrr: Effect | None
) -> tuple[tuple[Month, ...], Estimate | None]:
    """Every month of both sides; and the cash that the saved brought."""
    told = []
    ledger = sides.whole or sides.before
    baseline = {span.name for span in sides.before.spans}
    for span, one, other in _beside(sides, ledger):
        told.append(Month(side="before" if span in baseline else "outside", month=span,
                          **_figures(one, other)))  # fmt: skip
    rate = heads.counterfactual_rate.value
    money = mrr.counterfactual_rate if mrr is not None else None
    monthly = sides.monthly(sides.after, sides.treated, money=True) if money is not None else []
    standing, worth = 0.0, 0.0
    for at, (span, one, other) in enumerate(_beside(sides, sides.after)):
        more: dict[str, Any] = {}
        if rate is not None:
            gained = one.base * rate - one.lost
            standing = standing * max(0.0, 1 - rate) + gained
            more |= {"counterfactual_rate": rate, "saved_customers": gained,
                     "standing_customers": standing}  # fmt: skip
        if money is not None and money.value is not None:
            gained = monthly[at].base * money.value - monthly[at].lost
            now = worth * max(0.0, 1 - money.value) + gained
            more |= {"saved_mrr": gained, "standing_mrr": now, "cash": (worth + now) / 2}
            worth = now
        told.append(Month(side="after", month=span, **_figures(one, other), **more))
    if money is None:
        return tuple(told), None
    each = _each(sides.pairs(sides.treated, money=True))
    weights = cash_weights(len(monthly), money.value or 0)
    return tuple(told), saved(money, monthly, weights, each=each)


def _beside(sides: Sides, ledger: Ledger) -> Iterable[tuple[str, Losses, Losses]]:
    return zip(
        (span.name for span in ledger.spans),
        sides.monthly(ledger, sides.treated),
        sides.monthly(ledger, sides.untouched),
        strict=True,
    )


def _figures(one: Losses, other: Losses) -> dict[str, Any]:
    return {
        "customers": int(one.base),
        "churned": one.events,
        "rate": one.rate,
        "untouched_customers": int(other.base),
        "untouched_churned": other.events,
        "untouched_rate": other.rate,
    }


def _trend(sides: Sides) -> ParallelTrend:
    before = sides.before
    found = parallel(sides.monthly(before, sides.treated), sides.monthly(before, sides.untouched))
    if found is None:
        return ParallelTrend(months=before.months)
    return ParallelTrend(
        months=before.months,
        difference=found.difference,
        low=found.low,
        high=found.high,
        p_value=found.p_value,
    )


def _peak(sides: Sides, scale: Scale) -> BaselinePeak:
    whole = sides.whole
    if whole is None or whole.months <= sides.before.months:
        return BaselinePeak()
    names = [span.name for span in whole.spans]
    start = names.index(sides.before.spans[0].name)
    found = peak(sides.monthly(whole, sides.treated), start, sides.before.months)
    if found is None:
        return BaselinePeak()
    against = Sides(whole, sides.after, sides.treated, sides.untouched)
    return BaselinePeak(
        other_months=found.months,
        rate=found.rate,
        other_rate=found.others,
        highest=found.highest,
        p_value=found.p_value,
        flagged=found.flagged,
        claimed_customers=_effect(against, scale, money=False).claimed,
    )
