"""Every expected failure of dmaic is one of these errors.

An error says what went wrong, where, and what to do next. `code` is dotted and stable, so that
scripts and the docs can name it; `status` is the exit status of the command line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, as data.

    Attributes:
        code: dotted, stable name, such as `read.empty-file`.
        message: what is wrong, in one or two sentences, without markup.
        hint: what to do next, or an empty string.
        where: file, row and column as far as known, such as `export.csv, row 12, column "mrr"`.
    """

    code: str
    message: str
    hint: str = ""
    where: str = ""


@dataclass(eq=False)
class DmaicError(Exception):
    """Base of all expected failures. More than one problem may be reported at once.

    Attributes:
        message: what is wrong.
        code: dotted, stable name.
        hint: what to do next.
        where: where it is wrong.
        more: further problems found in the same run.
    """

    message: str
    code: str = "error"
    hint: str = ""
    where: str = ""
    more: Sequence[Problem] = field(default_factory=tuple)

    status = 1

    def __post_init__(self) -> None:
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, this one first."""
        return (Problem(self.code, self.message, self.hint, self.where), *self.more)

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> DmaicError:
        """One error of this class that reports every problem given.

        Args:
            problems: at least one problem.
        """
        first = problems[0]
        return cls(first.message, first.code, first.hint, first.where, tuple(problems[1:]))


class UsageError(DmaicError):
    """The command was asked for something that does not fit together (exit status 2)."""

    status = 2


class ReadError(DmaicError):
    """A file cannot be opened or read as a table."""


class DataError(DmaicError):
    """The table was read, but what it holds cannot be analysed as asked."""


class AmbiguousError(DataError):
    """Two readings fit the whole column; the person must choose one."""


class OutputError(DmaicError):
    """A result cannot be written where it was asked for."""


class NotFoundError(DmaicError):
    """No thing of a project has this id or name, or more than one has."""


class ConflictError(DmaicError):
    """The record does not allow it: a rule of the method, or somebody else's change."""


class StoreError(DmaicError):
    """The database of an engagement cannot be opened, read or written."""


class CheckError(DmaicError):
    """A check that was asked for did not pass."""

    status = 8


def suggest(word: str, known: Iterable[str]) -> str:
    """A did-you-mean sentence for a word that is not among the known ones, or an empty string.

    Args:
        word: what the person wrote.
        known: what exists.
    """
    names = list(known)
    folded = {name.casefold(): name for name in reversed(names)}
    close = get_close_matches(word.casefold(), list(folded), n=3, cutoff=0.6)
    if not close:
        return ""
    return "Did you mean " + " or ".join(f'"{folded[name]}"' for name in close) + "?"


def refusal(error: Mapping[str, Any]) -> str:
    """Why a value was refused, in words that go behind its name, without a full stop.

    Args:
        error: one of pydantic's `ValidationError.errors()`.
    """
    limits = error.get("ctx", {})
    plain = {
        "string_type": "is no text; put it in quotes",
        "string_too_short": "is empty",
        "string_too_long": f"is longer than {limits.get('max_length')} characters",
        "string_pattern_mismatch": "is not written as it must be",
        "tuple_type": "is no list",
        "too_long": f"holds more than {limits.get('max_length')}",
        "int_type": "is no whole number",
        "int_parsing": "is no whole number",
        "int_from_float": "is no whole number",
        "int_parsing_size": "is too large",
        "greater_than": f"is not more than {limits.get('gt')}",
        "greater_than_equal": f"is less than {limits.get('ge')}",
        "less_than": f"is not less than {limits.get('lt')}",
        "less_than_equal": f"is more than {limits.get('le')}",
        "literal_error": f"is none of {limits.get('expected')}",
        "missing": "is missing",
        "extra_forbidden": "is no field that there is",
    }
    said = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    return plain.get(error["type"]) or f"{said[:1].lower()}{said[1:]}"
