"""The figures of churn: plain functions over a `Flow` and a `Definition`.

Each figure is linear in the flow above and below its fraction line, so that flows of several
periods, added up, give the pooled rate. Rates are fractions of one. A figure is None where the
export does not tell what it needs, never 0.

The formulas are those that the billing systems document; `templates/definitions/*.yaml` holds the
address of each. Where systems differ, the definition says which is meant.
"""

from __future__ import annotations

from math import sqrt

from dmaic.money.definition import Definition
from dmaic.money.flow import Flow
from dmaic.stats.proportion import wilson, z_score

CONFIDENCE = 0.95
"""Of every interval."""


def customers_end(flow: Flow) -> int:
    """Active at the end: start + new + reactivated - churned."""
    return flow.customers_start + flow.new + flow.reactivated - flow.churned


def mrr_end(flow: Flow) -> float | None:
    """MRR at the end: start + new + reactivated + expansion - contraction - churned.

    Where the export has one amount for each customer, nothing expands or contracts in it. None
    where customers came and the export does not tell what they pay, as some monthly summaries.
    """
    unknown = (flow.new and flow.mrr_new is None) or (
        flow.reactivated and flow.mrr_reactivated is None
    )
    if flow.mrr_start is None or unknown:
        return None
    came = (flow.mrr_new or 0.0) + (flow.mrr_reactivated or 0.0) + (flow.mrr_expansion or 0.0)
    return flow.mrr_start + came - (flow.mrr_contraction or 0.0) - (flow.mrr_churned or 0.0)


def lost(flow: Flow, definition: Definition) -> int:
    """Customers lost by the definition."""
    return flow.churned + (flow.passing if definition.new_and_churned == "counted" else 0)


def at_risk(flow: Flow, definition: Definition) -> float:
    """Customers by which the lost are divided."""
    if definition.denominator == "average":
        return (flow.customers_start + customers_end(flow)) / 2
    if definition.denominator == "start-plus-new":
        passing = flow.passing if definition.new_and_churned == "counted" else 0
        return flow.customers_start + flow.new + passing
    return flow.customers_start


def logo_churn(flow: Flow, definition: Definition) -> float | None:
    """Logo (customer) churn: customers lost over customers at risk."""
    whole = at_risk(flow, definition)
    return lost(flow, definition) / whole if whole else None


def logo_interval(flow: Flow, definition: Definition) -> tuple[float, float] | None:
    """Wilson score interval of logo churn (Wilson 1927; see `dmaic.stats.proportion`).

    None where the rate is no proportion: who signed up and left can outnumber who was there.
    """
    events, trials = lost(flow, definition), at_risk(flow, definition)
    return wilson(events, trials, CONFIDENCE) if 0 <= events <= trials and trials else None


def mrr_lost(flow: Flow, definition: Definition) -> float | None:
    """MRR of the customers lost by the definition."""
    if flow.mrr_churned is None or definition.new_and_churned == "left-out":
        return flow.mrr_churned
    return flow.mrr_churned + (flow.mrr_passing or 0.0)


def mrr_at_risk(flow: Flow, definition: Definition) -> float | None:
    """MRR by which lost revenue is divided; None where the export does not tell a part of it."""
    if flow.mrr_start is None:
        return None
    if definition.denominator == "average":
        end = mrr_end(flow)
        return None if end is None else (flow.mrr_start + end) / 2
    if definition.denominator == "start-plus-new":
        if flow.new and flow.mrr_new is None:
            return None
        passing = flow.mrr_passing if definition.new_and_churned == "counted" else 0.0
        return flow.mrr_start + (flow.mrr_new or 0.0) + (passing or 0.0)
    return flow.mrr_start


def cancelled_churn(flow: Flow, definition: Definition) -> float | None:
    """MRR churn by cancellation: MRR of the customers lost over MRR at risk."""
    return _over(mrr_lost(flow, definition), mrr_at_risk(flow, definition))


def cancelled_interval(flow: Flow, definition: Definition) -> tuple[float, float] | None:
    """Interval of the MRR churn by cancellation, if losses come independently.

    The MRR lost is then a compound Poisson sum, whose variance is estimated by the sum of the
    squares of the lost customers' MRRs: rate +- 1.96 sqrt(sum of squares) / MRR at risk, cut at 0
    and 1. Source: Klugman, S. A., Panjer, H. H. and Willmot, G. E. (2012), Loss Models, 4th
    edition, section 9.3 (Var S = lambda E[X^2]). None without a loss.
    """
    gone, whole = mrr_lost(flow, definition), mrr_at_risk(flow, definition)
    spread = mrr_spread(flow, definition)
    if gone is None or not whole or spread is None:
        return None
    return max(0.0, (gone - spread) / whole), min(1.0, (gone + spread) / whole)


def mrr_spread(flow: Flow, definition: Definition) -> float | None:
    """Half the interval of the MRR lost; see `cancelled_interval`.

    The export's sum of squares is that of the churned; who came and went, where the definition
    counts them, is taken to be like them.
    """
    gone = mrr_lost(flow, definition)
    if gone is None or not flow.squares_churned or not flow.mrr_churned:
        return None
    z = z_score(CONFIDENCE)
    return z * sqrt(flow.squares_churned * gone / flow.mrr_churned)


def gross_churn(flow: Flow, definition: Definition) -> float | None:
    """Gross revenue churn: churned MRR, and contraction where the definition has it, over MRR.

    Without contraction in the export it is the MRR churn by cancellation, and at least that.
    """
    gone = mrr_lost(flow, definition)
    if gone is None:
        return None
    less = (flow.mrr_contraction or 0.0) if definition.contraction else 0.0
    return _over(gone + less, mrr_at_risk(flow, definition))


def net_churn(flow: Flow, definition: Definition) -> float | None:
    """Net revenue churn: gross, less what the definition sets against it; below 0 is growth.

    None where the export tells no expansion or contraction.
    """
    gone, gained = mrr_lost(flow, definition), offset(flow, definition)
    if gone is None or gained is None or (definition.contraction and flow.mrr_contraction is None):
        return None
    less = (flow.mrr_contraction or 0.0) if definition.contraction else 0.0
    return _over(gone + less - gained, mrr_at_risk(flow, definition))


def offset(flow: Flow, definition: Definition) -> float | None:
    """MRR that the definition sets against the loss; None where the export lacks a part of it."""
    parts = {"expansion": flow.mrr_expansion, "reactivation": flow.mrr_reactivated}
    known = [parts[name] for name in definition.offsets]
    return None if None in known else sum(each for each in known if each is not None)


def grr(flow: Flow) -> float | None:
    """Gross revenue retention: 1 - (churned + contraction) / MRR at the start.

    Of the customers who were there at the start, whatever the definition divides by. Without
    contraction in the export it is at most this.
    """
    if flow.mrr_churned is None:
        return None
    rate = _over(flow.mrr_churned + (flow.mrr_contraction or 0.0), flow.mrr_start)
    return None if rate is None else 1 - rate


def nrr(flow: Flow, definition: Definition) -> float | None:
    """Net revenue retention: 1 - (churned + contraction - offsets) / MRR at the start."""
    gained = offset(flow, definition)
    if flow.mrr_churned is None or flow.mrr_contraction is None or gained is None:
        return None
    rate = _over(flow.mrr_churned + flow.mrr_contraction - gained, flow.mrr_start)
    return None if rate is None else 1 - rate


def annualised(rate: float | None, months: float) -> float | None:
    """What a rate would come to in twelve months if it stayed so: 1 - (1 - c)^(12 / months).

    Args:
        rate: of a period; None and rates outside 0 and 1 have no such figure.
        months: that the period lasts.
    """
    if rate is None or not 0 <= rate <= 1:
        return None
    return float(1 - (1 - rate) ** (12 / months))


def per_exposure(events: int, exposure: float) -> tuple[float, float, float] | None:
    """Events per unit of exposure with Byar's approximation of the Poisson interval.

    Source: Breslow, N. E. and Day, N. E. (1987), Statistical Methods in Cancer Research, volume II,
    IARC, page 69.

    Args:
        events: churned customers.
        exposure: customer-months.

    Returns:
        Rate, lower and upper bound; None without exposure.
    """
    if exposure <= 0:
        return None
    z = z_score(CONFIDENCE)
    low = events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3 if events else 0.0
    more = events + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return events / exposure, max(low, 0.0) / exposure, high / exposure


def _over(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole
