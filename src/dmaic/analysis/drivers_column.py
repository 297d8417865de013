"""Which columns of an export may go with churn, and which only tell who has left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic.churn import loss
from dmaic.churn.clean.text import category
from dmaic.churn.column import Column
from dmaic.churn.dimension import dimension_sql, parse_dimension
from dmaic.churn.loss import Part
from dmaic.churn.personal import personal
from dmaic.churn.role_word import normalise
from dmaic.errors import AmbiguousError, DataError, UsageError
from dmaic.stats.drivers.result import LeftOut
from dmaic.text import name_list, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

TABLE = "drivers"
"""Table of the different rows, with how many customers each stands for."""

_IDENTITY = frozenset(
    {"id", "ids", "uuid", "guid", "key", "code", "number", "no", "nr", "zip", "postal", "postcode",
     "plz", "phone", "latitude", "longitude"}
)  # fmt: skip
"""Words in a header that say that figures are names."""

_OUTCOME = frozenset(
    {"churn", "churned", "cancel", "cancelled", "canceled", "cancellation", "terminated",
     "termination", "attrition", "attrited", "departed", "resigned", "winback", "deactivated",
     "deactivation", "unsubscribed", "kundigung", "gekundigt", "resiliation", "baja"}
)  # fmt: skip
"""Words in a header that say that its cells are written when a customer leaves."""

MOST = 200
"""Candidates that are looked at."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column, or bands of one, that may go with churn.

    Attributes:
        name: as asked for, or of the column.
        sql: DOUBLE of a number, text of a category; NULL where blank.
        number: it is one.
        part: its reading, of a number.
        order: the levels in their natural order, where there is one.
        named: a person asked for it.
        identity: its header speaks of an identity.
    """

    name: str
    sql: str
    number: bool
    part: Part | None = None
    order: tuple[str, ...] = ()
    named: bool = False
    identity: bool = False


def candidates(
    table: ChurnTable, terms: Sequence[str], without: Sequence[str], *, clock: bool
) -> tuple[list[Candidate], list[LeftOut]]:
    """The columns that may go with churn.

    Args:
        table: the opened export.
        terms: what a person named; empty for all that may be.
        without: columns left out, as a person named them.
        clock: ages are looked at, so a column of them is no candidate.

    Raises:
        UsageError: there is no such column, or it tells who is lost.
    """
    outcome = _outcome(table)
    dropped = {table.column(name, "--without").name for name in without}
    if terms:
        return [_named(table, text, outcome) for text in dict.fromkeys(terms)], []
    taken: list[Candidate] = []
    left: list[LeftOut] = []
    private = personal(table, table.columns, ())
    roles = {column.name: role for role, column in table.roles.items()}
    worded = _worded(table)
    for column in table.columns:
        why = _excluded(column, roles.get(column.name), outcome, private, dropped, clock=clock)
        if why is None and len(taken) >= MOST:
            why = ("no-room", f"only the first {MOST} columns are looked at")
        if why is None:
            found = _read(table, column, worded)
            if isinstance(found, Candidate):
                taken.append(found)
                continue
            why = found
        left.append(LeftOut(name=column.name, why=why[0], reason=why[1]))
    return taken, left


def _outcome(table: ChurnTable) -> set[str]:
    """Names of the columns that tell who is lost, and when."""
    table.resolved.clear()
    part = loss.churned(table)
    told = {name for name, _ in table.resolved}
    table.resolved.clear()
    if part.column is not None:
        told.add(part.column.name)
    dated = table.roles.get("churned_at")
    return told | ({dated.name} if dated is not None else set())


def _excluded(
    column: Column,
    role: str | None,
    outcome: set[str],
    private: set[str],
    dropped: set[str],
    *,
    clock: bool,
) -> tuple[str, str] | None:
    words = set(normalise(column.name).split())
    if column.name in dropped:
        return "not-asked", "left out with --without"
    if column.name in outcome:
        return "outcome", "tells who is lost"
    if role in ("customer", "subscription"):
        return "identity", "names the customer"
    if column.name in private:
        return "personal", "holds personal data"
    if role == "reason":
        return "lost-only", "is asked of the lost only"
    if role in ("currency", "interval"):
        return "label", "says how the value is counted"
    if role == "signup":
        return "time", "is a date; Cox regression takes it as the beginning (--model cox)"
    if role == "tenure":
        if clock:
            return "time", "is the age at which customers are lost"
        return "time", (
            "is time as a customer, which ends when they leave; Cox regression takes it as the "
            "age (--model cox), --term takes it in"
        )
    if words & _OUTCOME:
        return "named-so", "its name says that it is written when customers leave; --term takes it"
    return None


def _worded(table: ChurnTable) -> set[str]:
    """Names of the columns whose first cells hardly ever have a figure in them.

    They are no numbers and no dates; to try both on millions of cells costs seconds.
    """
    texts = [column for column in table.columns if column.is_text]
    if not texts:
        return set()
    asked = ", ".join(
        f"count({each.sql}) > 10 * count(*) FILTER (regexp_matches({each.sql}, '[0-9]'))"
        for each in texts
    )
    (answer,) = table.head.select(asked)
    return {each.name for each, few in zip(texts, answer, strict=True) if few}


def _read(table: ChurnTable, column: Column, worded: set[str]) -> Candidate | tuple[str, str]:
    """The column as a number or as a category; or why it is neither."""
    identity = bool(set(normalise(column.name).split()) & _IDENTITY)
    if column.type == "BOOLEAN" or column.name in worded:
        return Candidate(column.name, category(column), False, identity=identity)
    try:
        reading = table.reading(column, "number")
    except AmbiguousError as error:
        return "unreadable", f"cannot be told: {error.message} --decimal decides."
    except DataError:
        pass
    else:
        part = Part(reading.sql, reading.misfit, column, "number", reading.label, reading.suspect)
        return Candidate(column.name, reading.sql, True, part, identity=identity)
    if column.type.startswith(("DATE", "TIMESTAMP", "TIME")) or _dated(table, column):
        return "time", "holds dates; --term with :month or :year takes it in"
    return Candidate(column.name, category(column), False, identity=identity)


def _dated(table: ChurnTable, column: Column) -> bool:
    try:
        table.reading(column, "date")
    except AmbiguousError:
        return True
    except DataError:
        return False
    return True


def _named(table: ChurnTable, text: str, outcome: Iterable[str]) -> Candidate:
    spec = parse_dimension(text, table.names, table.roles, option="--term")
    if spec.column in outcome:
        raise UsageError(
            f'"{printable(spec.column, 60)}" tells who is lost, so it cannot explain it.',
            "drivers.outcome",
            f"Name other columns: {name_list([n for n in table.names if n not in outcome], 8)}.",
        )
    if spec.form != "value":
        made = dimension_sql(spec, table)
        return Candidate(text, made.sql, False, None, made.order or (), named=True)
    column = table.column(spec.column, "--term")
    found = _read(table, column, _worded(table))
    if isinstance(found, Candidate):
        return Candidate(column.name, found.sql, found.number, found.part, (), named=True)
    if found[0] == "time":
        raise UsageError(
            f'"{printable(column.name, 60)}" holds dates, which are no term by themselves.',
            "drivers.dates",
            f"Take their periods: --term {printable(column.name, 40)}:year, or :quarter, :month, "
            ":weekday.",
        )
    # The reading's own error says which decimal signs fit.
    table.reading(column, "number")
    raise AssertionError(column.name)
