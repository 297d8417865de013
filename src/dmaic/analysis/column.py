"""Columns of a table that is no churn export: a finished series, measurements, answers, codes.

Statistics on finished figures need the cells themselves and no counts of customers. They are read
with the readings, findings and conditions of every other analysis. Exports are not read so: they
are reduced by SQL first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from dmaic import __version__
from dmaic.analysis.scan import resolved
from dmaic.analysis.window import conditions
from dmaic.churn import check
from dmaic.churn.clean.text import category
from dmaic.churn.column import Column
from dmaic.churn.loss import Part
from dmaic.errors import DataError
from dmaic.result import Finding, Inputs
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

MOST_ROWS = 2_000_000
"""Rows that are read at most: finished figures are few, and these fit any memory."""

Kind = Literal["number", "text", "date", "flag"]


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of the columns asked for, in the order of the rows.

    Attributes:
        columns: key -> a value a row; None where the cell is blank. Numbers are `float`, texts
            trimmed `str`, dates `datetime.datetime`, flags `bool`.
        names: key -> name of the column.
        rows: how many rows there are.
        inputs: what a result made of them was computed from.
        findings: what was found about the data, settled.
    """

    columns: Mapping[str, list[Any]]
    names: Mapping[str, str]
    rows: int
    inputs: Inputs
    findings: tuple[Finding, ...]

    def numbers(self, key: str) -> list[float | None]:
        """The cells of a column that was read as numbers."""
        return self.columns[key]

    def texts(self, key: str) -> list[str | None]:
        """The cells of a column that was read as text."""
        return self.columns[key]

    def moments(self, key: str) -> list[datetime | None]:
        """The cells of a column that was read as dates."""
        return self.columns[key]


def read_cells(
    table: ChurnTable,
    asked: Mapping[str, tuple[str, Kind]],
    *,
    where: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    most: int = MOST_ROWS,
) -> Cells:
    """Read columns as they stand.

    Args:
        table: the opened file.
        asked: key -> name of a column and what its cells are. The key is that of the option that
            names it, so `count` stands for `--count`.
        where: SQL condition over the columns.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the inputs.
        most: rows that may be read.

    Raises:
        UsageError: there is no such column, or the condition is none.
        DataError: a column cannot be read so, no rows are left (`cells.no-rows`), or there are
            more than can be read (`cells.too-many`).
        BlockedError: some cells cannot be read.
    """
    found = {
        key: (table.column(name, "--" + key.replace("_", "-")), kind)
        for key, (name, kind) in asked.items()
    }
    while True:
        table.resolved.clear()
        condition, words = conditions(table, where)
        based = resolved(table)
        parts = {key: _part(table, column, kind) for key, (column, kind) in found.items()}
        tail = f"WHERE {condition}" if condition else ""
        misfits = _misfits(table, [*parts.values(), *based], tail)
        # What was decided on the first rows and fails on later ones is decided on all, once.
        again = [table.decide_again(part.column, part.wanted) for part in misfits if part.column]
        if not any(again):
            break
    ((rows,),) = table.whole.select("count(*)", tail)
    if not rows:
        raise DataError(
            f"No rows are left ({'; '.join(words)})." if words else "The table has no rows.",
            "cells.no-rows",
            where=table.source.name,
        )
    if rows > most:
        raise DataError(
            f"There are {rows:,} rows; finished figures of at most {most:,} are read.",
            "cells.too-many",
            "Choose rows with --where, or add the figures up first.",
            where=table.source.name,
        )
    listed = table.whole.select(", ".join(part.sql for part in parts.values()), tail)
    columns = {key: [row[at] for row in listed] for at, key in enumerate(parts)}
    findings = [
        *table.findings,
        *(
            check.unreadable(table, part, count, "" if part in based else condition)
            for part, count in misfits.items()
        ),
    ]
    return Cells(
        columns=columns,
        names={key: column.name for key, (column, _) in found.items()},
        rows=rows,
        inputs=Inputs(
            source=table.source.name,
            sha256=table.source.sha256() if fingerprint else None,
            rows=rows,
            roles={key: column.name for key, (column, _) in found.items()},
            readings={reading.column.name: reading.label for reading in table.readings},
            filters=words,
            preset=table.preset.name if table.preset is not None else None,
            tool_version=__version__,
        ),
        findings=check.settle(findings, accept),
    )


def blanks(cells: Cells, keys: Sequence[str], unit: str = "row") -> Finding | None:
    """Rows in which a needed cell is blank: they are left out, and told.

    Args:
        cells: what was read.
        keys: of the columns that are needed.
        unit: what a row is.
    """
    without = sum(any(cells.columns[key][row] is None for key in keys) for row in range(cells.rows))
    if not without:
        return None
    names = " or ".join(f'"{printable(cells.names[key], 60)}"' for key in keys)
    return Finding(
        code="blank-cells",
        level="warning",
        message=f"{plural(without, unit)} without {names} {'is' if without == 1 else 'are'} left "
        "out.",
        hint="Fill them in the file where they are known.",
        count=without,
    )


def _part(table: ChurnTable, column: Column, kind: Kind) -> Part:
    if kind == "text":
        return Part(category(column), column=column)
    reading = table.reading(column, kind)
    return Part(reading.sql, reading.misfit, column, kind, reading.label, reading.suspect)


def _misfits(table: ChurnTable, parts: Sequence[Part], tail: str) -> dict[Part, int]:
    """The readings that some cells contradict, with how many do."""
    tried = [part for part in dict.fromkeys(parts) if part.misfit]
    if not tried:
        return {}
    (counts,) = table.whole.select(
        ", ".join(f"count(*) FILTER ({part.misfit})" for part in tried), tail
    )
    return {part: int(count) for part, count in zip(tried, counts, strict=True) if count}
