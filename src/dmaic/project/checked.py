"""Making an entity of what a person said, with every mistake told in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from dmaic.errors import DmaicError, Problem, UsageError
from dmaic.result import Frozen
from dmaic.text import PLACEHOLDERS, printable

E = TypeVar("E", bound=Frozen)


def flag(field: str) -> str:
    """The option that fills a field: `--first-due`."""
    return "--" + field.replace("_", "-")


def argument(name: str) -> Callable[[str], str]:
    """Where fields are said on a command line whose argument fills one of them.

    Args:
        name: of that field.
    """
    return lambda field: field.upper() if field == name else flag(field)


def checked(
    kind: type[E],
    fields: Mapping[str, Any],
    *,
    where: Callable[[str], str] = flag,
    error: type[DmaicError] = UsageError,
) -> E:
    """An entity made of these fields.

    Args:
        kind: its model.
        fields: as said.
        where: field -> where the person wrote it.
        error: what is raised.

    Raises:
        UsageError: `field.value`, with every field that cannot be so.
    """
    pasted = [
        name for name, value in fields.items() if isinstance(value, str) and value in PLACEHOLDERS
    ]
    if pasted:
        raise error.of([_pasted(str(fields[name]), where(name)) for name in pasted])
    try:
        return kind.model_validate(dict(fields))
    except ValidationError as failed:
        raise error.of([_problem(each, where) for each in failed.errors()]) from failed


def _pasted(word: str, where: str) -> Problem:
    return Problem(
        "field.value", f'"{word}" only stands for words of your own.', "Put them there.", where
    )


def _problem(each: Mapping[str, Any], where: Callable[[str], str]) -> Problem:
    field = str(each["loc"][0]) if each["loc"] else ""
    given = each["input"]
    told = f'"{printable(str(given), 40)}" ' if isinstance(given, (str, int)) and given else "it "
    return Problem("field.value", f"{told}{_reason(each)}.", "", where(field) if field else "")


def _reason(each: Mapping[str, Any]) -> str:
    limits = each.get("ctx", {})
    plain = {
        "string_too_short": "is empty",
        "too_short": "is empty",
        "too_long": f"holds more than {limits.get('max_length')}",
        "missing": "is missing",
        "string_too_long": f"is longer than {limits.get('max_length')} characters",
        "greater_than_equal": f"is less than {limits.get('ge')}",
        "less_than_equal": f"is more than {limits.get('le')}",
        "int_parsing": "is no whole number",
        "literal_error": f"is not one of {limits.get('expected')}",
        "value_error": each["msg"].removeprefix("Value error, "),
        "string_unicode": "holds a broken character",
    }
    message = str(each["msg"])
    return plain.get(each["type"]) or message[:1].lower() + message[1:]


def check_dates(start: date | None, target_date: date | None) -> None:
    """Refuse a project that ends before it begins.

    Raises:
        UsageError: `project.dates`.
    """
    if start is not None and target_date is not None and target_date < start:
        raise UsageError(
            f"The target date {target_date} lies before the start {start}.",
            "project.dates",
            "Give another --start or --target-date.",
        )
