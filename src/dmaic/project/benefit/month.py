"""Calendar months as they are typed: `2025-03`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from dmaic.errors import UsageError
from dmaic.text import printable

_MONTH = r"(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])"

Month = Annotated[str, StringConstraints(pattern=rf"^{_MONTH}$")]
"""A year and a month; months compare as texts."""


def parse_month(text: str, where: str = "") -> str:
    """A month as it is typed: `2025-03`; of a whole date the day is left out.

    Args:
        text: what the person wrote.
        where: it was written, for the message.

    Raises:
        UsageError: `benefit.month`.
    """
    found = re.fullmatch(rf"({_MONTH})(-\d\d)?", text.strip(), re.ASCII)
    if found:
        return found[1]
    raise UsageError(
        f'"{printable(text, 40)}" is no month.', "benefit.month", "Write it as 2025-03.", where
    )


def month_of(day: date) -> str:
    """The month that a day is in."""
    return f"{day.year:04}-{day.month:02}"


def after(month: str, count: int) -> str:
    """The month so many months later.

    Args:
        month: such as `2025-11`.
        count: months; below zero for earlier ones.
    """
    year, place = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + count, 12)
    return f"{year:04}-{place + 1:02}"


def span(months: Iterable[str]) -> tuple[str, ...]:
    """Every month from the first to the last of some, without gaps.

    Args:
        months: in any order.
    """
    known = sorted(months)
    found = []
    each = known[0] if known else ""
    while known and each <= known[-1]:
        found.append(each)
        each = after(each, 1)
    return tuple(found)
