"""JSON and JSON Lines."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from dmaic.churn.column import literal, quote
from dmaic.churn.source.base import Desk, File, Table
from dmaic.churn.source.container import corrupt
from dmaic.churn.source.delimited import no_rows
from dmaic.churn.source.encoding import decide
from dmaic.churn.source.expression import plain_path
from dmaic.churn.source.native import Types, fields_of, flatten
from dmaic.churn.source.transcode import transcode
from dmaic.engines.duckdb import QueryError
from dmaic.errors import ReadError

_HEAD = 1 << 16
_OBJECT = 1 << 26
"""Bytes that one record may have."""
_MOST = 1 << 30
"""Bytes that a file may have which is one object."""


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
        with file.path.open("rb") as stream:
            head = stream.read(_HEAD)
    if head.split() in ([b"[]"], [b"{}"], [b"[", b"]"]):
        raise no_rows(file)
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
    # Only where all may be one object is the engine given room for it.
    room = min(max(_OBJECT, file.size + _HEAD), _MOST) if shape == "unstructured" else _OBJECT
    always = f"{path}, format = '{shape}', records = 'true', maximum_object_size = {room}"
    relation = (
        f"read_json({always}, sample_size = -1, map_inference_threshold = -1,"
        " field_appearance_threshold = 0)"
    )
    types = desk.engine.types(relation)
    if not _is_renamed([name for name, _ in types]):
        # Dates and identifiers stay text: how a column is read is decided for all formats alike.
        columns = ", ".join(f"{literal(name)}: {literal(_as_text(str(t)))}" for name, t in types)
        relation = f"read_json({always}, auto_detect = false, columns = {{{columns}}})"
        types = desk.engine.types(relation)
    return _unwrap(file, relation, types, desk)


def _unwrap(file: File, relation: str, types: Types, desk: Desk) -> tuple[str, Types]:
    """The list inside where the file is one object that holds one list of objects."""
    lists = [(name, kind) for name, kind in types if kind.id == "list"]
    inner = [(name, fields_of(kind)[0][1]) for name, kind in lists]
    records = [(name, kind) for name, kind in inner if kind.id == "struct"]
    if not lists or len(records) > 1:
        return relation, types
    if len(desk.engine.rows(f"SELECT 1 FROM {relation} LIMIT 2")) > 1:
        return relation, types
    if not records:
        ((size,),) = desk.engine.rows(f"SELECT len({quote(lists[0][0])}) FROM {relation}")
        if size == 0 and len(lists) == 1:
            raise no_rows(file)
        return relation, types
    ((name, kind),) = records
    fields = fields_of(kind)
    chosen = ", ".join(f"struct_extract(r, {literal(f)}) AS {quote(f)}" for f, _ in fields)
    return f"(SELECT {chosen} FROM (SELECT unnest({quote(name)}) AS r FROM {relation}))", fields


def _is_renamed(names: Sequence[str]) -> bool:
    """Whether the engine gave a field another name, since two differed in case only."""
    folded = {name.casefold() for name in names}
    return any(re.sub(r"_\d+$", "", name) in folded - {name} for name in folded)


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
    if "Duplicate name" in message:
        return ReadError(
            "Two fields of a nested object have names that differ in case only.",
            code="read.json-shape",
            where=file.where,
            hint="Rename one of them.",
        )
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
