"""Plain values: how each is called, and how it is written as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dmaic.layout.trouble import LayoutError

_EXACT = 2**53
"""Whole figures below it are what they look like."""


def as_text(value: Any) -> str:  # noqa: ANN401
    """A value as text.

    Args:
        value: a text, a number, a date, yes or no, or None, which is the empty text.

    Raises:
        LayoutError: it is none of these.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        # A million that was answered is no 1000000.0.
        return str(int(value))
    if isinstance(value, (str, int, float, date)):
        return str(value)
    hint = "Loop over it, or write | join(', ')." if isinstance(value, (list, tuple)) else ""
    raise LayoutError(f"{noun(value)} cannot be shown as a text.", hint=hint)


def noun(value: Any) -> str:  # noqa: ANN401
    """What a value is, with a capital letter: `A list`.

    Args:
        value: any value.
    """
    if isinstance(value, Mapping):
        return "A mapping"
    if isinstance(value, (list, tuple)):
        return "A list"
    nouns = {
        "str": "A text",
        "Markup": "A text",
        "bool": "Yes or no",
        "int": "A number",
        "float": "A number",
        "date": "A date",
        "datetime": "A date",
        "NoneType": "Nothing",
        "LoopContext": "A loop",
        "Macro": "A macro",
    }
    return nouns.get(type(value).__name__, "A function" if callable(value) else "This")
