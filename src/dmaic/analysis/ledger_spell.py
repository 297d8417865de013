"""Moves of an export with one row a customer: one scan, grouped by when they came and went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dmaic.analysis.evidence import Evidence, weigh
from dmaic.analysis.ledger_move import Move, Place, exact
from dmaic.analysis.ledger_span import ORDINALS, Period
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import Plan, scan
from dmaic.churn.loss import Part, churned_at, signup
from dmaic.churn.tally import Group, Question, Tally
from dmaic.result import Finding

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


def squared(plan: Plan) -> Question:
    """A plan's question with the squares of what each pays, for the variance of what is lost."""
    question = plan.question
    if plan.value is None:
        return question
    square = replace(plan.value, sql=f"({plan.value.sql}) * ({plan.value.sql})", misfit="")
    return replace(question, amounts=(*question.amounts, square))


def scan_rows(
    table: ChurnTable, question: ParetoQuestion, period: Period
) -> tuple[Evidence, Plan, Tally]:
    """Scan once, grouped by category and by the periods of sign-up and of loss."""

    def extra(table: ChurnTable, churned: Part) -> list[str]:
        at, begun = churned_at(table), signup(table)
        assert at is not None  # the window refuses to be dated without it
        number = ORDINALS[period]
        ended = f"CASE WHEN {churned.sql} THEN {number.format(f'({at.sql})')} END"
        began = number.format(f"({begun.sql})") if begun is not None else "NULL"
        return [f"CAST({ended} AS VARCHAR)", f"CAST({began} AS VARCHAR)"]

    plan, tally, findings = scan(table, question, extra, squared)
    if not any(part.column == table.roles.get("signup") for part in plan.window.dates):
        findings.append(
            Finding(
                code="signup-not-told",
                level="warning",
                message="No column tells when customers signed up, so all are taken to be there "
                "from the start: nobody is new, and rates of early periods are too low.",
                hint="Name the column: --signup COL.",
            )
        )
    return weigh(table, question, plan, tally, findings), plan, tally


def row_moves(groups: list[Group], width: int, *, money: bool) -> Iterator[Move]:
    """The moves of rows that are a customer each.

    Args:
        groups: of `scan_rows`, those that can be told to be lost or not.
        width: parts of a category.
        money: whether amounts count.
    """
    for group in groups:
        left, begun = (None if key is None else int(key) for key in group.keys[-2:])
        place = Place(group.keys[:width])
        pays = exact(group.sums[0]) if money else exact(0)
        squares = exact(group.sums[-1]) if money else exact(0)
        if left is not None and begun is not None and begun > left:
            # Who left in a period was there, even where the file says that they came later.
            begun = None
        if left is not None and begun == left:
            yield Move(left, None, None, group.rows, within=place, pays=pays)
            continue
        yield Move(begun, None, place, group.rows, pays=pays)
        if left is not None:
            yield Move(left, place, None, group.rows, paid=pays, squares=squares)


def dates(table: ChurnTable, plan: Plan) -> tuple[date, date, date, date]:
    """The first and the last churn date, and the first and the last of all dates."""
    at, *begun = plan.window.dates
    lost = f"FILTER ({plan.window.churned.sql})"
    where = f"WHERE {plan.window.where}" if plan.window.where else ""
    each = [f"min({at.sql}) {lost}", f"max({at.sql}) {lost}"]
    each += [f"{edge}({part.sql})" for part in begun for edge in ("min", "max")]
    ((first, last, *others),) = table.whole.select(
        ", ".join(f"CAST({edge} AS DATE)" for edge in each), where
    )
    known = [day for day in (first, last, *others) if day is not None]
    return first, last, min(known), max(known)
