"""Every finding about an export at once, for `inspect`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from dmaic.churn import amount, check, loss
from dmaic.churn.clean.text import category
from dmaic.churn.loss import Part
from dmaic.churn.retry import hold
from dmaic.churn.summary import summary_of
from dmaic.churn.tally import Question, Tally
from dmaic.errors import DataError
from dmaic.result import Finding
from dmaic.text import name_list, plural, printable

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


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the export tells of each row, None where it does not."""

    churned: Part | None
    value: Part | None
    at: Part | None
    begun: Part | None
    interval: Part | None


def examine(table: ChurnTable, columns: Sequence[ColumnProfile]) -> Health:
    """Look for everything that can be wrong with an export.

    Args:
        table: the opened export.
        columns: its profile.
    """
    rows = columns[0].filled + columns[0].blank
    health = Health(rows)
    found: list[Finding] = []

    def plan() -> _Parts:
        found.clear()
        if summary_of(table):
            found.append(_summary())
            return _Parts(None, None, None, None, None)
        return _Parts(
            churned=_attempt(lambda: loss.churned(table), found),
            value=_attempt(lambda: loss.value(table), found),
            at=_attempt(lambda: loss.churned_at(table), found),
            begun=_attempt(lambda: loss.signup(table), found),
            interval=_attempt(lambda: loss.interval(table), []),
        )

    parts, tally = hold(table, plan, lambda made: _question(table, made), table.identity)
    health.churned = parts.churned
    _count(table, health, tally, parts.value, found)
    for role, part in (("signup", parts.begun), ("churned_at", parts.at)):
        if part is not None:
            _dates(table, role, part, health, found)
    if parts.at is not None and parts.begun is not None:
        backwards = check.order(table, parts.begun, parts.at)
        found += [backwards] if backwards is not None else []
    if parts.value is not None:
        doubts = (amount.money_scale(table, parts.value), amount.interval(table, parts.value))
        found += [each for each in doubts if each is not None]
    _profiles(columns, rows, found)
    health.findings = (*table.findings, *found)
    return health


def examine_table(table: ChurnTable, columns: Sequence[ColumnProfile]) -> Health:
    """Look for what can be wrong with a table that is no churn export.

    Args:
        table: the opened table.
        columns: its profile.
    """
    found: list[Finding] = []
    rows = columns[0].filled + columns[0].blank
    _profiles(columns, rows, found)
    return Health(rows, (*table.findings, *found))


def _summary() -> Finding:
    return Finding(
        code="monthly-summary",
        level="info",
        message="A row is a month of a finished summary, and none is a customer.",
        hint="Analyses of rates and of money read it; those that rank customers cannot.",
    )


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


def _question(table: ChurnTable, parts: _Parts) -> Question:
    currency = table.roles.get("currency")
    keys = [category(currency) if currency is not None else "NULL"]
    roles = [table.roles.get(role) for role in GROUPINGS]
    keys += [f"CAST({category(c)} IS NULL AS VARCHAR)" if c else "NULL" for c in roles]
    every = (parts.value, parts.at, parts.begun, parts.interval)
    return Question(
        keys=tuple(keys),
        churned=parts.churned or Part("CAST(NULL AS BOOLEAN)"),
        amounts=(parts.value,) if parts.value is not None else (),
        checked=tuple(part for part in every if part is not None),
    )


def _count(
    table: ChurnTable, health: Health, tally: Tally, value: Part | None, found: list[Finding]
) -> None:
    repeated = check.duplicates(table, tally, "")
    if repeated is not None:
        found.append(repeated)
    found += [check.unreadable(table, part, cells) for part, cells in tally.misfits.items()]
    if health.churned is not None:
        unknown = check.unknown(table, tally, health.churned)
        found += [unknown] if unknown is not None else []
    lost = sum(group.rows for group in tally.groups if group.lost)
    known = sum(group.rows for group in tally.groups if group.lost is not None)
    for at, role in enumerate(GROUPINGS, start=1):
        column = table.roles.get(role)
        if column is None:
            continue
        empty = [group for group in tally.groups if group.keys[at] == "true"]
        blank = sum(group.rows for group in empty)
        gone = sum(group.rows for group in empty if group.lost)
        # Who stays gives no reason for leaving.
        asked = (gone, lost) if role == "reason" and lost else (blank, health.rows)
        finding = check.blanks(column.name, *asked, gone, lost)
        if finding is not None:
            found.append(finding)
    if health.churned is not None:
        health.lost = lost
        if not lost:
            found.append(_nobody(known, health.churned))
        elif lost == known:
            found.append(check.everyone(known))
    if value is None or value.column is None:
        return
    currency, mixed = amount.currency(
        table, value.column, table.roles.get("currency"), (group.keys[0] for group in tally.groups)
    )
    if mixed is not None:
        found.append(mixed)
    elif health.churned is not None:
        health.value_lost = sum(group.sums[0] for group in tally.groups if group.lost)
        health.currency = currency


def _nobody(known: int, churned: Part) -> Finding:
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
        incomplete = check.partial(
            last,
            check.last_day(last.year, last.month),
            f"{last:%Y-%m}",
            level="info",
            hint="Compare whole months: leave it out with --until.",
            column=name,
        )
        found += [incomplete] if incomplete is not None else []


def _profiles(columns: Sequence[ColumnProfile], rows: int, found: list[Finding]) -> None:
    constant = [each for each in columns if each.distinct == 1 and each.filled == rows and rows > 1]
    empty = [each for each in columns if not each.filled]
    for code, which, what in (
        ("constant-columns", constant, "one value only"),
        ("empty-columns", empty, "blanks only"),
    ):
        if which:
            names = name_list([each.name for each in which], 8)
            found.append(
                Finding(
                    code=code,
                    level="info",
                    message=f"{plural(len(which), 'column')} with {what}: {names}.",
                    hint="No difference between customers shows there.",
                    count=len(which),
                )
            )
