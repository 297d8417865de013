"""The baseline: what a segment loses as things stand, before anything is done about it."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import TYPE_CHECKING

from dmaic.money.flow import Flow, added
from dmaic.result import Frozen
from dmaic.stats.proportion import wilson

if TYPE_CHECKING:
    from dmaic.money.ledger import Ledger
    from dmaic.money.scenario import Figures


class SegmentBaseline(Frozen):
    """What one segment loses.

    Attributes:
        name: of the segment; `All` for the whole.
        months: that were looked at.
        customers_start: active when the first of them began.
        customers_mean: active when a month began, on average.
        churned: lost in all of them.
        rate: monthly churn: churned over the customers active when each month began.
        rate_low: of its 95 % interval (Wilson).
        rate_high: of the same.
        arpa: MRR of a customer.
        arpa_lost: MRR of a customer who was lost.
        mrr_lost: a month, on average.
        annual_loss: run-rate: 12 x the MRR lost in twelve months.
        share: of all churned customers.
        share_value: of all MRR lost.
        new: customers who sign up a month.
    """

    name: str
    months: float | None = None
    customers_start: float | None = None
    customers_mean: float | None = None
    churned: float | None = None
    rate: float
    rate_low: float | None = None
    rate_high: float | None = None
    arpa: float | None = None
    arpa_lost: float | None = None
    mrr_lost: float | None = None
    annual_loss: float | None = None
    share: float = 1.0
    share_value: float | None = None
    new: float | None = None

    @property
    def churned_monthly(self) -> float | None:
        """Customers lost a month."""
        if self.churned is None or not self.months:
            return None
        return self.churned / self.months

    @property
    def noise(self) -> float | None:
        """Half the 95 % interval of the number of churned over it, `1.96 / sqrt(churned)`."""
        return 1.96 / self.churned**0.5 if self.churned else None


class Baseline(Frozen):
    """What is lost, in all and by segment.

    Attributes:
        whole: all customers.
        segments: every segment, the largest loss first.
        by: the column that tells the segments apart; None where they were given as figures.
        unit: what is counted, plural.
        currency: of all money, or None.
        definition: name of the definition of churn.
        first: name of the first period, or empty.
        last: name of the last.
    """

    whole: SegmentBaseline
    segments: tuple[SegmentBaseline, ...]
    by: str | None = None
    unit: str = "customers"
    currency: str | None = None
    definition: str = ""
    first: str = ""
    last: str = ""

    def find(self, name: str) -> SegmentBaseline:
        """The segment of that name.

        Raises:
            KeyError: there is none.
        """
        for each in self.segments:
            if each.name == name:
                return each
        raise KeyError(name)


def baseline_of(ledger: Ledger) -> Baseline:
    """The baseline that a ledger tells, a segment a category.

    Args:
        ledger: of at least one period, in months.
    """
    months = ledger.months
    whole = ledger.whole()
    overall = added(whole)
    segments = [
        _segment(", ".join(category), flows, months, overall)
        for category, flows in ledger.flows.items()
    ]
    segments.sort(key=lambda each: (-(each.mrr_lost or 0), -(each.churned or 0), each.name))
    return Baseline(
        whole=_segment("All", whole, months, overall),
        segments=tuple(segments),
        by=", ".join(ledger.by) or None,
        unit=ledger.unit,
        currency=ledger.currency,
        definition=ledger.definition,
        first=ledger.spans[0].name,
        last=ledger.spans[-1].name,
    )


def _segment(name: str, flows: tuple[Flow, ...], months: int, overall: Flow) -> SegmentBaseline:
    flow = added(flows)
    # Quarters hold fewer beginnings than months: rates are over months.
    exposure = flow.customers_start * months / len(flows)
    rate = flow.churned / exposure if exposure else 0.0
    low, high = wilson(min(flow.churned, exposure), exposure) if exposure else (None, None)
    lost = flow.mrr_churned
    share_value = None
    if lost is not None and overall.mrr_churned:
        share_value = lost / overall.mrr_churned
    return SegmentBaseline(
        name=name,
        months=months,
        customers_start=flows[0].customers_start,
        customers_mean=flow.customers_start / len(flows),
        churned=flow.churned,
        rate=min(rate, 1.0),
        rate_low=low,
        rate_high=high,
        arpa=flow.arpa,
        arpa_lost=lost / flow.churned if lost is not None and flow.churned else None,
        mrr_lost=None if lost is None else lost / months,
        annual_loss=None if lost is None else 12 * lost * 12 / months,
        share=flow.churned / overall.churned if overall.churned else 0.0,
        share_value=share_value,
        new=flow.new / months,
    )


def baseline_from(figures: Figures, segments: tuple[str, ...], currency: str | None) -> Baseline:
    """The baseline that a few figures tell.

    Args:
        figures: as given.
        segments: those that solutions work on; where shares are not given by name, there is one.
        currency: of the money.

    Raises:
        KeyError: a segment without a share.
    """
    shares: Mapping[str, float] = figures.shares
    if figures.share is not None and len(segments) == 1:
        shares = {segments[0]: figures.share}
    churned = None if figures.customers is None else figures.customers * figures.churn

    def part(name: str, share: float, rate: float) -> SegmentBaseline:
        lost = None if churned is None else churned * share
        loss = figures.loss * share
        return SegmentBaseline(
            name=name,
            months=None if lost is None else 1,
            customers_mean=lost / rate if lost and rate else None,
            churned=lost,
            rate=rate,
            arpa_lost=loss / 144 / lost if lost else None,
            mrr_lost=loss / 144,
            annual_loss=loss,
            share=share,
            share_value=share,
        )

    rate = figures.churn
    own = figures.segment_churn if figures.segment_churn is not None else rate
    parts = tuple(part(name, shares[name], own) for name in segments)
    left = 1 - fsum(each.share for each in parts)
    rest = (part("(the rest)", left, rate),) if left > 1e-9 else ()
    return Baseline(whole=part("All", 1.0, rate), segments=parts + rest, currency=currency)
