"""Which point is meant: by its label, or by a date that falls into it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dmaic.errors import UsageError, suggest
from dmaic.text import printable

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})[- ]?W(\d{2})", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})")


def find_point(
    labels: Sequence[str], said: str, option: str, *, last: bool = False, alone: bool = False
) -> int:
    """Position of the point that is meant.

    A label is taken as it is written; otherwise a date (`2025-03-14`, `2025-03`, `2025-Q1`, `2025`)
    means the first point that does not lie before it, or with `last` the last one not after it.

    Args:
        labels: of the points.
        said: label or date.
        option: that said so, for the message.
        last: the point ends something.
        alone: that point is meant and no other, so the date lies within it and within no other.

    Raises:
        UsageError: `control.point`, there is no such point.
    """
    wanted = said.strip().casefold()
    same = [at for at, label in enumerate(labels) if label.strip().casefold() == wanted]
    if same:
        return same[-1] if last else same[0]
    day = days(said)
    spans = [days(label) for label in labels]
    if day is not None and all(span is not None for span in spans):
        known = [span for span in spans if span is not None]
        if alone:
            within = [
                at for at, span in enumerate(known) if span[0] <= day[0] and day[1] <= span[1]
            ]
            if len(within) == 1:
                return within[0]
            raise _unknown(labels, said, option, many=len(within))
        if last:
            fit = [at for at, span in enumerate(known) if span[0] <= day[1]]
        else:
            fit = [at for at, span in enumerate(known) if span[1] >= day[0]]
        # A date within what the points cover, so that a slip of the year is told.
        if fit and known[0][0] <= day[1] and day[0] <= known[-1][1]:
            return fit[-1] if last else fit[0]
    raise _unknown(labels, said, option)


def _unknown(labels: Sequence[str], said: str, option: str, many: int = 0) -> UsageError:
    there = f"{many:,} points are of then" if many else "there is no such point"
    return UsageError(
        f'{option} names "{printable(said, 60)}", and {there}.',
        "control.point",
        suggest(said, labels) or (
            f'The points go from "{printable(labels[0], 40)}" to "{printable(labels[-1], 40)}".'
            if labels
            else ""
        ),
    )  # fmt: skip


def days(text: str) -> tuple[str, str] | None:
    """First and last day of what a label names, as `2025-03-14`; None where it is no date.

    Args:
        text: a day, month, quarter, ISO week or year; a time behind a day is left away.
    """
    word = text.strip()
    day = _DAY.match(word)
    if day and (len(word) == 10 or word[10] in "T "):
        return day[0], day[0]
    month = _MONTH.fullmatch(word)
    if month:
        return f"{word}-01", f"{word}-31"
    quarter = _QUARTER.fullmatch(word)
    if quarter:
        end = 3 * int(quarter[2])
        return f"{quarter[1]}-{end - 2:02}-01", f"{quarter[1]}-{end:02}-31"
    week = _WEEK.fullmatch(word)
    if week:
        from datetime import date

        try:
            year, number = int(week[1]), int(week[2])
            start, end_day = (date.fromisocalendar(year, number, each) for each in (1, 7))
        except ValueError:
            return None
        return start.isoformat(), end_day.isoformat()
    return (f"{word}-01-01", f"{word}-12-31") if _YEAR.fullmatch(word) else None
