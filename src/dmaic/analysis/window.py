"""Which rows an analysis looks at: a condition, and a window of time over churn dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dmaic.churn import check
from dmaic.churn.column import literal
from dmaic.churn.loss import Part, churned_at, signup
from dmaic.errors import DataError, UsageError
from dmaic.result import Finding
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


@dataclass(frozen=True, slots=True)
class Fate:
    """Who is lost, as far as an analysis says more about it than the export's own columns.

    Attributes:
        churned: who is lost at any time.
        at: when; None: the date that the export names.
        kept: boolean SQL of the rows that count; empty for all.
        filters: the same in words.
        more: further amounts to sum, made of the value.
        most: groups that there may be, where periods are among the keys; None: as ever.
    """

    churned: Part
    at: Part | None = None
    kept: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    more: Callable[[Part], tuple[Part, ...]] = lambda value: ()
    most: int | None = None

    def amounts(self, value: Part | None) -> tuple[Part, ...]:
        """The further amounts; none where the export knows no value."""
        return self.more(value) if value is not None else ()


@dataclass(frozen=True, slots=True)
class Window:
    """The rows at risk and who of them is lost.

    Attributes:
        churned: who is lost within the window.
        where: boolean SQL of the rows at risk; empty for all.
        filters: the same in words.
        dates: the date columns that were read, so that misfits are looked for.
        undated: boolean SQL of lost customers who cannot be placed in time; empty without a window.
    """

    churned: Part
    where: str = ""
    filters: tuple[str, ...] = ()
    dates: tuple[Part, ...] = ()
    undated: str = ""


def look(
    table: ChurnTable,
    fate: Fate,
    where: str | None,
    since: str | None,
    until: str | None,
    *,
    dated: bool = False,
) -> Window:
    """Select rows.

    At risk in a window are the customers who signed up before its end and had not left before its
    start; lost are those of them who left within it. `until` is included.

    Args:
        table: the opened export.
        fate: who is lost at any time.
        where: condition over the columns, or None.
        since: first day, ISO, or None.
        until: last day, included, or None.
        dated: churn dates are needed even without since and until.

    Raises:
        UsageError: the condition or a date is not one.
        DataError: a window is asked for, but no column holds churn dates.
    """
    condition, words = conditions(table, where)
    kept = [*([condition] if condition else []), *fate.kept]
    filters = [*words, *fate.filters]
    churned = fate.churned
    if since is None and until is None and not dated:
        return Window(churned, " AND ".join(kept), tuple(filters))

    start, end = day(since, "--since"), day(until, "--until")
    if start and end and start > end:
        raise UsageError(
            f"--since {start} is after --until {end}.",
            code="usage.window",
            hint="Swap them.",
        )
    at, begun = fate.at or churned_at(table), signup(table)
    if at is None:
        raise DataError(
            "A window of time needs churn dates, and no column holds them.",
            code="role.churned-at-missing",
            where=table.source.name,
            hint="Name the column: --churned-at COL.",
        )
    lost = f"({churned.sql})"
    inside = ["true"]
    nowhen = " AND ".join([*kept, f"{lost} AND ({at.sql}) IS NULL"])
    kept.append(f"NOT coalesce({lost} AND ({at.sql}) IS NULL, false)")
    if start:
        first = f"TIMESTAMP {literal(start.isoformat())}"
        inside.append(f"({at.sql}) >= {first}")
        kept.append(f"NOT coalesce({lost} AND ({at.sql}) < {first}, false)")
        filters.append(f"since {start}")
    if end:
        # No cell lies in the last year that there is; see `clean.date`.
        end = min(end, date.max - timedelta(days=1))
        after = f"TIMESTAMP {literal((end + timedelta(days=1)).isoformat())}"
        inside.append(f"({at.sql}) < {after}")
        if begun is not None:
            # Who left in it was there, even where the file says that they came later.
            gone = f"{lost} AND ({at.sql}) < {after}"
            kept.append(f"(coalesce(({begun.sql}) < {after}, true) OR coalesce({gone}, false))")
        filters.append(f"until {end}")
    within = f"CASE WHEN {lost} THEN {' AND '.join(inside)} ELSE {lost} END"
    part = replace(churned, sql=within)
    dates = tuple(each for each in (at, begun) if each is not None)
    return Window(part, " AND ".join(kept), tuple(filters), dates, nowhen)


def conditions(table: ChurnTable, where: str | None) -> tuple[str, tuple[str, ...]]:
    """A person's condition as SQL, empty for none, and in words.

    Raises:
        UsageError: it is no condition over the columns.
    """
    if where is None:
        return "", ()
    from dmaic.churn.condition import parse_condition

    condition = parse_condition(where, table.names, table.resolve, roles=table.roles.names())
    return f"({condition.sql})", (f"where {condition.words}",)


def misdated(table: ChurnTable, window: Window) -> Iterator[Finding]:
    """Lost customers whom dates do not place in time, or place before their beginning.

    Both are counted in one scan.
    """
    begun = window.dates[1] if len(window.dates) > 1 else None
    if not window.undated and begun is None:
        return
    wrong = check.backwards(begun, window.dates[0], window.where) if begun is not None else "false"
    ((count, backwards),) = table.whole.select(
        f"count(*) FILTER ({window.undated or 'false'}), count(*) FILTER ({wrong})"
    )
    if count:
        yield Finding(
            code="undated-churn",
            level="warning",
            message=f"{plural(count, 'lost customer')} without a churn date cannot be placed "
            "in time and are left out.",
            hint="Without --since, --until and --split month they are counted.",
            count=count,
            rows=table.row_numbers(window.undated),
        )
    if begun is not None:
        found = check.order(table, begun, window.dates[0], window.where, backwards)
        yield from () if found is None else (found,)


def day(text: str | None, option: str) -> date | None:
    """A day as written for an option.

    Raises:
        UsageError: it is not `2025-12-31`, `2025-12` or `2025`.
    """
    if text is None:
        return None
    padded = text.strip()
    try:
        if len(padded) == 10:
            return date.fromisoformat(padded)
        if option == "--until":
            return _last(padded)
        return date.fromisoformat(padded + {4: "-01-01", 7: "-01"}[len(padded)])
    except (ValueError, KeyError):
        raise UsageError(
            f'{option} is no date: "{text}".',
            code="usage.date",
            hint="Write it 2025-12-31, 2025-12 or 2025.",
        ) from None


def _last(text: str) -> date:
    """The last day of a month or a year."""
    if len(text) == 4:
        return date(int(text), 12, 31)
    if len(text) != 7:
        raise ValueError(text)
    first = date.fromisoformat(text + "-01")
    return check.last_day(first.year, first.month)
