"""What cannot be in a finished monthly summary: gaps, doubles, fractions of customers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dmaic.analysis.ledger_span import ordinal, span, told
from dmaic.churn.column import Column
from dmaic.churn.summary import NEEDED, Figure
from dmaic.errors import Problem
from dmaic.money.ledger import Category
from dmaic.text import printable

COUNTS: tuple[Figure, ...] = ("customers_start", "new", "churned", "reactivated")

LARGEST = 1e15
"""Customers or money above this are a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a summary.

    Attributes:
        month: its first day, or None.
        figures: figure -> what it says, None where blank.
        category: of `--by`.
    """

    month: date | None
    figures: dict[str, float | None]
    category: Category

    @property
    def number(self) -> int | None:
        """The number of the month."""
        return ordinal(self.month, "month") if self.month is not None else None

    @property
    def name(self) -> str:
        """The month as it is told."""
        return f"{self.month:%Y-%m}" if self.month is not None else "a row without a month"


def wrong(rows: Sequence[Row], columns: Mapping[Figure, Column], source: str) -> Iterator[Problem]:
    """What cannot be in a summary of months.

    Args:
        rows: of the summary.
        columns: figure -> its column.
        source: name of the file.
    """
    months = sorted({row.number for row in rows if row.number is not None})
    if len(months) < len({row.month for row in rows}):
        yield _problem(source, "A row has no month.", "Mend it, or leave it out with --where.")
    seen = Counter((row.number, row.category) for row in rows if row.number is not None)
    twice = [span(number, "month").name for (number, _), count in sorted(seen.items()) if count > 1]
    if twice:
        yield _problem(
            source,
            f"{told(twice)} {'stands' if len(twice) == 1 else 'stand'} on several rows.",
            "A summary has a row a month; where it has one a month and segment, name it: "
            "--by COL; --where keeps totals out.",
        )
    missing = sorted(set(range(months[0], months[-1] + 1)) - set(months)) if months else []
    if missing:
        names = [span(number, "month").name for number in missing]
        yield _problem(
            source,
            f"{told(names)} {'is' if len(names) == 1 else 'are'} missing between the months.",
            "Add them, or take a part without a gap: --since, --until.",
        )
    for row in rows:
        yield from _figures(row, columns, source)


def _figures(row: Row, columns: Mapping[Figure, Column], source: str) -> Iterator[Problem]:
    figures = row.figures
    for name, column in columns.items():
        figure = figures.get(name)
        where = f'{source}, {row.name}, column "{printable(column.name)}"'
        if name == "month" or (figure is None and name not in NEEDED):
            continue
        if figure is None:
            yield _problem(where, "The figure is missing.", "Fill it in.")
        elif name in COUNTS and (figure < 0 or figure != int(figure)):
            yield _problem(
                where, f"{figure:g} is no number of customers.", "Write whole numbers from 0 on."
            )
        elif figure > LARGEST:
            yield _problem(where, f"{figure:g} is more than there can be.", "Check the column.")
        elif figure < 0:
            yield _problem(
                where, f"{figure:g} is below zero.", "Write what is lost without a minus."
            )
    start, gone = figures.get("customers_start"), figures.get("churned")
    if start is not None and gone is not None and 0 <= start < gone:
        yield _problem(
            f"{source}, {row.name}",
            f"{gone:g} customers churned, and {start:g} were there at its start.",
            "Count those who signed up and left within the month apart.",
        )
    had, lost = figures.get("mrr_start"), figures.get("mrr_churned")
    if had is not None and lost is not None and 0 <= had < lost:
        yield _problem(
            f"{source}, {row.name}",
            f"MRR of {lost:,.2f} churned, and {had:,.2f} was there at its start.",
            "Both are of one month; --value-scale does not apply to a summary.",
        )


def _problem(where: str, message: str, hint: str) -> Problem:
    return Problem("ledger.summary", message, hint, where)
