"""Dates with the month as a word, in English, German, French and Spanish."""

from __future__ import annotations

import re
import unicodedata

from dmaic.churn.clean.reading import WHITE, listed
from dmaic.churn.column import literal

NAMES = (
    "january jan januar janvier janv enero ene jaenner janner",
    "february feb februar fevrier fevr fev febrero",
    "march mar marz maerz mrz mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug aout agosto ago",
    "september sep sept septembre septiembre setiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez decembre diciembre dic",
)
"""Names of the months from January, without accents; no name stands for two of them."""

_KNOWN = frozenset(" ".join(NAMES).split())

_WEEKDAY = r"(?:[a-z]{2,}[.,]* +)?"
_MONTH = r"([a-z]{3,})\.?"
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"([0-9]{4}|[0-9]{2})"
_LONG_YEAR = r"([0-9]{4})"
_GAP = r"(?: *[-/,. ] *)"
_OF = r"(?:(?:de|del|of) +)?"
_TIME = r"(?:(?:[ ,]+(?:at +)?|t)([0-9]{1,2}:.*))?"

# Each pattern with the order of its groups as day, month, year and time. RE2 and re read them.
_PATTERNS = (
    (rf"{_WEEKDAY}{_DAY}{_GAP}{_OF}{_MONTH}{_GAP}{_OF}{_YEAR}{_TIME}", r"\1 \2 \3 \4"),
    (rf"{_WEEKDAY}{_MONTH}{_GAP}{_DAY}{_GAP}{_YEAR}{_TIME}", r"\2 \1 \3 \4"),
    (rf"{_LONG_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}{_TIME}", r"\3 \2 \1 \4"),
    (rf"{_MONTH}{_GAP}{_OF}{_LONG_YEAR}", r"1 \1 \2 "),
)


def pattern_of(cell: str) -> int | None:
    """Which pattern a cell with a month name follows; None where it follows none.

    Args:
        cell: a cell as written.
    """
    lowered = _plain(cell)
    for number, (pattern, order) in enumerate(_PATTERNS):
        match = re.fullmatch(pattern, lowered)
        name = re.search("[a-z]{3,}", match.expand(order)) if match else None
        if name and name.group() in _KNOWN:
            return number
    return None


def in_digits(cell: str, number: int) -> str:
    """The cell as `day month year time`, the month still a word.

    Args:
        cell: a cell that follows the pattern.
        number: which pattern.
    """
    pattern, order = _PATTERNS[number]
    return re.sub(f"^{pattern}$", order, _plain(cell))


def in_digits_sql(cell: str, number: int) -> str:
    """SQL text `31 12 2025 10:00` of a cell with a month name; NULL where the word is no month.

    Args:
        cell: SQL text.
        number: which pattern.
    """
    pattern, order = _PATTERNS[number]
    lowered = f"lower(strip_accents(trim({cell}, {literal(WHITE)})))"
    ordered = f"regexp_replace({lowered}, {literal(f'^{pattern}$')}, {literal(order)})"
    word = f"regexp_extract({ordered}, '[a-z]{{3,}}')"
    names = [(name, f"{month:02}") for month, row in enumerate(NAMES, 1) for name in row.split()]
    months = f"map([{listed([n for n, _ in names])}], [{listed([m for _, m in names])}])"
    return f"replace({ordered}, {word}, {months}[{word}])"


def _plain(cell: str) -> str:
    bare = unicodedata.normalize("NFD", cell.strip(WHITE))
    return "".join(c for c in bare if unicodedata.category(c) != "Mn").lower()
