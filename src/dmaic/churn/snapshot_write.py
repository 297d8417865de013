"""Write the snapshot of an opened export: the columns used, persons replaced by hashes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dmaic.churn.clean.text import category
from dmaic.churn.column import Column, literal, quote
from dmaic.churn.moment import HEADERS, find_moment
from dmaic.churn.personal import HASH, hashed, personal, set_key, without_addresses
from dmaic.churn.summary import summary_of
from dmaic.churn.table import ROW

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

_BREAKS = "__dmaic_breaks"


@dataclass(frozen=True, slots=True)
class Written:
    """A snapshot that was written.

    Attributes:
        columns: name and SQL type of its columns.
        number: name of the column of row numbers.
        hashed: columns whose every cell was replaced.
        addresses: column -> cells replaced for the e-mail address in them.
        rows: how many.
        coverage: share of the rows that name a segment; None where no column holds one.
    """

    columns: tuple[tuple[str, str], ...]
    number: str
    hashed: tuple[str, ...]
    addresses: dict[str, int]
    rows: int
    coverage: float | None


def columns_used(table: ChurnTable, also: Iterable[str] = ()) -> tuple[Column, ...]:
    """The columns that figures rest on, in the order of the export.

    They are those that play a role, those that the conditions for "is lost" or a definition of
    churn ask, those of a monthly summary, and those named.

    Args:
        table: the opened export.
        also: names of further columns.

    Raises:
        UsageError: `usage.unknown-column`, one that there is not.
    """
    names = {column.name for _, column in table.roles.items()} | conditioned(table)
    names |= {column.name for column in summary_of(table).values()}
    for moment in HEADERS:
        told = find_moment(table.columns, moment)
        names |= {told.name} if told is not None else set()
    names |= _named(table, also, "--also")
    return tuple(column for column in table.columns if column.name in names)


def columns_kept(table: ChurnTable, only: Iterable[str] = ()) -> tuple[Column, ...]:
    """The columns of a table that is no churn export: those named, or all of them.

    Which of them figures will rest on is said by each analysis, and roles do not tell.

    Args:
        table: the opened table.
        only: names of the columns; none: all.

    Raises:
        UsageError: `usage.unknown-column`, one that there is not.
    """
    names = _named(table, only, "--only") or {*table.names}
    return tuple(column for column in table.columns if column.name in names)


def _named(table: ChurnTable, words: Iterable[str], option: str) -> set[str]:
    """Names of the columns that an option names."""
    return {table.column(word, option).name for word in words}


def conditioned(table: ChurnTable) -> set[str]:
    """Names of the columns that the conditions for "is lost" ask."""
    preset = table.preset.churned_when if table.preset is not None else ""
    texts = [text for text in (table.churned_when, preset) if text]
    if not texts:
        return set()
    from dmaic.churn.condition import parse_condition

    return {
        name
        for text in texts
        for name in parse_condition(
            text, table.names, table.resolve, roles=table.roles.names(), option="--churned-when"
        ).columns
    }


def write_snapshot(
    table: ChurnTable, columns: Sequence[Column], path: Path, key: bytes | None
) -> Written:
    """Write the snapshot, rows in the order of the export.

    Args:
        table: the opened export.
        columns: those that are kept.
        path: where; inside the engine's own folder, since it can write nowhere else.
        key: of the hashes; None keeps persons as they are.

    Raises:
        ReadError: the export cannot be read to its end.
    """
    needed = conditioned(table) | {
        column.name
        for role, column in table.roles.items()
        if role not in ("customer", "subscription")
    }
    whole = personal(table, columns, needed) if key is not None else set()
    if key is not None:
        set_key(table.engine, key)
    number = "row"
    while number.casefold() in {column.name.casefold() for column in table.columns}:
        number += "_"
    cells = [_cell(column, column.name in whole, key is not None) for column in columns]

    def sql() -> str:
        breaks = table.source.row_breaks()
        relation, numbered = _numbered(table), f"{ROW} + {breaks[0][1]}"
        if len(breaks) > 1:
            places = ", ".join(f"({start}, {shift})" for start, shift in breaks)
            table.engine.rows(
                f"CREATE OR REPLACE TEMP TABLE {_BREAKS} AS"
                f" SELECT * FROM (VALUES {places}) AS b(b_start, b_shift)"
            )
            relation = f"{relation} ASOF JOIN {_BREAKS} ON {ROW} >= b_start"
            numbered = f"{ROW} + b_shift"
        order = f" ORDER BY {ROW}" if table.joins or len(breaks) > 1 else ""
        chosen = ", ".join([*cells, f"CAST({numbered} AS BIGINT) AS {quote(number)}"])
        # One way to write it, so that the same export gives the same bytes.
        return (
            f"COPY (SELECT {chosen} FROM {relation}{order}) TO {literal(str(path))}"
            " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
        )

    table.ask(sql)
    return _written(table, columns, path, number, whole, hashing=key is not None)


def _cell(column: Column, is_hashed: bool, hashing: bool) -> str:
    if is_hashed:
        return f"{hashed(column)} AS {column.sql}"
    if hashing:
        return f"{without_addresses(column)} AS {column.sql}"
    return column.sql


def _numbered(table: ChurnTable) -> str:
    """All rows with their position, joined files included."""
    if table.is_whole:
        return "head"
    relation = f"(SELECT *, row_number() OVER () AS {ROW} FROM {table.source.relation})"
    for join in table.joins:
        relation = join(relation)
    return relation


def _written(
    table: ChurnTable,
    columns: Sequence[Column],
    path: Path,
    number: str,
    whole: set[str],
    *,
    hashing: bool,
) -> Written:
    file = f"read_parquet({literal(str(path))})"
    types = {name: str(kind) for name, kind in table.engine.types(file)}
    kept = tuple(Column(column.name, types[column.name]) for column in columns)
    texts = [each for each in kept if hashing and each.is_text and each.name not in whole]
    segment = table.roles.get("segment")
    asked = ["count(*)"]
    kept_segment = segment if segment in columns else None
    asked.append(f"count({category(kept_segment)})" if kept_segment is not None else "NULL")
    asked += [
        f"count(*) FILTER (length({each.sql}) < 32 AND regexp_full_match({each.sql}, '{HASH}'))"
        for each in texts
    ]
    ((rows, filled, *found),) = table.engine.rows(f"SELECT {', '.join(asked)} FROM {file}")
    return Written(
        columns=tuple((each.name, each.type) for each in kept),
        number=number,
        hashed=tuple(each.name for each in kept if each.name in whole),
        addresses={
            each.name: int(cells) for each, cells in zip(texts, found, strict=True) if cells
        },
        rows=int(rows),
        coverage=filled / rows if filled is not None and rows else None,
    )
