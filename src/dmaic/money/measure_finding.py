"""What a reader of a measured benefit should know about it."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic import number
from dmaic.money.benefit_measure import BenefitMeasureResult
from dmaic.money.effect_check import LEAST_MONTHS, LEVEL
from dmaic.money.ledger import Ledger
from dmaic.money.measure_side import Sides
from dmaic.result import Finding
from dmaic.text import plural

FEW = 10
"""Fewer losses than these in a group make a poor rate."""

_MATERIAL = 0.1
"""Two scales differ materially by more than this part of the headline."""


def window_findings(sides: Sides) -> Iterator[Finding]:
    """Months that do not fit together."""
    before, after = sides.before, sides.after
    first, last = before.spans[0], before.spans[-1]
    if after.spans[0].first <= last.last:
        yield Finding(
            code="after-not-later",
            level="warning",
            message=f"The months after begin with {after.spans[0].name}, and those before end "
            f"with {last.name}.",
            hint="Before and after may be swapped; or set the months apart with --until and "
            "--after-since.",
        )
    seasons = [[span.first.month for span in ledger.spans] for ledger in (before, after)]
    if set(seasons[0]) != set(seasons[1]):
        yield Finding(
            code="season-differs",
            level="warning",
            message=f"Other months of the year before ({first.name} to {last.name}) than after "
            f"({after.spans[0].name} to {after.spans[-1].name}). Only a season that treated and "
            "untouched share is taken out.",
            hint=f"Compare the same calendar months: {_same_months(before, after)}.",
        )
    elif before.months != after.months:
        yield Finding(
            code="unequal-spans",
            level="warning",
            message=f"{plural(before.months, 'month')} before, {after.months} after: rates are a "
            "month's and compare; some months of the year weigh more on one side.",
            hint="Compare equal times: --since and --until.",
        )
    if before.has_money != after.has_money:
        has, lacks = ("before", "after") if before.has_money else ("after", "before")
        yield Finding(
            code="money-one-sided",
            level="warning",
            message=f"The export {has} tells what customers pay, the one {lacks} does not; only "
            "customers are measured.",
            hint="Name the column with --value where it has another name.",
        )


def _same_months(before: Ledger, after: Ledger) -> str:
    """Options that choose the same months of the year before."""
    years = after.spans[0].first.year - before.spans[0].first.year
    names = [f"{span.first.year - years:04d}-{span.first.month:02d}" for span in after.spans]
    if before.spans[0].name <= names[0] and names[-1] <= before.spans[-1].name:
        return f"--since {names[0]} --until {names[-1]}"
    return "--since, --until, --after-since and --after-until"


def finding_of(result: BenefitMeasureResult, sides: Sides) -> Iterator[Finding]:
    """What limits the figures of a result."""
    if result.customers is None:
        yield Finding(
            code="no-counterfactual",
            level="warning",
            message="It was not said whom the fix reached, so the market's part cannot be told "
            "from the fix's, and nothing is claimed.",
            hint="Name the segments that it reached: --segment NAME.",
        )
        return
    few = [
        f"{name} {side} ({plural(losses.churned, 'loss', 'losses')})"
        for each, name in zip(result.groups, ("treated", "untouched"), strict=False)
        for losses, side in ((each.before, "before"), (each.after, "after"))
        if losses is not None and losses.churned < FEW
    ]
    if few:
        yield Finding(
            code="few-losses",
            level="warning",
            message=f"Hardly anybody was lost: {', '.join(few)}. Chance moves such rates a lot.",
            hint="Measure over more months; believe the interval, not the figure.",
        )
    if sides.has_money and any(
        flow.squares_churned is None
        for ledger in (sides.before, sides.after)
        for flow in ledger.whole()
    ):
        yield Finding(
            code="mrr-spread-unknown",
            level="info",
            message="The exports do not tell what each lost customer paid; the intervals of money "
            "take all to have paid alike, and are a little too narrow.",
            hint="An export with a row a customer tells.",
        )
    yield from _scales(result)
    yield from _checks(result)
    yield from _peak(result)
    if len(sides.untouched) > 1 and result.alike is not None and result.alike < LEVEL:
        yield Finding(
            code="untouched-differ",
            level="warning",
            message="The untouched segments did not change in the same proportion "
            f"(p {number.p_value(result.alike)}), so what the treated would have done is less "
            "sure than the interval says.",
            hint="Did another fix reach one of them? Then --leave-out NAME; or compare with those "
            "most like the treated: --untouched NAME.",
        )


def _scales(result: BenefitMeasureResult) -> Iterator[Finding]:
    assert result.customers is not None
    assert result.other_scale is not None
    both = (result.customers.claimed, result.other_scale.claimed)
    head, other = (each.value for each in both)
    if head is None or other is None or abs(head - other) <= _MATERIAL * abs(head):
        return
    if not any(each.proven for each in both):
        return  # Both say that no effect is shown.
    name = "additive" if result.scale == "ratio" else "ratio"
    yield Finding(
        code="scale-matters",
        level="warning",
        message=f"Had the treated moved {_MOVED[name]}, {other:,.0f} {result.unit} would be "
        f"claimed and not {head:,.0f}.",
        hint=f"The headline is on the {result.scale} scale; --scale {name} takes the other. Say "
        "which before you look.",
    )


_MOVED = {
    "additive": "by as many points as the untouched",
    "ratio": "in proportion as the untouched",
}


def _checks(result: BenefitMeasureResult) -> Iterator[Finding]:
    trend = result.trend
    assert trend is not None
    if trend.p_value is None:
        why = (
            f"{plural(trend.months, 'month')} before are too few ({LEAST_MONTHS} are needed)"
            if trend.months < LEAST_MONTHS
            else "too few were lost before"
        )
        yield Finding(
            code="trend-unchecked",
            level="warning",
            message=f"Whether treated and untouched moved alike before the fix cannot be checked: "
            f"{why}.",
            hint="Take more months before.",
        )
    elif trend.p_value < LEVEL:
        assert trend.difference is not None
        yield Finding(
            code="trends-differ",
            level="warning",
            message="Treated and untouched did not move alike before the fix: churn of the treated "
            f"{'rose' if trend.difference > 0 else 'fell'} {abs(100 * trend.difference):.1f} % a "
            f"month against the untouched (p {number.p_value(trend.p_value)}). Had that gone on, "
            f"the effect would be {'larger' if trend.difference > 0 else 'smaller'} than claimed.",
            hint="Compare with segments that moved alike (--untouched NAME).",
        )


def _peak(result: BenefitMeasureResult) -> Iterator[Finding]:
    peak = result.peak
    assert peak is not None
    if not peak.other_months:
        yield Finding(
            code="peak-unchecked",
            level="info",
            message="Whether the baseline was chosen at its peak cannot be told: the export before "
            "has no other months.",
            hint="Take a longer export before, and name the baseline with --since and --until.",
        )
    elif peak.flagged:
        against = peak.claimed_customers
        told = (
            f" Against all months of that export {against.value:,.0f} {result.unit} were saved."
            if against is not None and against.value is not None
            else ""
        )
        yield Finding(
            code="baseline-peak",
            level="warning",
            message=f"The baseline ({number.percent(peak.rate)} % a month) is the highest stretch "
            f"of its length; the other {plural(peak.other_months, 'month')} before had "
            f"{number.percent(peak.other_rate)} %. A part of the effect is churn going back to "
            f"what is usual (regression to the mean).{told}",
            hint="Take all months before as the baseline: leave --since and --until out.",
        )
