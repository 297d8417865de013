"""Dates: ISO, month first, day first, month names, epoch seconds and Excel serials."""

from __future__ import annotations

import re

from dmaic.churn.clean.cell import LONGEST, quoted, shapes
from dmaic.churn.clean.layout import NO_DAY, Order, find, within
from dmaic.churn.clean.number import is_native
from dmaic.churn.clean.order import Dates, layouts_of
from dmaic.churn.clean.reading import WHITE, Reading, is_missing, is_textual, missing, text, without
from dmaic.churn.clean.serial import SERIALS
from dmaic.churn.column import Column, Rows, literal
from dmaic.errors import DataError
from dmaic.text import printable

_NO_DAYS = ("0000-00-00", "9999-12-31", "0001-01-01", "1900-01-01")
_MIDNIGHT = ("", " 00:00:00", "t00:00:00", " 00:00", "t00:00:00z")
NO_DATE = (
    *(day + time for day in _NO_DAYS for time in _MIDNIGHT),
    *("1900-01-00", "00/00/0000", "00.00.0000", "0", "0.0", "infinity", "-infinity", "never"),
)
"""Cells that stand for no date, besides those that stand for no value anywhere, lower case.

The year 9999 is an open end; the years 0 and 1 and the first day of 1900 are what databases write
for none.
"""

_TOLERANCE = 0.05


def decide(column: Column, rows: Rows, order: Order | None = None) -> Reading:
    """How the cells of a date column are read, as TIMESTAMP in UTC.

    Where both day first and month first fit all cells and give different dates, it is an error.
    Years before 1900 and after 2200 are misfits; two-digit years are 1969 to 2068.

    Args:
        column: the column.
        rows: the rows that are the evidence; all of them, or a sample.
        order: the order of day, month and year, where the person said it. It matters only to
            cells that can be in several orders.

    Raises:
        AmbiguousError: `read.ambiguous-date`.
        DataError: `read.not-a-date`, more than 5 % of the cells are no dates;
            `read.mixed-date-order`, some cells fit only one order and some only another.
    """
    if column.type == "DATE" or column.type.startswith("TIMESTAMP"):
        return _native(column)
    if is_native(column):
        return _serial(column, rows, f"CAST({column.sql} AS DOUBLE)") or _fail(column, rows)
    if not is_textual(column):
        raise _no_date(column, f"It holds {column.type.lower()} values, not dates.")
    return _text(column, rows, order)


def _native(column: Column) -> Reading:
    value = f"CAST({column.sql} AS TIMESTAMP)"
    if column.type == "TIMESTAMP WITH TIME ZONE":
        # As UTC; a cast would take the time zone of this machine.
        value = f"make_timestamp(CASE WHEN isfinite({column.sql}) THEN epoch_us({column.sql}) END)"
    sql = within(value)
    none = f"{value} = {NO_DAY} OR NOT isfinite({value}) OR year({value}) IN (1, 9999)"
    misfit = f"(CASE WHEN {value} IS NULL OR {none} THEN false ELSE {sql} IS NULL END)"
    return Reading(column, "date", sql, misfit, "date")


def _serial(column: Column, rows: Rows, value: str) -> Reading | None:
    """The reading of dates that are numbers, or None where they are none of the known ones."""
    some = f"({value} <> 0 AND NOT isnan({value}))"
    counts = ", ".join(f"count({serial.sql(value)})" for serial in SERIALS)
    [(cells, *found)] = rows.select(
        f"count(CASE WHEN {_some(column, some)} THEN 1 END), {counts}",
    )
    best = max(range(len(SERIALS)), key=lambda i: found[i])
    if found[best] < (1 - _TOLERANCE) * cells or (cells and not found[best]):
        return None
    sql = SERIALS[best].sql(value)
    misfit = f"({_some(column, some)} AND {sql} IS NULL)"
    return Reading(column, "date", sql, misfit, SERIALS[best].name if cells else "blank")


def _some(column: Column, number: str) -> str:
    """Boolean SQL: the cell holds something; text that is no number does."""
    if is_textual(column):
        cell = text(column)
        return f"(CASE WHEN {cell} IS NULL THEN false ELSE NOT {missing(cell, NO_DATE)} END)"
    return f"coalesce({number}, false)"


def _fail(column: Column, rows: Rows) -> Reading:
    [(low, high)] = rows.select(f"min({column.sql}), max({column.sql})")
    raise _no_date(column, f"Its numbers, from {low} to {high}, are no dates in any known form.")


def _text(column: Column, rows: Rows, order: Order | None) -> Reading:
    cell = text(column)
    [(first, last)] = rows.select(f"min(nullif({cell}, '')), max(nullif({cell}, ''))")
    ends = [] if first is None else [first[:LONGEST], last[:LONGEST]]
    blanks = ["", *sorted({raw for raw in ends if is_missing(raw, NO_DATE)})]
    counted = {raw: 1 for raw in ends if raw not in blanks}
    if any(re.fullmatch(r"[0-9]+(\.[0-9]+)?", raw.strip()) for raw in counted):
        serial = _serial(column, rows, f"try_cast({without(cell, blanks)} AS DOUBLE)")
        if serial is not None:
            return serial
    # The first and the last cell mostly show the one layout of a column; if not, look at all.
    for tolerance in (0, _TOLERANCE):
        if tolerance:
            found = shapes(column, rows, f"NOT {missing(cell, NO_DATE)}")
            counted = {kind.text: kind.count for kind in found}
            if not counted:
                return Reading(column, "date", "NULL::TIMESTAMP", _misfit(cell), "blank")
        layouts = layouts_of(counted)
        if not layouts:
            continue
        odd = any(c in raw for raw in counted for c in WHITE if not c.isascii())
        trimmed = f"trim({cell}, {literal(WHITE)})" if odd else cell
        dates = Dates(column, rows, without(trimmed, blanks), NO_DATE, layouts)
        reading = dates.decide(order, tolerance)
        if reading is not None:
            return reading
    bad = [raw for raw in counted if find(raw) is None]
    if layouts and not bad:
        bad = dates.unread(order)
    raise _no_date(column, f"Cells such as {quoted(bad)} cannot be read as dates.")


def _misfit(cell: str) -> str:
    return f"(CASE WHEN {cell} IS NULL THEN false ELSE NOT {missing(cell, NO_DATE)} END)"


def _no_date(column: Column, message: str) -> DataError:
    return DataError(
        f'"{printable(column.name, 60)}" is no column of dates. {message}',
        "read.not-a-date",
        "Choose another column, or correct these cells in the export.",
    )
