"""How the cells of one column are read. Decided once for the whole column, never per cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dmaic.churn.column import Column, literal

Kind = Literal["text", "number", "date", "flag"]

MISSING = (
    "",
    "-",
    "–",
    "—",
    "n/a",
    "na",
    "#n/a",
    "null",
    "none",
    "nil",
    "nan",
    "(null)",
    "\\n",
    "?",
)
"""Cells that stand for no value in number, date and flag columns, lower case, trimmed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How every cell of one column is read, as SQL.

    Attributes:
        column: the column that is read.
        kind: what the cells become: text, DOUBLE, TIMESTAMP or BOOLEAN.
        sql: expression of that type; NULL where the cell is blank or cannot be read.
        misfit: boolean expression, true where the cell is not blank but this reading cannot read
            it, or where it contradicts what was assumed from a sample. One such cell in the whole
            column means: decide again on the whole column.
        label: the reading in words, such as `Yes/No` or `1,234.56` or `day first (31.12.2025)`.
    """

    column: Column
    kind: Kind
    sql: str
    misfit: str
    label: str


def blank(column: Column) -> str:
    """Boolean SQL: the cell holds nothing or stands for no value."""
    if not column.is_text:
        return f"({column.sql} IS NULL)"
    words = ", ".join(literal(word) for word in MISSING)
    return f"({column.sql} IS NULL OR lower(trim({column.sql})) IN ({words}))"
