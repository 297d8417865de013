"""The result of `churn`: customers and revenue lost, by period and category, by one definition."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from dmaic.block import Block
from dmaic.money.definition import Definition
from dmaic.reply import Study
from dmaic.result import Frozen


class Figures(Frozen):
    """What came and went, and the rates that follow; a figure that the export lacks is None.

    Attributes:
        name: of the period, the category or the whole.
        months: that one period lasts; None where the export has no dates.
        customers_start: active when the (first) period began.
        new, churned, reactivated: customers.
        passing: signed up and lost within one period.
        customers_end: active when the (last) period ended.
        lost: customers lost by the definition.
        at_risk: what they are divided by; over several periods the sum, customer-periods.
        logo_churn: `lost` over `at_risk`.
        logo_low, logo_high: its 95 % Wilson interval.
        annualised_logo_churn: what it comes to in twelve months.
        mrr_start, mrr_new, mrr_churned, mrr_contraction, mrr_expansion, mrr_reactivated,
            mrr_passing, mrr_end: MRR at the start, moved, and at the end.
        mrr_lost: MRR of the customers lost by the definition.
        mrr_at_risk: what it is divided by.
        mrr_churn: `mrr_lost` over `mrr_at_risk`: churn by cancellation.
        mrr_low, mrr_high: its 95 % interval, compound Poisson.
        gross_revenue_churn, net_revenue_churn: as the definition says.
        grr, nrr: gross and net revenue retention.
        annualised_gross_revenue_churn: what gross revenue churn comes to in twelve months.
        arpa: MRR over customers, both at the start; over several periods its mean by customers.
    """

    name: str
    months: int | None = None
    customers_start: int
    new: int = 0
    churned: int
    reactivated: int = 0
    passing: int = 0
    customers_end: int
    lost: int
    at_risk: float
    logo_churn: float | None = None
    logo_low: float | None = None
    logo_high: float | None = None
    annualised_logo_churn: float | None = None
    mrr_start: float | None = None
    mrr_new: float | None = None
    mrr_churned: float | None = None
    mrr_contraction: float | None = None
    mrr_expansion: float | None = None
    mrr_reactivated: float | None = None
    mrr_passing: float | None = None
    mrr_end: float | None = None
    mrr_lost: float | None = None
    mrr_at_risk: float | None = None
    mrr_churn: float | None = None
    mrr_low: float | None = None
    mrr_high: float | None = None
    gross_revenue_churn: float | None = None
    net_revenue_churn: float | None = None
    grr: float | None = None
    nrr: float | None = None
    annualised_gross_revenue_churn: float | None = None
    arpa: float | None = None


class PeriodFigures(Figures):
    """One period.

    Attributes:
        first: its first day.
        last: its last day.
    """

    first: date
    last: date


class SegmentFigures(Figures):
    """One category over all periods.

    Attributes:
        category: its parts.
        share: of all customers lost.
        customer_months: time as customers until now, where the export has it and no dates.
        churn_per_customer_month: `lost` over it.
        exposure_low, exposure_high: its 95 % interval.
    """

    category: tuple[str, ...]
    share: float | None = None
    customer_months: float | None = None
    churn_per_customer_month: float | None = None
    exposure_low: float | None = None
    exposure_high: float | None = None


class Compared(Frozen):
    """The same export by another definition.

    Attributes:
        definition: the definition.
        overall: its figures, pooled.
        mean_logo_churn: mean of its periods.
        differs: what it settles in another way than our own -> how.
    """

    definition: Definition
    overall: Figures
    mean_logo_churn: float | None = None
    differs: dict[str, str] = Field(default_factory=dict)


class ChurnResult(Study):
    """How many customers and how much revenue leave.

    Attributes:
        definition: what churn means here; all its fields.
        definition_in_words: the same in words.
        period: `month`, `quarter` or `year`; None where the export has no dates.
        by: names of the category's parts.
        unit: what is counted, plural.
        currency: of all money, or None.
        value_name: column that the money comes from, or None.
        periods: in order of time.
        overall: all periods pooled: what was lost over what was at risk.
        mean_logo_churn, mean_mrr_churn, mean_gross_revenue_churn: means of the periods' rates.
        segments: a category each, with most lost first.
        definitions: the same export by every definition, where `all` was asked.
        customer_months: time as customers until now, where the export has it and no dates.
        churn_per_customer_month: churned over it.
        exposure_low, exposure_high: its 95 % interval.
    """

    kind: str = "churn"
    definition: Definition
    definition_in_words: dict[str, str] = Field(default_factory=dict)
    period: str | None = None
    by: tuple[str, ...] = ()
    unit: str = "customers"
    currency: str | None = None
    value_name: str | None = None
    periods: tuple[PeriodFigures, ...] = ()
    overall: Figures
    mean_logo_churn: float | None = None
    mean_mrr_churn: float | None = None
    mean_gross_revenue_churn: float | None = None
    segments: tuple[SegmentFigures, ...] = ()
    definitions: tuple[Compared, ...] = ()
    customer_months: float | None = None
    churn_per_customer_month: float | None = None
    exposure_low: float | None = None
    exposure_high: float | None = None

    def answer(self) -> tuple[Block, ...]:
        """The sentence that answers, the tables, and the definition."""
        from dmaic.money.churn_word import answer

        return answer(self)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """A row a period, then the whole, the categories and the other definitions."""
        fields = [name for name in Figures.model_fields if name != "name"]
        lines: list[tuple[str, str, Figures]] = [
            *(("period", each.name, each) for each in self.periods),
            ("overall", self.overall.name, self.overall),
            *(("segment", each.name, each) for each in self.segments),
            *(("definition", each.definition.name, each.overall) for each in self.definitions),
        ]
        return (
            ("line", "name", *fields),
            [
                (line, name, *(getattr(each, field) for field in fields))
                for line, name, each in lines
            ],
        )
