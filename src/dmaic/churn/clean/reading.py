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

WHITE = " \t\r\n\v\f\u00a0\u2007\u2009\u202f\ufeff"
"""White space around a cell, with the kinds that spreadsheets and web pages leave."""

_LONGEST = 256


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
        suspect: boolean expression that is true for every misfit and cheap to ask of millions of
            cells; it may be true for a blank spelt in a new way too. Empty: ask `misfit`.
        label: the reading in words, such as `Yes/No` or `1,234.56` or `day first (31.12.2025)`.
    """

    column: Column
    kind: Kind
    sql: str
    misfit: str
    label: str
    suspect: str = ""


def is_textual(column: Column) -> bool:
    """Whether the cells are text to be read, categoricals (`ENUM`) among them."""
    return column.is_text or column.type.startswith("ENUM")


def text(column: Column) -> str:
    """The cells as SQL text, as they are."""
    return column.sql if column.is_text else f"CAST({column.sql} AS VARCHAR)"


def listed(words: tuple[str, ...] | list[str]) -> str:
    """Words as the inside of a SQL `IN (...)`."""
    return ", ".join(literal(word) for word in words)


def missing(cell: str, more: tuple[str, ...] = ()) -> str:
    """Boolean SQL: this text, not NULL, stands for no value.

    Args:
        cell: SQL text.
        more: words that stand for no value in this kind of column alone, lower case.
    """
    word = f"lower(trim({cell}, {literal(WHITE)}))"
    # Trimming cells of a hundred thousand characters costs seconds.
    return (
        f"(CASE WHEN strlen({cell}) > {_LONGEST} THEN false "
        f"ELSE {word} IN ({listed((*MISSING, *more))}) END)"
    )


def is_missing(cell: str, more: tuple[str, ...] = ()) -> bool:
    """The same as `missing`, for a cell at hand."""
    word = cell.strip(WHITE).lower()
    return len(cell.encode()) <= _LONGEST and (word in MISSING or word in more)


def blank(column: Column) -> str:
    """Boolean SQL: the cell holds nothing or stands for no value."""
    if not is_textual(column):
        return f"({column.sql} IS NULL)"
    return f"({column.sql} IS NULL OR {missing(text(column))})"


def without(cell: str, words: list[str]) -> str:
    """The SQL text, NULL where it is one of these raw words.

    Casting a blank fails, and a failing cast costs ten times a good one: the blanks a column is
    known to hold are taken out before.
    """
    for word in words:
        cell = f"nullif({cell}, {literal(word)})"
    return cell
