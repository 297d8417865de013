"""A measured benefit in words and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dmaic.block import Block, Cells, Check, Checks, Fields, Heading, Note, Table
from dmaic.money.benefit_measure import BenefitMeasureResult, Effect, Group
from dmaic.money.effect import Estimate
from dmaic.money.effect_check import LEVEL
from dmaic.money.measure_head import (
    change_of,
    doubts,
    elsewhere,
    headline,
    money_of,
    money_span,
    span_of,
)
from dmaic.number import DASH, amount, interval, money, p_value, percent
from dmaic.text import name_list, plural, printable

SHOWN = 15
"""More segments than these are not shown in the table; CSV and JSON have them all."""


def blocks(result: BenefitMeasureResult) -> tuple[Block, ...]:
    """The answer first, then the rates, the claim, the change of the whole, and the checks."""
    names = name_list([printable(name, 60) for name in result.treated], 6)
    told: list[Block] = [
        Heading(f"Realised benefit: {names}" if result.treated else "Before and after", 1),
        Note(headline(result), strong=True),
        *(Note(each) for each in (elsewhere(result), doubts(result)) if each),
        _rates(result),
    ]
    if result.customers is not None:
        told += [_claims(result, result.customers), Fields(tuple(_facts(result)))]
    told.append(_overall(result))
    if result.customers is not None:
        told += [Heading("Is the comparison fair?"), Checks(tuple(_checks(result)))]
    return tuple(told)


def _rates(result: BenefitMeasureResult) -> Table:
    named = result.segments if result.by and len(result.segments) <= SHOWN else ()
    rows: list[Group] = []
    if result.customers is None:
        rows = [*named, result.groups[-1]]
    else:
        for group in result.groups:
            inside = [each for each in named if each.role == group.role]
            rows += [group, *inside] if len(inside) > 1 else [*inside] or [group]
    totals = {id(group) for group in result.groups}

    def name(group: Group) -> str:
        if id(group) in totals:
            return group.name
        sign = f" ({group.role})" if result.customers is not None else ""
        alone = sum(each.role == group.role for each in named) == 1
        return f"{printable(group.name, 60)}{sign if alone else ''}"

    before = f"{result.before.first} to {result.before.last}"
    after = f"{result.after.first} to {result.after.last}"
    return Table(
        (
            Cells("Monthly churn, %", tuple(name(row) for row in rows), wrap=True),
            Cells("before", tuple(_rate(row.before) for row in rows), right=True),
            Cells("95 % before", tuple(_bounds(row.before) for row in rows), right=True, keep=40),
            Cells("after", tuple(_rate(row.after) for row in rows), right=True),
            Cells("95 % after", tuple(_bounds(row.after) for row in rows), right=True, keep=40),
            Cells("change", tuple(change_of(row.change) for row in rows), right=True),
            Cells("95 % change", tuple(_share_span(row.change) for row in rows), right=True,
                  keep=50),
            Cells("lost after", tuple(_lost(row) for row in rows), right=True, keep=30),
        ),
        title=f"{before}, then {after}",
    )  # fmt: skip


def _lost(group: Group) -> str:
    return DASH if group.after is None else amount(group.after.churned, places=0)


def _rate(side: object) -> str:
    return percent(getattr(side, "rate", None))


def _bounds(side: object) -> str:
    low, high = getattr(side, "low", None), getattr(side, "high", None)
    return DASH if low is None else f"{percent(low)}–{percent(high)}"


def _claims(result: BenefitMeasureResult, heads: Effect) -> Table:
    mrr = result.mrr
    rows = _claim_rows(heads, mrr)
    columns = [
        Cells("Saved", tuple(name for name, *_ in rows), wrap=True),
        Cells(result.unit, tuple(amount(head, places=0) for _, head, _ in rows), right=True),
    ]
    if mrr is not None:
        columns += [
            Cells("MRR", tuple(money(each, result.currency) for *_, each in rows), right=True),
            Cells(
                "run-rate, 12 x",
                tuple(
                    money(None if each is None else 12 * each, result.currency) for *_, each in rows
                ),
                right=True,
            ),
        ]
    return Table(tuple(columns), title="What the fix saved in the months after")


def _claim_rows(heads: Effect, mrr: Effect | None) -> list[tuple[str, float | None, float | None]]:
    def both(name: str, figure: Callable[[Effect], float | None]) -> tuple[str, Any, Any]:
        return name, figure(heads), None if mrr is None else figure(mrr)

    return [
        both("Lost less than at the rate before", lambda each: each.raw.value),
        both("The market's part, not claimed", lambda each: each.market),
        both("Claimed", lambda each: each.claimed.value),
        both("  at least (95 %)", lambda each: each.claimed.low),
        both("  at most (95 %)", lambda each: each.claimed.high),
        both("Of it still there at the end", lambda each: each.standing.value),
    ]


def _facts(result: BenefitMeasureResult) -> Iterator[tuple[str, str]]:
    heads, other = result.customers, result.other_scale
    assert heads is not None
    rate = heads.counterfactual_rate
    yield (
        "Rate without the fix",
        f"{percent(rate.value)} % a month ({percent(rate.low)}–{percent(rate.high)}); "
        f"the fix cut it by {_share(heads.reduction)}",
    )
    if result.cash is not None:
        yield (
            "Cash so far",
            f"{money_of(result, result.cash.value, brief=False)} "
            f"({money_span(result, result.cash)}), paid until the end of {result.after.last}; "
            "not run-rate",
        )
    if result.run_rate_year is not None and result.after.months != 12:
        yield (
            "In a whole year of such months",
            f"{money_of(result, result.run_rate_year.value)} run-rate "
            f"({money_span(result, result.run_rate_year)})",
        )
    if other is not None:
        name = "In points instead" if result.scale == "ratio" else "In proportion instead"
        told = f"{amount(other.claimed.value, places=0)} {result.unit}"
        if other.claimed.low is not None:
            told += f" ({span_of(other.claimed, 0)})"
        if result.other_run_rate is not None and result.other_run_rate.value is not None:
            told += f", {money_of(result, result.other_run_rate.value)} run-rate"
        yield name, told + f"; the headline is on the {result.scale} scale"


def _overall(result: BenefitMeasureResult) -> Table:
    overall = result.overall
    rows = [(f"Churn of the {group.role}", group.rate_effect) for group in result.groups[:-1]] or [
        ("Churn within the segments", overall.rate_effect)
    ]
    rows += [
        ("Mix: other shares of the segments", overall.mix_effect),
        ("Change of the overall rate", _difference(overall.before, overall.after)),
    ]
    end = f"{percent(overall.before)} % to {percent(overall.after)} % a month"
    if overall.without_fix is not None:
        end += f"; without the fix {percent(overall.without_fix)} %"
    if overall.topline is not None:
        end += (
            f". Lost annualised revenue {money_of(result, overall.loss_before)} to "
            f"{money_of(result, overall.loss_after)}: "
            f"{money(abs(overall.topline), result.currency)} "
            f"{'less' if overall.topline >= 0 else 'more'}, the market's part included"
        )
    return Table(
        (
            Cells("Part", tuple(name for name, _ in rows), wrap=True),
            Cells("points a month", tuple(_points(each) for _, each in rows), right=True),
        ),
        title=f"All {result.unit}: {end}",
    )


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def _points(figure: float | None) -> str:
    return DASH if figure is None else f"{100 * figure:+.3f}"


def _checks(result: BenefitMeasureResult) -> Iterator[Check]:
    trend, peak = result.trend, result.peak
    assert trend is not None
    assert peak is not None
    if trend.p_value is None:
        yield Check("todo", "Parallel trends before", "cannot be checked: too few months or losses")
    else:
        yield Check(
            "warn" if trend.p_value < LEVEL else "good",
            "Parallel trends before",
            f"treated against untouched {percent(trend.difference, sign=True)} % a month "
            f"({interval(trend.low, trend.high)}), p {p_value(trend.p_value)}, "
            f"{plural(trend.months, 'month')}",
        )
    if result.alike is not None:
        yield Check(
            "warn" if result.alike < LEVEL else "good",
            "Untouched segments changed alike",
            f"p {p_value(result.alike)}, {plural(len(result.untouched), 'segment')}",
        )
    if not peak.other_months:
        yield Check(
            "todo",
            "Baseline not chosen at its peak",
            "cannot be judged: the export before has no other months",
        )
    else:
        text = (
            f"{percent(peak.rate)} % in it, {percent(peak.other_rate)} % in the other "
            f"{plural(peak.other_months, 'month')} before"
        )
        # Not flagged is not proven: a part of any highest stretch is chance, and goes back.
        if peak.highest and peak.p_value is not None:
            text += f"; its highest stretch, p {p_value(peak.p_value)}"
        yield Check(
            "warn" if peak.flagged else "todo" if peak.highest else "good",
            "Baseline not chosen at its peak",
            text,
        )


def _share(estimate: Estimate) -> str:
    if estimate.value is None:
        return DASH
    text = f"{100 * estimate.value:.1f} %"
    return text if estimate.low is None else f"{text} ({interval(estimate.low, estimate.high)})"


def _share_span(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return DASH
    return f"{100 * estimate.low:+.1f} to {100 * estimate.high:+.1f}"
