"""An opened churn export that knows its roles and readings and answers aggregate questions.

Rows never travel through Python: every question is SQL that the engine runs over the export.
Columns are read as decided from the first rows; what was assumed is counted in the same scan over
all rows, and where it fails the column is decided again on the whole of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from dmaic.churn.clean import date, flag, number
from dmaic.churn.clean.text import category
from dmaic.churn.column import Column, Rows, View
from dmaic.churn.option import ReadOptions
from dmaic.churn.role import find_column
from dmaic.errors import DataError, ReadError, UsageError, suggest
from dmaic.result import Finding
from dmaic.text import name_list, printable

if TYPE_CHECKING:
    from dmaic.churn.clean.reading import Reading
    from dmaic.churn.condition_scope import Wanted
    from dmaic.churn.preset import Preset
    from dmaic.churn.role import Roles
    from dmaic.churn.source.open import Source
    from dmaic.engines.duckdb import DuckDB

HEAD_ROWS = 20_480
"""Rows kept in memory to decide readings; a file not longer than this is read once."""

ROW = "__dmaic_row"
"""Column of the head that numbers the source's rows from 1."""


@dataclass
class ChurnTable:
    """A churn export, opened. Make one with `dmaic.churn.export.open_export`.

    Attributes:
        engine: where the SQL runs.
        source: the opened file or frame.
        columns: its columns, joined ones included.
        roles: which column plays which role.
        options: how it was asked to be read.
        preset: the preset that applies, or None.
        churned_when: condition given for "is lost", or None.
        noted: what was found beside the sources' own findings.
        joins: each wraps a relation in the SQL that brings one related file in.
        chosen: roles that a person named, as against recognised ones.
        scale: factor on the value column given by a person, or None.
        others: the related files' sources.
        is_whole: the head holds all rows.
        resolved: readings that conditions and dimensions asked for since it was last cleared.
    """

    engine: DuckDB
    source: Source
    columns: tuple[Column, ...]
    roles: Roles
    options: ReadOptions
    preset: Preset | None = None
    churned_when: str | None = None
    noted: list[Finding] = field(default_factory=list)
    joins: Sequence[Callable[[str], str]] = ()
    chosen: frozenset[str] = frozenset()
    scale: float | None = None
    others: tuple[Source, ...] = ()
    is_whole: bool = False
    resolved: dict[tuple[str, Wanted], Reading] = field(default_factory=dict)
    _readings: dict[tuple[str, Wanted], Reading] = field(default_factory=dict)
    _on_all: set[tuple[str, Wanted]] = field(default_factory=set)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the engine and delete temporary files."""
        self.engine.close()
        for source in (self.source, *self.others):
            source.close()

    @property
    def relation(self) -> str:
        """SQL after FROM: all rows, in memory where the file is small."""
        return "head" if self.is_whole else self._joined(self.source.relation)

    @property
    def head(self) -> Rows:
        """The first rows, in memory."""
        return View(lambda what, tail: self.engine.rows(f"SELECT {what} FROM head {tail}"))

    @property
    def whole(self) -> Rows:
        """All rows."""
        sql = "SELECT {} FROM {} {}".format
        return View(lambda what, tail: self.ask(lambda: sql(what, self.relation, tail)))

    def load_head(self) -> None:
        """Read the first rows into memory; afterwards `is_whole` tells whether that was all."""
        self.is_whole = False

        def sql() -> str:
            first = (
                f"(SELECT *, row_number() OVER () AS {ROW} FROM {self.source.relation}"
                f" LIMIT {HEAD_ROWS + 1})"
            )
            return f"CREATE OR REPLACE TEMP TABLE head AS SELECT * FROM {self._joined(first)}"

        ((rows,),) = self.ask(sql)
        # A join keeps every row and may multiply some, so that there are at most so many.
        self.is_whole = rows <= HEAD_ROWS

    def _joined(self, relation: str) -> str:
        for join in self.joins:
            relation = join(relation)
        return relation

    def ask(self, sql: Callable[[], str]) -> list[tuple[Any, ...]]:
        """Run a query; where the source turns out irregular, mend it and run again.

        Args:
            sql: makes the statement; called again after mending, since the relation is then new.
        """
        from dmaic.engines.duckdb import QueryError

        try:
            return self.engine.rows(sql())
        except QueryError as error:
            if not self.source.mend(error):
                raise ReadError(
                    f"This cannot be read as a table: {error}",
                    code="read.table",
                    where=self.source.name,
                    hint="`dmaic inspect FILE` shows what was recognised; "
                    "--delimiter, --encoding and --header-row decide.",
                ) from error
        return self.engine.rows(sql())

    def row_numbers(self, condition: str, most: int = 5) -> tuple[int, ...]:
        """Numbers of the first rows where a condition holds, as a spreadsheet shows them.

        Args:
            condition: boolean SQL over the columns.
            most: how many to give.
        """

        def sql() -> str:
            relation = "head"
            if not self.is_whole:
                numbered = f"(SELECT *, row_number() OVER () AS {ROW} FROM {self.source.relation})"
                relation = self._joined(numbered)
            return (
                f"SELECT DISTINCT {ROW} FROM {relation} WHERE {condition}"
                f" ORDER BY {ROW} LIMIT {most}"
            )

        return tuple(self.source.row_number(int(row)) for (row,) in self.ask(sql))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)

    def find(self, name: str) -> Column | None:
        """A column by its name, in other case too, or by its role; None if there is none."""
        played = self.roles.names().get(name.casefold(), name)
        return find_column(name, self.columns) or find_column(played, self.columns)

    def column(self, name: str, option: str) -> Column:
        """A column by name or role.

        Raises:
            UsageError: there is none; tells what was meant perhaps, and what exists.
        """
        found = self.find(name)
        if found is not None:
            return found
        known = [*self.names, *self.roles.names()]
        raise UsageError(
            f'{option} names "{printable(name, 60)}", but there is no such column.',
            code="usage.unknown-column",
            where=self.source.name,
            hint=f"{suggest(name, known)} The columns are {name_list(self.names)}.".strip(),
        )

    def reading(self, column: Column, wanted: Wanted) -> Reading:
        """How a column is read, decided once.

        Raises:
            DataError: the column cannot be read so, or two readings fit all of it.
        """
        key = (column.name, wanted)
        if key not in self._readings:
            rows = self.whole if key in self._on_all else self.head
            try:
                self._readings[key] = self._decide(column, wanted, rows)
            except DataError:
                if self.is_whole or key in self._on_all:
                    raise
                self._on_all.add(key)
                return self.reading(column, wanted)
        return self._readings[key]

    def decide_again(self, column: Column, wanted: Wanted) -> bool:
        """Decide a reading on all rows, since the head's does not hold; whether it changed."""
        key = (column.name, wanted)
        if self.is_whole or key in self._on_all or key not in self._readings:
            return False
        before = self._readings.pop(key)
        self._on_all.add(key)
        try:
            # The same numbers may be read, and other cells be thought of as misfits.
            after = self.reading(column, wanted)
            return (after.sql, after.misfit) != (before.sql, before.misfit)
        except DataError:
            return True  # and is told when the column is next asked for

    def evidence(self, column: Column, wanted: Wanted, where: str = "") -> Rows:
        """The rows that show everything a reading holds: the first, or all where they did not do.

        Args:
            column: the column that was read.
            wanted: what it was read as.
            where: boolean SQL that limits the rows.
        """
        limit = f" WHERE {where}" if where else ""

        def sql(what: str, tail: str) -> str:
            relation = self.relation if (column.name, wanted) in self._on_all else "head"
            return f"SELECT {what} FROM (SELECT * FROM {relation}{limit}) {tail}"

        return View(lambda what, tail: self.ask(lambda: sql(what, tail)))

    def _decide(self, column: Column, wanted: Wanted, rows: Rows) -> Reading:
        try:
            if wanted == "number":
                return number.decide(column, rows, self.options.decimal)
            if wanted == "date":
                return date.decide(column, rows, self.options.date_order)
            return flag.decide(column, rows, inverted=flag.reads_inverted(column.name))
        except DataError as error:
            error.where = error.where or f'{self.source.name}, column "{column.name}"'
            raise

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found so far; mending a source changes what is said of it."""
        sources = (self.source, *self.others)
        return (*(each for source in sources for each in source.findings), *self.noted)

    def note(self, finding: Finding) -> None:
        """Keep a finding, once."""
        if all((finding.code, finding.column) != (each.code, each.column) for each in self.noted):
            self.noted.append(finding)

    @property
    def value_scale(self) -> float:
        """Factor from the value column's figures to money a month."""
        if self.scale is not None:
            return self.roles.value_factor * self.scale
        known = self.preset is not None and self.roles.origins.get("value") == "preset"
        return self.roles.value_factor * (self.preset.value_scale if known and self.preset else 1.0)

    @property
    def unit(self) -> str:
        """What one row is, plural: `customers`, `subscriptions`, `rows` or what the preset says."""
        if self.preset is not None:
            return self.preset.unit
        if self.roles.get("subscription") is not None:
            return "subscriptions"
        return "customers" if self.roles.get("customer") is not None else "rows"

    @property
    def identity(self) -> Column | None:
        """The column that tells one row's customer or subscription from another's."""
        if self.unit == "subscriptions":
            return self.roles.get("subscription")
        return self.roles.get("customer") if self.unit == "customers" else None

    def resolve(self, name: str, wanted: Wanted | None) -> str:
        """SQL of a column read as wanted; `None` takes it as text."""
        column = self.column(name, "The condition")
        if wanted is None or wanted == "text":
            return category(column)
        reading = self.reading(column, wanted)
        self.resolved[column.name, wanted] = reading
        return reading.sql

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All readings that hold."""
        return tuple(self._readings.values())
