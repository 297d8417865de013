"""The ledger of an export: customers and money that stood, came and went in each period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from dmaic.analysis.ledger_move import flows
from dmaic.analysis.ledger_span import Period, cover, span
from dmaic.analysis.ledger_spell import dates, row_moves, scan_rows
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.said import Said, opening
from dmaic.churn.check import settle
from dmaic.churn.export import open_export
from dmaic.errors import DataError
from dmaic.money.definition import DEFAULT, Definition
from dmaic.money.ledger import Ledger
from dmaic.text import name_list

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress


@dataclass(frozen=True, slots=True)
class LedgerQuestion:
    """What a ledger is asked.

    Attributes:
        by: columns, roles or bands that make categories, as in `pareto`.
        period: what one period is.
        where: SQL condition over the columns.
        since: the first period looked at (`2024-03`, `2024`); None: that of the first churn date.
        until: the last one, included; None: the last whole one.
        accept: codes of blocking findings to go on with.
        definition: what churn means.
        month: column of months, where each row is a customer's month.
        status, requested_at, period_end: columns that the definition may ask; None: found by
            their headers.
    """

    by: tuple[str, ...] = ()
    period: Period = "month"
    where: str | None = None
    since: str | None = None
    until: str | None = None
    accept: tuple[str, ...] = ()
    definition: Definition = DEFAULT
    month: str | None = None
    status: str | None = None
    requested_at: str | None = None
    period_end: str | None = None


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
        DataError, UsageError: as `read_ledger`.
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
        DataError: no column holds dates (`ledger.no-dates`), no whole period is covered, or
            findings block.
        UsageError: the question does not fit the columns.
    """
    if table.roles.get("churned_at") is None:
        raise DataError(
            "Churn in a period needs the dates of losses, and no column holds them.",
            code="ledger.no-dates",
            where=table.source.name,
            hint="Name the column: --churned-at COL (and --signup COL for when customers came); "
            "a column of months, --month COL, does where a row is a customer's month. "
            "`dmaic pareto` needs no dates. "
            f"The columns are {name_list(table.names)}.",
        )
    asked = ParetoQuestion(by=question.by, where=question.where, accept=question.accept)
    evidence, plan, tally = scan_rows(table, asked, question.period)
    first, last, earliest, latest = dates(table, plan)
    start, end, found = cover(
        first,
        last,
        (earliest, latest),
        question.period,
        question.since,
        question.until,
        plan.window.dates[0].column.name if plan.window.dates[0].column is not None else None,
    )
    findings = settle((*evidence.findings, *found), question.accept)
    spans = tuple(span(number, question.period) for number in range(start, end + 1))
    money = evidence.value_name is not None
    moves = row_moves(tally.known, len(plan.dimensions), money=money)
    return Ledger(
        definition=question.definition.name,
        by=evidence.by,
        spans=spans,
        flows=flows(moves, spans, start, money=money, changes=False),
        unit=evidence.unit,
        currency=evidence.currency,
        value_name=evidence.value_name,
        inputs=evidence.inputs(table, fingerprint),
        findings=findings,
    )
