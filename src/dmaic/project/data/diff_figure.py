"""The figures of a result, as a whole and row by row, to be set beside those of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmaic.analysis.catalogue import ANALYSES
from dmaic.project.data.figure import find
from dmaic.result import Frozen, Result


class Figure(Frozen):
    """One figure in both analyses.

    Attributes:
        row: what it is a figure of, such as a category; empty for the whole.
        figure: its name.
        before, after: None where there is none.
        change: after minus before.
    """

    row: str = ""
    figure: str
    before: float | None = None
    after: float | None = None
    change: float | None = None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def whole_figures(kind: str, result: Result) -> dict[str, float]:
    """The figures of a result as a whole: those of its own fields, and those its analysis names.

    Args:
        kind: name of the analysis.
        result: what it gave.
    """
    found = {name: _number(getattr(result, name)) for name in type(result).model_fields}
    paths = ANALYSES[kind].figures
    plain = result.to_dict() if paths else {}
    found |= {path: _number(find(plain, path)) for path in paths}
    return {name: value for name, value in found.items() if value is not None}


def whole_words(result: Result) -> dict[str, str | bool]:
    """What a result as a whole says in a word or two, such as its verdict.

    Args:
        result: of any analysis.
    """
    found = {name: getattr(result, name) for name in type(result).model_fields}
    return {
        name: value
        for name, value in found.items()
        if isinstance(value, bool) or (isinstance(value, str) and len(value) <= _SHORT)
    }


_SHORT = 60


def keyed_rows(kind: str, result: Result) -> tuple[list[str], list[tuple[str, tuple[Any, ...]]]]:
    """Header of the rows that are compared, and each with its name.

    Args:
        kind: name of the analysis.
        result: what it gave.
    """
    header, rows = result.comparable()
    at = [header.index(name) for name in ANALYSES[kind].keys if name in header]
    at = at or [n for n in range(len(header)) if rows and isinstance(rows[0][n], str)]
    named = [(" / ".join(str(row[n]) for n in at if row[n] not in (None, "")), row) for row in rows]
    return list(header), named


def row_figures(kind: str, result: Result) -> dict[str, dict[str, float]]:
    """Row -> figure -> value.

    Args:
        kind: name of the analysis.
        result: what it gave.
    """
    header, rows = keyed_rows(kind, result)
    found: dict[str, dict[str, float]] = {}
    for name, row in rows:
        values = {field: _number(value) for field, value in zip(header, row, strict=True)}
        found[name] = {field: value for field, value in values.items() if value is not None}
    return found


def marked_rows(kind: str, result: Result, column: str) -> list[str]:
    """Names of the rows that a true-or-false column marks.

    Args:
        kind: name of the analysis.
        result: what it gave.
        column: of its records; one that there is not marks none.
    """
    header, rows = keyed_rows(kind, result)
    if column not in header:
        return []
    at = header.index(column)
    return [name for name, row in rows if row[at] is True]


def side_by_side(row: str, before: Mapping[str, float], after: Mapping[str, float]) -> list[Figure]:
    """Every figure that is in one of two.

    Args:
        row: what they are figures of.
        before: name -> figure in the first.
        after: name -> figure in the second.
    """
    return [
        Figure(
            row=row,
            figure=name,
            before=before.get(name),
            after=after.get(name),
            change=after[name] - before[name] if name in before and name in after else None,
        )
        for name in dict.fromkeys((*before, *after))
    ]
