"""Columns of a sheet, number formats, and names that Excel takes for sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor, log10
from typing import Any

from dmaic import number
from dmaic.stats.pareto_word import row_label
from dmaic.text import printable

GENERAL = "General"
DATE = "yyyy-mm-dd"
_NAME = 31
"""Excel takes 31 UTF-16 units in the name of a sheet."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
_MOST_PLACES = 8
"""Decimals of a small figure."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet.

    Attributes:
        title: heading.
        values: one a row; None is an empty cell.
        form: Excel number format.
        total: what stands in the row, or rows, of totals.
        name: holds the names of the rows, and stays in sight.
        choices: words that a person may choose from in its cells.
        note: what belongs in its cells.
        forms: one a row, where each row is a figure of its own kind.
    """

    title: str
    values: tuple[Any, ...]
    form: str = GENERAL
    total: tuple[Any, ...] = ()
    name: bool = False
    choices: tuple[str, ...] = ()
    note: str = ""
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet.

    Attributes:
        name: of the sheet, such that Excel takes it.
        fields: its columns, without those that are empty throughout.
        bold: rows in bold.
    """

    name: str
    fields: tuple[Field, ...]
    bold: frozenset[int] = frozenset()


def sheet_name(text: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, and that no other sheet has.

    Args:
        text: what the sheet is about.
        taken: names in use, in small letters; the new one is added.
    """
    shown = "".join(c for c in _FORBIDDEN.sub("-", printable(text)) if c.isprintable())
    # Excel takes no apostrophe at either end, and nothing here shall begin like a formula.
    shown = shown.strip().lstrip("=+-@' ").rstrip("' ") or "Sheet"
    name, count = _short(shown, _NAME), 1
    while name.casefold() in taken:
        count += 1
        end = f" ({count})"
        name = _short(shown, _NAME - len(end)) + end
    taken.add(name.casefold())
    return name


def _short(text: str, most: int) -> str:
    if _units(text) <= most:
        return text
    while _units(text) > most - 1:
        text = text[:-1]
    return text.rstrip("' ") + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def used(fields: Sequence[Field]) -> tuple[Field, ...]:
    """The columns that hold something; a name column that is called like a figure says so."""
    kept = [field for field in fields if field.name or any(v is not None for v in field.values)]
    figures = {field.title for field in kept if not field.name}
    return tuple(
        replace(field, title=f"{field.title} (by)")
        if field.name and field.title in figures
        else field
        for field in kept
    )


def name_fields(
    by: tuple[str, ...], rows: Sequence[Any], total: str, *, totals: int
) -> list[Field]:
    """The columns of the category; of "Other" the first says how many it holds."""
    return [
        Field(
            name,
            tuple(row_label(row) if row.other and not i else row.category[i] for row in rows),
            total=((None if i else total),) * totals,
            name=True,
        )
        for i, name in enumerate(by)
    ]


def mark_field(title: str, marks: Sequence[bool]) -> Field:
    """A column that says yes, or nothing."""
    return Field(title, tuple("yes" if mark else None for mark in marks))


def number_form(values: Sequence[Any], *, money: bool = False) -> str:
    """Excel number format that suits a whole column.

    Args:
        values: the column; only its numbers count.
        money: a column of money has two decimals or none.
    """
    figures = [value for value in values if isinstance(value, int | float)]
    places = number.places(figures, money=money)
    largest = max(map(abs, figures), default=0)
    if not money and 0 < largest < 1:
        # Three digits that tell: a rate of 0.0235 is not 0.02.
        places = max(places, min(2 - floor(log10(largest)), _MOST_PLACES))
    return "#,##0" + ("." + "0" * places if places else "")


def money_form(currency: str | None, values: Sequence[Any]) -> str:
    """Excel number format of a column of money.

    Args:
        currency: its currency, as the export names it, or None.
        values: the column.
    """
    code = number_form(values, money=True)
    if currency == "USD":
        return f'"$"{code};-"$"{code}'
    return f'{code} "{currency}"' if _is_code(currency) else code


def money_words(currency: str | None) -> str:
    """What follows a heading above money: ` (USD)`."""
    return f" ({currency})" if currency else ""


def _is_code(currency: str | None) -> bool:
    """Anything else in a number format could be an instruction to Excel."""
    return currency is not None and re.fullmatch("[A-Z]{3}", currency) is not None
