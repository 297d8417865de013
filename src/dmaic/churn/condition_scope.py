"""What a condition may speak of, and the values that may be written in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Literal

from dmaic.churn.clean.reading import Kind
from dmaic.errors import UsageError, suggest
from dmaic.text import name_list, printable

Wanted = Kind
"""What a condition may want a column read as."""

Resolve = Callable[[str, Wanted | None], str]
"""SQL of a column, by its name, read as wanted: trimmed text (NULL where blank), DOUBLE, TIMESTAMP
or BOOLEAN. Raises DataError where the column cannot be read so."""

HINT = (
    "Write a condition such as plan = 'Pro' and mrr > 20: text in single quotes, column names with "
    "spaces in double quotes, dates as '2025-01-31'."
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition may speak of, and how a refusal is worded.

    Attributes:
        names: the columns.
        resolve: gives the SQL of a column.
        roles: role -> column name.
        option: the option the text was given with.
        text: the whole text.
    """

    names: tuple[str, ...]
    resolve: Resolve
    roles: dict[str, str]
    option: str
    text: str

    def find(self, name: str) -> str | None:
        """The column of that name: exactly, else in any case, else by role."""
        if name in self.names:
            return name
        same = [each for each in self.names if each.casefold() == name.casefold()]
        if len(same) > 1:
            listed = " and ".join(f'"{printable(each, 40)}"' for each in same)
            raise UsageError(
                f'{self.option} names "{printable(name, 60)}", which fits {listed}.',
                code="where.unknown-column",
                hint="Write the name exactly as the file does, in double quotes.",
            )
        return same[0] if same else self.roles.get(name.casefold())

    def unknown(self, name: str) -> UsageError:
        """The error for a name that is no column."""
        return UsageError(
            f'{self.option} names "{printable(name, 60)}", but there is no such column.',
            code="where.unknown-column",
            where=self.place,
            hint=f"{suggest(name, [*self.names, *self.roles])} The columns are "
            f"{name_list(self.names)}. "
            "Text goes in single quotes, a column name with spaces in double quotes.".strip(),
        )

    def refused(self, part: str, hint: str = HINT) -> UsageError:
        """The error for a part that is not on the list."""
        return UsageError(
            f"{self.option} takes a condition over the columns, and {part} cannot be in one.",
            code="where.not-a-condition",
            where=self.place,
            hint=hint,
        )

    def not_understood(self) -> UsageError:
        """The error for a text that is no condition at all."""
        return UsageError(
            f"{self.option} takes a condition over the columns, and this is none.",
            code="where.not-a-condition",
            where=self.place,
            hint=HINT,
        )

    @property
    def place(self) -> str:
        """The text, short enough for a message."""
        return f"{self.option} {printable(self.text, 80)}"


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")


def iso(text: str) -> Literal["day", "time"] | None:
    """Whether a text is an existing day or point in time as ISO 8601 writes it."""
    kind: Literal["day", "time"] | None = None
    if _DAY.fullmatch(text, 0, 40):
        kind = "day"
    elif _TIME.fullmatch(text, 0, 40):
        kind = "time"
    if kind:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return None
    return kind


def number(text: str) -> str | None:
    """A number as an SQL literal, or None where the text is no number that a DOUBLE holds."""
    bare = text.strip(" ")
    if len(bare) > 400 or not _NUMBER.fullmatch(bare) or not isfinite(float(bare)):
        return None
    value = float(bare)
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
