"""Delimited text: straight to the engine where it is regular, as a mended copy where it is not."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dmaic.churn.column import Column
from dmaic.churn.source.base import Desk, File, Table
from dmaic.churn.source.dialect import Dialect, detect, long_cells, split_lines
from dmaic.churn.source.encoding import Encoding, decide, decide_again, is_utf8, is_valid
from dmaic.churn.source.expression import plain_path, read_copy, read_csv
from dmaic.churn.source.header import Layout, Row, lay_out
from dmaic.churn.source.tail import find_tail
from dmaic.churn.source.transcode import transcode
from dmaic.churn.source.trim import Trimmed, trim
from dmaic.errors import ReadError
from dmaic.result import Finding

SMALL = 8 << 20
"""Files up to so many bytes are looked at whole; larger ones at both ends and for NUL bytes."""

_HEAD = 1 << 16
_LONGEST_HEAD = 1 << 26
_HEAD_LINES = 8


@dataclass(frozen=True, slots=True)
class _Start:
    """The beginning of a UTF-8 text file, understood.

    Attributes:
        file: the file.
        dialect: how it is delimited.
        layout: where its table begins.
        rows: the first rows.
        regular: they keep to the rules of quoting.
        complete: they are all rows.
        lines: the lines they stand on.
    """

    file: File
    dialect: Dialect
    layout: Layout
    rows: list[Row]
    regular: bool
    complete: bool
    lines: list[str]

    @property
    def body(self) -> list[Row]:
        """The rows below the header."""
        return [row for row in self.rows if row[0] >= self.layout.first]


def open_text(file: File, desk: Desk, encoding: Encoding | None = None) -> Table:
    """Open delimited text.

    Args:
        file: the file, in any encoding.
        desk: where to work.
        encoding: the encoding where it is known already.

    Raises:
        ReadError: it is no table, or a damaged one.
        UsageError: what was asked for does not fit it.
    """
    data = _look(file)
    known = encoding or decide(file, data, desk.options.encoding, whole=len(data) == file.size)
    size = file.size
    asked = encoding is None and desk.options.encoding
    if not known.is_plain or (asked and not is_valid(data, len(data) == size)):
        # Copying tells where the bytes are that the encoding asked for does not know.
        file = transcode(file, known, desk)
        data = _look(file)
    start = _begin(file, data, desk)
    told = [*known.findings(), *start.layout.findings]
    facts = {
        "format": "csv",
        "encoding": known.shown,
        "delimiter": start.dialect.shown,
        **start.layout.facts,
    }

    def mended() -> Table:
        if not is_utf8(file.path):
            if desk.options.encoding:
                transcode(file, known, desk)
            return open_text(file, desk, decide_again(file))
        return _finish(_mended(start, desk), facts, told, size)

    table = _straight(start, data, desk)
    if table is None:
        return mended()
    return replace(_finish(table, facts, told, size), mend=mended)


def _finish(table: Table, facts: dict[str, str], told: Sequence[Finding], size: int) -> Table:
    return replace(table, facts=facts, findings=[*told, *table.findings], size=size)


def _look(file: File) -> bytes:
    with file.path.open("rb") as stream:
        return stream.read(SMALL if file.size <= SMALL else _HEAD)


def _begin(file: File, data: bytes, desk: Desk) -> _Start:
    """Understand the beginning of a UTF-8 file."""
    text, complete = _beginning(file, data)
    dialect = detect(text, desk.options.delimiter, file.where)
    lines = split_lines(text)[1 if dialect.declared else 0 :]
    regular = True
    rows: list[Row] = []
    with long_cells():
        try:
            for number, cells in enumerate(dialect.reader(lines, strict=True), start=1):
                rows.append((number, cells))
        except csv.Error as error:
            # The text may end within a cell; that row is not looked at.
            regular = "end of data" in str(error) and not complete
        if not regular:
            rows = _tolerant(lines, dialect)
    layout = lay_out(rows, desk.options.header_row, file.where)
    start = _Start(file, dialect, layout, rows, regular, complete, lines)
    if complete and not any(any(cell.strip() for cell in cells) for _, cells in start.body):
        raise no_rows(file)
    return start


def _tolerant(lines: Sequence[str], dialect: Dialect) -> list[Row]:
    """Rows good enough to find the header; the copy will be read with care."""
    rows: list[Row] = []
    try:
        for number, cells in enumerate(dialect.reader(lines), start=1):
            rows.append((number, cells))
    except csv.Error:
        return rows
    return rows


def _beginning(file: File, data: bytes) -> tuple[str, bool]:
    """The first lines as text, and whether that is all of the file."""
    size = _HEAD
    while True:
        head = data[:size]
        if len(head) < size and len(head) < file.size:
            with file.path.open("rb") as stream:
                head = stream.read(size)
        complete = len(head) == file.size
        end = len(head) if complete else max(head.rfind(b"\n"), head.rfind(b"\r")) + 1
        lines = head.count(b"\n", 0, end) + head.count(b"\r", 0, end)
        if complete or lines > _HEAD_LINES or size >= _LONGEST_HEAD:
            return head[: end or len(head)].decode("utf-8", "replace").lstrip("\ufeff"), complete
        size *= 4


def _straight(start: _Start, data: bytes, desk: Desk) -> Table | None:
    """The file itself as a table; None where it has to be mended first."""
    layout, dialect = start.layout, start.dialect
    width = len(layout.names)
    if not start.regular or not _is_simple_above(start) or not _is_even(start, desk, data):
        return None
    file = start.file
    if not _has_no_nul(file, data):
        return None
    trimmed = Trimmed(file.path) if start.complete else trim(file, dialect, width, desk)
    if trimmed is None:
        return None
    columns = tuple(Column(name) for name in layout.names)
    relation = read_csv(
        plain_path(trimmed.path, desk),
        columns,
        dialect,
        header=layout.header is not None,
        skip=_above(layout) + dialect.declared,
        longest=max(sum(map(len, cells)) + width for _, cells in start.rows),
    )
    gaps = [number for number, cells in start.body if not cells]
    return Table(relation, columns, layout.first, findings=[*trimmed.findings], gaps=gaps)


def _above(layout: Layout) -> int:
    """Rows above the header, or above the first row of data where there is none."""
    return (layout.header or layout.first) - 1


def _is_simple_above(start: _Start) -> bool:
    """Whether the engine finds the first row of data by skipping lines."""
    layout, dialect, above = start.layout, start.dialect, _above(start.layout)
    if dialect.escape or dialect.loose or not (dialect.delimiter or ",").isascii():
        return False
    if any(dialect.quote in line for line in start.lines[:above]):
        return False
    return layout.header is None or len(start.rows[above][1]) == len(layout.names)


def _is_even(start: _Start, desk: Desk, data: bytes) -> bool:
    """Whether all rows seen have the width of the table, and nothing at the end is to be cut."""
    width, body = len(start.layout.names), start.body
    if start.complete:
        tail = find_tail(body, width, desk.options.skip_last).rows
        if tail and (width == 1 or any(cells for _, cells in body[-tail:])):
            return False
    for _, cells in body:
        if not cells and width > 1:
            continue
        if len(cells) != width or not any(cells):
            return False
    if not any(start.dialect.quote in line for line in start.lines):
        ends = {line[-2:] if line.endswith("\r\n") else line[-1:] for line in start.lines}
        if len(ends & {"\n", "\r", "\r\n"}) > 1:
            return False
    blank = (start.dialect.delimiter or "").encode() * (width - 1)
    blanks = (b"\n" + blank + b"\n", b"\n" + blank + b"\r\n", b"\r" + blank + b"\r")
    return not any(each in data for each in blanks)


def _has_no_nul(file: File, data: bytes) -> bool:
    """Whether there is no NUL byte; the engine would keep it inside a cell."""
    if len(data) == file.size:
        return b"\0" not in data
    buffer = bytearray(1 << 20)
    with file.path.open("rb", buffering=0) as stream:
        while count := stream.readinto(buffer):
            if buffer.find(0, 0, count) >= 0:
                return False
    return True


def _mended(start: _Start, desk: Desk) -> Table:
    # Most files never come here.
    from dmaic.churn.source.mend import mend_rows

    mended = mend_rows(start.file, start.dialect, start.layout, desk)
    if not mended.rows and not any(each.level == "blocking" for each in mended.findings):
        raise no_rows(start.file)
    columns = tuple(Column(name) for name in start.layout.names)
    return Table(
        read_copy(mended.path, columns, mended.longest),
        columns,
        mended.first_row,
        findings=mended.findings,
        gaps=mended.gaps,
    )


def no_rows(file: File) -> ReadError:
    """The error for a table that has a header and nothing below it."""
    return ReadError(
        "There is a header but no row of data below it.",
        code="read.no-rows",
        where=file.where,
        hint="Check the filters of the export; if the header is another row, name it with "
        "--header-row.",
    )
