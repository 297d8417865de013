"""From flows to the figures of churn: of each period, each category and the whole."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum
from typing import Any

from dmaic.money import metric
from dmaic.money.churn import Compared, Figures, PeriodFigures, SegmentFigures
from dmaic.money.definition import Definition
from dmaic.money.flow import Flow, added
from dmaic.money.ledger import Category, Ledger, Span


def figures(flow: Flow, definition: Definition, name: str, months: int | None) -> dict[str, Any]:
    """The fields of `Figures` of a flow.

    Args:
        flow: of one period, or of several added up.
        definition: what churn means.
        name: of the line.
        months: that one period lasts.
    """
    logo = metric.logo_churn(flow, definition)
    low, high = metric.logo_interval(flow, definition) or (None, None)
    mrr_low, mrr_high = metric.cancelled_interval(flow, definition) or (None, None)
    gross = metric.gross_churn(flow, definition)
    # Who is at risk once a year is not at risk again in the next month.
    scaled = months if definition.annual == "spread" else None
    return {
        "name": name,
        "months": months,
        "customers_start": flow.customers_start,
        "new": flow.new,
        "churned": flow.churned,
        "reactivated": flow.reactivated,
        "passing": flow.passing,
        "customers_end": metric.customers_end(flow),
        "lost": metric.lost(flow, definition),
        "at_risk": metric.at_risk(flow, definition),
        "logo_churn": logo,
        "logo_low": low,
        "logo_high": high,
        "annualised_logo_churn": metric.annualised(logo, scaled) if scaled else None,
        "mrr_start": flow.mrr_start,
        "mrr_new": flow.mrr_new,
        "mrr_churned": flow.mrr_churned,
        "mrr_contraction": flow.mrr_contraction,
        "mrr_expansion": flow.mrr_expansion,
        "mrr_reactivated": flow.mrr_reactivated,
        "mrr_passing": flow.mrr_passing,
        "mrr_end": metric.mrr_end(flow),
        "mrr_lost": metric.mrr_lost(flow, definition),
        "mrr_at_risk": metric.mrr_at_risk(flow, definition),
        "mrr_churn": metric.cancelled_churn(flow, definition),
        "mrr_low": mrr_low,
        "mrr_high": mrr_high,
        "gross_revenue_churn": gross,
        "net_revenue_churn": metric.net_churn(flow, definition),
        "grr": metric.grr(flow),
        "nrr": metric.nrr(flow, definition),
        "annualised_gross_revenue_churn": metric.annualised(gross, scaled) if scaled else None,
        "arpa": flow.arpa,
    }


def pooled(flows: Iterable[Flow], definition: Definition, name: str, months: int) -> dict[str, Any]:
    """The fields of `Figures` of several periods: rates pooled, stocks of the first and the last.

    Args:
        flows: one a period, in order of time.
        definition: what churn means.
        name: of the line.
        months: that one period lasts.
    """
    every = list(flows)
    made = figures(added(every), definition, name, months)
    first, last = every[0], every[-1]
    return {
        **made,
        "customers_start": first.customers_start,
        "customers_end": metric.customers_end(last),
        "mrr_start": first.mrr_start if made["mrr_start"] is not None else None,
        "mrr_end": metric.mrr_end(last) if made["mrr_start"] is not None else None,
    }


def of_periods(
    spans: Iterable[Span], flows: Iterable[Flow], definition: Definition
) -> tuple[PeriodFigures, ...]:
    """The figures of each period.

    Args:
        spans: the periods.
        flows: one a period.
        definition: what churn means.
    """
    return tuple(
        PeriodFigures(
            **figures(flow, definition, span.name, span.months), first=span.first, last=span.last
        )
        for span, flow in zip(spans, flows, strict=True)
    )


def of_segments(ledger: Ledger, definition: Definition) -> tuple[SegmentFigures, ...]:
    """The figures of each category over all periods, with most lost first.

    Args:
        ledger: the flows.
        definition: what churn means.
    """
    if not ledger.by:
        return ()
    whole = metric.lost(ledger.overall(), definition)
    months = ledger.spans[0].months
    made = [
        SegmentFigures(
            **pooled(flows, definition, category_name(category), months),
            category=category,
            share=metric.lost(added(flows), definition) / whole if whole else None,
        )
        for category, flows in ledger.flows.items()
    ]
    return tuple(sorted(made, key=lambda each: (-each.lost, each.name)))


def category_name(category: Category) -> str:
    """The parts of a category in one text."""
    return " / ".join(category) or "All"


def mean(rates: Iterable[float | None]) -> float | None:
    """The plain mean of the rates there are; None where there is none."""
    known = [rate for rate in rates if rate is not None]
    return fsum(known) / len(known) if known else None


def compared(ledger: Ledger, definition: Definition, own: Definition) -> Compared:
    """A ledger's figures by one of several definitions.

    Args:
        ledger: read by that definition.
        definition: it.
        own: what it is compared with.
    """
    months = ledger.spans[0].months
    flows = ledger.whole()
    return Compared(
        definition=definition,
        overall=Figures(**pooled(flows, definition, definition.name, months)),
        mean_logo_churn=mean(metric.logo_churn(flow, definition) for flow in flows),
        differs=definition.differences(own),
    )
