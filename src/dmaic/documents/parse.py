"""Text to the value of a field, by its shape, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from dmaic.documents.form import FormField, Shape, is_blank
from dmaic.errors import DataError, suggest
from dmaic.text import printable

_YES = frozenset({"yes", "y", "true", "on", "1"})
_NO = frozenset({"no", "n", "false", "off", "0"})
_STEPS = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9}
_MONEY = "$€£¥"
_FIGURE = re.compile(r"([+-]?)(\d[\d.]*|\.\d+)(e[+-]?\d{1,3})?\s*(k|m|b|bn)?", re.IGNORECASE)


def parse(field: FormField, text: str) -> Any:  # noqa: ANN401  the value has the field's type
    """What a person wrote, as a value of the field; an empty text clears the field.

    Args:
        field: any but a list of lines.
        text: what was written.

    Raises:
        DataError: `document.value`, it cannot be read so.
    """
    said = text.strip()
    if field.shape == "text":
        return _as_id(said) if field.refers else said
    if not said:
        return _EMPTY.get(field.shape)
    try:
        return _READERS[field.shape](field, said)
    except ValueError as error:
        raise DataError(
            f'"{printable(said, 60)}" {error}.',
            "document.value",
            example_words(field),
            field.name,
        ) from error


_EMPTY: dict[Shape, Any] = {"texts": (), "figures": {}, "lines": (), "choice": ""}


def example_words(field: FormField) -> str:
    """`Example: 2.2.`, or nothing where the field has no example.

    Args:
        field: any but a list of lines.
    """
    if field.example is None:
        return ""
    text = spell(field, field.example)
    return f"Example: {text}" if text.endswith((".", "!", "?")) else f"Example: {text}."


def spell(field: FormField, value: object) -> str:
    """A value as text that `parse` reads back as the same value.

    Args:
        field: any but a list of lines.
        value: of the field, or its JSON.
    """
    if is_blank(value) or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, dict):
        return ", ".join(f"{name}={spell(field, figure)}" for name, figure in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(str(item).replace("\\", "\\\\").replace(";", "\\;") for item in value)
    return str(value)


def figure_of(text: str) -> float:
    """A figure as a person writes it: `2500000`, `2,500,000`, `$2.5M`, `2.5 bn`, `1 000 EUR`.

    Args:
        text: what was written.

    Raises:
        ValueError: it is no figure, or too large; the message says which.
    """
    said = text.strip().strip(_MONEY + " ").replace("−", "-")
    said = re.sub(r"^[A-Z]{3}\s+|\s+[A-Z]{3}$", "", said)
    sign, said = ("-", said[1:].lstrip(_MONEY + " ")) if said.startswith("-") else ("", said)
    found = _FIGURE.fullmatch(sign + _plain(said))
    if found is None or found[2].count(".") > 1:
        raise ValueError("is no number")
    figure = float(f"{found[1]}{found[2]}{found[3] or ''}") * _STEPS.get(
        (found[4] or "").lower(), 1
    )
    if figure in (float("inf"), float("-inf")):
        raise ValueError("is too large")
    return figure


def _number(field: FormField, text: str) -> float:
    said = text.strip()
    if field.unit:
        said = said.removesuffix(field.unit).rstrip()
    per_cent = said.endswith("%")
    figure = figure_of(said.removesuffix("%").rstrip())
    # 80 % of a field that ends at 1 is 0.8; everywhere else per cents are figures as they stand.
    return figure / 100 if per_cent and field.high == 1 else figure


def _plain(text: str) -> str:
    """Digits with a decimal point, whatever parts the thousands."""
    said = re.sub(r"(?<=\d)[\s'’_\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    if re.match(r"\d{1,3}(,\d{3})+(?![\d,])", said):
        return said.replace(",", "")
    if re.match(r"\d{1,3}(\.\d{3})+,\d", said) or re.match(r"\d{1,3}(\.\d{3}){2,}(?![\d.])", said):
        return said.replace(".", "").replace(",", ".")
    return re.sub(r"^(\d+),(\d+)(?![\d,.])", r"\1.\2", said)


def _whole(field: FormField, text: str) -> int:
    figure = _number(field, text)
    if not figure.is_integer():
        raise ValueError("is no whole number")
    return int(figure)


def _date(field: FormField, text: str) -> date:
    del field
    try:
        return (
            date.fromisoformat(text[:10])
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}([T ]00:00(:00)?)?", text)
            else _not_iso(text)
        )
    except ValueError as error:
        raise ValueError(_date_words(text, error)) from error


def _not_iso(text: str) -> date:
    raise ValueError(f"is no date as dmaic reads them: write it as {_guess(text)}")


def _date_words(text: str, error: ValueError) -> str:
    if str(error).startswith("is no date as"):
        return str(error)
    return f"is no day of the calendar ({error})"


def _guess(text: str) -> str:
    """The date in ISO where there is only one way to read it."""
    found = re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", text)
    if found is not None:
        first, second, year = int(found[1]), int(found[3]), found[4]
        days_first = found[2] == "." or first > 12
        day, month = (first, second) if days_first else (second, first)
        if month <= 12 and (days_first or second > 12):
            return f"{year}-{month:02}-{day:02}"
    return "year-month-day, such as 2025-12-31"


def _choice(field: FormField, text: str) -> str:
    said = text.casefold()
    whole = [word for word in field.choices if word.casefold() == said]
    begun = [word for word in field.choices if word.casefold().startswith(said)]
    found = whole or begun
    if len(found) == 1:
        return found[0]
    hint = suggest(text, field.choices) if not found else ""
    raise ValueError(
        f"fits {' and '.join(found)}" if found
        else f"is none of {', '.join(field.choices)}" + (f" ({hint})" if hint else "")
    )  # fmt: skip


def _yes_no(field: FormField, text: str) -> bool:
    del field
    said = text.casefold()
    if said in _YES or said in _NO:
        return said in _YES
    raise ValueError("is neither yes nor no")


def _texts(field: FormField, text: str) -> tuple[str, ...]:
    if field.refers:
        # Ids never hold a comma or a space, so people may part them by either.
        return tuple(_as_id(part) for part in re.split(r"[;,\s]+", text) if part)
    parts = re.findall(r"((?:\\[;\\]|[^;\n])*)(?:[;\n]|$)", text)
    said = (re.sub(r"\\([;\\])", r"\1", part).strip() for part in parts)
    return tuple(part for part in said if part)


def _as_id(text: str) -> str:
    """An id as it is kept; what looks like none is left alone, and told by the document's rules."""
    return text.upper() if re.fullmatch(r"[A-Za-z]{1,3}[1-9][0-9]*", text) else text


def _figures(field: FormField, text: str) -> dict[str, float]:
    figures: dict[str, float] = {}
    for part in re.split(r"[;\n]|,(?=[^,=:]*[=:])", text):
        if not part.strip():
            continue
        name, sign, figure = (
            re.split(r"\s*([=:])\s*", part.strip(), maxsplit=1)
            if re.search("[=:]", part)
            else (part, "", "")
        )
        if not sign or not name.strip():
            raise ValueError("is not written as NAME=FIGURE, NAME=FIGURE")
        name = _as_id(name.strip()) if field.refers else name.strip()
        if name in figures:
            raise ValueError(f"names {printable(name, 40)} twice")
        figures[name] = _number(field, figure)
    return figures


_READERS: dict[Shape, Callable[[FormField, str], Any]] = {
    "number": _number,
    "whole": _whole,
    "date": _date,
    "choice": _choice,
    "yes-no": _yes_no,
    "texts": _texts,
    "figures": _figures,
}
