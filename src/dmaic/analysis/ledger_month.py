"""Columns of months: dates, names of months with a year, or numbers such as 202403."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.churn.clean.reading import blank
from dmaic.churn.column import Column
from dmaic.churn.loss import Part, dated
from dmaic.result import Finding
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

_NUMBER = "(19|20|21)[0-9]{2}(0[1-9]|1[0-2])"
"""A year and a month without anything between, as warehouses keep them."""


def month(table: ChurnTable, column: Column) -> Part:
    """The first day of the month that a cell names.

    Raises:
        DataError: the column cannot be read so.
    """
    cell = f"trim(CAST({column.sql} AS VARCHAR))"
    fits = f"regexp_full_match({cell}, '{_NUMBER}')"
    ((numbers, cells),) = table.head.select(
        f"count(*) FILTER ({fits}), count(*) FILTER (NOT {blank(column)})"
    )
    if not cells or numbers < cells:
        part = dated(table, column)
        table.resolve(column.name, "date")  # so that its cells are checked in the scan
        return Part(
            f"CAST(date_trunc('month', {part.sql}) AS DATE)",
            part.misfit, column, "date", part.label, part.suspect,
        )  # fmt: skip
    return Part(
        f"CAST(CASE WHEN {fits} THEN strptime({cell}, '%Y%m') END AS DATE)",
        f"(NOT {blank(column)} AND NOT {fits})",
        column,
        "text",
        f"{printable(column.name)} (202512)",
    )


def missing(table: ChurnTable, part: Part, where: str) -> list[Finding]:
    """Rows without a month.

    Args:
        table: the opened export.
        part: the months.
        where: boolean SQL of the rows that a person chose; empty for all.
    """
    nothing = f"({part.sql}) IS NULL" + (f" AND {where}" if where else "")
    ((count,),) = table.whole.select(f"count(*) FILTER ({nothing})")
    if not count:
        return []
    assert part.column is not None
    return [
        Finding(
            code="month-missing",
            level="warning",
            message=f"{plural(count, 'row has', 'rows have')} no month in "
            f'"{printable(part.column.name)}" and are left out.',
            count=count,
            rows=table.row_numbers(nothing),
            column=part.column.name,
        )
    ]
