"""What an opened source is made of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from dmaic.churn.column import Column
from dmaic.churn.option import ReadOptions
from dmaic.engines.duckdb import DuckDB
from dmaic.result import Finding
from dmaic.text import printable

EXAMPLES = 5
"""Example row numbers in a finding."""


@dataclass(frozen=True, slots=True)
class File:
    """One file to read.

    Attributes:
        path: where its bytes are; a private copy where it was a pipe.
        name: what people call it.
        size: bytes.
    """

    path: Path
    name: str
    size: int

    @property
    def where(self) -> str:
        """The name, harmless in a message."""
        return printable(self.name)


@dataclass
class Desk:
    """Where one source is worked on.

    Attributes:
        engine: the engine that will read it.
        options: how it was asked to be read.
        folder: private folder for copies, inside the engine's own.
    """

    engine: DuckDB
    options: ReadOptions
    folder: Path
    _numbers: Any = field(default_factory=count)

    @classmethod
    def set_up(cls, engine: DuckDB, options: ReadOptions) -> Desk:
        """A desk with a fresh folder that nobody else can look into."""
        for number in count(1):
            folder = engine.folder / f"source-{number}"
            if not folder.exists():
                folder.mkdir(mode=0o700)
                break
        return cls(engine, options, folder)

    def draft(self, ending: str) -> Path:
        """A path for a new private copy."""
        return self.folder / f"copy-{next(self._numbers)}.{ending}"

    def clear(self) -> None:
        """Remove all copies."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class Table:
    """One file or frame as a table expression.

    Attributes:
        relation: SQL to put after FROM.
        columns: its columns.
        first_row: number of the first data row as a spreadsheet shows it.
        facts: what was recognised: format, encoding, delimiter, sheet, header row.
        findings: what was guessed, left out or mended.
        gaps: numbers of rows after the first that are not in the relation, ascending.
        size: bytes of the file.
        mend: makes a table out of it whose every row is regular, or None where that was done.
    """

    relation: str
    columns: tuple[Column, ...]
    first_row: int = 1
    facts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    gaps: Sequence[int] = ()
    size: int = 0
    mend: Callable[[], Table] | None = None

    def row_number(self, position: int) -> int:
        """Number of a row as a spreadsheet shows it.

        Args:
            position: position in the relation, counted from 1.
        """
        number = self.first_row + position - 1
        for gap in self.gaps:
            if gap > number:
                break
            number += 1
        return number


def named(findings: Sequence[Finding], name: str) -> list[Finding]:
    """The findings with the file's name in front; for sources of several files."""
    return [
        finding.model_copy(update={"message": f"{name}: {finding.message}"}) for finding in findings
    ]


def row_list(rows: Sequence[int]) -> str:
    """`row 7`, `rows 7, 9`, `rows 1, 2, 3, 4, 5 and more`."""
    shown = ", ".join(str(row) for row in rows[:EXAMPLES])
    more = " and more" if len(rows) > EXAMPLES else ""
    return f"row{'' if len(rows) == 1 else 's'} {shown}{more}"
