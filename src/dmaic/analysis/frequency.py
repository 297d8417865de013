"""A finished frequency table as cells: one row a category, or several that are added up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import fsum
from typing import TYPE_CHECKING

from dmaic.analysis.evidence import Evidence
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import resolved
from dmaic.analysis.window import conditions
from dmaic.churn import check
from dmaic.churn.clean.text import category
from dmaic.churn.loss import Part
from dmaic.churn.retry import hold
from dmaic.churn.tally import Group, Question, categorise
from dmaic.errors import DataError
from dmaic.result import Finding
from dmaic.stats.cell import Cell
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is summed, and over which rows."""

    counted: Part
    money: Part | None
    where: str
    filters: tuple[str, ...]
    based: tuple[Part, ...]

    def question(self, key: str) -> Question:
        amounts = (self.counted, self.money) if self.money is not None else (self.counted,)
        return Question((key,), Part("true"), amounts, self.where, based=self.based)


def frequency_cells(table: ChurnTable, question: ParetoQuestion) -> Evidence:
    """Sum the counts, and the money, of every category.

    Money is the value column where the table has one, or `value_each` times the count.

    Raises:
        DataError: a count is missing or below zero, or there is nothing to rank.
    """
    assert question.category is not None
    assert question.count is not None
    named = table.column(question.category, "--category")
    plan, tally = hold(
        table, lambda: _plan(table, question), lambda plan: plan.question(category(named))
    )
    counted, money = plan.counted, plan.money
    if question.measure == "value" and money is None:
        raise DataError(
            "The table has no column of money to rank by.",
            code="role.value-missing",
            where=table.source.name,
            hint="Name it: --value COL for the money of the row, --value-each COL for one unit's.",
        )
    findings = [
        check.unreadable(table, part, cells, "" if part in plan.based else plan.where)
        for part, cells in tally.misfits.items()
    ]
    findings += _doubts(table, question, tally.groups, counted)
    cells: dict[tuple[str, ...], list[Group]] = {}
    for group in tally.groups:
        cells.setdefault(categorise(group.keys), []).append(group)
    if not fsum(group.sums[0] for group in tally.groups) > 0:
        raise DataError(
            f'The counts in "{printable(question.count)}" add up to nothing.',
            code="pareto.no-rows",
            where=table.source.name,
            hint="Check --count and --where.",
        )

    def make(key: tuple[str, ...], groups: list[Group]) -> Cell:
        value = fsum(group.sums[1] for group in groups) if money is not None else None
        return Cell(key, fsum(group.sums[0] for group in groups), value)

    return Evidence(
        cells=tuple(make(key, groups) for key, groups in cells.items()),
        by=(named.name,),
        unit=question.count,
        value_name=money.label if money is not None else None,
        currency=None,
        findings=(*table.findings, *findings),
        roles={"category": named.name, "count": counted.label},
        readings={reading.column.name: reading.label for reading in table.readings},
        filters=plan.filters,
        rows=sum(group.rows for group in tally.groups),
        make=make,
    )


def _plan(table: ChurnTable, question: ParetoQuestion) -> _Plan:
    counted = _part(table, question.count or "", "--count")
    money = None
    if question.value_each is not None:
        each = _part(table, question.value_each, "--value-each")
        label = f"{each.label} x {counted.label}"
        money = replace(each, sql=f"({counted.sql}) * ({each.sql})", label=label)
    elif "value" in table.chosen and (chosen := table.roles.get("value")) is not None:
        money = _part(table, chosen.name, "--value")
    table.resolved.clear()
    where, filters = conditions(table, question.where)
    return _Plan(counted, money, where, filters, tuple(resolved(table)))


def _part(table: ChurnTable, name: str, option: str) -> Part:
    column = table.column(name, option)
    reading = table.reading(column, "number")
    label = printable(column.name)
    return Part(reading.sql, reading.misfit, column, "number", label, reading.suspect)


def _doubts(
    table: ChurnTable, question: ParetoQuestion, groups: list[Group], counted: Part
) -> list[Finding]:
    below = sum(group.negative[0] for group in groups)
    if below:
        raise DataError(
            f'{plural(below, "count")} in "{printable(question.count or "")}" are below zero.',
            code="pareto.negative-count",
            where=f"rows {', '.join(map(str, table.row_numbers(f'({counted.sql}) < 0')))}",
            hint="A frequency table counts; leave such rows out with --where.",
        )
    missing = sum(group.missing[0] for group in groups)
    if not missing:
        return []
    return [
        Finding(
            code="missing-amounts",
            level="warning",
            message=f"{plural(missing, 'row')} without a count are taken as 0.",
            count=missing,
            rows=table.row_numbers(f"({counted.sql}) IS NULL"),
            column=question.count,
        )
    ]
