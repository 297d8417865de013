"""Parquet, and nested columns of any kind made plain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from dmaic.churn.column import Column, literal, quote
from dmaic.churn.source.base import Desk, File, Table
from dmaic.churn.source.container import corrupt
from dmaic.churn.source.delimited import no_rows
from dmaic.churn.source.expression import plain_path
from dmaic.churn.source.name import name_columns
from dmaic.engines.duckdb import QueryError

if TYPE_CHECKING:
    from duckdb.sqltypes import DuckDBPyType

_HEAD = 1 << 16
_OBJECT = 1 << 26
"""Bytes that one record of JSON may have."""
_DEPTH = 12
_MOST_COLUMNS = 5000

Types = list[tuple[str, "DuckDBPyType"]]
"""Columns with the engine's own type objects."""


def open_parquet(file: File, desk: Desk) -> Table:
    """Open a Parquet file.

    Raises:
        ReadError: it is damaged (`read.corrupt`) or has no rows (`read.no-rows`).
    """
    relation = f"read_parquet({literal(str(plain_path(file.path, desk)))})"
    try:
        types = desk.engine.types(relation)
        ((rows,),) = desk.engine.rows(f"SELECT count(*) FROM {relation}")
    except QueryError as error:
        raise corrupt(file, "a Parquet file") from error
    if not rows:
        raise no_rows(file)
    table = flatten(relation, types)
    table.size = file.size
    table.facts = {"format": "parquet"}
    return table


def flatten(relation: str, types: Types) -> Table:
    """A table of plain columns: nested fields get names such as `plan.amount`.

    Args:
        relation: a table expression.
        types: its columns.
    """
    leaves = [leaf for name, kind in types for leaf in _leaves(name, quote(name), kind, _DEPTH)]
    leaves = leaves[:_MOST_COLUMNS]
    names, findings = name_columns([name for name, _, _ in leaves], None)
    columns = tuple(Column(name, kind) for name, (_, _, kind) in zip(names, leaves, strict=True))
    plain = [(quote(name), str(kind)) for name, kind in types]
    if [(sql, kind) for _, sql, kind in leaves] != plain or [c.name for c in columns] != [
        name for name, _ in types
    ]:
        chosen = ", ".join(
            f"{sql} AS {column.sql}" for (_, sql, _), column in zip(leaves, columns, strict=True)
        )
        relation = f"(SELECT {chosen} FROM {relation})"
    return Table(relation, columns, findings=findings)


def _leaves(name: str, sql: str, kind: DuckDBPyType, depth: int) -> Iterator[tuple[str, str, str]]:
    """Name, expression and type of each plain field of a column."""
    if kind.id == "struct" and depth:
        for field, below in fields_of(kind):
            inner = f"struct_extract({sql}, {literal(str(field))})"
            yield from _leaves(f"{name}.{field}", inner, below, depth - 1)
        return
    plain = str(kind)
    if kind.id in _KEPT or plain.startswith("DECIMAL"):
        yield name, sql, plain
    elif kind.id == "timestamp with time zone":
        # As the same moment in UTC, whatever the clock of this machine.
        yield name, f"make_timestamp(epoch_us({sql}))", "TIMESTAMP"
    elif kind.id in ("timestamp_s", "timestamp_ms", "timestamp_ns"):
        yield name, f"CAST({sql} AS TIMESTAMP)", "TIMESTAMP"
    elif kind.id in ("list", "struct", "map", "array", "union"):
        yield name, f"CAST(to_json({sql}) AS VARCHAR)", "VARCHAR"
    else:
        yield name, f"CAST({sql} AS VARCHAR)", "VARCHAR"


def fields_of(kind: DuckDBPyType) -> Types:
    """Names and types of what a nested type is made of."""
    return cast("Types", kind.children)


_KEPT = {
    "boolean", "tinyint", "smallint", "integer", "bigint", "hugeint", "utinyint", "usmallint",
    "uinteger", "ubigint", "uhugeint", "float", "double", "decimal", "varchar", "date", "timestamp",
}  # fmt: skip
