"""Churn flags: which words of a column mean that the customer is lost."""

from __future__ import annotations

import re
import shlex
from typing import Any

from dmaic.churn.clean import word
from dmaic.churn.clean.cell import LONGEST
from dmaic.churn.clean.number import is_native
from dmaic.churn.clean.reading import Reading, is_missing, is_textual, listed, missing, text
from dmaic.churn.column import Column, Rows, literal
from dmaic.errors import DataError
from dmaic.text import printable

_MOST = 50
"""More different words than this are no flag."""

_SHOWN = 12


def decide(column: Column, rows: Rows, inverted: bool = False) -> Reading:
    """How the cells of a flag or status column are read, as BOOLEAN: true is churned.

    Answers (yes/no, true/false, 1/0) and states (churned/active, cancelled, expired ...) are known
    in English, German, French and Spanish, without regard to case and accents. A blank is not
    known (NULL), except in a column of marks alone (`x` or nothing).

    Args:
        column: the column.
        rows: the rows that are the evidence; all of them, or a sample.
        inverted: the header asks whether the customer is still there, so yes is not churned;
            states such as `active` keep their meaning.

    Raises:
        DataError: `read.flag-unknown`, some words are not known or their meaning is a choice;
            `read.not-a-flag`, these are no flags at all.
    """
    if column.type == "BOOLEAN":
        sql = f"(NOT {column.sql})" if inverted else column.sql
        return Reading(column, "flag", sql, "false", _label(["true", "false"], inverted))
    if is_native(column):
        return _numeric(column, rows, inverted)
    if not is_textual(column):
        raise _no_flag(column, f"It holds {column.type.lower()} values, not yes and no.")
    return _words(column, rows, inverted)


def is_flag(column: Column, rows: Rows) -> bool:
    """Whether `decide` can read the column.

    Args:
        column: the column.
        rows: the rows that are the evidence.
    """
    try:
        decide(column, rows)
    except DataError:
        return False
    return True


def reads_inverted(name: str) -> bool:
    """Whether a header asks if the customer is still there: `active`, `is_active`, `Retained?`.

    Args:
        name: the header.
    """
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return word.asks_kept(re.findall(r"\w+", word.plain(split)))


def _numeric(column: Column, rows: Rows, inverted: bool) -> Reading:
    cell = column.sql
    [(odd, seen)] = rows.select(
        f"min(CASE WHEN {cell} NOT IN (0, 1) AND NOT isnan(CAST({cell} AS DOUBLE)) THEN {cell} "
        f"END), count({cell})"
    )
    if odd is not None:
        raise _no_flag(column, f"It holds numbers such as {odd}, not only 1 and 0.")
    if not seen:
        raise _no_flag(column, "It is empty.")
    yes, no = ("false", "true") if inverted else ("true", "false")
    sql = f"(CASE WHEN {cell} = 1 THEN {yes} WHEN {cell} = 0 THEN {no} END)"
    other = f"NOT isnan(CAST({cell} AS DOUBLE))"
    misfit = f"(CASE WHEN {cell} IS NULL OR {cell} IN (0, 1) THEN false ELSE {other} END)"
    return Reading(column, "flag", sql, misfit, _label(["1", "0"], inverted))


def _words(column: Column, rows: Rows, inverted: bool) -> Reading:
    cell = text(column)
    counted = _counted(column, rows)
    words = [(raw, count) for raw, count in counted if not is_missing(raw)]
    if not words:
        raise _no_flag(column, "It is empty.")
    if {word.plain(raw) for raw, _ in words} <= word.MARK:
        return _marks(column, inverted)
    lost = word.CHURNED | (word.NO if inverted else word.YES)
    kept = word.KEPT | (word.YES if inverted else word.NO)
    unknown = [(raw, count) for raw, count in words if word.plain(raw) not in lost | kept]
    if unknown:
        raise _unknown(column, words, unknown, lost)
    yes = [raw for raw, _ in words if word.plain(raw) in lost]
    no = [raw for raw, _ in words if word.plain(raw) in kept]
    blanks = [raw for raw, _ in counted if is_missing(raw)]
    # Only the cells as they were seen: another spelling further down is a misfit, and then the
    # column is decided again with it. That is ten times faster than folding case in every cell.
    cases = [(yes, "true"), (no, "false")]
    seen = "".join(f" WHEN {cell} IN ({listed(raw)}) THEN {is_}" for raw, is_ in cases if raw)
    sql = f"(CASE{seen} END)"
    misfit = f"({cell} IS NOT NULL AND {cell} NOT IN ({listed(yes + no + blanks)}))"
    suspect = f"({sql} IS NULL AND {cell} IS NOT NULL)"
    return Reading(column, "flag", sql, misfit, _label(yes + no, inverted), suspect)


def _counted(column: Column, rows: Rows) -> list[tuple[str, int]]:
    cell = text(column)
    # No flag is as long; a longer cell stays unknown by its beginning.
    start = f"left({cell}, {LONGEST})"
    # Blanks and letter case come in several ways; four of each word are allowed for.
    found: list[tuple[Any, ...]] = rows.select(
        f"{start}, count(*)",
        f"WHERE {cell} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {4 * _MOST + 1}",
    )
    counted = [(str(raw), int(count)) for raw, count in found]
    different = {word.plain(raw) for raw, _ in counted if not is_missing(raw)}
    if len(different) > _MOST or len(counted) > 4 * _MOST:
        raise _no_flag(column, f"It holds more than {_MOST} different values.")
    return counted


def _marks(column: Column, inverted: bool) -> Reading:
    cell = text(column)
    marked = f"lower(trim({cell}, ' ')) IN ({listed(sorted(word.MARK))})"
    yes, no = ("false", "true") if inverted else ("true", "false")
    empty = f"({cell} IS NULL OR {missing(cell)})"
    sql = f"(CASE WHEN {marked} THEN {yes} WHEN {empty} THEN {no} END)"
    return Reading(column, "flag", sql, f"({sql} IS NULL)", _label(["x", "blank"], inverted))


def _label(words: list[str], inverted: bool) -> str:
    shown = "/".join(printable(raw.strip(), 20) for raw in words[:6]) + "/…" * (len(words) > 6)
    answers = any(word.plain(raw) in word.YES | word.NO | word.MARK for raw in words)
    return f"{shown}, yes is not churned" if inverted and answers else shown


def _no_flag(column: Column, message: str) -> DataError:
    return DataError(
        f'"{printable(column.name, 60)}" is no churn flag. {message}',
        "read.not-a-flag",
        "Choose the column that says who churned with --churned COLUMN, --churned-at COLUMN for a "
        "date, or --churned-when CONDITION",
    )


def _unknown(
    column: Column,
    words: list[tuple[str, int]],
    unknown: list[tuple[str, int]],
    lost: frozenset[str],
) -> DataError:
    """Unknown words, as an error that shows them all and the condition to type."""
    named = [raw for raw, _ in words if word.plain(raw) in lost]
    choices = [raw for raw, _ in unknown]
    status = len(unknown) < len(words) or any(word.plain(raw) in word.CHOICE for raw in choices)
    shown = ", ".join(f'"{printable(raw, 40)}" ({count:,})' for raw, count in words[:_SHOWN])
    if len(words) > _SHOWN:
        shown += f" and {len(words) - _SHOWN} more"
    doubtful = ", ".join(f'"{printable(raw, 40)}"' for raw in choices[:_SHOWN])
    return DataError(
        f'Which values of "{printable(column.name, 60)}" mean churned? '
        f"It holds {shown}; not clear: {doubtful}.",
        "read.flag-unknown" if status else "read.not-a-flag",
        "Name those that do, such as --churned-when "
        + _condition(column, [*named, *choices[: None if status else 1]]),
    )


def _condition(column: Column, values: list[str]) -> str:
    """The condition `COLUMN in (values)`, quoted for a shell."""
    name = column.name if _is_bare(column.name) else column.sql
    shown = [raw.strip()[:LONGEST] for raw in values[:_SHOWN]]
    inside = ", ".join(value if _is_bare(value) else literal(value) for value in shown)
    condition = printable(f"{name} in ({inside})")
    # Double quotes are right for every shell, but only around text without signs of its own.
    return shlex.quote(condition) if re.search(r'["$`\\!%]', condition) else f'"{condition}"'


def _is_bare(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) is not None
