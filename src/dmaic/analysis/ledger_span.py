"""Periods of a ledger: their numbers, names and days, and which of them a ledger covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Literal

from dmaic.analysis.window import day
from dmaic.churn.check import QUIET_DAYS, last_day
from dmaic.errors import DataError, UsageError
from dmaic.money.ledger import Span
from dmaic.result import Finding

Period = Literal["week", "month", "quarter", "year"]

SIZES: dict[Period, int] = {"month": 12, "quarter": 4, "year": 1}
"""Periods in a year, of those that part one evenly."""

ORDINALS: dict[Period, str] = {
    # The first day of the year 1 is a Monday, on which ISO weeks begin.
    "week": "(date_diff('day', DATE '0001-01-01', CAST({0} AS DATE)) // 7)",
    "month": "(year({0}) * 12 + month({0}) - 1)",
    "quarter": "(year({0}) * 4 + quarter({0}) - 1)",
    "year": "year({0})",
}
"""SQL of a period's number, from a TIMESTAMP: periods since year 0, so that they can be counted."""


_QUIET_OF_WEEK = 3
"""Days at the end of a week on which nothing need happen: its weekend."""


def ordinal(when: date, period: Period) -> int:
    """The number of the period that a day is in, as `ORDINALS` gives it."""
    if period == "week":
        return (when.toordinal() - 1) // 7
    size = SIZES[period]
    return when.year * size + (when.month - 1) * size // 12


def span(number: int, period: Period) -> Span:
    """The period of a number."""
    if period == "week":
        first = date.fromordinal(7 * number + 1)
        of_year, week, _ = first.isocalendar()
        last = date.fromordinal(min(7 * number + 7, date.max.toordinal()))
        return Span(f"{of_year:04d}-W{week:02d}", first, last, 0)
    size = SIZES[period]
    year, part = divmod(number, size)
    months = 12 // size
    first = date(year, part * months + 1, 1)
    name = {
        "month": f"{year:04d}-{part + 1:02d}",
        "quarter": f"{year:04d}-Q{part + 1}",
        "year": f"{year:04d}",
    }[period]
    return Span(name, first, last_day(year, (part + 1) * months), months)


def told(names: Sequence[str], most: int = 6) -> str:
    """Periods in a sentence: `2024-02, 2024-03 and 4 more`."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def boundary(text: str | None, option: str, period: Period) -> int | None:
    """The period that `--since` begins or `--until` ends with.

    Dates are seldom the edges of weeks: the first week that begins not before, the last that ends
    not after.

    Raises:
        UsageError: it is no date (`usage.date`), or lies within a period
            (`ledger.part-of-period`): a part of one has no rate that compares with the others.
    """
    week = re.fullmatch(r"(\d{4})-?[Ww](\d\d?)", (text or "").strip())
    if week is not None and period == "week":
        with suppress(ValueError):
            return ordinal(date.fromisocalendar(int(week[1]), int(week[2]), 1), period)
    quarter = re.fullmatch(r"(\d{4})-?[Qq]([1-4])", (text or "").strip())
    if quarter is not None:
        months = int(quarter[2]) * 3 - (2 if option == "--since" else 0)
        when = day(f"{quarter[1]}-{months:02}", option)
    else:
        when = day(text, option)
    if when is None:
        return None
    number = ordinal(when, period)
    whole = span(number, period)
    if period == "week":
        inside = (when - whole.first).days
        return number + (inside > 0) if option == "--since" else number - (inside < 6)
    if when != (whole.first if option == "--since" else whole.last):
        raise UsageError(
            f"{option} {text} is within {whole.name}, and churn is counted over whole {period}s.",
            code="ledger.part-of-period",
            hint=f"Write {option} {whole.name}, or another --period.",
        )
    return number


def cover(
    first: date,
    last: date,
    seen: tuple[date, date],
    period: Period,
    since: str | None,
    until: str | None,
    column: str | None = None,
) -> tuple[int, int, list[Finding]]:
    """The first and the last period that a ledger covers, and what was set aside.

    Before the first churn date the export may leave out who had left already (it often holds the
    customers of a day and later losses), so a ledger begins with its month. The last month is taken
    for whole where dates reach to its end.

    Args:
        first: the first churn date.
        last: the last one.
        seen: the first and the last of all dates.
        period: what one period is.
        since: the first period that a person says instead.
        until: the last one.
        column: the churn date's.

    Raises:
        UsageError: they are no whole periods, or in the wrong order.
        DataError: no whole period is left (`ledger.no-whole-period`).
    """
    findings: list[Finding] = []
    start, end = boundary(since, "--since", period), boundary(until, "--until", period)
    if start is not None and end is not None and start > end:
        raise UsageError(
            f"--since {since} is after --until {until}.", code="usage.window", hint="Swap them."
        )
    lowest, highest = ordinal(seen[0], period), ordinal(seen[1], period)
    if (start is not None and not lowest <= start <= highest) or (
        end is not None and not lowest <= end <= highest
    ):
        raise outside(*seen)
    if start is None:
        start, found = _begin(first, period)
        findings += found if end is None or start <= end else []
        start = start if end is None else min(start, end)
    if end is None:
        end, found = _end(last, seen[1], period, start, column)
        findings += found
    if start > end:
        what = f"churn dates go from {first} to {last}"
        if last < first:
            what = "the only month tells who was there, and none after it tells who stayed"
        raise DataError(
            f"No whole {period} is covered: {what}.",
            code="ledger.no-whole-period",
            hint=f"--since and --until take {period}s in that are not whole"
            + (
                ", and --period month makes shorter ones." if period in ("quarter", "year") else "."
            ),
        )
    return start, end, findings


def outside(first: date, last: date) -> UsageError:
    """What is said of a time that the data do not cover."""
    return UsageError(
        f"The dates go from {first} to {last}, and the time asked for goes beyond them.",
        code="ledger.outside",
        hint="Months without a date in the export would look like months without churn.",
    )


def _begin(first: date, period: Period) -> tuple[int, list[Finding]]:
    number = ordinal(first, period)
    whole = span(number, period)
    if period == "week":
        # Exports begin with months as well; within their first days nothing is missing.
        begins = first == whole.first or whole.first.day < first.day <= QUIET_DAYS
    else:
        begins = (first.year, first.month) == (whole.first.year, whole.first.month)
    if begins:
        return number, []
    return number + 1, [
        Finding(
            code="partial-first-period",
            level="info",
            message=f"The first churn date is {first}, so {whole.name} is likely not complete and "
            "is set aside.",
            hint=f"--since {whole.name} takes it in.",
        )
    ]


def _end(
    last: date, latest: date, period: Period, start: int, column: str | None
) -> tuple[int, list[Finding]]:
    number = ordinal(last, period)
    whole = span(number, period)
    # A sign-up after the last loss shows as well that the export reaches so far.
    reach = min(latest, whole.last)
    if whole.last - reach < timedelta(days=_QUIET_OF_WEEK if period == "week" else QUIET_DAYS):
        return number, []
    return number - 1, [
        Finding(
            code="partial-last-period",
            level="info",
            message=f"The last date is {reach}, so {whole.name} is likely not complete and is set "
            "aside.",
            hint=f"--until {whole.name} takes it in.",
            column=column,
        )
    ]
