"""The ledger of an export: customers and money that stood, came and went in each period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from dmaic.analysis.evidence import Evidence
from dmaic.analysis.ledger_event import event_moves, load_events
from dmaic.analysis.ledger_fate import moment_column
from dmaic.analysis.ledger_move import Move, flows, quiet
from dmaic.analysis.ledger_question import Asked, LedgerQuestion, understand
from dmaic.analysis.ledger_scan import dates, row_moves, scan_rows
from dmaic.analysis.ledger_span import cover, span
from dmaic.analysis.ledger_summary import read_summary
from dmaic.analysis.said import Said, opening
from dmaic.analysis.scan import Plan
from dmaic.churn.check import settle
from dmaic.churn.export import open_export
from dmaic.churn.summary import summary_of
from dmaic.churn.tally import Tally
from dmaic.errors import DataError
from dmaic.money.ledger import Ledger
from dmaic.result import Finding
from dmaic.text import name_list

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress

__all__ = ["LedgerQuestion", "open_ledger", "read_ledger"]

DOUBLES = "duplicate-customers"


def open_ledger(
    source: object,
    question: LedgerQuestion,
    *,
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> Ledger:
    """Open an export and read its ledger.

    Args:
        source: as for every analysis: a path, `-`, several paths, a glob, a frame or a snapshot.
        question: what is asked.
        fingerprint: put the SHA-256 of the source into the inputs.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: as `read_ledger`.
        UsageError: as `read_ledger`.
    """
    with open_export(source, opening(**said), progress=progress) as table:
        return read_ledger(table, question, fingerprint=fingerprint)


def read_ledger(table: ChurnTable, question: LedgerQuestion, *, fingerprint: bool = True) -> Ledger:
    """The ledger of an opened export.

    Args:
        table: the opened export.
        question: what is asked.
        fingerprint: put the SHA-256 of the source into the inputs.

    Raises:
        DataError: no column holds dates (`ledger.no-dates`), no whole period is covered, nobody
            was there in it, or findings block.
        UsageError: the question does not fit the columns.
    """
    months = summary_of(table)
    if months:
        return read_summary(table, months, question, fingerprint=fingerprint)
    asked = understand(table, question)
    _check_dated(table, asked)
    evidence, plan, tally = scan_rows(table, asked)
    money = evidence.value_name is not None
    moves, findings, changes = _moves(table, asked, evidence, plan, tally)
    first, last, *ends = dates(table, asked, plan)
    column = plan.window.dates[0].column if plan.window.dates else asked.month
    start, end, found = cover(
        first,
        last,
        (min(ends), max(ends)),
        question.period,
        question.since,
        question.until,
        column.name if column is not None else None,
    )
    spans = tuple(span(number, question.period) for number in range(start, end + 1))
    added_up = flows(moves, spans, start, money=money, changes=changes)
    if not added_up:
        raise DataError(
            f"Nobody was there from {spans[0].name} to {spans[-1].name}.",
            code="ledger.nobody",
            where=table.source.name,
            hint="Check --since, --until and the other filters.",
        )
    found += quiet(spans, added_up)
    return Ledger(
        definition=question.definition.name,
        by=evidence.by,
        spans=spans,
        flows=added_up,
        unit=table.unit if asked.kind == "customers" else "customers",
        currency=evidence.currency,
        value_name=evidence.value_name,
        inputs=replace(evidence, roles=_roles(evidence, asked, plan)).inputs(table, fingerprint),
        findings=settle((*findings, *found), question.accept),
    )


def _check_dated(table: ChurnTable, asked: Asked) -> None:
    dated = table.roles.get("churned_at") or moment_column(table, asked)
    if asked.month is None and dated is None:
        raise DataError(
            "Churn in a period needs the dates of losses, and no column holds them.",
            code="ledger.no-dates",
            where=table.source.name,
            hint="Name the column: --churned-at COL (and --signup COL for when customers came); "
            "where a row is a customer's month, --month COL. `dmaic pareto` needs no dates. "
            f"The columns are {name_list(table.names)}.",
        )


def _moves(
    table: ChurnTable, asked: Asked, evidence: Evidence, plan: Plan, tally: Tally
) -> tuple[Iterable[Move], tuple[Finding, ...], bool]:
    """The moves, all findings, and whether it can be seen when a customer's payment changes."""
    loaded, findings = load_rows(table, asked, evidence, plan, tally)
    if loaded is None:
        money = evidence.value_name is not None
        return row_moves(tally.known, len(plan.dimensions), money=money), findings, False
    return event_moves(table, loaded), findings, True


def load_rows(
    table: ChurnTable, asked: Asked, evidence: Evidence, plan: Plan, tally: Tally
) -> tuple[Asked | None, tuple[Finding, ...]]:
    """Load the events of customers who have several rows each.

    Args:
        table: the opened export.
        asked: what is asked.
        evidence: of the scan, as its plan and its tally.
        plan: the readings that held.
        tally: the groups.

    Returns:
        What is asked, with the kind that rows turned out to be, or None where each row is a
        customer and nothing was loaded; and all findings.
    """
    money = evidence.value_name is not None
    repeated = tally.repeated > 0
    several = asked.kind != "customers" or (repeated and len(plan.window.dates) > 1)
    if not several:
        return None, evidence.findings
    alone = asked.kind == "customers"
    if alone:
        asked = replace(asked, kind="spells")
    looked = asked.kind == "spells" and repeated
    doubles = load_events(table, asked, plan, money=money, repeated=looked)
    others = [each for each in evidence.findings if each.code != DOUBLES]
    if alone and any(each.code == DOUBLES for each in doubles):
        # One row may stand for one customer after all; whoever accepts it counts rows.
        return None, (*others, *doubles)
    if asked.kind == "spells" and money:
        others.append(_within_row())
    return asked, (*others, *doubles)


def _within_row() -> Finding:
    return Finding(
        code="changes-within-row",
        level="info",
        message="A row holds one amount, so a change of price or seats within it cannot be seen: "
        "contraction and expansion are those from one row of a customer to the next.",
    )


def _roles(evidence: Evidence, asked: Asked, plan: Plan) -> dict[str, str]:
    """Role -> column, with the dates that a ledger rests on."""
    roles = dict(evidence.roles)
    if asked.month is not None:
        del roles["churned"]
        roles["month"] = asked.month.name
    for role, part in zip(("churned_at", "signup"), plan.window.dates, strict=False):
        if part.column is not None:
            roles[role] = part.column.name
    return roles
