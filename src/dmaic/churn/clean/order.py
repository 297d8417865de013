"""Which order of day, month and year fits the dates of a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dmaic.churn.clean.layout import Layout, Order, find
from dmaic.churn.clean.reading import Reading, missing
from dmaic.churn.column import Column, Rows
from dmaic.errors import AmbiguousError, DataError
from dmaic.text import printable

MOST_LAYOUTS = 12
_WORDS: dict[Order, str] = {"mdy": "month first", "dmy": "day first", "ymd": "year first"}
_CHOOSE = "Say which is right with --date-order"


def layouts_of(cells: Mapping[str, int]) -> tuple[Layout, ...]:
    """The layouts of some cells, most frequent first.

    Args:
        cells: cells with how many are like them.
    """
    found: dict[Layout, int] = {}
    for cell, count in cells.items():
        layout = find(cell)
        if layout is not None:
            found[layout] = found.get(layout, 0) + count
    return tuple(sorted(found, key=lambda layout: -found[layout])[:MOST_LAYOUTS])


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of dates in known layouts, with its rows as the evidence for their order.

    Attributes:
        column: the column.
        rows: the evidence.
        cell: SQL text of a cell, NULL where it is a known blank.
        blanks: words that stand for no date, besides those that stand for no value.
        layouts: at least one, most frequent first.
    """

    column: Column
    rows: Rows
    cell: str
    blanks: tuple[str, ...]
    layouts: tuple[Layout, ...]

    def orders(self, said: Order | None) -> tuple[Order | None, ...]:
        """Orders the layouts can have; the one the person said, where they can have it."""
        possible = {order for layout in self.layouts for order in layout.orders}
        if said in possible:
            return (said,)
        return tuple(order for order in _WORDS if order in possible) or (None,)

    def sql(self, order: Order | None) -> str:
        """TIMESTAMP with this order."""
        forms = [layout.sql(self.cell, order) for layout in self.layouts]
        return forms[0] if len(forms) == 1 else f"coalesce({', '.join(forms)})"

    def decide(self, said: Order | None, tolerance: float) -> Reading | None:
        """The reading, or None where too few cells can be read.

        Args:
            said: the order, where the person said it.
            tolerance: share of the cells that may be unreadable.

        Raises:
            AmbiguousError: `read.ambiguous-date`.
            DataError: `read.mixed-date-order`.
        """
        orders = self.orders(said)
        values = [self.sql(order) for order in orders]
        counts = "".join(f", count({value})" for value in values)
        [(cells, read, *each)] = self.rows.select(
            f"count(*) FILTER (WHERE {self._some(values)}), "
            f"count(coalesce({', '.join(values)})){counts}"
        )
        if cells - read > tolerance * cells:
            return None
        full = [i for i, count in enumerate(each) if count == read]
        if not full:
            raise self._mixed(orders, values)
        if len(full) > 1:
            full = self._plausible(full, values)
        others = [values[i] for i in full[1:]]
        chosen = full[0]
        against = " OR ".join(f"{values[chosen]} IS DISTINCT FROM {other}" for other in others)
        if others:
            self._check_same([(orders[i], values[i]) for i in full], against)
        sql = values[chosen]
        misfit = f"({sql} IS NULL AND {self._some([sql])})"
        if others:
            misfit = f"({misfit} OR {against})"
        return Reading(self.column, "date", sql, misfit, self._label(orders[chosen], bool(others)))

    def unread(self, said: Order | None) -> list[str]:
        """Up to three cells that no order reads."""
        values = [self.sql(order) for order in self.orders(said)]
        found = self.rows.select(
            f"DISTINCT {self.cell}",
            f"WHERE {self._some(values)} AND coalesce({', '.join(values)}) IS NULL "
            "ORDER BY 1 LIMIT 3",
        )
        return [str(cell) for (cell,) in found]

    def _some(self, values: list[str]) -> str:
        """Boolean SQL: the cell holds something; cheap where one of the values was read."""
        read = " OR ".join(f"{value} IS NOT NULL" for value in values)
        blank = missing(self.cell, self.blanks)
        return (
            f"(CASE WHEN {read} THEN true WHEN {self.cell} IS NULL THEN false ELSE NOT {blank} END)"
        )

    def _plausible(self, full: list[int], values: list[str]) -> list[int]:
        """The orders that stay when days and years have been mixed up in the others.

        With two-digit years `24` can be a day and `05` a year. Read in the wrong order, dates of
        a few years have a few days of the month and many years. Ten years with at most five days
        are not believed where another order fits that has twenty days.
        """
        if len(values) < 3:
            return full
        spread = self.rows.select(
            ", ".join(
                f"count(DISTINCT year({values[i]})), count(DISTINCT day({values[i]}))" for i in full
            )
        )[0]
        years, days = spread[::2], spread[1::2]
        if max(days) < 20:
            return full
        return [i for i, y, d in zip(full, years, days, strict=True) if y < 10 or d > 5]

    def _check_same(self, read: list[tuple[Order | None, str]], against: str) -> None:
        """Stop where the orders left give different dates."""
        shown = ", ".join(f"strftime({value}, '%Y-%m-%d')" for _, value in read)
        found: list[tuple[Any, ...]] = self.rows.select(
            f"{self.cell}, {shown}", f"WHERE {against} ORDER BY length({self.cell}), 1 LIMIT 1"
        )
        if not found:
            return
        cell, *dates = found[0]
        ways = [f"{day} if {_WORDS[o]}" for (o, _), day in zip(read, dates, strict=True) if o]
        raise AmbiguousError(
            f'The dates in "{printable(self.column.name, 60)}" can be read in two ways: '
            f'"{printable(cell, 40)}" is {" or ".join(ways)}, and no cell tells which.',
            "read.ambiguous-date",
            f"{_CHOOSE} {' or --date-order '.join(str(order) for order, _ in read)}",
        )

    def _mixed(self, orders: tuple[Order | None, ...], values: list[str]) -> DataError:
        """Cells that only one order reads, as an error with an example of two of them."""
        only = []
        for order, value in zip(orders, values, strict=True):
            others = " AND ".join(f"{other} IS NULL" for other in values if other != value)
            only.append(
                (order, f"min(CASE WHEN {value} IS NOT NULL AND {others} THEN {self.cell} END)")
            )
        [examples] = self.rows.select(", ".join(sql for _, sql in only))
        shown = [
            f'"{printable(cell, 40)}" can only be {_WORDS[order]}'
            for (order, _), cell in zip(only, examples, strict=True)
            if order and cell is not None
        ]
        return DataError(
            f'The dates in "{printable(self.column.name, 60)}" are not in one order: '
            f"{' and '.join(shown) if shown else 'no order reads all of them'}.",
            "read.mixed-date-order",
            f"{_CHOOSE} {' or --date-order '.join(str(order) for order in orders)}; "
            "the other cells are left out and counted",
        )

    def _label(self, order: Order | None, alike: bool) -> str:
        layout = self.layouts[0]
        if layout.source == "offset":
            return "2025-12-31 with offset, as UTC"
        form = dict(layout.formats).get(order) or layout.formats[0][1]
        month = "Dec" if isinstance(layout.source, int) else "12"
        for sign, part in (("%Y", "2025"), ("%y", "25"), ("%m", month), ("%d", "31")):
            form = form.replace(sign, part)
        example = form.split("%")[0].rstrip("T, ")
        if not order or not layout.orders:
            return example
        return f"{example}, day and month alike" if alike else f"{_WORDS[order]} ({example})"
