"""Findings about the rows and the money that an answer rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import Plan
from dmaic.churn import amount, check
from dmaic.churn.tally import Group, Tally, categorise
from dmaic.errors import DataError
from dmaic.result import Finding
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


def money(
    table: ChurnTable, question: ParetoQuestion, plan: Plan, groups: list[Group], width: int
) -> tuple[bool, str | None, list[Finding]]:
    """Whether money can be summed, in which currency, and what stands against it."""
    if plan.value is None or plan.value.column is None:
        return False, None, []
    keys = (group.keys[width] for group in groups)
    currency, mixed = amount.currency(
        table, plan.value.column, plan.currency, keys, plan.window.where
    )
    if mixed is None:
        return True, currency, []
    ranked = plan.measure.column if plan.measure is not None else None
    sums = question.measure == "value" or ranked == plan.value.column
    if sums and mixed.code in question.accept:
        raise DataError(
            mixed.message,
            code="finding.mixed-currencies",
            where=f'column "{printable(mixed.column or "")}"',
            hint="Rank by customers, or take one currency with --where.",
        )
    return False, None, [mixed]


def quality(
    table: ChurnTable,
    question: ParetoQuestion,
    plan: Plan,
    tally: Tally,
    groups: list[Group],
    with_money: bool,
) -> Iterable[Finding]:
    """What is wrong with the rows counted: repeats, blanks, look-alikes, missing amounts."""
    rows = sum(group.rows for group in groups)
    lost = sum(group.rows for group in groups if group.lost)
    repeated = check.duplicates(table, tally, plan.window.where)
    if repeated is not None:
        yield repeated
    unknown = check.unknown(table, tally, plan.window.churned, plan.window.where)
    if unknown is not None:
        yield unknown
    filled_late = {finding.column for finding in plan.unexposed}
    for at, dimension in enumerate(plan.dimensions):
        if filled_late.intersection(dimension.columns):
            # Blank for all who stayed; what counts is how many of the lost say nothing.
            groups = [group for group in groups if group.lost]
            rows = lost
        empty = [group for group in groups if group.keys[at] is None]
        finding = check.blanks(
            dimension.name,
            sum(group.rows for group in empty),
            rows,
            sum(group.rows for group in empty if group.lost),
            lost,
        )
        if finding is not None:
            yield finding
        alike = check.similar(dimension.name, categorise(group.keys[at] for group in groups))
        if alike is not None:
            yield alike
    if plan.value is not None and with_money:
        yield from _amounts(table, plan, groups)
    unnamed = amount.unrecognised(table)
    if unnamed is not None:
        yield unnamed


def _amounts(table: ChurnTable, plan: Plan, groups: list[Group]) -> Iterable[Finding]:
    assert plan.value is not None
    assert plan.value.column is not None
    name = plan.value.column.name
    missing = sum(group.missing[0] for group in groups if group.lost)
    if missing:
        yield Finding(
            code="missing-amounts",
            level="warning",
            message=f"{plural(missing, 'lost customer has', 'lost customers have')} no amount in "
            f'"{printable(name)}"; their value counts as nothing.',
            count=missing,
            rows=table.row_numbers(f"({plan.window.churned.sql}) AND ({plan.value.sql}) IS NULL"),
            column=name,
        )
    below = sum(group.negative[0] for group in groups if group.lost)
    if below:
        yield Finding(
            code="negative-amounts",
            level="warning",
            message=f"{plural(below, 'lost customer')} have an amount below zero in "
            f'"{printable(name)}" and lower the sums.',
            hint="Leave them out with --where if they are refunds.",
            count=below,
            rows=table.row_numbers(f"({plan.window.churned.sql}) AND ({plan.value.sql}) < 0"),
            column=name,
        )
    for finding in (amount.money_scale(table, plan.value), amount.interval(table, plan.value)):
        if finding is not None:
            yield finding
