"""A column of an opened export, and the one question the readers of columns ask of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


def quote(name: str) -> str:
    """A column name as a quoted SQL identifier; the only way a name reaches SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Text as a quoted SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the opened table.

    Attributes:
        name: unique name; blank and duplicate headers were given one.
        type: SQL type; `VARCHAR` from text files, a real type from Parquet, frames and workbooks.
    """

    name: str
    type: str = "VARCHAR"

    @property
    def sql(self) -> str:
        """The column as a quoted identifier."""
        return quote(self.name)

    @property
    def is_text(self) -> bool:
        """Whether the cells are still text that must be read."""
        return self.type == "VARCHAR"


class Rows(Protocol):
    """Rows of the opened table that can be asked; rows never travel through Python."""

    def select(self, what: str, tail: str = "") -> list[tuple[Any, ...]]:
        """Answer `SELECT {what} FROM (these rows) {tail}`; both are SQL made by dmaic alone."""
        ...


@dataclass(frozen=True, slots=True)
class View:
    """Rows under one relation, as the readers of columns want them."""

    ask: Callable[[str, str], list[tuple[Any, ...]]]

    def select(self, what: str, tail: str = "") -> list[tuple[Any, ...]]:
        """Answer `SELECT {what} FROM (these rows) {tail}`."""
        return self.ask(what, tail)
