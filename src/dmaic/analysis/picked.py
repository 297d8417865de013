"""Columns of the rows looked at, read once into a temporary table; statistics are asked of that.

Each scan of a text file parses it anew. What is asked more than once, as moments, quartiles and
ranks are, is asked of the picked columns in memory, still by SQL: no row travels through Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dmaic.analysis.scan import resolved
from dmaic.analysis.window import conditions
from dmaic.churn import check
from dmaic.churn.clean.reading import is_textual, text
from dmaic.churn.column import literal
from dmaic.churn.loss import Part
from dmaic.errors import AmbiguousError, DataError
from dmaic.result import Finding

if TYPE_CHECKING:
    from dmaic.churn.clean.reading import Reading
    from dmaic.churn.column import Column
    from dmaic.churn.table import ChurnTable

T = TypeVar("T")

PICKED = "dmaic_picked"
"""Temporary table: texts g0, g1, ... and numbers v0, v1, ..."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What was picked.

    Attributes:
        rows: how many.
        filled: for each text, rows that have one.
        parts: the readings of the numbers that held.
        findings: about cells that cannot be read.
    """

    rows: int
    filled: tuple[int, ...]
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()


_NUMERIC = r"^\s*([^\pL]*|[A-Z]{3}\s?-?)[0-9]"
"""A cell that may be a number: digits with signs before them, or a currency's code."""


def number_reading(table: ChurnTable, column: Column) -> Reading | None:
    """How a column is read as numbers; None where it holds none.

    Words are told by the first rows: to try to read them as numbers takes a look at all rows.

    Args:
        table: the opened file.
        column: any.

    Raises:
        AmbiguousError: two readings fit all of it.
    """
    if is_textual(column):
        cell = text(column)
        ((filled, numeric),) = table.head.select(
            f"count(*), count(*) FILTER (regexp_matches({cell}, {literal(_NUMERIC)}))",
            f"WHERE trim({cell}) <> ''",
        )
        if numeric * 2 < filled:
            return None
    try:
        return table.reading(column, "number")
    except AmbiguousError:
        raise
    except DataError:
        return None


def pick(table: ChurnTable, texts: Sequence[str], numbers: Sequence[Column], where: str) -> Picked:
    """Pick columns, and again where cells contradict a reading made from the first rows.

    Args:
        table: the opened file.
        texts: SQL of each text; NULL where there is none.
        numbers: columns of numbers.
        where: boolean SQL of the rows looked at; empty for all.
    """
    while True:
        parts = tuple(_part(table, column) for column in numbers)
        rows, filled, misfits = _pick(table, texts, parts, where)
        again = [
            table.decide_again(column, "number")
            for column, count in zip(numbers, misfits, strict=True)
            if count
        ]
        if not any(again):
            break
    findings = tuple(
        check.unreadable(table, part, count, where)
        for part, count in zip(parts, misfits, strict=True)
        if count
    )
    return Picked(rows, filled, parts, findings)


def _part(table: ChurnTable, column: Column) -> Part:
    reading = table.reading(column, "number")
    return Part(reading.sql, reading.misfit, column, "number", reading.label, reading.suspect)


def _pick(
    table: ChurnTable, texts: Sequence[str], parts: Sequence[Part], where: str
) -> tuple[int, tuple[int, ...], list[int]]:
    def sql() -> str:
        cells = [f"{text} AS g{i}" for i, text in enumerate(texts)]
        for i, part in enumerate(parts):
            # Adding 0 makes -0 and 0 one value.
            cells.append(f"CASE WHEN isfinite({part.sql}) THEN {part.sql} + 0.0 END AS v{i}")
            cells.append(f"coalesce({part.misfit or 'false'}, false) AS m{i}")
        tail = f" WHERE {where}" if where else ""
        return (
            f"CREATE OR REPLACE TEMP TABLE {PICKED} AS SELECT {', '.join(cells)} "
            f"FROM {table.relation}{tail}"
        )

    table.ask(sql)
    counts = [f"count(g{i})" for i in range(len(texts))]
    counts += [f"count(*) FILTER (m{i})" for i in range(len(parts))]
    ((rows, *found),) = table.engine.rows(f"SELECT count(*), {', '.join(counts)} FROM {PICKED}")
    whole = [int(each) for each in found]
    return int(rows), tuple(whole[: len(texts)]), whole[len(texts) :]


def chosen(
    table: ChurnTable, where: str | None, make: Callable[[], T]
) -> tuple[str, tuple[str, ...], T, list[Finding]]:
    """A person's condition and what else rests on readings, which later rows may contradict.

    Args:
        table: the opened file.
        where: condition over the columns, or None.
        make: makes the rest, such as SQL of bands; asked again with better readings.

    Returns:
        SQL of the condition, empty for none; the same in words; what was made; and findings about
        cells that cannot be read.
    """
    while True:
        table.resolved.clear()
        sql, words = conditions(table, where)
        made = make()
        misfits = list(_misfits(table))
        again = [table.decide_again(part.column, part.wanted) for part, _ in misfits if part.column]
        if not any(again):
            break
    return sql, words, made, [check.unreadable(table, part, count) for part, count in misfits]


def _misfits(table: ChurnTable) -> Iterator[tuple[Part, int]]:
    parts = [part for part in resolved(table) if part.misfit]
    if not parts:
        return
    (counts,) = table.whole.select(", ".join(f"count(*) FILTER ({part.misfit})" for part in parts))
    yield from ((part, int(n)) for part, n in zip(parts, counts, strict=True) if n)
