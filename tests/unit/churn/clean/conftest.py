from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from dmaic.churn.clean.reading import Reading
from dmaic.churn.column import Column, quote

Cells = list[Any]


class ListRows:
    """Rows of one column, from a list."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, cells: Cells, kind: str, name: str
    ) -> None:
        self.connection = connection
        self.cells = cells
        self.column = Column(name, kind)
        self.asked = 0

    def select(self, what: str, tail: str = "") -> list[tuple[Any, ...]]:
        self.asked += 1
        kind = self.column.type
        table = f"(SELECT unnest(?::{kind}[]) AS {quote(self.column.name)})"
        sql = f"SELECT {what} FROM {table} {tail}"
        return self.connection.execute(sql, [self.cells]).fetchall()

    def read(self, reading: Reading) -> list[Any]:
        return [row[0] for row in self.select(reading.sql)]

    def misfits(self, reading: Reading) -> list[Any]:
        found = self.select(f"{reading.column.sql}, {reading.misfit}")
        assert all(isinstance(row[1], bool) for row in found), "a misfit is true or false, not NULL"
        return [row[0] for row in found if row[1]]

    def on(self, cells: Cells) -> ListRows:
        """The same column with other cells: the rest of a file whose head was the evidence."""
        return ListRows(self.connection, cells, self.column.type, self.column.name)


MakeRows = Callable[..., ListRows]


@pytest.fixture(scope="session")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        # Far from UTC, so that a reading that depends on the machine's zone is caught.
        opened.execute("SET TimeZone = 'Asia/Tokyo'")
        yield opened


@pytest.fixture
def make_rows(connection: duckdb.DuckDBPyConnection) -> MakeRows:
    def make(cells: Cells, kind: str = "VARCHAR", name: str = 'a "c" column') -> ListRows:
        return ListRows(connection, cells, kind, name)

    return make
