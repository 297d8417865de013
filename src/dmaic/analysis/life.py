"""Lives read from an export: ages in days from its dates, or in months where only those are known.

One scan counts sign-ups and ages at loss by category and day; everything else follows from these
counts, so that a million rows cost hardly more than their reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from dmaic.analysis.evidence import Evidence, weigh
from dmaic.analysis.exposure import (
    OLDEST,
    ONLY_LOST,
    ageless_finding,
    read_exposure,
    refuse,
    refuse_window,
    unseen,
)
from dmaic.analysis.ledger_question import LedgerQuestion, understand
from dmaic.analysis.life_finding import fitting, in_months, only_lost, truncated
from dmaic.analysis.life_window import days_of, find_window
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import scan
from dmaic.churn.check import settle
from dmaic.churn.loss import Part, churned_at, signup
from dmaic.churn.tally import categorise
from dmaic.errors import UsageError
from dmaic.money.ledger import Category
from dmaic.result import Finding, Inputs
from dmaic.stats.survival.age import DAYS, Unit
from dmaic.stats.survival.life import BIRTH, Lives, joined

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

_OLDEST_DAYS = round(OLDEST * DAYS["month"])


@dataclass(frozen=True, slots=True)
class Seen:
    """The lives of an export.

    Attributes:
        by: names of the category's parts; empty where there is one category, `()`.
        lives: category -> lives.
        unit: what ages are counted in.
        span: first and last day in view; None where only a tenure tells ages.
        counted: what is counted, plural.
        inputs: what it was computed from.
        findings: what was found about the data, settled.
    """

    by: tuple[str, ...]
    lives: Mapping[Category, Lives]
    unit: Unit
    span: tuple[date, date] | None
    counted: str
    inputs: Inputs
    findings: tuple[Finding, ...]


def read_lives(
    table: ChurnTable, question: LedgerQuestion, tenure_unit: Unit, *, fingerprint: bool = True
) -> Seen:
    """The lives of an opened export.

    Dates of sign-up and of loss give ages in days, unless a customer has several rows: then ages
    are calendar months, from when a customer had the first row to when the last one ended. A column
    of tenure that is named, or the only one to tell ages, is taken as it is.

    Args:
        table: the opened export.
        question: what is asked.
        tenure_unit: what a column of tenure counts.
        fingerprint: put the SHA-256 of the source into the inputs.

    Raises:
        DataError: nothing tells how long customers have been there (`exposure.no-age`), findings
            block, or nobody is lost.
        UsageError: the question does not fit the columns.
    """
    named = {"signup", "churned_at"} <= table.chosen
    dated = table.roles.get("signup") is not None and table.roles.get("churned_at") is not None
    if table.roles.get("tenure") is not None and (
        not dated or ("tenure" in table.chosen and not named)
    ):
        return _from_tenure(table, question, tenure_unit, fingerprint)
    if tenure_unit != "month":
        raise UsageError(
            "--tenure-unit says what a column of tenure counts, and ages come from dates here.",
            "survival.tenure-unit",
            "Leave it out, or name the column: --tenure COL.",
        )
    asked = understand(table, replace(question, period="month"))
    if dated and asked.kind == "customers":
        found = _from_days(table, question, fingerprint)
        if found is not None:
            return found
    return _from_months(table, question, fingerprint)


def _from_days(table: ChurnTable, question: LedgerQuestion, fingerprint: bool) -> Seen | None:
    """Ages in days; None where a customer has several rows."""

    def spread(table: ChurnTable, churned: Part) -> list[str]:
        begun, at = signup(table), churned_at(table)
        assert begun is not None
        assert at is not None
        first, last = _ordinal(begun.sql), _ordinal(at.sql)
        age = f"({last} - {first})"
        lost = f"coalesce({churned.sql}, false)"
        return [
            f"CASE WHEN NOT ({lost} AND {age} NOT BETWEEN 0 AND {_OLDEST_DAYS}) THEN {first} END",
            f"CASE WHEN {lost} AND {age} BETWEEN 0 AND {_OLDEST_DAYS} THEN {age} END",
            f"CASE WHEN {lost} THEN {last} END",
        ]

    asked = replace(_asked(question), since=question.since, until=question.until)
    plan, tally, findings = scan(table, asked, spread=spread, priced=False)
    if tally.repeated and "duplicate-customers" not in question.accept:
        return None
    evidence = weigh(table, asked, plan, tally, findings)
    refuse(evidence, (ONLY_LOST,))
    groups = tally.known
    start, end = find_window(groups, question)
    found = only_lost(evidence.findings, evidence.rows)
    width, ageless = len(plan.dimensions), 0
    lives: dict[Category, list[Lives]] = {}
    for group in groups:
        begun, ages, _ = group.spreads
        life, old = _life(begun, ages, days_of(start), days_of(end), lost=bool(group.lost))
        ageless += group.rows - sum(begun.values()) + old
        lives.setdefault(categorise(group.keys[:width]), []).append(life)
    if ageless:
        found.append(ageless_finding(ageless, evidence.unit))
    whole = {category: joined(each) for category, each in sorted(lives.items())}
    late = sum(each.late for each in whole.values())
    if late:
        found.append(truncated(late, sum(each.customers for each in whole.values()), start,
                                evidence.unit, said=question.since is not None))  # fmt: skip
    roles = _roles(evidence)
    for role, part in zip(("churned_at", "signup"), plan.window.dates, strict=True):
        assert part.column is not None
        roles[role] = part.column.name
    return Seen(
        evidence.by, whole, "day", (start, end), evidence.unit,
        replace(evidence, roles=roles).inputs(table, fingerprint),
        settle((*fitting(evidence.findings), *found), question.accept),
    )  # fmt: skip


def _life(
    begun: Mapping[float, int], ages: Mapping[float, int], start: int, end: int, *, lost: bool
) -> tuple[Lives, int]:
    """The lives of a group's rows, and how many are too old to be true."""
    entered: dict[float, int] = {}
    stayed: dict[float, int] = {}
    old = 0
    for first, customers in begun.items():
        if first > end:
            continue
        if not lost and end - first > _OLDEST_DAYS:
            old += customers
            continue
        # Who was there before the time looked at came into view after the day before its first.
        age = BIRTH if first >= start else float(start - first - 1)
        entered[age] = entered.get(age, 0) + customers
        if not lost:
            stayed[float(end - first)] = stayed.get(float(end - first), 0) + customers
    gone = {float(age): customers for age, customers in ages.items()} if lost else {}
    return Lives(entered, stayed, gone), old


def _from_months(table: ChurnTable, question: LedgerQuestion, fingerprint: bool) -> Seen:
    """Ages in calendar months of customers who may have several rows."""
    exposure = read_exposure(table, question, fingerprint=fingerprint)
    lives = {}
    for category, stays in exposure.stays.items():
        entered: dict[float, int] = {}
        stayed: dict[float, int] = {}
        lost: dict[float, int] = {}
        for stay in stays:
            if stay.seen <= 0:
                continue
            age = float(stay.entry) if stay.entry else BIRTH
            entered[age] = entered.get(age, 0) + stay.customers
            ended = lost if stay.lost else stayed
            ended[float(stay.exit)] = ended.get(float(stay.exit), 0) + stay.customers
        lives[category] = Lives(entered, stayed, lost)
    findings = list(exposure.findings)
    if exposure.span is not None:
        findings.append(in_months())
    late = sum(each.late for each in lives.values())
    if late and exposure.span is not None:
        everybody = sum(each.customers for each in lives.values())
        start = exposure.span[0].first
        findings.append(truncated(late, everybody, start, exposure.unit,
                                   said=question.since is not None))  # fmt: skip
    span = (exposure.span[0].first, exposure.span[1].last) if exposure.span else None
    return Seen(exposure.by, lives, "month", span, exposure.unit, exposure.inputs, tuple(findings))


def _from_tenure(
    table: ChurnTable, question: LedgerQuestion, unit: Unit, fingerprint: bool
) -> Seen:
    """Ages as a column of tenure tells them."""
    column = table.roles.get("tenure")
    assert column is not None
    refuse_window(question)
    oldest = _OLDEST_DAYS / DAYS[unit]

    def spread(table: ChurnTable, churned: Part) -> list[str]:
        age = table.resolve(column.name, "number")
        return [f"CASE WHEN {age} BETWEEN 0 AND {oldest!r} THEN CAST({age} AS DOUBLE) END"]

    asked = _asked(question)
    plan, tally, findings = scan(table, asked, spread=spread, dated=False, priced=False)
    evidence = weigh(table, asked, plan, tally, findings)
    refuse(evidence, (ONLY_LOST,))
    found = [unseen(column.name), *only_lost(evidence.findings, evidence.rows)]
    width, ageless = len(plan.dimensions), 0
    lives: dict[Category, list[Lives]] = {}
    for group in tally.known:
        (ages,) = group.spreads
        customers = sum(ages.values())
        ageless += group.rows - customers
        entered = {BIRTH: customers} if customers else {}
        counts = {float(age): count for age, count in ages.items()}
        life = Lives(entered, lost=counts) if group.lost else Lives(entered, stayed=counts)
        lives.setdefault(categorise(group.keys[:width]), []).append(life)
    if ageless:
        found.append(ageless_finding(ageless, evidence.unit))
    roles = {**_roles(evidence), "tenure": column.name}
    return Seen(
        evidence.by, {each: joined(some) for each, some in sorted(lives.items())}, unit, None,
        evidence.unit, replace(evidence, roles=roles).inputs(table, fingerprint),
        settle((*fitting(evidence.findings), *found), question.accept),
    )  # fmt: skip


def _asked(question: LedgerQuestion) -> ParetoQuestion:
    return ParetoQuestion(by=question.by, where=question.where, accept=question.accept)


def _ordinal(moment: str) -> str:
    return f"date_diff('day', DATE '1970-01-01', CAST({moment} AS DATE))"


def _roles(evidence: Evidence) -> dict[str, str]:
    """The roles that ages rest on, without those of money."""
    money = ("currency", "interval")
    return {role: name for role, name in evidence.roles.items() if role not in money}
