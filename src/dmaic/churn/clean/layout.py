"""How dates are laid out in text, as formats for `strptime`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dmaic.churn.clean import month
from dmaic.churn.clean.reading import WHITE
from dmaic.churn.column import literal

Order = Literal["ymd", "mdy", "dmy"]

NO_DAY, _LAST = "TIMESTAMP '1900-01-01'", "TIMESTAMP '2200-12-31 23:59:59.999999'"

_DATE = re.compile(r"([0-9]{1,4})([-/.]|\. )([0-9]{1,2})\2([0-9]{4}|[0-9]{1,2})(?![0-9])(.*)")
_YEAR_MONTH = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})([-/.])([0-9]{4})")
_TIME = re.compile(
    r"(T|,? +)([0-9]{1,2}:[0-9]{2})(:[0-9]{2})?(\.[0-9]{1,9})?( *[AaPp][Mm])?"
    r"( ?(?:UTC|GMT|utc|gmt|Z|z))?"
)
_OFFSET = (
    "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.][0-9]{1,9})?"
    " ?[+-][0-9]{2}(?::?[0-9]{2})?"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to lay out a date.

    Attributes:
        formats: a `strptime` format for each order it can have; `None` where the order of day,
            month and year cannot be mistaken.
        source: what the format reads: `text`, `offset` (ISO with an offset from UTC, cast
            instead), or the number of a pattern with month names.
    """

    formats: tuple[tuple[Order | None, str], ...]
    source: Literal["text", "offset"] | int = "text"

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders it can have, where there is a choice."""
        return tuple(order for order, _ in self.formats if order is not None)

    def sql(self, cell: str, order: Order | None) -> str:
        """TIMESTAMP, in UTC where the cell tells its offset; NULL where the cell is another.

        Args:
            cell: SQL text.
            order: the order chosen for layouts that have a choice.
        """
        if self.source == "offset":
            tight = f"regexp_replace({cell}, ' ([+-])', '\\1')"
            instant = f"make_timestamp(epoch_us(try_cast({tight} AS TIMESTAMPTZ)))"
            pattern = literal(rf"\s*{_OFFSET}\s*")
            return within(f"CASE WHEN regexp_full_match({cell}, {pattern}) THEN {instant} END")
        chosen = dict(self.formats)
        form = chosen.get(order) or chosen.get(None)
        if form is None:
            return "NULL::TIMESTAMP"
        if order == "ymd" and form.startswith("%y"):
            # One digit is a day or a month, never a year, though %y would read it.
            cell = f"CASE WHEN trim({cell}) LIKE '__{form[2]}%' THEN {cell} END"
        if isinstance(self.source, int):
            cell = month.in_digits_sql(cell, self.source)
        return within(f"try_strptime({cell}, {literal(form)})")


def within(value: str) -> str:
    """The TIMESTAMP, NULL where its year is not 1900 to 2200.

    The first instant is left out as well: databases write it for no date, and `strptime` gives it
    for the words `infinity` and `epoch`.
    """
    return f"(CASE WHEN {value} > {NO_DAY} AND {value} <= {_LAST} THEN {value} END)"


def find(cell: str) -> Layout | None:
    """The layout of one cell, or None where it is not a date.

    Args:
        cell: a cell as written.
    """
    inner = cell.strip(WHITE)
    if re.fullmatch(_OFFSET, inner):
        return Layout(((None, ""),), "offset")
    match = _DATE.fullmatch(inner)
    if match:
        return _numeric(match)
    if match := _YEAR_MONTH.fullmatch(inner):
        return Layout(((None, f"%Y{match[2]}%m"),))
    if match := _MONTH_YEAR.fullmatch(inner):
        return Layout(((None, f"%m{match[2]}%Y"),))
    number = month.pattern_of(inner)
    if number is None:
        return None
    day, _, rest = month.in_digits(inner, number).split(" ", 2)
    year, _, clock = rest.partition(" ")
    time = _time(" " + clock) if clock else ""
    if time is None or not day:
        return None
    return Layout(((None, f"%d %m {'%Y' if len(year) == 4 else '%y'}{time}"),), number)


def _numeric(match: re.Match[str]) -> Layout | None:
    first, gap, _, last, rest = match.groups()
    time = _time(rest) if rest else ""
    if time is None or len(first) == 3 or (len(first) == 4 and len(last) == 4):
        return None
    if len(first) == 4:
        return Layout(((None, f"%Y{gap}%m{gap}%d{time}"),))
    year = "%Y" if len(last) == 4 else "%y"
    formats: list[tuple[Order | None, str]] = [
        ("mdy", f"%m{gap}%d{gap}{year}{time}"),
        ("dmy", f"%d{gap}%m{gap}{year}{time}"),
    ]
    if len(first) == len(last) == 2:
        formats.append(("ymd", f"%y{gap}%m{gap}%d{time}"))
    return Layout(tuple(formats))


def _time(text: str) -> str | None:
    """The format of a time of day with what stands before it; None where it is no time."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    before, _, seconds, fraction, noon, zone = match.groups()
    hour = "%I" if noon else "%H"
    # %n reads any fraction up to nine digits, %f only six.
    return (
        f"{before}{hour}:%M{':%S' if seconds else ''}{'.%n' if fraction else ''}"
        f"{' %p' if noon and noon[0] == ' ' else '%p' if noon else ''}{zone or ''}"
    )
