"""From groups to cells: categories with their counts and sums, and what was found on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import fsum
from typing import TYPE_CHECKING

from dmaic import __version__
from dmaic.analysis.quality import money, quality
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import Plan, scan
from dmaic.churn import check
from dmaic.churn.tally import Group, Tally, categorise
from dmaic.errors import DataError
from dmaic.result import Finding, Inputs
from dmaic.stats.cell import Cell
from dmaic.stats.risk_set import without_exposure
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


Make = Callable[[tuple[str, ...], list[Group]], Cell]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a Pareto is ranked from.

    Attributes:
        cells: one a category.
        by: names of the category's parts.
        drill: name of the drilled column, or empty.
        drilled: category -> its cells one level down.
        findings: all that was found, blocking ones included.
        roles, readings, filters: as in `Inputs`.
        make: makes a cell of a category and its groups.
        rates: the cells with exposure, where they are told and not compared.
    """

    cells: tuple[Cell, ...]
    by: tuple[str, ...]
    unit: str
    value_name: str | None
    currency: str | None
    findings: tuple[Finding, ...]
    roles: Mapping[str, str]
    readings: Mapping[str, str]
    filters: tuple[str, ...]
    rows: int
    make: Make
    rates: tuple[Cell, ...] = ()
    drill: str = ""
    drilled: Mapping[tuple[str, ...], tuple[Cell, ...]] = field(default_factory=dict)

    def inputs(self, table: ChurnTable, fingerprint: bool) -> Inputs:
        """What the result was computed from."""
        return Inputs(
            source=table.source.name,
            sha256=table.source.sha256() if fingerprint else None,
            rows=self.rows,
            roles=dict(self.roles),
            readings=dict(self.readings),
            filters=self.filters,
            preset=table.preset.name if table.preset is not None else None,
            tool_version=__version__,
        )


def gather(table: ChurnTable, question: ParetoQuestion) -> Evidence:
    """Scan the table for a question and make cells of the answer.

    Raises:
        DataError: no rows are left, or nobody is lost.
    """
    plan, tally, findings = scan(table, question)
    return weigh(table, question, plan, tally, findings)


def weigh(
    table: ChurnTable,
    question: ParetoQuestion,
    plan: Plan,
    tally: Tally,
    findings: list[Finding],
) -> Evidence:
    """Make evidence of the groups that count, with every finding about them."""
    groups = tally.known
    rows = sum(group.rows for group in tally.groups)
    lost = sum(group.rows for group in groups if group.lost)
    if not rows:
        raise DataError(
            "No rows are left to analyse." if plan.window.filters else "The table has no rows.",
            code="pareto.no-rows",
            where=table.source.name,
            hint=f"Filters: {'; '.join(plan.window.filters)}." if plan.window.filters else "",
        )
    if not lost:
        raise DataError(
            f"None of {plural(rows, 'row')} is a lost customer ({plan.window.churned.label}), so "
            "there is no loss to look into.",
            code="finding.no-churn",
            where=table.source.name,
            hint="Check the column (--churned, --churned-at, --churned-when) and the filters.",
        )
    width = len(plan.dimensions)
    with_money, currency, found = money(table, question, plan, groups, width)
    findings += [*found, *quality(table, question, plan, tally, groups, with_money)]
    knows_exposure = table.preset is None or table.preset.exposure
    if knows_exposure and all(group.lost for group in groups):
        knows_exposure = False
        findings.append(check.everyone(rows))
    elif plan.unexposed:
        findings += plan.unexposed
    timed = bool(plan.unexposed) and all(each.code == "band-of-time" for each in plan.unexposed)
    at_risk = _maker(question, plan, with_money, knows_exposure and timed)
    knows_exposure = knows_exposure and not plan.unexposed
    make = _maker(question, plan, with_money, knows_exposure)
    names = tuple(dimension.name for dimension in plan.dimensions)
    depth = width - 1 if question.drill else width
    cells = fold(groups, lambda group: group.keys[:depth], make)
    drilled: dict[tuple[str, ...], tuple[Cell, ...]] = {}
    if question.drill:
        inside: dict[tuple[str, ...], list[Group]] = {}
        for group in groups:
            inside.setdefault(categorise(group.keys[:depth]), []).append(group)
        drilled = {
            category: fold(members, lambda group: group.keys[depth:width], make)
            for category, members in inside.items()
        }
    return Evidence(
        cells=tuple(without_exposure(cells)) if plan.unexposed and not timed else cells,
        rates=fold(groups, lambda group: group.keys[:depth], at_risk) if timed else (),
        by=names[:depth],
        unit=table.unit,
        value_name=plan.value.label if plan.value is not None and with_money else None,
        currency=currency if with_money else None,
        findings=(*table.findings, *findings),
        roles=_roles(table, plan),
        readings={reading.column.name: reading.label for reading in table.readings},
        filters=plan.window.filters,
        rows=rows,
        make=make,
        drill=names[-1] if question.drill else "",
        drilled=drilled,
    )


def _maker(question: ParetoQuestion, plan: Plan, with_money: bool, knows_exposure: bool) -> Make:
    value_at = 0 if plan.value is not None and with_money else None
    measure_at = None
    if plan.measure is not None:
        measure_at = 1 if plan.value is not None else 0

    def make(category: tuple[str, ...], groups: list[Group]) -> Cell:
        gone = [group for group in groups if group.lost]

        def total(at: int | None, members: list[Group]) -> float | None:
            # Sums of exact decimals; fsum keeps the order of groups from mattering.
            return None if at is None else fsum(group.sums[at] for group in members)

        return Cell(
            category=category,
            churned=sum(group.rows for group in gone),
            value=total(value_at, gone),
            exposure=sum(group.rows for group in groups) if knows_exposure else None,
            exposure_value=total(value_at, groups) if knows_exposure else None,
            measure=total(measure_at, gone),
        )

    return make


def fold(
    groups: Iterable[Group],
    keys: Callable[[Group], tuple[str | None, ...]],
    make: Make,
) -> tuple[Cell, ...]:
    """One cell a category, whatever else the groups were told apart by."""
    members: dict[tuple[str, ...], list[Group]] = {}
    for group in groups:
        members.setdefault(categorise(keys(group)), []).append(group)
    return tuple(make(category, each) for category, each in members.items())


def _roles(table: ChurnTable, plan: Plan) -> dict[str, str]:
    """Role -> column, of the roles this answer rests on."""
    used = {"churned": plan.window.churned.label}
    for role, column in table.roles.items():
        if role == "value" and plan.value is not None:
            used[role] = plan.value.label
        elif role in ("customer", "subscription", "currency", "interval"):
            used[role] = column.name
    return used
