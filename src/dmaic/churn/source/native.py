"""Parquet and JSON, which the engine reads itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from dmaic.churn.column import Column, literal, quote
from dmaic.churn.source.base import Desk, File, Table
from dmaic.churn.source.container import corrupt
from dmaic.churn.source.delimited import no_rows
from dmaic.churn.source.encoding import decide, transcode
from dmaic.churn.source.expression import plain_path
from dmaic.churn.source.name import name_columns
from dmaic.engines.duckdb import QueryError
from dmaic.errors import ReadError

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


def open_json(file: File, desk: Desk) -> Table:
    """Open JSON: an array of objects, an object that holds one such array, or JSON Lines.

    Nested objects become columns such as `plan.amount`, lists become text.

    Raises:
        ReadError: it is damaged (`read.corrupt`), holds no objects (`read.json-shape`) or no rows
            (`read.no-rows`).
    """
    with file.path.open("rb") as stream:
        head = stream.read(_HEAD)
    known = decide(file, head, desk.options.encoding, whole=len(head) == file.size)
    size = file.size
    if not known.is_plain or known.bom:
        file = transcode(file, known, desk)
        head = head[:0] if known.bom == 3 else head
        with file.path.open("rb") as stream:
            head = stream.read(_HEAD)
    shape = _shape(head)
    _check_end(file, shape)
    try:
        relation, types = _read(file, shape, desk)
        ((rows,),) = desk.engine.rows(f"SELECT count(*) FROM {relation}")
    except QueryError as error:
        raise _json_error(file, error) from error
    if not rows:
        raise no_rows(file)
    table = flatten(relation, types)
    table.size = size
    table.facts = {
        "format": "jsonl" if shape == "newline_delimited" else "json",
        "encoding": known.shown,
    }
    table.findings = [*known.findings(), *table.findings]
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
        for field, below in _fields(kind):
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


def _fields(kind: DuckDBPyType) -> Types:
    """Names and types of what a nested type is made of."""
    return cast("Types", kind.children)


_KEPT = {
    "boolean", "tinyint", "smallint", "integer", "bigint", "hugeint", "utinyint", "usmallint",
    "uinteger", "ubigint", "uhugeint", "float", "double", "decimal", "varchar", "date", "timestamp",
}  # fmt: skip


def _shape(head: bytes) -> str:
    """The engine's name of the shape: array, newline_delimited, or unstructured."""
    text = head.lstrip()
    if text.startswith(b"["):
        return "array"
    first = text.split(b"\n", 1)[0].strip()
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        # One object over many lines, or objects that are not one a line.
        return "unstructured"
    return "newline_delimited"


def _check_end(file: File, shape: str) -> None:
    """The engine takes an array that was cut off for a shorter one."""
    if shape != "array":
        return
    with file.path.open("rb") as stream:
        stream.seek(max(0, file.size - 4096))
        if not stream.read().rstrip(b" \t\r\n\0").endswith(b"]"):
            raise corrupt(file, "JSON")


def _read(file: File, shape: str, desk: Desk) -> tuple[str, Types]:
    path = literal(str(plain_path(file.path, desk)))
    largest = max(_OBJECT, 2 * file.size) if shape != "array" and _is_one(file, shape) else _OBJECT
    always = f"format = '{shape}', records = 'true', maximum_object_size = {largest}"

    def detect() -> Types:
        return desk.engine.types(
            f"read_json({path}, {always}, sample_size = -1, map_inference_threshold = -1,"
            " field_appearance_threshold = 0)"
        )

    # Dates and identifiers stay text here: how a column is read is decided for all formats alike.
    types = detect()
    wanted = ", ".join(f"{literal(name)}: {literal(_as_text(str(kind)))}" for name, kind in types)
    relation = f"read_json({path}, {always}, auto_detect = false, columns = {{{wanted}}})"
    types = desk.engine.types(relation)
    lists = [
        (name, kind)
        for name, kind in types
        if kind.id == "list" and _fields(kind)[0][1].id == "struct"
    ]
    if len(lists) == 1:
        ((rows,),) = desk.engine.rows(f"SELECT count(*) FROM (SELECT 1 FROM {relation} LIMIT 2)")
        if rows == 1:
            name, kind = lists[0]
            record = _fields(kind)[0][1]
            fields = _fields(record)
            inner = f"(SELECT unnest({quote(name)}) AS r FROM {relation})"
            chosen = ", ".join(
                f"struct_extract(r, {literal(field)}) AS {quote(field)}" for field, _ in fields
            )
            return f"(SELECT {chosen} FROM {inner})", fields
    return relation, types


def _is_one(file: File, shape: str) -> bool:
    return shape == "unstructured" or file.size < 1 << 20


_MOMENTS = re.compile(
    r"\b(TIMESTAMP WITH TIME ZONE|TIMESTAMP(?:_\w+)?|TIME|DATE|UUID|JSON)\b(?=[,)\[]|$)"
)


def _as_text(kind: str) -> str:
    """The type with its dates, times and identifiers as text."""
    parts = re.split(r'("(?:[^"]|"")*")', kind)
    return "".join(
        part if part.startswith('"') else _MOMENTS.sub("VARCHAR", part) for part in parts
    )


def _json_error(file: File, error: QueryError) -> ReadError:
    message = str(error)
    if "records" in message or "non-record" in message:
        return ReadError(
            "The JSON holds no list of records.",
            code="read.json-shape",
            where=file.where,
            hint="Give an array of objects, an object that holds one such array, or one object a "
            "line.",
        )
    place = re.search(r"at byte \d+ in (?:line|record/value) \d+", message)
    return corrupt(file, "JSON", place.group() if place else "")
