"""The baseline: what a segment loses as things stand, before anything is done about it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import fsum
from typing import TYPE_CHECKING

from dmaic.money import metric
from dmaic.money.definition import DEFAULT, Definition
from dmaic.money.flow import Flow, added
from dmaic.result import Frozen

if TYPE_CHECKING:
    from dmaic.money.ledger import Ledger
    from dmaic.money.scenario import Figures

YEAR = 12
"""Months of it."""


class Retention(Frozen):
    """How the customers of a segment go on leaving after the age at which most are lost.

    By the shifted-beta-geometric model (see `dmaic.money.sbg`) the rate in the k-th month after
    `age` is rate / (1 + spread (age + k - 1)).

    Attributes:
        rate: of the first month of age, alpha / (alpha + beta).
        spread: how much customers differ, 1 / (alpha + beta).
        age: mean age of the customers lost, in months.
    """

    rate: float
    spread: float
    age: float

    def churn(self, month: int) -> float:
        """The rate in a month after that age, its first being 1."""
        return min(self.rate / (1 + self.spread * (self.age + month - 1)), 1.0)


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
        equal_losses: how many losses of one size would vary as much as the MRR lost did,
            (sum of MRR)^2 / sum of MRR^2 (Kish, L. (1965), Survey Sampling); None
            where single losses are not known.
        annual_loss: run-rate: 12 x the MRR lost in twelve months.
        share: of all churned customers.
        share_value: of all MRR lost.
        new: customers who sign up a month.
        retention: how those who are saved go on leaving; None: at the rate.
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
    equal_losses: float | None = None
    annual_loss: float | None = None
    share: float = 1.0
    share_value: float | None = None
    new: float | None = None
    retention: Retention | None = None

    @property
    def churned_monthly(self) -> float | None:
        """Customers lost a month."""
        if self.churned is None or not self.months:
            return None
        return self.churned / self.months

    @property
    def mrr(self) -> float | None:
        """MRR of all its customers; without ARPA, what is lost of it over the churn rate."""
        if self.arpa is not None and self.customers_mean is not None:
            return self.arpa * self.customers_mean
        if self.mrr_lost is None or not self.rate:
            return None
        return self.mrr_lost / self.rate

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

    @property
    def known(self) -> bool:
        """Whether anything is known of it; not so where only a return is."""
        return self.whole.annual_loss is not None

    def find(self, name: str) -> SegmentBaseline:
        """The segment of that name.

        Raises:
            KeyError: there is none.
        """
        for each in self.segments:
            if each.name == name:
                return each
        raise KeyError(name)


NO_BASELINE = Baseline(whole=SegmentBaseline(name="All", rate=0.0), segments=())
"""Where only the return of a solution is known, and no churn at all."""


def baseline_of(
    ledger: Ledger, definition: Definition = DEFAULT, *, latest: int | None = None
) -> Baseline:
    """The baseline that a ledger tells, a segment a category.

    Args:
        ledger: by month.
        definition: what churn means in it.
        latest: months at its end that are looked at; None: all of them.
    """
    spans = ledger.spans[-(latest or len(ledger.spans)) :]
    part = partial(_segment, months=len(spans), definition=definition)
    whole = ledger.whole()[-len(spans) :]
    overall = added(whole)
    segments = [
        part(" / ".join(category), flows[-len(spans) :], overall)
        for category, flows in ledger.flows.items()
    ]
    segments.sort(key=lambda each: (-(each.mrr_lost or 0), -(each.churned or 0), each.name))
    return Baseline(
        whole=part("All", whole, overall),
        segments=tuple(segments),
        by=" / ".join(ledger.by) or None,
        unit=ledger.unit,
        currency=ledger.currency,
        definition=ledger.definition,
        first=spans[0].name,
        last=spans[-1].name,
    )


def _segment(
    name: str,
    flows: tuple[Flow, ...],
    overall: Flow,
    *,
    months: int,
    definition: Definition,
) -> SegmentBaseline:
    flow = added(flows)
    churned, every = metric.lost(flow, definition), metric.lost(overall, definition)
    low, high = metric.logo_interval(flow, definition) or (None, None)
    lost, all_lost = (metric.mrr_lost(each, definition) for each in (flow, overall))
    return SegmentBaseline(
        name=name,
        months=months,
        customers_start=flows[0].customers_start,
        customers_mean=flow.customers_start / months,
        churned=churned,
        rate=min(metric.logo_churn(flow, definition) or 0.0, 1.0),
        rate_low=low,
        rate_high=high,
        arpa=flow.arpa,
        arpa_lost=lost / churned if lost is not None and churned else None,
        mrr_lost=None if lost is None else lost / months,
        equal_losses=lost * flow.mrr_churned / flow.squares_churned
        if lost and flow.mrr_churned and flow.squares_churned
        else None,
        annual_loss=None if lost is None else YEAR * lost * YEAR / months,
        share=churned / every if every else 0.0,
        share_value=lost / all_lost if lost is not None and all_lost else None,
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
    # As of a year, so that its noise is that of a year.
    churned = None if figures.customers is None else figures.customers * figures.churn * YEAR

    def part(name: str, share: float, rate: float) -> SegmentBaseline:
        lost = None if churned is None else churned * share
        loss = figures.loss * share
        return SegmentBaseline(
            name=name,
            months=None if lost is None else YEAR,
            customers_mean=lost / YEAR / rate if lost and rate else None,
            churned=lost,
            rate=rate,
            arpa_lost=loss / YEAR / lost if lost else None,
            mrr_lost=loss / YEAR**2,
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
