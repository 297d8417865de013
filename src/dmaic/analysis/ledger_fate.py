"""Who is lost and when, by a definition of churn: what it says as SQL over the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dmaic.analysis.ledger_month import month
from dmaic.analysis.ledger_question import Asked
from dmaic.analysis.window import Fate
from dmaic.churn import loss
from dmaic.churn.clean.text import category
from dmaic.churn.column import Column, literal
from dmaic.churn.loss import INTERVAL_MONTHS, Part
from dmaic.churn.moment import PAST_DUE, TRIAL, has_status, tells
from dmaic.result import Finding
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

MOST_GROUPS = 1_000_000
"""Categories times pairs of periods that one scan may answer."""


def fate(table: ChurnTable, asked: Asked) -> Fate:
    """Who is lost and when, and which rows count.

    Raises:
        DataError: nothing tells who is lost, or a column cannot be read.
    """
    if asked.kind == "months":
        assert asked.month is not None
        known = (f"({month(table, asked.month).sql}) IS NOT NULL",)
        return Fate(Part("true", label="every month"), kept=known, most=MOST_GROUPS)
    if asked.kind == "movements":
        return Fate(loss.churned(table), more=_square, most=MOST_GROUPS)
    definition = asked.question.definition
    lost, at = loss.churned(table), moment(table, asked)
    sql, kept, filters = lost.sql, [], []
    if asked.requested is not None and definition.moment == "request":
        # Who has asked to leave may still be there until the end of what is paid.
        sql = f"(({sql}) OR ({table.resolve(asked.requested.name, 'date')}) IS NOT NULL)"
    if asked.status is not None:
        owes = has_status(asked.status, PAST_DUE)
        if definition.past_due == "churned":
            sql = f"(({sql}) OR {owes})"
        elif definition.past_due == "left-out":
            kept.append(f"NOT {owes}")
            filters.append("without who owes a payment")
        elif at is not None:
            # A status that counts as lost without an end: they owe, and are still there.
            sql = f"(({sql}) AND NOT ({owes} AND ({at.sql}) IS NULL))"
        if definition.trials == "left-out":
            kept.append(f"NOT {has_status(asked.status, TRIAL)}")
            filters.append("without trials")
    value = loss.value(table) if definition.free == "left-out" else None
    if value is not None:
        kept.append(f"coalesce(({value.sql}) <> 0, true)")
        filters.append("without who pays nothing")
    return Fate(
        replace(lost, sql=sql), at, tuple(kept), tuple(filters), more=_square, most=MOST_GROUPS
    )


def _square(value: Part) -> tuple[Part, ...]:
    """Squares of what each pays, for the variance of what is lost."""
    return (replace(value, sql=f"({value.sql}) * ({value.sql})", misfit="", suspect=""),)


def moment(table: ChurnTable, asked: Asked) -> Part | None:
    """When a customer is lost by the definition; None where no column tells.

    Where the column that the definition asks is blank in a row, its churn date is taken.
    """
    at = loss.churned_at(table)
    definition = asked.question.definition
    column = moment_column(table, asked)
    if column is not None and (at is None or column != at.column):
        asked_for = loss.dated(table, column)
        rest = f", {at.sql}" if at is not None else ""
        at = replace(asked_for, sql=f"coalesce({asked_for.sql}{rest})")
    owed = asked.begun or asked.paid
    if definition.past_due == "churned" and asked.status is not None and owed is not None:
        # The period that is not paid for is the first without them.
        unpaid = loss.dated(table, owed)
        at = replace(at, sql=f"coalesce({at.sql}, {unpaid.sql})") if at is not None else unpaid
    return at


def moment_column(table: ChurnTable, asked: Asked) -> Column | None:
    """The column of dates that the definition asks for.

    A churn date is an end, unless its header says that it is that of the request; a contract's end
    date beside it may lie years ahead.
    """
    wanted = asked.question.definition.moment
    if wanted != "last-expiry":
        return asked.requested if wanted == "request" else asked.paid
    at = table.roles.get("churned_at")
    told = at is None or (tells(at, "requested_at") and "churned_at" not in table.chosen)
    return asked.ended if told else at


def untold(table: ChurnTable, asked: Asked) -> Iterator[Finding]:
    """What the definition asks and the export does not tell."""
    definition = asked.question.definition
    if asked.kind in ("months", "movements"):
        return
    at = table.roles.get("churned_at")
    if moment_column(table, asked) is None and at is not None:
        wanted = {
            "request": "the day on which the customer asked to leave",
            "period-end": "the end of what was paid",
            "last-expiry": "the day on which the last subscription ended",
        }[definition.moment]
        option = {"request": "--requested-at", "period-end": "--period-end"}
        yield Finding(
            code="moment-not-told",
            level="info" if definition.moment == "last-expiry" else "warning",
            message=f'The definition "{definition.name}" counts a loss on {wanted}; no column '
            f'tells it, so "{printable(at.name)}" is taken.',
            hint=f"Name the column: {option.get(definition.moment, '--churned-at')} COL.",
            column=at.name,
        )
    if definition.annual == "due" and table.roles.get("interval") is None:
        yield Finding(
            code="interval-not-told",
            level="warning",
            message=f'The definition "{definition.name}" has customers who pay by the year at risk '
            "only when they renew; no column tells who pays by the year, so all are at risk in "
            "every period.",
            hint="Name the column: --interval COL.",
        )
    if definition.past_due != "active" and asked.status is None:
        yield Finding(
            code="status-not-told",
            level="warning",
            message=f'The definition "{definition.name}" treats customers who owe a payment as '
            f"{definition.past_due.replace('-', ' ')}; no column tells who they are.",
            hint="Name the column: --status COL.",
        )


def due(table: ChurnTable, asked: Asked, begun: Part | None) -> str:
    """SQL of the month of the year in which a row's customer can leave, as text; '0' for any."""
    column = table.roles.get("interval")
    if asked.question.definition.annual != "due" or column is None or begun is None:
        return "'0'"
    yearly = ", ".join(literal(word) for word, months in INTERVAL_MONTHS.items() if months == 12)
    return (
        f"(CASE WHEN lower({category(column)}) IN ({yearly}) AND ({begun.sql}) IS NOT NULL"
        f" THEN CAST(month({begun.sql}) AS VARCHAR) ELSE '0' END)"
    )
