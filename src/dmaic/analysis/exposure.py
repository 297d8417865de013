"""Stays read from an export: from dates of sign-up and of loss, or from a column of tenure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dmaic.analysis.evidence import Evidence, weigh
from dmaic.analysis.ledger import load_rows
from dmaic.analysis.ledger_question import Asked, LedgerQuestion, understand
from dmaic.analysis.ledger_scan import dates, scan_rows
from dmaic.analysis.ledger_span import cover, span
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import scan
from dmaic.analysis.spell import event_spells, row_spells
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
        hint="Name the columns: --signup COL and --churned-at COL, or --tenure COL; or give the "
        f"figures: --arpa and --churn. The columns are {name_list(table.names)}.",
    )


def _from_dates(table: ChurnTable, asked: Asked, fingerprint: bool) -> Exposure:
    question = asked.question
    evidence, plan, tally = scan_rows(table, asked)
    _refuse(evidence)
    money = evidence.value_name is not None
    first, last, *ends = dates(table, asked, plan)
    at = plan.window.dates[0].column
    start, end, found = cover(
        first, last, (min(ends), max(ends)), "month", question.since, question.until,
        at.name if at is not None else None,
    )  # fmt: skip
    loaded, findings = load_rows(table, asked, evidence, plan, tally)
    spells = (
        row_spells(tally.known, len(plan.dimensions), money=money)
        if loaded is None
        else event_spells(table, loaded, start, end, money=money)
    )
    stays: dict[Category, list[Stay]] = {}
    ageless = 0
    for spell in spells:
        if spell.left is not None and spell.left < start:
            continue
        if spell.begun is None or end - spell.begun > OLDEST:
            ageless += spell.customers
            continue
        stay = spell.stay(start, end)
        if stay is not None:
            stays.setdefault(spell.category, []).append(stay)
    unit = evidence.unit if loaded is None else "customers"
    if ageless:
        found.append(_ageless(ageless, unit))
    evidence = replace(evidence, unit=unit, findings=findings)
    return _exposure(
        table, question, evidence, stays, (span(start, "month"), span(end, "month")), found,
        fingerprint,
    )  # fmt: skip


def _from_tenure(table: ChurnTable, question: LedgerQuestion, fingerprint: bool) -> Exposure:
    column = table.roles.get("tenure")
    assert column is not None

    def extra(table: ChurnTable, churned: Part) -> list[str]:
        months = table.resolve(column.name, "number")
        # Of those who are there the last month may not be over; of the lost it was their last.
        whole = f"CASE WHEN {churned.sql} THEN greatest(ceil({months}), 1) ELSE floor({months}) END"
        return [f"CAST(CASE WHEN {months} BETWEEN 0 AND {OLDEST} THEN {whole} END AS VARCHAR)"]

    for option, said in (("--since", question.since), ("--until", question.until)):
        if said is not None:
            raise UsageError(
                f"{option} needs dates of sign-up and of loss; here a column of months tells ages.",
                "exposure.window",
                "Leave it out, or name the columns: --signup COL and --churned-at COL.",
            )
    plan, tally, findings = scan(table, _asked(question), extra, dated=False)
    evidence = weigh(table, _asked(question), plan, tally, findings)
    _refuse(evidence)
    stays: dict[Category, list[Stay]] = {}
    width = len(plan.dimensions)
    money = evidence.value_name is not None
    found, ageless = [_unseen(column.name)], 0
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
        found.append(_ageless(ageless, evidence.unit))
    return _exposure(table, question, evidence, stays, None, found, fingerprint)


def _asked(question: LedgerQuestion) -> ParetoQuestion:
    return ParetoQuestion(by=question.by, where=question.where, accept=question.accept)


def _refuse(evidence: Evidence) -> None:
    codes = {finding.code for finding in evidence.findings}
    if "everyone-churned" in codes:
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
        findings=settle((*_fitting(evidence.findings), *found), question.accept),
    )


def _fitting(findings: Iterable[Finding]) -> Iterator[Finding]:
    """All but what a ledger does with customers of unknown age."""
    return (each for each in findings if each.code != "signup-missing")


def _ageless(count: int, unit: str) -> Finding:
    return Finding(
        code="unknown-age",
        level="warning",
        message=f"{plural(count, unit[:-1], unit)} without a known age (blank, before the "
        "beginning, or more than a hundred years) are left out.",
        hint="Check the columns: --signup, --churned-at, --tenure; ages are months.",
        count=count,
    )


def _unseen(name: str) -> Finding:
    return Finding(
        code="no-window",
        level="info",
        message=f'Ages come from "{name}" alone, so every customer is taken to have been in view '
        "since sign-up. Where the export leaves out who left before some day, churn looks lower "
        "than it is.",
        hint="Dates of sign-up and of loss (--signup, --churned-at) tell when each was in view.",
        column=name,
    )
