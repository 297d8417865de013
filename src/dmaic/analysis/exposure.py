"""Stays read from an export: from dates of sign-up and of loss, or from a column of tenure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dmaic.analysis.evidence import Evidence, weigh
from dmaic.analysis.ledger import load_rows
from dmaic.analysis.ledger_question import Asked, LedgerQuestion, understand
from dmaic.analysis.ledger_scan import dates, scan_rows
from dmaic.analysis.ledger_span import cover, span
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import scan
from dmaic.analysis.spell import Spell, event_spells, row_spells
from dmaic.analysis.stay import Exposure, Stay, merged
from dmaic.churn.check import settle
from dmaic.churn.loss import Part
from dmaic.churn.tally import categorise
from dmaic.errors import DataError, UsageError
from dmaic.money.ledger import Category, Span
from dmaic.result import Finding
from dmaic.text import name_list, plural

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

OLDEST = 1200
"""An age of more months is a slip: a date that stands for none, or days for months."""

ONLY_LOST = "only-lost"
"""The finding that all rows are lost customers, which a whole cohort may be."""


def read_exposure(
    table: ChurnTable, question: LedgerQuestion, *, fingerprint: bool = True
) -> Exposure:
    """The stays of an opened export: from dates of sign-up and of loss, or from a tenure column.

    Args:
        table: the opened export.
        question: what is asked; periods are months.
        fingerprint: put the SHA-256 of the source into the inputs.

    Raises:
        DataError: nothing tells how long customers have been there (`exposure.no-age`), findings
            block, or as a ledger.
        UsageError: the question does not fit the columns, or asks for categories that customers
            pass through or have only once they are lost (`exposure.by`).
    """
    dated = table.roles.get("signup") is not None and table.roles.get("churned_at") is not None
    asked = understand(table, replace(question, period="month"))
    if asked.kind != "months" and (dated or asked.kind == "movements"):
        return _from_dates(table, asked, fingerprint)
    if table.roles.get("tenure") is not None:
        return _from_tenure(table, question, fingerprint)
    raise DataError(
        "Nothing tells how long customers have been there: that takes dates of sign-up and of "
        "loss, or a column of tenure.",
        code="exposure.no-age",
        where=table.source.name,
        hint="Name the columns: --signup COL and --churned-at COL, or --tenure COL. dmaic clv "
        "also takes figures without a file: --arpa and --churn. The columns are "
        f"{name_list(table.names)}.",
    )


@dataclass(frozen=True, slots=True)
class Spells:
    """When customers came and left, by category, as far as an export tells.

    Attributes:
        spells: in no order; who left before the first period is not among them.
        start: number of the first period looked at.
        end: of the last one.
        evidence: of the scan, with all findings about its rows.
        found: what was found about the time looked at.
    """

    spells: tuple[Spell, ...]
    start: int
    end: int
    evidence: Evidence
    found: tuple[Finding, ...]


def read_spells(table: ChurnTable, asked: Asked) -> Spells:
    """When customers came and left, in periods of the question.

    Args:
        table: the opened export.
        asked: what is asked, with dates of sign-up and of loss or a log of movements.

    Raises:
        DataError: all rows are lost customers, no whole period is covered, or findings block.
        UsageError: the question does not fit the columns.
    """
    question = asked.question
    evidence, plan, tally = scan_rows(table, asked)
    refuse(evidence, question.accept)
    money = evidence.value_name is not None
    first, last, *ends = dates(table, asked, plan)
    at = plan.window.dates[0].column
    start, end, found = cover(
        first, last, (min(ends), max(ends)), question.period, question.since, question.until,
        at.name if at is not None else None,
    )  # fmt: skip
    loaded, findings = load_rows(table, asked, evidence, plan, tally)
    spells = (
        row_spells(tally.known, len(plan.dimensions), money=money)
        if loaded is None
        else event_spells(table, loaded, start, end, money=money)
    )
    unit = evidence.unit if loaded is None else "customers"
    return Spells(
        tuple(each for each in spells if each.left is None or each.left >= start),
        start,
        end,
        replace(evidence, unit=unit, findings=findings),
        tuple(found),
    )


def _from_dates(table: ChurnTable, asked: Asked, fingerprint: bool) -> Exposure:
    read = read_spells(table, asked)
    start, end = read.start, read.end
    stays: dict[Category, list[Stay]] = {}
    found = list(read.found)
    ageless = 0
    for spell in read.spells:
        if spell.begun is None or end - spell.begun > OLDEST:
            ageless += spell.customers
            continue
        stay = spell.stay(start, end)
        if stay is not None:
            stays.setdefault(spell.category, []).append(stay)
    if ageless:
        found.append(ageless_finding(ageless, read.evidence.unit))
    return _exposure(
        table, asked.question, read.evidence, stays, (span(start, "month"), span(end, "month")),
        found, fingerprint,
    )  # fmt: skip


def _from_tenure(table: ChurnTable, question: LedgerQuestion, fingerprint: bool) -> Exposure:
    column = table.roles.get("tenure")
    assert column is not None

    def extra(table: ChurnTable, churned: Part) -> list[str]:
        months = table.resolve(column.name, "number")
        # Of those who are there the last month may not be over; of the lost it was their last.
        whole = f"CASE WHEN {churned.sql} THEN greatest(ceil({months}), 1) ELSE floor({months}) END"
        return [f"CAST(CASE WHEN {months} BETWEEN 0 AND {OLDEST} THEN {whole} END AS VARCHAR)"]

    refuse_window(question)
    plan, tally, findings = scan(table, _asked(question), extra, dated=False)
    evidence = weigh(table, _asked(question), plan, tally, findings)
    refuse(evidence)
    stays: dict[Category, list[Stay]] = {}
    width = len(plan.dimensions)
    money = evidence.value_name is not None
    found, ageless = [unseen(column.name)], 0
    for group in tally.known:
        if group.keys[-1] is None:
            ageless += group.rows
            continue
        months = int(float(group.keys[-1]))
        stay = Stay(
            0, months, bool(group.lost), group.rows, group.sums[0] if money else None
        )  # fmt: skip
        stays.setdefault(categorise(group.keys[:width]), []).append(stay)
    if ageless:
        found.append(ageless_finding(ageless, evidence.unit))
    return _exposure(table, question, evidence, stays, None, found, fingerprint)


def refuse_window(question: LedgerQuestion) -> None:
    """Refuse a time to look at where only a column of tenure tells ages.

    Raises:
        UsageError: `exposure.window`.
    """
    for option, said in (("--since", question.since), ("--until", question.until)):
        if said is not None:
            raise UsageError(
                f"{option} needs dates of sign-up and of loss; here a column of tenure tells ages.",
                "exposure.window",
                "Leave it out, or name the columns: --signup COL and --churned-at COL.",
            )


def _asked(question: LedgerQuestion) -> ParetoQuestion:
    return ParetoQuestion(by=question.by, where=question.where, accept=question.accept)


def refuse(evidence: Evidence, accept: Sequence[str] = ()) -> None:
    """Refuse rows that cannot tell how long customers stay.

    Args:
        evidence: of the scan.
        accept: codes to go on with; `only-lost` takes the rows for a whole cohort.

    Raises:
        DataError: `exposure.lost-only`, all rows are lost customers.
        UsageError: `exposure.by`, the categories are of the lost alone, or bands of age.
    """
    codes = {finding.code for finding in evidence.findings}
    if "everyone-churned" in codes and ONLY_LOST not in accept:
        raise DataError(
            f"All {evidence.rows:,} rows are lost customers, so how long customers stay cannot be "
            "told: those who stayed are missing.",
            "exposure.lost-only",
            "Export the customers who are still there as well.",
        )
    if "band-of-time" in codes:
        problem = "Customers pass through all bands of age, so these are no groups of customers."
    elif "lost-only" in codes:
        problem = "This column is filled in for lost customers only, so nobody in it ever stays."
    else:
        return
    raise UsageError(
        problem, "exposure.by", "Group by what customers are from the beginning: segment, plan."
    )


def _exposure(
    table: ChurnTable,
    question: LedgerQuestion,
    evidence: Evidence,
    stays: Mapping[Category, list[Stay]],
    time: tuple[Span, Span] | None,
    found: Iterable[Finding],
    fingerprint: bool,
) -> Exposure:
    return Exposure(
        by=evidence.by,
        stays={category: tuple(merged(each)) for category, each in sorted(stays.items())},
        span=time,
        unit=evidence.unit,
        currency=evidence.currency,
        value_name=evidence.value_name,
        inputs=evidence.inputs(table, fingerprint),
        findings=settle((*fitting(evidence.findings), *found), question.accept),
    )


def fitting(findings: Iterable[Finding]) -> Iterator[Finding]:
    """All findings but what a ledger does with customers of unknown age."""
    return (each for each in findings if each.code != "signup-missing")


def ageless_finding(count: int, unit: str) -> Finding:
    """Customers of whom it is not known how old they are.

    Args:
        count: how many.
        unit: what they are, plural.
    """
    return Finding(
        code="unknown-age",
        level="warning",
        message=f"{plural(count, unit[:-1], unit)} without a known age (blank, before the "
        "beginning, or more than a hundred years) are left out.",
        hint="Check the columns: --signup, --churned-at, --tenure.",
        count=count,
    )


def unseen(name: str) -> Finding:
    """A column of tenure does not tell when customers were in view.

    Args:
        name: of the column.
    """
    return Finding(
        code="no-window",
        level="info",
        message=f'Ages come from "{name}" alone, so every customer is taken to have been in view '
        "since sign-up. Where the export leaves out who left before some day, churn looks lower "
        "than it is.",
        hint="Dates of sign-up and of loss (--signup, --churned-at) tell when each was in view.",
        column=name,
    )
