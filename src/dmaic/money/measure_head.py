"""A measured benefit in sentences: what was saved, what the market did, what is in doubt."""

from __future__ import annotations

from dmaic.money.benefit_measure import BenefitMeasureResult
from dmaic.money.effect import Estimate
from dmaic.money.effect_check import LEVEL
from dmaic.number import DASH, amount, money, percent


def headline(result: BenefitMeasureResult) -> str:
    """The sentence that answers."""
    overall = result.overall
    if result.customers is None:
        return (
            f"Churn went from {percent(overall.before)} % to {percent(overall.after)} % a month "
            f"({change_of(overall.change)}). How much of it a fix brought cannot be told until it "
            "is said whom it reached: --segment NAME."
        )
    claimed = result.customers.claimed
    if claimed.value is None:
        return "What would have been without the fix cannot be computed; see the findings."
    span = span_of(claimed, 0)
    if not claimed.proven:
        size = amount(abs(claimed.value), places=0)
        unit = result.unit.removesuffix("s") if size == "1" else result.unit
        told = f"{size} {unit} saved"
        if round(claimed.value) < 0:
            told = f"{size} more {unit} lost than without the fix"
        return f"No effect is shown: {told}, but anything from {span} saved fits the figures."
    if claimed.value < 0:
        worse = Estimate(
            value=-claimed.value,
            low=None if claimed.high is None else -claimed.high,
            high=None if claimed.low is None else -claimed.low,
        )
        return (
            f"Worse than without the fix: {amount(worse.value, places=0)} more {result.unit} were "
            f"lost (95 %: {span_of(worse, 0)})."
        )
    text = f"The fix saved {amount(claimed.value, places=0)} {result.unit} (95 %: {span})"
    if result.run_rate is not None and result.cash is not None:
        text += (
            f" and {money_of(result, result.run_rate.value)} of annual run-rate "
            f"({money_span(result, result.run_rate)}); {money_of(result, result.cash.value)} has "
            "come in as cash so far"
        )
    return text + "."


def elsewhere(result: BenefitMeasureResult) -> str:
    """What the market did, and that it is not claimed; empty where nobody was treated."""
    effect = result.customers
    if effect is None:
        return ""
    text = (
        f"Churn changed by {change_of(result.groups[0].change)} where the fix reached and by "
        f"{change_of(result.market)} elsewhere, segment by segment."
    )
    market, raw = effect.market, effect.raw.value
    if market is None or raw is None:
        return text
    if round(market) < 0:
        lead = (
            "The market got worse" if result.market.proven else "No change of the market is shown"
        )
        text += (
            f" {lead}: by its figures {amount(-market, places=0)} {result.unit} more would have "
            "been lost without the fix."
        )
    elif market <= raw:
        text += (
            f" Of {amount(raw, places=0)} {result.unit} fewer lost {amount(market, places=0)} are "
            "the market's part, which is not claimed."
        )
    else:
        text += (
            f" The market alone would have saved {amount(market, places=0)} {result.unit}; that is "
            "not claimed."
        )
    return text


def doubts(result: BenefitMeasureResult) -> str:
    """Why the comparison may not be fair; empty where nothing speaks against it."""
    found = []
    if result.trend is not None and (result.trend.p_value or 1) < LEVEL:
        found.append("treated and untouched did not move alike before the fix")
    if result.alike is not None and result.alike < LEVEL:
        found.append("the untouched segments did not change alike")
    if result.peak is not None and result.peak.flagged:
        found.append("the baseline was chosen at its peak")
    return f"In doubt: {'; '.join(found)}. See the checks below." if found else ""


def change_of(change: Estimate) -> str:
    """A change in per cent with its sign."""
    return DASH if change.value is None else f"{100 * change.value:+.1f} %"


def span_of(estimate: Estimate, places: int) -> str:
    """Both bounds of an interval."""
    return f"{amount(estimate.low, places=places)} to {amount(estimate.high, places=places)}"


def money_of(result: BenefitMeasureResult, figure: float | None, *, brief: bool = True) -> str:
    """Money of a result, in short."""
    return money(figure, result.currency, brief=brief)


def money_span(result: BenefitMeasureResult, estimate: Estimate) -> str:
    """Both bounds of an interval of money."""
    if estimate.low is None:
        return "no interval"
    return f"{money_of(result, estimate.low)} to {money_of(result, estimate.high)}"
