"""Tables of Python values, from workbooks and lists of records, become a typed private copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, SupportsFloat

from dmaic.churn.column import Column
from dmaic.churn.source.base import EXAMPLES, Desk, Table
from dmaic.churn.source.expression import read_copy, start_copy
from dmaic.result import Finding
from dmaic.text import plural

_EXACT = 1 << 53
"""Above it not every whole number can be told from the next in a spreadsheet."""


def text_of(value: object) -> str:
    """A value as text: numbers without needless decimals, dates in ISO form, blank for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        return repr(value) if value == value else ""
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return day if value.time() == time() and value.tzinfo is None else value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, (dict, list, tuple)):
        import json

        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def write_table(
    rows: Sequence[Sequence[Any]], names: Sequence[str], first_row: int, desk: Desk
) -> Table:
    """A table of values; a column gets a type only where all its cells have it.

    Args:
        rows: rows of values, None or an empty text for nothing.
        names: unique column names.
        first_row: number of the first row.
        desk: where the copy goes.
    """
    width = len(names)
    kept: list[Sequence[Any]] = []
    blank: list[int] = []
    for number, row in enumerate(rows, start=first_row):
        if any(value is not None and value != "" for value in row[:width]):
            kept.append(row)
        else:
            blank.append(number)
    types = [
        _type([row[place] if place < len(row) else None for row in kept]) for place in range(width)
    ]
    formats = [_FORMATS.get(each, text_of) for each in types]
    path = desk.draft("csv")
    longest = 0
    with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        writer = start_copy(stream, names)
        for row in kept:
            cells = [
                form(value).replace("\0", "") if value is not None and value != "" else ""
                for form, value in zip(formats, row, strict=False)
            ]
            cells += [""] * (width - len(cells))
            longest = max(longest, sum(map(len, cells)))
            writer.writerow(cells)
    columns = tuple(Column(name, kind) for name, kind in zip(names, types, strict=True))
    while blank and blank[0] == first_row:
        first_row += 1
        blank.pop(0)
    findings = [_blank_found(blank)] if blank else []
    relation = read_copy(path, columns, longest)
    return Table(relation, columns, first_row, findings=findings, gaps=blank)


def _type(values: Sequence[Any]) -> str:
    kinds = {_kind(value) for value in values if value is not None and value != ""}
    if kinds == {"BIGINT", "DOUBLE"}:
        return "DOUBLE"
    return kinds.pop() if len(kinds) == 1 else "VARCHAR"


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "BOOLEAN"
    if isinstance(value, int):
        return "BIGINT" if abs(value) < 1 << 63 else "VARCHAR"
    if isinstance(value, float):
        return "BIGINT" if value.is_integer() and abs(value) < _EXACT else "DOUBLE"
    if isinstance(value, Decimal):
        return "DOUBLE"
    if isinstance(value, date) and getattr(value, "tzinfo", None) is None:
        return "TIMESTAMP"
    return "VARCHAR"


def _number(value: SupportsFloat) -> str:
    number = float(value)
    return repr(number) if number == number and abs(number) != float("inf") else ""


def _moment(value: date) -> str:
    return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()


_FORMATS: dict[str, Callable[[Any], str]] = {
    "DOUBLE": _number,
    "TIMESTAMP": _moment,
    "BIGINT": lambda value: str(int(value)),
}


def _blank_found(rows: Sequence[int]) -> Finding:
    return Finding(
        code="blank-rows",
        level="info",
        message=f"{plural(len(rows), 'row')} without any value left out.",
        count=len(rows),
        rows=tuple(rows[:EXAMPLES]),
    )
