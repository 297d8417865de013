"""Rows of a text file as they are, one after the other, stray quotes and NUL bytes healed."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dmaic.churn.source.dialect import Dialect, long_cells
from dmaic.churn.source.header import Row
from dmaic.errors import ReadError


@dataclass
class Healed:
    """What was healed while reading.

    Attributes:
        nuls: NUL bytes taken out.
        stray: rows with quotes inside a cell that were not doubled.
    """

    nuls: int = 0
    stray: list[int] = field(default_factory=list)


def read_records(
    path: Path, dialect: Dialect, width: int, healed: Healed, where: str
) -> Iterator[Row]:
    """All rows of a UTF-8 file with their numbers, blank ones included.

    Args:
        path: the file.
        dialect: how it is delimited.
        width: number of columns of the table; tells a stray quote from one that never closes.
        healed: counts what was healed.
        where: the file's name for messages.

    Yields:
        Number and cells. Lines within a quoted cell are one row, as in a spreadsheet.

    Raises:
        ReadError: a quote is opened and never closed (`read.unclosed-quote`).
    """
    with path.open(encoding="utf-8-sig", newline="") as stream, long_cells():
        lines = _Lines(stream, dialect, healed)
        if dialect.declared:
            next(lines)
        reader = dialect.reader(lines, strict=True)
        number = 0
        while True:
            lines.taken.clear()
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = _heal(lines, dialect, width, number, where)
                healed.stray.append(number)
            yield number, cells


class _Lines:
    """The lines of a file; the last ones taken can be read again."""

    def __init__(self, stream: Iterator[str], dialect: Dialect, healed: Healed) -> None:
        self.taken: list[str] = []
        self._stream = stream
        self._healed = healed
        self._again: deque[str] = deque()
        self._null = "\\N" if dialect.escape else ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._clean(next(self._stream))
        self.taken.append(line)
        return line

    def put_back(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))

    def _clean(self, line: str) -> str:
        if "\0" in line:
            self._healed.nuls += line.count("\0")
            line = line.replace("\0", "")
        # MySQL writes \N for nothing; it is a word there and not an escaped N.
        return line.replace("\\N", "\\\\N") if self._null else line


def _heal(lines: _Lines, dialect: Dialect, width: int, number: int, where: str) -> list[str]:
    """Cells of a row that breaks the rules of quoting."""
    unclosed = ReadError(
        "A quote is opened in this row and never closed, so everything below it would be one cell.",
        code="read.unclosed-quote",
        where=f"{where}, row {number:,}",
        hint=f"Close or remove the {dialect.quote} in that row.",
    )
    taken, text = list(lines.taken), ""
    lines.taken.clear()
    lines.put_back(taken)
    for count, line in enumerate(lines, start=1):
        text += line
        cells, reopened = _split(text, dialect)
        if cells is not None:
            # Over several lines a stray quote cannot be told from a quote that never closes.
            if count > 1 and (reopened or len(cells) != width):
                raise unclosed
            return cells
        if reopened or len(text) > csv.field_size_limit():
            raise unclosed
    raise unclosed


def _split(text: str, dialect: Dialect) -> tuple[list[str] | None, bool]:
    """Cells of one row where only a quote before a separator or the end closes a cell.

    Returns:
        The cells, None where the last one is still open; and whether another cell seems to open
        on a later line of a cell.
    """
    quote, cut = dialect.quote, dialect.delimiter or "\x1f"
    cells: list[str] = []
    place, reopened, size = 0, False, len(text.rstrip("\r\n"))
    while True:
        while dialect.loose and text[place : place + 1] == " ":
            place += 1
        if text[place : place + 1] != quote:
            end = text.find(cut, place)
            if end < 0:
                cells.append(text[place:size])
                return cells, reopened
            cells.append(text[place:end])
            place = end + 1
            continue
        start = place = place + 1
        cell = ""
        while True:
            end = text.find(quote, place)
            if end < 0:
                return None, reopened
            cell += text[place:end]
            if dialect.escape and cell.endswith(dialect.escape):
                cell, place = cell[:-1] + quote, end + 1
                continue
            after = text[end + 1 :]
            if after.startswith(quote):
                cell, place = cell + quote, end + 2
                continue
            rest = after.lstrip(" ")
            if end + 1 >= size or not rest.rstrip("\r\n") or rest.startswith(cut):
                break
            if "\n" in text[start:end] and text[end - 1] in f"{cut}\r\n":
                reopened = True
            cell, place = cell + quote, end + 1
        cells.append(cell)
        if not rest.startswith(cut):
            return cells, reopened
        place = len(text) - len(rest) + 1
