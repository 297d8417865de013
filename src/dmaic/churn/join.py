"""Related files: segment, region or reason brought in from a second export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from dmaic.churn.clean.text import category
from dmaic.churn.column import Column
from dmaic.errors import DataError, UsageError, suggest
from dmaic.result import Finding
from dmaic.text import name_list, plural, printable

if TYPE_CHECKING:
    from dmaic.churn.source.open import Source
    from dmaic.engines.duckdb import DuckDB


@dataclass(frozen=True, slots=True)
class Related:
    """A second export, joined.

    Attributes:
        columns: the columns it adds, under unique names.
        wrap: makes of a relation the same relation with those columns.
        findings: what did not match, what was multiplied.
    """

    columns: tuple[Column, ...]
    wrap: Callable[[str], str]
    findings: tuple[Finding, ...]


def relate(
    engine: DuckDB,
    left: str,
    left_columns: Sequence[Column],
    right: Source,
    on: str,
) -> Related:
    """Join a related file to a relation, keeping every row of the relation.

    Args:
        engine: where both are.
        left: SQL of the relation so far.
        left_columns: its columns.
        right: the related file, opened.
        on: the key, `account_id`, or `left name=right name` where the names differ.

    Raises:
        UsageError: the key is not a column of both.
        DataError: several rows on both sides share a key, so that rows would multiply each other.
    """
    left_key, right_key = _keys(on, left_columns, right)
    l_key, r_key = category(left_key), category(right_key)
    # Keys are compared within subqueries, so that neither side's names meet the other's.
    l_keys = f"(SELECT {l_key} AS k FROM {left})"
    r_keys = f"(SELECT {r_key} AS k FROM {right.relation})"
    ((total, distinct),) = engine.rows(f"SELECT count(k), count(DISTINCT k) FROM {r_keys}")
    ((rows, unmatched, repeated),) = engine.rows(
        f"SELECT count(*), count(*) FILTER (k IS NULL OR k NOT IN (SELECT k FROM {r_keys}"
        f" WHERE k IS NOT NULL)), count(k) - count(DISTINCT k) FROM {l_keys}"
    )
    ((unused,),) = engine.rows(
        f"SELECT count(*) FROM {r_keys} WHERE k IS NULL"
        f" OR k NOT IN (SELECT k FROM {l_keys} WHERE k IS NOT NULL)"
    )
    name = printable(right.name)
    where = f'{name}, key "{printable(on)}"'
    findings = []
    if total > distinct:
        if repeated:
            raise DataError(
                f"Several rows share a key on both sides ({plural(repeated, 'row')} more than keys "
                f"here, {plural(total - distinct, 'row')} in {name}); joined, they would multiply.",
                code="join.many-to-many",
                where=where,
                hint="Join on a column that is unique in one of the files, or reduce one of them "
                "to one row a key first.",
            )
        findings.append(
            Finding(
                code="multiplied-rows",
                level="blocking",
                message=f"{name} has {plural(total - distinct, 'row')} more than keys, so rows are "
                "counted more than once.",
                hint="Reduce it to one row a key, or --accept multiplied-rows.",
                count=total - distinct,
                column=left_key.name,
            )
        )
    if unmatched:
        findings.append(
            Finding(
                code="unmatched-rows",
                level="warning",
                message=f"{plural(unmatched, 'row')} of {rows:,} found no match in {name}; what it "
                "would bring in is blank there.",
                hint="Check that both files are of the same day and write the key the same way.",
                count=unmatched,
                column=left_key.name,
            )
        )
    if unused:
        findings.append(
            Finding(
                code="unused-rows",
                level="info",
                message=f"{plural(unused, 'row')} of {name} match nothing here.",
                count=unused,
                column=left_key.name,
            )
        )
    added = _added(left_columns, right, right_key)
    brought = ", ".join(f"r.{source.sql} AS {target.sql}" for source, target in added)

    taken = {column.name.casefold() for column in (*left_columns, *right.columns)}
    key = "__key"
    while key in taken:
        key += "_"

    def wrap(relation: str) -> str:
        keyed = f"(SELECT *, {l_key} AS {key} FROM {relation})"
        other = f"(SELECT *, {r_key} AS {key} FROM {right.relation})"
        select = f"l.* EXCLUDE ({key}){', ' + brought if brought else ''}"
        return f"(SELECT {select} FROM {keyed} l LEFT JOIN {other} r ON l.{key} = r.{key})"

    return Related(tuple(target for _, target in added), wrap, tuple(findings))


def _keys(on: str, left: Sequence[Column], right: Source) -> tuple[Column, Column]:
    names = {column.name for column in left}
    if on in names or "=" not in on:
        left_name, right_name = on, on
    else:
        left_name, _, right_name = on.partition("=")
    found = []
    for name, columns, owner in (
        (left_name.strip(), left, "the main file"),
        (right_name.strip(), right.columns, right.name),
    ):
        match = [each for each in columns if each.name == name] or [
            each for each in columns if each.name.casefold() == name.casefold()
        ]
        if not match:
            known = [each.name for each in columns]
            raise UsageError(
                f'--on names "{printable(name)}", which is no column of {printable(owner)}.',
                code="join.unknown-key",
                where=printable(right.name),
                hint=(
                    suggest(name, known) + " Different names are written --on "
                    "left_name=right_name. Its columns are " + name_list(known) + "."
                ).strip(),
            )
        found.append(match[0])
    return found[0], found[1]


def _added(left: Sequence[Column], right: Source, right_key: Column) -> list[tuple[Column, Column]]:
    """The related file's columns beside the names they get: a taken name gets the file's first."""
    taken = {column.name.casefold() for column in left}
    stem = PurePath(right.name).name.split(".")[0]
    added = []
    for column in right.columns:
        if column.name == right_key.name:
            continue
        name = column.name
        if name.casefold() in taken:
            name = f"{stem}.{name}"
        number = 2
        while name.casefold() in taken:
            name, number = f"{stem}.{column.name} ({number})", number + 1
        taken.add(name.casefold())
        added.append((column, Column(name, column.type)))
    return added
