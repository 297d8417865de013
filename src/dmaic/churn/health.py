"""Every finding about an export at once, for `inspect`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from dmaic.churn import check, loss
from dmaic.churn.clean import number
from dmaic.churn.clean.text import category
from dmaic.churn.loss import Part
from dmaic.churn.tally import Question, Tally, count
from dmaic.errors import DataError
from dmaic.result import Finding
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.churn.profile import ColumnProfile
    from dmaic.churn.table import ChurnTable

T = TypeVar("T")

GROUPINGS = ("segment", "plan", "region", "reason")
"""Roles whose blanks are told with their share."""


@dataclass
class Health:
    """What was found.

    Attributes:
        rows: data rows.
        findings: all of them.
        churned: who is lost, or None where nothing tells.
        lost: how many, or None.
        value_lost: what they paid, or None.
        currency: its currency, or None.
        periods: (role, column, first day, last day) of each date role.
    """

    rows: int
    findings: tuple[Finding, ...] = ()
    churned: Part | None = None
    lost: int | None = None
    value_lost: float | None = None
    currency: str | None = None
    periods: list[tuple[str, str, str, str]] = field(default_factory=list)


def examine(table: ChurnTable, columns: Sequence[ColumnProfile]) -> Health:
    """Look for everything that can be wrong with an export.

    Args:
        table: the opened export.
        columns: its profile.
    """
    rows = columns[0].filled + columns[0].blank
    health = Health(rows)
    found: list[Finding] = []
    health.churned = _attempt(lambda: loss.churned(table), found)
    value = _attempt(lambda: loss.value(table), found)
    at = _attempt(lambda: loss.churned_at(table), found)
    begun = _attempt(lambda: loss.signup(table), found)
    parts = [part for part in (value, at, begun) if part is not None]
    tally = _attempt(lambda: _tally(table, health.churned, value, parts), found)
    if tally is not None:
        _count(table, health, tally, value, parts, found)
    for role, part in (("signup", begun), ("churned_at", at)):
        if part is not None:
            _dates(table, role, part, health, found)
    if at is not None and begun is not None:
        _order(table, begun, at, found)
    if value is not None:
        found += [
            each
            for each in (check.money_scale(table, value), check.interval(table, value))
            if each is not None
        ]
    _profiles(columns, rows, found)
    health.findings = (*table.findings, *found)
    return health


def _attempt(make: Callable[[], T], found: list[Finding]) -> T | None:
    """What cannot be read is a finding here, not an error."""
    try:
        return make()
    except DataError as error:
        found += [
            Finding(
                code=problem.code,
                level="blocking",
                message=f"{problem.where}: {problem.message}" if problem.where else problem.message,
                hint=problem.hint,
            )
            for problem in error.problems
        ]
        return None


def _tally(
    table: ChurnTable, churned: Part | None, value: Part | None, parts: Sequence[Part]
) -> Tally:
    currency = table.roles.get("currency")
    keys = [category(currency) if currency is not None else "NULL"]
    roles = [table.roles.get(role) for role in GROUPINGS]
    keys += [f"CAST({category(c)} IS NULL AS VARCHAR)" if c else "NULL" for c in roles]
    question = Question(
        keys=tuple(keys),
        churned=churned or Part("CAST(NULL AS BOOLEAN)"),
        amounts=(value,) if value is not None else (),
        checked=tuple(parts),
    )
    identity = table.identity
    return count(table, question, identity.sql if identity is not None else "")


def _count(
    table: ChurnTable,
    health: Health,
    tally: Tally,
    value: Part | None,
    parts: Sequence[Part],
    found: list[Finding],
) -> None:
    repeated = check.duplicates(table, tally, "")
    if repeated is not None:
        found.append(repeated)
    every = [part for part in (health.churned, *parts) if part is not None]
    for part in {part.column: part for part in every if part.column is not None}.values():
        if part.column is not None and tally.misfits.get(part.column.name):
            found.append(check.unreadable(table, part, tally.misfits[part.column.name]))
    lost = sum(group.rows for group in tally.groups if group.lost)
    known = sum(group.rows for group in tally.groups if group.lost is not None)
    for at, role in enumerate(GROUPINGS, start=1):
        column = table.roles.get(role)
        if column is None:
            continue
        empty = [group for group in tally.groups if group.keys[at] == "true"]
        blank = sum(group.rows for group in empty)
        gone = sum(group.rows for group in empty if group.lost)
        finding = check.blanks(column.name, blank, health.rows, gone, lost)
        if finding is not None:
            found.append(finding)
    if health.churned is not None:
        health.lost = lost
        if not lost or lost == known:
            found.append(_extreme(lost, known, health.churned))
    if value is None or value.column is None:
        return
    codes = {key.upper() for group in tally.groups if (key := group.keys[0]) is not None}
    if table.roles.get("currency") is None and value.column.is_text:
        codes = set(number.currency(value.column, table.head))
    where = table.roles.get("currency") or value.column
    mixed = check.currencies(codes, where.name)
    if mixed is not None:
        found.append(mixed)
    elif health.churned is not None:
        health.value_lost = sum(group.sums[0] for group in tally.groups if group.lost)
        health.currency = next(iter(codes), None)


def _extreme(lost: int, known: int, churned: Part) -> Finding:
    if lost:
        return Finding(
            code="everyone-churned",
            level="warning",
            message=f"All {known:,} rows are lost customers, so churn rates cannot be known.",
            hint="Rates and excess churn need the customers who stayed as well.",
            count=known,
        )
    return Finding(
        code="no-churn",
        level="blocking",
        message=f"None of {plural(known, 'row')} is a lost customer ({churned.label}).",
        hint="Check the column: --churned, --churned-at or --churned-when.",
    )


def _dates(table: ChurnTable, role: str, part: Part, health: Health, found: list[Finding]) -> None:
    assert part.column is not None
    tomorrow = date.today() + timedelta(days=1)
    future = f"({part.sql}) >= TIMESTAMP '{tomorrow.isoformat()}'"
    ((first, last, ahead),) = table.whole.select(
        f"CAST(min({part.sql}) AS DATE), CAST(max({part.sql}) AS DATE), count(*) FILTER ({future})"
    )
    name = part.column.name
    if first is None:
        return
    health.periods.append((role, name, str(first), str(last)))
    if ahead:
        found.append(
            Finding(
                code="future-dates",
                level="warning",
                message=f'{plural(ahead, "date")} in "{printable(name)}" lie in the future, up to '
                f"{last}.",
                hint="Planned cancellations are not lost yet: leave them out with --until; or "
                "check --date-order.",
                count=ahead,
                rows=table.row_numbers(future),
                column=name,
            )
        )
    if role == "churned_at":
        _partial(last, name, found)


def _partial(last: date, name: str, found: list[Finding]) -> None:
    """The last month ends well after the last churn date, so it is likely not complete."""
    end = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if (end - last).days < check.QUIET_DAYS:
        return
    found.append(
        Finding(
            code="partial-last-period",
            level="info",
            message=f"The last churn date is {last}, so {last:%Y-%m} is likely not complete.",
            hint="Compare whole months: leave it out with --until.",
            column=name,
        )
    )


def _order(table: ChurnTable, begun: Part, at: Part, found: list[Finding]) -> None:
    assert begun.column is not None
    assert at.column is not None
    before = f"({at.sql}) < ({begun.sql})"
    ((wrong,),) = table.whole.select(f"count(*) FILTER ({before})")
    if wrong:
        found.append(
            Finding(
                code="end-before-start",
                level="warning",
                message=f'{plural(wrong, "row")} end ("{printable(at.column.name)}") before they '
                f'begin ("{printable(begun.column.name)}").',
                hint="Check which column is which (--signup, --churned-at) and --date-order.",
                count=wrong,
                rows=table.row_numbers(before),
                column=at.column.name,
            )
        )


def _profiles(columns: Sequence[ColumnProfile], rows: int, found: list[Finding]) -> None:
    constant = [each for each in columns if each.distinct == 1 and each.filled == rows and rows > 1]
    empty = [each for each in columns if not each.filled]
    for code, which, what in (
        ("constant-columns", constant, "holds one value only"),
        ("empty-columns", empty, "is blank in every row"),
    ):
        if which:
            names = ", ".join(f'"{printable(each.name, 40)}"' for each in which[:8])
            more = f" and {len(which) - 8} more" if len(which) > 8 else ""
            found.append(
                Finding(
                    code=code,
                    level="info",
                    message=f"{plural(len(which), 'column')} that {what}: {names}{more}.",
                    hint="It tells customers apart in nothing.",
                    count=len(which),
                )
            )
