"""Several tables of the same columns, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic.churn.column import Column
from dmaic.churn.source.base import Table
from dmaic.errors import Problem, ReadError
from dmaic.text import name_list

_NUMBERS = (
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "FLOAT",
    "DOUBLE",
)  # fmt: skip


def stack(tables: Sequence[Table], names: Sequence[str]) -> tuple[str, tuple[Column, ...]]:
    """One table expression and its columns, rows in the order of the tables.

    Columns meet by name, whatever their order; a column whose type differs becomes DOUBLE where
    all are numbers, otherwise text.

    Args:
        tables: at least two.
        names: names of their files.

    Raises:
        ReadError: the columns differ; all files that do are named (`read.different-columns`).
    """
    first = tables[0]
    by_name = [{column.name.casefold(): column for column in table.columns} for table in tables]
    problems = [
        _difference(by_name[0], other, names[0], name)
        for other, name in zip(by_name[1:], names[1:], strict=True)
        if other.keys() != by_name[0].keys()
    ]
    if problems:
        raise ReadError.of(problems)
    columns = tuple(
        Column(column.name, _common([each[column.name.casefold()].type for each in by_name]))
        for column in first.columns
    )
    parts = []
    for table, own in zip(tables, by_name, strict=True):
        chosen = ", ".join(_cast(own[column.name.casefold()], column) for column in columns)
        parts.append(f"SELECT {chosen} FROM {table.relation}")
    return f"({' UNION ALL '.join(parts)})", columns


def _common(types: Sequence[str]) -> str:
    if len(set(types)) == 1:
        return types[0]
    return "DOUBLE" if all(each in _NUMBERS for each in types) else "VARCHAR"


def _cast(own: Column, column: Column) -> str:
    if own.type == column.type:
        return f"{own.sql} AS {column.sql}"
    return f"CAST({own.sql} AS {column.type}) AS {column.sql}"


def _difference(
    first: dict[str, Column], other: dict[str, Column], first_name: str, name: str
) -> Problem:
    missing = [column.name for key, column in first.items() if key not in other]
    extra = [column.name for key, column in other.items() if key not in first]
    parts = []
    if missing:
        parts.append(f"it lacks {name_list(missing, 5)}")
    if extra:
        parts.append(f"it has {name_list(extra, 5)} besides")
    return Problem(
        code="read.different-columns",
        message=f"The columns are not those of {first_name}: {' and '.join(parts)}.",
        hint="Read files of one shape together; others one by one.",
        where=name,
    )
