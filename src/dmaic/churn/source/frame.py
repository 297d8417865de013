"""Frames in memory: pandas, Polars, Arrow, and lists of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from dmaic.churn.column import quote
from dmaic.churn.source.base import Desk, Table
from dmaic.churn.source.cells import write_table
from dmaic.churn.source.name import name_columns
from dmaic.churn.source.native import flatten
from dmaic.engines.duckdb import QueryError
from dmaic.errors import ReadError, UsageError
from dmaic.text import plural

if TYPE_CHECKING:
    import pandas

NAME = "<frame>"

_numbers = count(1)


def is_records(source: object) -> bool:
    """Whether it is a list of records rather than a list of paths."""
    return isinstance(source, Sequence) and bool(source) and isinstance(source[0], Mapping)


def open_frame(frame: object, desk: Desk) -> Table:
    """Open a frame.

    Args:
        frame: a pandas, Polars or Arrow frame, or a list of dicts.
        desk: where to work.

    Raises:
        UsageError: it is none of them (`read.frame`).
        ReadError: it has no rows (`read.no-rows`) or no columns (`read.empty-file`).
    """
    if is_records(frame):
        table = _open_records(cast("Sequence[object]", frame), desk)
    else:
        table = _open_registered(_prepare(frame), desk)
    table.facts = {"format": "frame", "frame": _kind(frame)}
    return table


def _kind(frame: object) -> str:
    if isinstance(frame, Sequence):
        return "list of records"
    return f"{type(frame).__module__.split('.')[0]} {type(frame).__name__}"


def _prepare(source: object) -> object:
    """A frame that the engine reads, with unique text names."""
    frame: Any = source
    package, kind = type(frame).__module__.split(".")[0], type(frame).__name__
    if package == "pandas" and kind == "DataFrame":
        return _prepare_pandas(frame)
    if package == "polars" and kind in ("DataFrame", "LazyFrame"):
        return frame.collect() if kind == "LazyFrame" else frame
    if package == "pyarrow" and kind in ("Table", "RecordBatch", "RecordBatchReader"):
        # A reader can be read once only, and the engine reads more often.
        return frame.read_all() if kind == "RecordBatchReader" else frame
    raise UsageError(
        f"A {type(frame).__name__} is nothing that dmaic can read.",
        code="read.frame",
        hint="Give a path, a list of paths, a pandas, Polars or Arrow frame, or a list of dicts.",
    )


def _prepare_pandas(frame: pandas.DataFrame) -> pandas.DataFrame:
    from pandas.api.types import infer_dtype, is_object_dtype

    header = [
        ".".join(map(str, name)) if isinstance(name, tuple) else str(name)
        for name in list[Any](frame.columns)
    ]
    names, _ = name_columns(header, None)
    copy = frame.copy(deep=False)
    copy.columns = list(names)
    for name in names:
        column = copy[name] = _known_type(copy[name])
        if not is_object_dtype(column.dtype):
            continue
        kind = infer_dtype(column, skipna=True)
        if kind not in ("string", "empty", "boolean", "integer", "floating", "datetime", "date"):
            # The engine would guess such a column from its first cells.
            copy[name] = column.map(_plain, na_action="ignore").astype("str").where(column.notna())
    return copy


def _known_type(column: pandas.Series[Any]) -> pandas.Series[Any]:
    """A column as a type that the engine knows: bands of `pd.cut` and periods as objects."""
    import pandas as pd

    kind = column.dtype
    if isinstance(kind, pd.SparseDtype):
        return pd.Series(column.to_numpy(), column.index)
    if isinstance(kind, pd.CategoricalDtype):
        kind = kind.categories.dtype
    if isinstance(kind, pd.IntervalDtype | pd.PeriodDtype) or kind.kind == "c":
        return column.astype(object)
    return column


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def _open_registered(frame: object, desk: Desk) -> Table:
    name = f"dmaic_frame_{next(_numbers)}"
    if 0 in getattr(frame, "shape", ())[1:]:
        raise ReadError("The frame has no columns.", code="read.empty-file", where=NAME)
    try:
        desk.engine.register(name, frame)
        types = desk.engine.types(quote(name))
        ((rows,),) = desk.engine.rows(f"SELECT count(*) FROM {quote(name)}")
    except QueryError as error:
        raise ReadError(
            f"The frame cannot be read: {error}", code="read.frame", where=NAME
        ) from error
    if not rows:
        raise ReadError("The frame has no rows.", code="read.no-rows", where=NAME)
    return flatten(quote(name), types)


def _open_records(items: Sequence[object], desk: Desk) -> Table:
    wrong = [place for place, each in enumerate(items, start=1) if not isinstance(each, Mapping)]
    if wrong:
        raise UsageError(
            f"{plural(len(wrong), 'item')} of the list {'is' if len(wrong) == 1 else 'are'} no "
            f"dict, the first at position {wrong[0]}.",
            code="read.frame",
            hint="Give a list of dicts that all describe one row each.",
        )
    records = cast("Sequence[Mapping[object, object]]", items)
    keys = list(dict.fromkeys(key for record in records for key in record))
    if not keys:
        raise ReadError("The records have no fields.", code="read.empty-file", where=NAME)
    names, findings = name_columns([str(key) for key in keys], None)
    table = write_table([[each.get(key) for key in keys] for each in records], names, 1, desk)
    table.findings = [*findings, *table.findings]
    return table
