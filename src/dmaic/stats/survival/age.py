"""Ages in the unit of an export: how many days it lasts, round ages, and ages in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from dmaic.errors import UsageError
from dmaic.text import plural, printable

Unit = Literal["day", "week", "month"]
"""What ages are counted in."""

DAYS: Mapping[Unit, float] = {"day": 1.0, "week": 7.0, "month": 365.25 / 12}
"""Days that a unit of age lasts."""

EARLY: Mapping[Unit, float] = {"day": 90, "week": 13, "month": 3}
"""The age up to which life is early."""

_ROUND: Mapping[Unit, tuple[float, ...]] = {
    "day": (30, 90, 180, 365, 730, 1095, 1826, 3652),
    "week": (4, 13, 26, 52, 104, 156, 261, 522),
    "month": (1, 3, 6, 12, 24, 36, 60, 120),
}
_YEARS = (1, 2, 3, 5, 10)
FIRST = 3
"""Round ages that are told however short the time: 30, 90 and 180 days."""

_UNITS = {"": None, "d": 1.0, "w": 7.0, "m": 365.25 / 12, "y": 365.25}


def month(unit: Unit) -> float:
    """How long a month is.

    Args:
        unit: of the ages.
    """
    return 1.0 if unit == "month" else DAYS["month"] / DAYS[unit]


def milestones(unit: Unit, last: float) -> list[tuple[float, str]]:
    """Round ages and their names: 30, 90 and 180 days, and years as far as anybody was seen.

    Args:
        unit: of the ages.
        last: the greatest age seen.
    """
    ages = _ROUND[unit]
    named = [(age, plural(age, unit)) for age in ages[:FIRST]]
    years = zip(ages[FIRST:], _YEARS, strict=True)
    return named + [(age, plural(years, "year")) for age, years in years if age <= last]


def in_words(age: float | None, unit: Unit) -> str:
    """An age: `421 days (13.8 months)`; a dash for one that is not known.

    Args:
        age: in the unit.
        unit: of the age.
    """
    if age is None:
        return "–"
    told = plural(round(age, 1) if age % 1 else int(age), unit)
    months = age / month(unit)
    if unit == "month" or months < 2:
        return told
    return f"{told} ({months:.1f} months)"


def parse_age(text: str, option: str, unit: Unit) -> float:
    """An age as a person writes it: `365`, `52w`, `12 months`, `2y`; a bare number is in the unit.

    Args:
        text: what was said.
        option: for messages.
        unit: of the ages.

    Raises:
        UsageError: `survival.age`, it is no age above 0.
    """
    found = re.fullmatch(r"\s*([0-9]{1,6}(?:\.[0-9]+)?)\s*([a-z]*)\s*", text.casefold())
    known = {f"{letter}{rest}" for letter, words in (
        ("d", ("", "ay", "ays")), ("w", ("", "eek", "eeks")), ("m", ("", "onth", "onths")),
        ("y", ("", "ear", "ears")),
    ) for rest in words}  # fmt: skip
    if found is None or (found[2] and found[2] not in known) or not float(found[1]):
        raise UsageError(
            f'{option} is no age above 0: "{printable(text, 40)}".',
            "survival.age",
            f"Such as {option} 365d, {option} 12m or {option} 2y; a bare number is in the unit of "
            "the ages.",
        )
    days = _UNITS[found[2][:1]]
    return float(found[1]) * (1.0 if days is None else days / DAYS[unit])
