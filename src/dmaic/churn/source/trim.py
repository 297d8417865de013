"""The bottom of a large regular file: totals and footers are cut off without reading the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dmaic.churn.source.base import Desk, File
from dmaic.churn.source.dialect import Dialect, long_cells
from dmaic.churn.source.header import Row
from dmaic.churn.source.tail import MOST, Tail, find_tail
from dmaic.result import Finding

_BOTTOM = 1 << 16
_COUNTABLE = 64 << 20


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A file that ends with its table.

    Attributes:
        path: the file itself, or a copy of its beginning.
        findings: what was cut off.
    """

    path: Path
    findings: tuple[Finding, ...] = ()


def trim(file: File, dialect: Dialect, width: int, desk: Desk) -> Trimmed | None:
    """Cut off what does not belong to the table at the bottom.

    Reads the last 64 KB only. From the end upwards a line with an even number of quotes is a row
    of its own; the first other one ends the search.

    Args:
        file: a regular UTF-8 file larger than that.
        dialect: how it is delimited.
        width: number of columns.
        desk: where a copy goes.

    Returns:
        None where the end cannot be told so; then the rows have to be read one by one.
    """
    skip_last = desk.options.skip_last
    wanted = MOST + 1 if skip_last is None else skip_last
    lines = _last_lines(file, dialect)[-(wanted + MOST) :]
    rows = _parse(lines, dialect)
    tail = find_tail(rows, width, skip_last)
    if skip_last and sum(any(cell.strip() for cell in cells) for _, cells in rows) <= skip_last:
        return None
    if not tail.rows or not any(cells for _, cells in rows[-tail.rows :]):
        return Trimmed(file.path) if width > 1 or not tail.rows else None
    if tail.findings and len(rows) > wanted:
        numbered = _number(rows[-wanted:], file, dialect)
        tail = Tail(tail.rows, find_tail(numbered, width, None).findings)
    end = file.size - sum(map(len, lines[-tail.rows :]))
    return Trimmed(_copy_start(file, end, desk), tail.findings)


def _last_lines(file: File, dialect: Dialect) -> list[bytes]:
    with file.path.open("rb") as stream:
        stream.seek(max(0, file.size - _BOTTOM))
        # The first line may have begun before.
        lines = stream.read().splitlines(keepends=True)[1:]
    quote = dialect.quote.encode()
    first = len(lines)
    while first and lines[first - 1].count(quote) % 2 == 0:
        first -= 1
    return lines[first:]


def _parse(lines: Sequence[bytes], dialect: Dialect) -> list[Row]:
    with long_cells():
        return [(0, next(dialect.reader([line.decode("utf-8", "replace")]), [])) for line in lines]


def _number(rows: Sequence[Row], file: File, dialect: Dialect) -> list[Row]:
    """The last rows of the file with their numbers, where counting does not take long."""
    if file.size > _COUNTABLE:
        return list(rows)
    with file.path.open(encoding="utf-8", errors="replace", newline="") as stream, long_cells():
        total = sum(1 for _ in dialect.reader(stream)) - dialect.declared
    return [(total - len(rows) + place, cells) for place, (_, cells) in enumerate(rows, start=1)]


def _copy_start(file: File, size: int, desk: Desk) -> Path:
    target = desk.draft("csv")
    left = size
    with file.path.open("rb") as stream, target.open("wb") as sink:
        while left and (chunk := stream.read(min(left, 1 << 22))):
            left -= sink.write(chunk)
    return target
