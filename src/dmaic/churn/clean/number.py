"""Numbers and money: which decimal sign a column uses, decided from all the cells given."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import isfinite
from typing import Literal

from dmaic.churn.clean.cell import LONGEST, Cell, quoted, shapes
from dmaic.churn.clean.money import code
from dmaic.churn.clean.notation import MINUS, Notation, Written, take_apart
from dmaic.churn.clean.reading import (
    MISSING,
    WHITE,
    Reading,
    is_missing,
    is_textual,
    missing,
    text,
    without,
)
from dmaic.churn.column import Column, Rows
from dmaic.errors import AmbiguousError, DataError
from dmaic.text import plural, printable

Decimal = Literal[".", ","]
_Pair = tuple[Cell, Written]

_NATIVE = ("DOUBLE", "FLOAT", "REAL", "DECIMAL", "NUMERIC", "TINYINT", "SMALLINT", "INTEGER")
_NATIVE_WHOLE = ("BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT")
_TOLERANCE = 0.05
"""Share of cells that may be unreadable in a column that is otherwise one of numbers."""


def is_native(column: Column) -> bool:
    """Whether the cells already are numbers."""
    return column.type.split("(")[0] in (*_NATIVE, *_NATIVE_WHOLE)


def decide(column: Column, rows: Rows, decimal: Decimal | None = None) -> Reading:
    """How the cells of a column of numbers or money are read, as DOUBLE.

    The decimal sign is the one with which every cell that is not blank is a number. A per cent
    sign is left out and the number kept as it is: `12 %` is 12.

    Args:
        column: the column.
        rows: the rows that are the evidence; all of them, or a sample.
        decimal: the decimal sign, where the person said it.

    Raises:
        AmbiguousError: `read.ambiguous-decimal`, both signs fit and give different numbers.
        DataError: `read.not-a-number`, more than 5 % of the cells are no numbers;
            `read.mixed-decimal`, some cells fit only one sign and some only the other.
    """
    if is_native(column):
        value = f"CAST({column.sql} AS DOUBLE)"
        bad = f"({column.sql} IS NOT NULL AND NOT isfinite({value}))"
        # A frame's missing value is not-a-number; an infinite one is a mistake.
        bad = f"({bad} AND NOT isnan({value}))"
        return Reading(column, "number", _finite(value), bad, "number")
    if not is_textual(column):
        raise DataError(
            f"{_named(column)} holds {column.type.lower()} values, not numbers.",
            "read.not-a-number",
            "Choose a column of numbers or amounts.",
        )
    return _plain(column, rows, decimal) or _written(column, rows, decimal)


def currency(column: Column, rows: Rows) -> tuple[str, ...]:
    """Currencies written beside the amounts, most frequent first; empty where there are none.

    ISO 4217 codes. `$` is USD unless a letter says otherwise (`A$`, `C$`), `¥` is JPY; `kr` and
    `Rs` stay, as they are several currencies.

    Args:
        column: a column of amounts.
        rows: the rows looked at.
    """
    if not is_textual(column):
        return ()
    found: Counter[str] = Counter()
    for cell in shapes(column, rows, f"try_cast({text(column)} AS DOUBLE) IS NULL"):
        amount = take_apart(cell.text)
        if amount is not None and amount.currency is not None:
            found[amount.currency] += cell.count
    return tuple(sorted(found, key=lambda code: (-found[code], code)))


def _named(column: Column) -> str:
    return f'"{printable(column.name, 60)}"'


def _finite(value: str) -> str:
    return f"(CASE WHEN isfinite({value}) THEN {value} END)"


def _misfit(cell: str, sql: str, blanks: tuple[str, ...] = ()) -> str:
    return (
        f"(CASE WHEN {cell} IS NULL OR {sql} IS NOT NULL THEN false "
        f"ELSE NOT {missing(cell, blanks)} END)"
    )


def _plain(column: Column, rows: Rows, decimal: Decimal | None) -> Reading | None:
    """The cheap reading of `123.45`, or None where the cells need a closer look."""
    facts, hopeful = _glance(column, rows)
    if facts is None and hopeful:
        facts = _look(column, rows)
    if facts is None or (facts.numbers and decimal == ","):
        return None
    if facts.points and not facts.sure and decimal is None:
        return None
    some = without(text(column), facts.blanks)
    sql = _finite(f"try_cast({some} AS DOUBLE)")
    # DuckDB trims every cell for `misfit`, whatever branch asks; the cast alone costs little.
    misfit, suspect = _misfit(some, sql), f"({some} IS NOT NULL AND {sql} IS NULL)"
    label = "1234.56" if facts.points else "1234" if facts.numbers else "blank"
    if not facts.points and decimal is None:
        # Nothing here tells a decimal point from a separator of thousands.
        pointed = f"coalesce(contains({some}, '.'), false)"
        misfit, suspect = f"({misfit} OR {pointed})", f"({suspect} OR {pointed})"
    return Reading(column, "number", sql, misfit, label, suspect)


@dataclass(frozen=True, slots=True)
class _Facts:
    """A column of plain numbers and blanks.

    Attributes:
        numbers: cells that are numbers as they stand.
        points: some have a point.
        sure: one of them can only be a decimal point.
        blanks: the blanks as written.
    """

    numbers: int
    points: bool
    sure: bool
    blanks: list[str]


def _glance(column: Column, rows: Rows) -> tuple[_Facts | None, bool]:
    """The facts, if every cell is a finite number or empty; if not, whether a look is worth it."""
    cell = text(column)
    cast = f"try_cast(nullif({cell}, '') AS DOUBLE)"
    # `1.234` may be a thousand; `12.5` may not.
    sure = (
        f"contains({cell}, '.') AND substr({cell}, -4, 1) <> '.' "
        f"AND substr({cell}, -1, 1) BETWEEN '0' AND '9'"
    )
    [(cells, numbers, empty, low, high, points, certain)] = rows.select(
        f"count({cell}), count({cast}), count(*) FILTER (WHERE {cell} = ''), "
        f"min({cast}), max({cast}), bool_or(contains({cell}, '.')), bool_or({sure})"
    )
    whole = numbers and numbers + empty == cells and isfinite(low) and isfinite(high)
    if not whole or (points and not certain):
        return None, 2 * (numbers + empty) >= cells
    return _Facts(numbers, points, certain, [""] if empty else []), True


def _look(column: Column, rows: Rows) -> _Facts | None:
    """The facts, if every cell is a finite number or stands for no value."""
    cell = text(column)
    good = f"coalesce(isfinite(try_cast(nullif({cell}, '') AS DOUBLE)), false)"
    none = (
        f"CASE WHEN {cell} IS NULL OR {good} THEN NULL WHEN {cell} = '' THEN '' "
        f"WHEN {missing(cell)} THEN {cell} END"
    )
    point = f"CASE WHEN {good} THEN contains({cell}, '.') END"
    # Unlike `1.234`, `0.125` and `1234.567` are no thousands.
    thousand = f"regexp_full_match({cell}, '\\s*[+-]?[1-9][0-9]{{0,2}}\\.[0-9]{{3}}\\s*')"
    [(cells, numbers, blanks, points, sure, first, last)] = rows.select(
        f"count({cell}), count(*) FILTER (WHERE {good}), count({none}), "
        f"coalesce(bool_or({point}), false), "
        f"coalesce(bool_or(CASE WHEN {point} THEN NOT {thousand} END), false), "
        f"min({none}), max({none})"
    )
    if numbers + blanks < cells:
        return None
    known = [] if first is None else sorted({first, last})
    return _Facts(numbers, points, sure, known)


@dataclass(slots=True)
class _Evidence:
    """The shapes of a column by what they are numbers with."""

    point: list[_Pair] = field(default_factory=list)
    comma: list[_Pair] = field(default_factory=list)
    same: list[_Pair] = field(default_factory=list)
    unclear: list[_Pair] = field(default_factory=list)
    neither: list[Cell] = field(default_factory=list)

    @property
    def numbers(self) -> list[_Pair]:
        """All that are numbers, with whichever sign."""
        return self.point + self.comma + self.same + self.unclear


def _written(column: Column, rows: Rows, decimal: Decimal | None) -> Reading:
    every = shapes(column, rows)
    cells = [cell for cell in every if not _is_blank(cell.text)]
    if not cells:
        some = without(text(column), [cell.text for cell in every][:2])
        return Reading(column, "number", "NULL::DOUBLE", _misfit(some, "NULL"), "blank")
    found = _sort(cells)
    bad = sum(cell.count for cell in found.neither)
    total = bad + sum(cell.count for cell, _ in found.numbers)
    if bad > _TOLERANCE * total:
        raise DataError(
            f"{bad:,} of {plural(total, 'cell')} in {_named(column)} are no numbers, such as "
            f"{quoted(cell.text for cell in found.neither)}.",
            "read.not-a-number",
            "Choose another column, or correct these cells in the export.",
        )
    sign = decimal if decimal is not None else _decimal(column, found)
    fit = found.same + {".": found.point, ",": found.comma, "": []}[sign] + found.unclear
    if not fit:
        raise DataError(
            f'No cell in {_named(column)} is a number with the decimal sign "{sign}"; they are '
            f"written like {quoted(cell.text for cell in cells)}.",
            "read.not-a-number",
            f"Leave --decimal out, or say --decimal {'.' if sign == ',' else ','}",
        )
    fit.sort(key=lambda pair: (-pair[0].count, pair[0].text))
    notation = Notation(sign, tuple(amount for _, amount in fit))
    some = without(text(column), [c.text for c in every if is_missing(c.text)][:2])
    sql = notation.sql(some)
    dashes = {c.text.strip(WHITE).lower() for c in every if _is_blank(c.text)} - set(MISSING)
    misfit = _misfit(some, sql, tuple(sorted(dashes)))
    return Reading(column, "number", sql, misfit, notation.label)


def _is_blank(cell: str) -> bool:
    """Whether it stands for no value; accounting formats write `$ -` where a sheet holds zero."""
    if is_missing(cell):
        return True
    words = cell.split()
    dash = [word for word in words if word in MINUS + "—"]
    return len(words) == 2 and len(dash) == 1 and all(w in dash or code(w) for w in words)


def _sort(cells: list[Cell]) -> _Evidence:
    found = _Evidence()
    amounts = [(c, take_apart(c.text) if len(c.text) < LONGEST else None) for c in cells]
    # 5 % is not 5: where both stand in one column, the fewer are not read.
    percent = sum(c.count if a.percent else -c.count for c, a in amounts if a is not None) > 0
    for cell, amount in amounts:
        if amount is None or amount.percent != percent:
            found.neither.append(cell)
            continue
        point, comma = amount.fits("."), amount.fits(",")
        if not (point or comma):
            found.neither.append(cell)
        elif point and comma:
            clear = "." not in amount.core and "," not in amount.core
            (found.same if clear else found.unclear).append((cell, amount))
        else:
            (found.point if point else found.comma).append((cell, amount))
    return found


def _decimal(column: Column, found: _Evidence) -> Literal[".", ",", ""]:
    """The one sign that fits all cells; empty where none has either."""
    if found.point and found.comma:
        with_point, with_comma = found.point[0][0].text, found.comma[0][0].text
        raise DataError(
            f"In {_named(column)} some cells have a decimal point, such as "
            f'"{printable(with_point, 40)}", and some a decimal comma, such as '
            f'"{printable(with_comma, 40)}".',
            "read.mixed-decimal",
            "Say which is right with --decimal . or --decimal , and the others are left out "
            "and counted",
        )
    if found.point:
        return "."
    if found.comma:
        return ","
    if not found.unclear:
        return ""
    cell, amount = found.unclear[0]
    point, comma = amount.core.replace(",", ""), amount.core.replace(".", "").replace(",", ".")
    if "." in amount.core:
        comma = amount.core.replace(".", "")
    raise AmbiguousError(
        f"The numbers in {_named(column)} can be read in two ways: "
        f'"{printable(cell.text, 40)}" is {point} with a '
        f"decimal point and {comma} with a decimal comma, and no cell tells which.",
        "read.ambiguous-decimal",
        "Say which is right: --decimal . or --decimal ,",
    )
