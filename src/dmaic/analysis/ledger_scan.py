"""The scan of a ledger: rows grouped by category and by the periods in which they came and went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dmaic.analysis.evidence import Evidence, weigh
from dmaic.analysis.ledger_fate import due, fate, untold
from dmaic.analysis.ledger_month import missing, month
from dmaic.analysis.ledger_move import Move, Place, exact
from dmaic.analysis.ledger_question import Asked
from dmaic.analysis.ledger_span import ORDINALS
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import Plan, scan
from dmaic.analysis.window import conditions
from dmaic.churn import check
from dmaic.churn.loss import Part, churned_at, signup
from dmaic.churn.tally import Group, Tally
from dmaic.errors import DataError
from dmaic.result import Finding
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


BEFORE = -1
"""The period of what began nobody knows when, but before its end."""

NO_MONEY = "no-money"
"""The finding that the amounts tell of no money."""


def scan_rows(table: ChurnTable, asked: Asked) -> tuple[Evidence, Plan, Tally]:
    """Scan once; every reading is checked and every finding gathered.

    The last three keys of a group are the month in which it can leave, and the periods in which it
    was lost and in which it signed up.
    """
    question = asked.question

    def extra(table: ChurnTable, churned: Part) -> list[str]:
        if asked.kind in ("months", "movements"):
            return ["'0'", "NULL", "NULL"]
        at, begun = fate(table, asked).at, signup(table)
        if asked.kind == "spells":
            # Their periods are asked of each customer's rows together; here only whether they are.
            known = f"CASE WHEN ({begun.sql}) IS NOT NULL THEN '0' END" if begun else "NULL"
            return ["'0'", "NULL", known]
        ended = f"CASE WHEN {churned.sql} THEN {_period(asked, at)} END"
        began = _period(asked, begun)
        if at is not None and begun is not None:
            # Who left on a day was there before, even where the file says that they came later.
            backwards = f"{churned.sql} AND CAST({at.sql} AS DATE) < CAST({begun.sql} AS DATE)"
            began = f"CASE WHEN {backwards} THEN '{BEFORE}' ELSE {began} END"
        return [due(table, asked, begun), ended, began]

    plain = ParetoQuestion(by=question.by, where=question.where, accept=question.accept)
    dated = asked.kind != "months"
    plan, tally, findings = scan(table, plain, extra, lambda table: fate(table, asked), dated=dated)
    findings += untold(table, asked)
    if asked.month is not None:
        condition, _ = conditions(table, question.where)
        findings += missing(table, month(table, asked.month), condition)
    if asked.kind != "movements" and table.preset is not None and not table.preset.exposure:
        findings.append(check.everyone(sum(group.rows for group in tally.known)))
    evidence = weigh(table, plain, plan, tally, findings)
    own = [*_signups(table, asked, plan, tally), *_amounts(table, plan, tally)]
    name = None if asked.kind == "movements" else evidence.value_name
    amountless = None if name is None else _no_money(name, tally)
    if amountless is not None:
        own.append(amountless)
        evidence = replace(evidence, value_name=None, currency=None)
    kept = [_reworded(each) for each in evidence.findings if not _said_otherwise(each, asked)]
    return replace(evidence, findings=(*kept, *own)), plan, tally


def _period(asked: Asked, part: Part | None) -> str:
    if part is None:
        return "NULL"
    return f"CAST({ORDINALS[asked.question.period].format(f'({part.sql})')} AS VARCHAR)"


def _reworded(finding: Finding) -> Finding:
    """What can be done about it here."""
    if finding.code != "undated-churn":
        return finding
    hint = "Fill the dates in, or say with --churned-when who is lost."
    return finding.model_copy(update={"hint": hint})


def _said_otherwise(finding: Finding, asked: Asked) -> bool:
    """What `pareto` says of the lost and a ledger says of all, or not at all."""
    if finding.code in ("missing-amounts", "negative-amounts"):
        return True
    # Each row is a month of a customer, or a change of what one pays: many rows are no doubles,
    # and those that are lost do not tell of the others.
    rows = ("everyone-churned", "duplicate-customers", "end-before-start")
    return asked.kind in ("months", "movements") and finding.code in rows


def _signups(table: ChurnTable, asked: Asked, plan: Plan, tally: Tally) -> Iterator[Finding]:
    """Customers of whom nobody knows when they came."""
    if asked.kind in ("months", "movements"):
        return
    column = table.roles.get("signup")
    if column is None:
        yield Finding(
            code="signup-not-told",
            level="warning",
            message="No column tells when customers signed up, so all are taken to be there from "
            "the start: nobody is new, and the rates of early periods are too low.",
            hint="Name the column: --signup COL.",
        )
        return
    begun = plan.window.dates[1]
    count = sum(group.rows for group in tally.known if group.keys[-1] is None)
    if count:
        where = f" AND {plan.window.where}" if plan.window.where else ""
        yield Finding(
            code="signup-missing",
            level="warning",
            message=f"{plural(count, 'row has', 'rows have')} no sign-up date in "
            f'"{printable(column.name)}" and are taken to be there from the start.',
            hint="They are in no period's new customers.",
            count=count,
            rows=table.row_numbers(f"({begun.sql}) IS NULL{where}"),
            column=column.name,
        )


def _amounts(table: ChurnTable, plan: Plan, tally: Tally) -> Iterator[Finding]:
    """Customers without an amount, or with one below zero, whether lost or not."""
    if plan.value is None or plan.value.column is None or plan.value.sql.startswith("-"):
        return
    name, where = plan.value.column.name, plan.window.where
    also = f" AND {where}" if where else ""
    missing = sum(group.missing[0] for group in tally.known)
    if missing:
        yield Finding(
            code="missing-amounts",
            level="warning",
            message=f"{plural(missing, 'row has', 'rows have')} no amount in "
            f'"{printable(name)}"; their MRR counts as nothing.',
            count=missing,
            rows=table.row_numbers(f"({plan.value.sql}) IS NULL{also}"),
            column=name,
        )
    below = sum(group.negative[0] for group in tally.known)
    if below and table.unit != "movements":
        yield Finding(
            code="negative-amounts",
            level="warning",
            message=f"{plural(below, 'row has', 'rows have')} an amount below zero in "
            f'"{printable(name)}", which lowers the sums of MRR.',
            hint="Leave them out with --where if they are refunds.",
            count=below,
            rows=table.row_numbers(f"({plan.value.sql}) < 0{also}"),
            column=name,
        )


def _no_money(name: str, tally: Tally) -> Finding | None:
    """Amounts that tell no money: rates of them would be none, or upside down."""
    groups = tally.known
    what = hint = ""
    if sum(exact(group.sums[0]) for group in groups) < 0:
        what = f'The amounts in "{printable(name)}" add up to less than nothing'
        hint = "; --value-scale -1 turns them round"
    elif all(group.missing[0] == group.rows for group in groups):
        what = f'No row has an amount in "{printable(name)}"'
    if not what:
        return None
    return Finding(
        code="no-money",
        level="warning",
        message=f"{what}, so customers are counted and money is left out.",
        hint=f"Check the column (--value COL){hint}.",
        column=name,
    )


def row_moves(groups: list[Group], width: int, *, money: bool) -> Iterator[Move]:
    """The moves of rows that are a customer each.

    Args:
        groups: of `scan_rows`, those that can be told to be lost or not.
        width: parts of a category.
        money: whether amounts count.
    """
    for group in groups:
        leaves, left, begun = (None if key is None else int(key) for key in group.keys[-3:])
        place = Place(group.keys[:width], leaves or 0)
        pays = exact(group.sums[0]) if money else exact(0)
        squares = exact(group.sums[-1]) if money else exact(0)
        begun = None if begun == BEFORE else begun
        if left is not None and begun == left:
            yield Move(left, None, None, group.rows, within=place, pays=pays)
            continue
        yield Move(begun, None, place, group.rows, pays=pays)
        if left is not None:
            yield Move(left, place, None, group.rows, paid=pays, squares=squares)


def dates(table: ChurnTable, asked: Asked, plan: Plan) -> tuple[date, date, date, date]:
    """The first and the last churn date, and the first and the last of all dates.

    Raises:
        DataError: nobody is lost on a day that is known (`finding.no-churn`).
    """
    where = f"WHERE {plan.window.where}" if plan.window.where else ""
    if asked.month is not None:
        each = month(table, asked.month).sql
        ((first, last),) = table.whole.select(
            f"CAST(min({each}) + INTERVAL 1 MONTH AS DATE), CAST(last_day(max({each})) AS DATE)",
            where,
        )
        return _seen(table, first, last, first, last)
    at, *begun = plan.window.dates
    lost = f"FILTER ({plan.window.churned.sql})"
    edges = [f"min({at.sql}) {lost}", f"max({at.sql}) {lost}"]
    # Dates that a definition does not count by show as well how far the export reaches.
    raw = churned_at(table)
    whose = "" if asked.kind == "movements" else lost
    edges += [f"{edge}({part.sql})" for part in begun for edge in ("min", "max")]
    edges += [f"{edge}({raw.sql}) {whose}" for edge in ("min", "max")] if raw is not None else []
    ((first, last, *others),) = table.whole.select(
        ", ".join(f"CAST({edge} AS DATE)" for edge in edges), where
    )
    return _seen(table, first, last, *others)


def _seen(
    table: ChurnTable, first: date | None, last: date | None, *others: date | None
) -> tuple[date, date, date, date]:
    if first is None or last is None:
        raise DataError(
            "Nobody is lost on a day that is known, so there is nothing to count.",
            code="finding.no-churn",
            where=table.source.name,
            hint="Check the column (--churned, --churned-at, --churned-when) and the filters.",
        )
    known = [day for day in (first, last, *others) if day is not None]
    return first, last, min(known), max(known)
