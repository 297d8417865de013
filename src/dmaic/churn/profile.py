"""A profile of each column: how full, how many values, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dmaic.churn.clean.text import category
from dmaic.churn.column import Column
from dmaic.result import Frozen

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

COMMON = 3
"""Most common values shown of a column."""

AT_ONCE = 100
"""Columns profiled in one scan; wider tables take several."""


class ColumnProfile(Frozen):
    """One column.

    Attributes:
        name: its name.
        role: the role it plays, or None.
        reading: how its cells are read, where that was decided.
        filled: cells that are not blank.
        blank: cells that are.
        distinct: how many different values; an estimate where the file is long.
        lowest, highest: in order of numbers where all cells are plain numbers, else of text.
        common: the most common values, commonest first.
    """

    name: str
    role: str | None = None
    reading: str | None = None
    filled: int
    blank: int
    distinct: int
    lowest: str | None = None
    highest: str | None = None
    common: tuple[str, ...] = ()


def profile(table: ChurnTable) -> tuple[ColumnProfile, ...]:
    """Profile every column, in as few scans as possible.

    Args:
        table: the opened export.
    """
    roles = {column.name: role for role, column in table.roles.items()}
    profiles: list[ColumnProfile] = []
    for start in range(0, len(table.columns), AT_ONCE):
        columns = table.columns[start : start + AT_ONCE]
        # Each cell becomes text once; the aggregates name it, however long its expression is.
        cells = ", ".join(f"{category(column)} AS c{i}" for i, column in enumerate(columns))
        figures = ", ".join(_aggregates(f"c{i}", exact=table.is_whole) for i in range(len(columns)))
        (answer,) = table.whole.select(f"{figures} FROM (SELECT {cells}", ")")
        profiles += [
            _profiled(column, answer[8 * i : 8 * i + 8], roles.get(column.name))
            for i, column in enumerate(columns)
        ]
    return tuple(profiles)


def _aggregates(text: str, *, exact: bool) -> str:
    distinct = f"count(DISTINCT {text})" if exact else f"approx_count_distinct({text})"
    plain = f"try_cast({text} AS DOUBLE)"
    return (
        f"count(*), count({text}), count({plain}), {distinct},"
        f" min({text}), max({text}), [min({plain}), max({plain})], approx_top_k({text}, {COMMON})"
    )


def _profiled(column: Column, answer: tuple[Any, ...], role: str | None) -> ColumnProfile:
    rows, filled, numbers, distinct, lowest, highest, (least, most), common = answer
    if filled and numbers == filled:
        lowest, highest = f"{least:.15g}", f"{most:.15g}"
    return ColumnProfile(
        name=column.name,
        role=role,
        filled=filled,
        blank=rows - filled,
        distinct=min(distinct, filled),
        lowest=lowest,
        highest=highest,
        common=tuple(str(value) for value in common or () if value is not None),
    )
