"""The different shapes of the cells in a text column, as evidence for how they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dmaic.churn.clean.reading import text
from dmaic.churn.column import Column, Rows
from dmaic.text import printable

LONGEST = 64
"""No number, date or amount is longer; longer cells are cut for the look at their shape."""

_MOST = 2000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that stands for all cells of the same shape.

    Attributes:
        text: the first such cell, in the order of text.
        count: how many cells have this shape.
    """

    text: str
    count: int


def shapes(column: Column, rows: Rows, where: str = "true") -> list[Cell]:
    """One cell for each shape, most frequent first; cells differ in shape if not only in digits.

    Args:
        column: a text column.
        rows: the rows looked at.
        where: boolean SQL that limits them.
    """
    cell = f"left({text(column)}, {LONGEST})"
    found = rows.select(
        f"min({cell}), count(*), translate({cell}, '0123456789', '9999999999'), "
        # A leading zero tells 0.125 from 1.125, which may be a thousand.
        f"regexp_matches({cell}, '^[^0-9]*0')",
        f"WHERE {text(column)} IS NOT NULL AND {where} "
        # By place: a name could be that of a column, which would be meant then.
        f"GROUP BY 3, 4 ORDER BY 2 DESC, 3, 4 LIMIT {_MOST}",
    )
    return [Cell(str(row[0]), int(row[1])) for row in found]


def quoted(cells: Iterable[str], most: int = 3) -> str:
    """Cells as examples in a message: `"abc", "n.v." and "12 units"`."""
    shown = [f'"{printable(cell, 40)}"' for cell in list(cells)[:most]]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]
