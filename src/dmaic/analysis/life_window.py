"""Between which days the customers of an export were in view."""

from __future__ import annotations

from collections.abc import Iterable
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

    The last is the last date known in the month of the last loss. The first is that of the first
    sign-up; but where customers who were there before the month of the first loss would hardly all
    have stayed until then, the export leaves out who left earlier, and the time begins with that
    month.

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
    for group in some:
        for first, customers in group.spreads[0].items():
            begun[int(first)] = begun.get(int(first), 0) + customers
    everything = [*begun, *(int(last) for group in some for last in group.spreads[2])]
    if not losses or not begun:
        raise DataError(
            "No lost customer has both a sign-up date and a later churn date, so nothing tells how "
            "long customers stay.",
            "survival.no-ages",
            "Check the columns: --signup COL and --churned-at COL.",
        )
    final = date_of(max(losses))
    seen = min(date_of(max(everything)), last_day(final.year, final.month))
    since, until = day(question.since, "--since"), day(question.until, "--until")
    latest = date_of(max(everything))
    if (since is not None and since < date_of(min(everything)).replace(day=1)) or (
        until is not None and until > last_day(latest.year, latest.month)
    ):
        raise outside(date_of(min(everything)), latest)
    end = until or seen
    if since is not None:
        return since, end
    month = date_of(min(losses)).replace(day=1)
    first = days_of(month)
    before = sum((first - at) * customers for at, customers in begun.items() if at < first)
    last = days_of(end)
    inside = sum(
        (last - max(at, first)) * customers for at, customers in begun.items() if at < last
    )
    lost = sum(sum(group.spreads[2].values()) for group in some if group.lost)
    # Losses that the time before would have seen, at the rate after it.
    expected = lost / inside * before if inside > 0 else 0.0
    return (month if exp(-expected) < _UNLIKELY else min(month, date_of(min(begun)))), end


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
