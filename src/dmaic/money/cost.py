"""What churn costs a year: as run-rate that is lost, and as cash that stays away."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Any

from pydantic import Field

from dmaic.block import Block
from dmaic.money import metric
from dmaic.money.definition import Definition
from dmaic.money.flow import Flow, added
from dmaic.money.ledger import Category, Ledger
from dmaic.reply import Study
from dmaic.result import Frozen

YEAR = 12
"""Months."""


class SegmentCost(Frozen):
    """What one category costs; all money is of one year.

    Attributes:
        name: of the category.
        category: its parts.
        annual_loss: lost annualised revenue.
        annual_low, annual_high: its 95 % interval.
        cash_loss: revenue that stays away within the year.
        share: of all annual loss.
        customers_lost: in the months looked at.
        mrr_lost: MRR lost in the months looked at.
        arpa: MRR of a customer, both at the start of each month and added up over the months.
        arpa_lost: MRR of a lost customer.
        at_risk: customer-months by which the lost are divided.
        monthly_churn: logo churn a month, pooled.
        churn_low, churn_high: its 95 % Wilson interval.
        annual_margin_loss, cash_margin_loss: the losses times the margin, where one is given.
    """

    name: str
    category: tuple[str, ...] = ()
    annual_loss: float
    annual_low: float | None = None
    annual_high: float | None = None
    cash_loss: float
    share: float | None = None
    customers_lost: int
    mrr_lost: float
    arpa: float | None = None
    arpa_lost: float | None = None
    at_risk: float
    monthly_churn: float | None = None
    churn_low: float | None = None
    churn_high: float | None = None
    annual_margin_loss: float | None = None
    cash_margin_loss: float | None = None


class MonthCost(Frozen):
    """One month of those looked at.

    Attributes:
        name: such as `2024-03`.
        mrr_lost: MRR lost in it.
        months_of_cash: months for which that stays away within the year, 12 - k + 1/2.
        cash_loss: the one times the other.
    """

    name: str
    mrr_lost: float
    months_of_cash: float
    cash_loss: float


class CostResult(Study):
    """What churn costs a year.

    Attributes:
        definition: what churn means here; all its fields.
        by: names of the category's parts.
        unit: what is counted, plural.
        currency: of all money, or None.
        value_name: column that the money comes from.
        first_month, last_month: the months looked at.
        months: how many.
        factor: what their sums are scaled by to make a year, 12 / months.
        margin: share of revenue that is margin, or None.
        annual_loss: lost annualised revenue: 12 x the MRR lost in twelve months (run-rate).
        annual_low, annual_high: its 95 % interval.
        cash_loss: revenue that stays away within the year.
        customers_lost: in the months looked at.
        mrr_lost: MRR lost in the months looked at.
        arpa: MRR of a customer, both at the start of each month and added up over the months.
        arpa_lost: MRR of a lost customer.
        at_risk: customer-months by which the lost are divided.
        monthly_churn: logo churn a month, pooled; with its interval.
        annual_margin_loss, cash_margin_loss: the losses times the margin.
        annual_contraction: 12 x the contraction of twelve months, on top; None where not known.
        segments: a category each, the dearest first.
        by_month: the months looked at, with the cash of each.
    """

    kind: str = "cost"
    definition: Definition
    definition_in_words: dict[str, str] = Field(default_factory=dict)
    by: tuple[str, ...] = ()
    unit: str = "customers"
    currency: str | None = None
    value_name: str
    first_month: str
    last_month: str
    months: int
    factor: float
    margin: float | None = None
    annual_loss: float
    annual_low: float | None = None
    annual_high: float | None = None
    cash_loss: float
    customers_lost: int
    mrr_lost: float
    arpa: float | None = None
    arpa_lost: float | None = None
    at_risk: float
    monthly_churn: float | None = None
    churn_low: float | None = None
    churn_high: float | None = None
    annual_margin_loss: float | None = None
    cash_margin_loss: float | None = None
    annual_contraction: float | None = None
    segments: tuple[SegmentCost, ...] = ()
    by_month: tuple[MonthCost, ...] = ()

    @property
    def whole(self) -> SegmentCost:
        """All categories together, as a line of the table."""
        fields = set(SegmentCost.model_fields) - {"name", "category", "share"}
        return SegmentCost(
            name="All",
            share=1.0 if self.annual_loss else None,
            **{name: getattr(self, name) for name in fields},
        )

    def answer(self) -> tuple[Block, ...]:
        """The sentence that answers, and what each category costs."""
        from dmaic.money.cost_word import answer

        return answer(self)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """A row a category, then all together."""
        fields = [name for name in SegmentCost.model_fields if name != "category"]
        lines = (*self.segments, self.whole)
        return tuple(fields), [tuple(getattr(each, name) for name in fields) for each in lines]


def months_of_cash() -> tuple[float, ...]:
    """Months for which MRR lost in month 1 to 12 of a year stays away within it: 12 - k + 1/2.

    Mid-period convention: losses spread evenly over a month are as if all came in its middle.
    """
    return tuple(YEAR - month + 0.5 for month in range(1, YEAR + 1))


def annual_loss(mrr_lost: float, months: int) -> float:
    """Lost annualised revenue: 12 x the MRR lost in twelve months.

    Args:
        mrr_lost: in the months looked at.
        months: how many; the sum is scaled by 12 / months.
    """
    return YEAR * mrr_lost * YEAR / months


def cash_loss(monthly: Sequence[float]) -> float:
    """Revenue that stays away within the year in which it is lost.

    sum over k of MRR lost in month k x (12 - k + 1/2). Where there are not twelve months, the loss
    is taken to be even, and is 72 x the mean of the months (72 is the sum of the months of cash).

    Args:
        monthly: MRR lost in each month.
    """
    if len(monthly) == YEAR:
        return fsum(lost * cash for lost, cash in zip(monthly, months_of_cash(), strict=True))
    return fsum(months_of_cash()) * fsum(monthly) / len(monthly)


def segment_cost(
    name: str,
    category: Category,
    flows: Sequence[Flow],
    definition: Definition,
    *,
    whole: float | None = None,
    margin: float | None = None,
) -> SegmentCost:
    """What a category costs.

    Args:
        name: of it.
        category: its parts.
        flows: one a month, with money.
        definition: what churn means.
        whole: annual loss of all categories.
        margin: share of revenue that is margin.
    """
    flow = added(flows)
    months = len(flows)
    gone = metric.mrr_lost(flow, definition) or 0.0
    lost = metric.lost(flow, definition)
    annual = annual_loss(gone, months)
    cash = cash_loss([metric.mrr_lost(each, definition) or 0.0 for each in flows])
    spread = metric.mrr_spread(flow, definition)
    wide = None if spread is None else annual_loss(spread, months)
    low, high = metric.logo_interval(flow, definition) or (None, None)
    return SegmentCost(
        name=name,
        category=category,
        annual_loss=annual,
        annual_low=None if wide is None else max(0.0, annual - wide),
        annual_high=None if wide is None else annual + wide,
        cash_loss=cash,
        share=annual / whole if whole else None,
        customers_lost=lost,
        mrr_lost=gone,
        arpa=flow.arpa,
        arpa_lost=gone / lost if lost else None,
        at_risk=metric.at_risk(flow, definition),
        monthly_churn=metric.logo_churn(flow, definition),
        churn_low=low,
        churn_high=high,
        annual_margin_loss=None if margin is None else annual * margin,
        cash_margin_loss=None if margin is None else cash * margin,
    )


def cost_of(
    ledger: Ledger,
    definition: Definition,
    *,
    margin: float | None = None,
    whole_window: bool = False,
) -> CostResult:
    """The result of a ledger with money, month by month.

    Args:
        ledger: read by the definition, in months.
        definition: what churn means.
        margin: share of revenue that is margin.
        whole_window: take all months; else at most the last twelve.
    """
    at = 0 if whole_window else max(0, len(ledger.spans) - YEAR)
    spans = ledger.spans[at:]
    months = len(spans)
    flows = ledger.whole()[at:]
    total = segment_cost("All", (), flows, definition, margin=margin)
    segments = [
        segment_cost(
            " / ".join(category),
            category,
            each[at:],
            definition,
            whole=total.annual_loss,
            margin=margin,
        )
        for category, each in ledger.flows.items()
        if ledger.by
    ]
    lost = [metric.mrr_lost(flow, definition) or 0.0 for flow in flows]
    mean = fsum(months_of_cash()) / YEAR
    each_month = months_of_cash() if months == YEAR else (mean * YEAR / months,) * months
    contraction = added(flows).mrr_contraction
    return CostResult(
        **total.model_dump(exclude={"name", "category", "share"}),
        definition=definition,
        definition_in_words=dict(definition.told()),
        by=ledger.by,
        unit=ledger.unit,
        currency=ledger.currency,
        value_name=ledger.value_name or "",
        first_month=spans[0].name,
        last_month=spans[-1].name,
        months=months,
        factor=YEAR / months,
        margin=margin,
        annual_contraction=None if contraction is None else annual_loss(contraction, months),
        segments=tuple(sorted(segments, key=lambda each: (-each.annual_loss, each.name))),
        by_month=tuple(
            MonthCost(name=span.name, mrr_lost=gone, months_of_cash=cash, cash_loss=gone * cash)
            for span, gone, cash in zip(spans, lost, each_month, strict=True)
        ),
        inputs=ledger.inputs,
        findings=ledger.findings,
    )
