"""Churn of an export that tells who is lost and not when: one period of unknown length."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from dmaic.analysis.evidence import weigh
from dmaic.analysis.ledger import LedgerQuestion
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import scan
from dmaic.churn.check import settle
from dmaic.churn.tally import Group, categorise
from dmaic.errors import DataError
from dmaic.money import churn_figure as make
from dmaic.money import metric
from dmaic.money.churn import ChurnResult, Figures, SegmentFigures
from dmaic.money.churn_method import methods
from dmaic.money.definition import Definition
from dmaic.money.flow import Flow
from dmaic.result import Finding

if TYPE_CHECKING:
    from dmaic.churn.column import Column
    from dmaic.churn.table import ChurnTable


def undated_churn(table: ChurnTable, question: LedgerQuestion, fingerprint: bool) -> ChurnResult:
    """Lost rows over all rows, and per month as a customer where a column has the months.

    Args:
        table: the opened export, without churn dates.
        question: what is asked.
        fingerprint: put the SHA-256 of the source into the inputs.

    Raises:
        DataError: nothing can be counted; `churn.lost-only`, all rows are lost customers.
    """
    tenure = table.roles.get("tenure")
    asked = ParetoQuestion(
        by=question.by,
        where=question.where,
        accept=question.accept,
        measure=tenure.name if tenure is not None else "customers",
    )
    plan, tally, findings = scan(table, asked)
    evidence = weigh(table, asked, plan, tally, findings)
    told = settle((*evidence.findings, _no_dates(tenure)), question.accept)
    groups = tally.known
    if all(group.lost for group in groups):
        raise DataError(
            "Every row is a lost customer and none has a date, so there is nothing to divide by.",
            code="churn.lost-only",
            where=table.source.name,
            hint="Export the customers who stayed as well, or the churn dates (--churned-at COL).",
        )
    months_at = None if tenure is None else (1 if plan.value is not None else 0)
    has_money = evidence.value_name is not None
    width, definition = len(plan.dimensions), question.definition
    flow = _flow(groups, has_money)
    members: dict[tuple[str, ...], list[Group]] = {}
    for group in groups if width else ():
        members.setdefault(categorise(group.keys[:width]), []).append(group)
    segments = [
        _segment(category, each, definition, flow.churned, has_money, months_at)
        for category, each in members.items()
    ]
    months = _months(groups, months_at)
    exposed = metric.per_exposure(flow.churned, months) if months else None
    per, low, high = exposed or (None, None, None)
    return ChurnResult(
        definition=definition,
        definition_in_words={
            "Definition": "lost rows of all rows. What else a definition settles happens within a "
            "period, and this export has none."
        },
        by=evidence.by,
        unit=evidence.unit,
        currency=evidence.currency,
        value_name=evidence.value_name,
        overall=Figures(**make.figures(flow, definition, "All", None)),
        segments=tuple(sorted(segments, key=lambda each: (-each.lost, each.name))),
        customer_months=months,
        churn_per_customer_month=per,
        exposure_low=low,
        exposure_high=high,
        method=methods(definition, period=None, money=has_money),
        assumptions=_assumptions(tenure),
        inputs=evidence.inputs(table, fingerprint),
        findings=told,
    )


def _flow(groups: list[Group], has_money: bool) -> Flow:
    gone = [group for group in groups if group.lost]
    return Flow(
        customers_start=sum(group.rows for group in groups),
        churned=sum(group.rows for group in gone),
        mrr_start=fsum(group.sums[0] for group in groups) if has_money else None,
        mrr_churned=fsum(group.sums[0] for group in gone) if has_money else None,
    )


def _months(groups: list[Group], at: int | None) -> float | None:
    """Sum of the months as customers; None where a column does not tell, or tells nonsense."""
    if at is None or any(group.negative[at] for group in groups):
        return None
    return fsum(group.sums[at] for group in groups) or None


def _segment(
    category: tuple[str, ...],
    groups: list[Group],
    definition: Definition,
    whole: int,
    has_money: bool,
    months_at: int | None,
) -> SegmentFigures:
    flow = _flow(groups, has_money)
    months = _months(groups, months_at)
    exposed = metric.per_exposure(flow.churned, months) if months else None
    per, low, high = exposed or (None, None, None)
    return SegmentFigures(
        **make.figures(flow, definition, make.category_name(category), None),
        category=category,
        share=flow.churned / whole if whole else None,
        customer_months=months,
        churn_per_customer_month=per,
        exposure_low=low,
        exposure_high=high,
    )


def _no_dates(tenure: Column | None) -> Finding:
    more = "" if tenure is not None else " (a column of months as a customer, --tenure COL, helps)"
    return Finding(
        code="no-churn-dates",
        level="warning",
        message="No column tells when customers were lost, so the rate is of all rows over "
        "whatever time the export covers: it is no monthly rate.",
        hint=f"Name the column of churn dates: --churned-at COL{more}.",
    )


def _assumptions(tenure: Column | None) -> tuple[str, ...]:
    if tenure is None:
        return ()
    return (
        f'"{tenure.name}" holds months as a customer; the loss per customer-month takes it to be '
        "the same at every age, and leaves out customers who were lost before the export began.",
    )
