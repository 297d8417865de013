"""Dates: ISO, month first, day first, month names, epoch seconds and Excel serials."""

from __future__ import annotations

import re

from dmaic.churn.clean.cell import LONGEST, quoted, shapes
from dmaic.churn.clean.layout import FIRST, LAST, Order, find
from dmaic.churn.clean.number import is_native
from dmaic.churn.clean.order import Dates, layouts_of
from dmaic.churn.clean.reading import WHITE, Reading, is_missing, is_textual, missing, text, without
from dmaic.churn.clean.serial import SERIALS
from dmaic.churn.column import Column, Rows, literal
from dmaic.errors import DataError
from dmaic.text import printable

_MIDNIGHT = ("", " 00:00:00", "t00:00:00", " 00:00", "t00:00:00z")
NO_DATE = (
    *(day + time for day in ("0000-00-00", "9999-12-31", "0001-01-01") for time in _MIDNIGHT),
    *("1900-01-00", "00/00/0000", "00.00.0000", "0", "0.0", "never"),
)
"""Cells that stand for no date, besides those that stand for no value anywhere, lower case."""

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
    sql = f"(CASE WHEN {value} BETWEEN {FIRST} AND {LAST} THEN {value} END)"
    # Exports mark an open end with the year 9999, and some databases no date with the year 1.
    some = f"({value} IS NOT NULL AND isfinite({value}) AND year({value}) NOT IN (1, 9999))"
    return Reading(column, "date", sql, f"({some} AND {sql} IS NULL)", "date")


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
    none = missing(cell, NO_DATE)
    blank = f"CASE WHEN {cell} IS NOT NULL AND {none} THEN {cell} END"
    some = f"CASE WHEN {cell} IS NOT NULL AND NOT {none} THEN {cell} END"
    [(blank_first, blank_last, first, last)] = rows.select(
        f"min({blank}), max({blank}), min({some}), max({some})"
    )
    blanks = [] if blank_first is None else sorted({blank_first, blank_last})
    if first is None:
        return Reading(column, "date", "NULL::TIMESTAMP", _misfit(cell), "blank")
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", first.strip()):
        serial = _serial(column, rows, f"try_cast({without(cell, blanks)} AS DOUBLE)")
        if serial is not None:
            return serial
    # The first and the last cell mostly show the one layout of a column; if not, look at all.
    counted = {first[:LONGEST]: 1, last[:LONGEST]: 1}
    for tolerance in (0, _TOLERANCE):
        if tolerance:
            every = {kind.text: kind.count for kind in shapes(column, rows)}
            counted = {raw: n for raw, n in every.items() if not is_missing(raw, NO_DATE)}
        layouts = layouts_of(counted)
        if not layouts:
            continue
        odd = any(c in raw for raw in counted for c in WHITE if not c.isascii())
        trimmed = f"trim({cell}, {literal(WHITE)})" if odd else cell
        dates = Dates(column, rows, without(trimmed, blanks), cell, NO_DATE, layouts)
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
