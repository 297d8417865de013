"""Between which days the customers of an export were in view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import exp

from dmaic.analysis.ledger_question import LedgerQuestion
from dmaic.analysis.ledger_span import outside
from dmaic.analysis.window import day
from dmaic.churn.check import last_day
from dmaic.churn.tally import Group
from dmaic.errors import DataError

EPOCH = date(1970, 1, 1)
"""Day 0 of the days counted in SQL."""

_UNLIKELY = 0.01
"""Chance below which an export without early losses is taken to leave them out."""


def find_window(groups: Iterable[Group], question: LedgerQuestion) -> tuple[date, date]:
    """The first and the last day in view.

    Surely in view is the time from the month of the first loss to the last date known in the month
    of the last one. Before it and after it nobody is lost. Where that would hardly be so at the
    rate of loss seen within it, the export leaves out who left then, and that time is not in view:
    an export of who was there on a day, or a date of next year that is a slip. Otherwise the view
    begins with the first sign-up, and ends with the last date of all.

    Args:
        groups: with days of sign-up, ages at loss and days of loss as spreads; days since 1970.
        question: what is asked.

    Raises:
        DataError: `survival.no-ages`, no loss has both dates.
        UsageError: `ledger.outside`, the time asked for goes beyond the dates.
    """
    some = [group for group in groups if any(group.spreads)]
    losses = [int(last) for group in some if group.lost for last in group.spreads[2]]
    begun: dict[int, int] = {}
    there: dict[int, int] = {}
    for group in some:
        for first, customers in group.spreads[0].items():
            begun[int(first)] = begun.get(int(first), 0) + customers
            if not group.lost:
                there[int(first)] = there.get(int(first), 0) + customers
    everything = [*begun, *(int(last) for group in some for last in group.spreads[2])]
    if not losses or not begun:
        raise DataError(
            "No lost customer has both a sign-up date and a later churn date, so nothing tells how "
            "long customers stay.",
            "survival.no-ages",
            "Check the columns: --signup COL and --churned-at COL.",
        )
    earliest, latest = date_of(min(everything)), date_of(max(everything))
    since, until = day(question.since, "--since"), day(question.until, "--until")
    if (since is not None and since < earliest.replace(day=1)) or (
        until is not None and until > last_day(latest.year, latest.month)
    ):
        raise outside(earliest, latest)
    final = date_of(max(losses))
    begin = date_of(min(losses)).replace(day=1)
    start = since or begin
    end = until or min(latest, last_day(final.year, final.month))
    lost = sum(sum(group.spreads[2].values()) for group in some if group.lost)
    seen = _time(begun, start, end)
    # Losses of one day only tell no rate by which others would be missed.
    rate = lost / seen if seen else 0.0
    if since is None and exp(-rate * _time(begun, earliest, start)) >= _UNLIKELY:
        start = min(start, date_of(min(begun)))
    if until is None and exp(-rate * _time(there, end, latest)) >= _UNLIKELY:
        end = latest
    return start, end


def _time(begun: Mapping[int, int], start: date, end: date) -> int:
    """Days that customers were there between two days, as if nobody had left."""
    first, last = days_of(start), days_of(end)
    return sum((last - max(at, first)) * count for at, count in begun.items() if at < last)


def days_of(when: date) -> int:
    """The number of a day.

    Args:
        when: the day.
    """
    return (when - EPOCH).days


def date_of(days: int) -> date:
    """The day of a number.

    Args:
        days: since 1970.
    """
    return EPOCH + timedelta(days=days)
