"""A regular copy of an irregular text file: each row as wide as the header, plainly quoted."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dmaic.churn.source.base import EXAMPLES, Desk, File
from dmaic.churn.source.dialect import Dialect
from dmaic.churn.source.expression import start_copy
from dmaic.churn.source.header import Layout, Row
from dmaic.churn.source.record import Healed, read_records
from dmaic.churn.source.tail import MOST, find_tail
from dmaic.result import Finding
from dmaic.text import plural


@dataclass
class Mended:
    """A mended copy.

    Attributes:
        path: the copy, UTF-8.
        rows: rows of data in it.
        first_row: number of the first one in the original.
        longest: characters of the longest row.
        findings: what was mended and left out.
        gaps: numbers of the rows left out between the first and the last.
    """

    path: Path
    rows: int = 0
    first_row: int = 1
    longest: int = 0
    findings: list[Finding] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)


@dataclass
class _Odd:
    """Numbers of the rows that were not as wide as the header, and of blank ones."""

    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)


def mend_rows(file: File, dialect: Dialect, layout: Layout, desk: Desk) -> Mended:
    """Write a regular copy.

    Args:
        file: the file, UTF-8.
        dialect: how it is delimited.
        layout: where its table begins.
        desk: where the copy goes.

    Raises:
        ReadError: a quote is never closed (`read.unclosed-quote`).
    """
    width = len(layout.names)
    healed, odd = Healed(), _Odd()
    mended = Mended(desk.draft("csv"), first_row=layout.first)
    records = read_records(file.path, dialect, width, healed, file.where)
    body = (row for row in records if row[0] >= layout.first)
    with mended.path.open("w", encoding="utf-8", newline="") as stream:
        writer = start_copy(stream, layout.names)
        for number, cells in _without_tail(body, width, desk.options.skip_last, mended):
            row = _fit(number, cells, width, odd)
            if row is None:
                mended.gaps.append(number)
                continue
            if not mended.rows:
                mended.first_row = number
                mended.gaps.clear()
            mended.rows += 1
            mended.longest = max(mended.longest, sum(map(len, row)))
            writer.writerow(row)
    mended.findings += _findings(odd, healed, width)
    return mended


def _without_tail(
    rows: Iterator[Row], width: int, skip_last: int | None, mended: Mended
) -> Iterator[Row]:
    """The rows without the ones at the bottom that are no part of the table."""
    # Blank rows at the bottom come on top of those that are to be left out.
    kept = (skip_last or 0) + MOST
    last: deque[Row] = deque()
    filled = 0
    for row in rows:
        last.append(row)
        filled += any(cell.strip() for cell in row[1])
        while filled > kept:
            first = last.popleft()
            filled -= any(cell.strip() for cell in first[1])
            yield first
    tail = find_tail(list(last), width, skip_last)
    mended.findings += tail.findings
    yield from list(last)[: len(last) - tail.rows]


def _fit(number: int, cells: list[str], width: int, odd: _Odd) -> list[str] | None:
    """The row with as many cells as the header; None for one that is left out."""
    if not any(cells) or not any(cell.strip() for cell in cells):
        if cells:
            odd.blank.append(number)
        return None
    if len(cells) < width:
        odd.short.append(number)
        return cells + [""] * (width - len(cells))
    if len(cells) > width:
        if any(cell.strip() for cell in cells[width:]):
            odd.long.append(number)
            return None
        return cells[:width]
    return cells


def _findings(odd: _Odd, healed: Healed, width: int) -> list[Finding]:
    found = []
    if odd.long:
        count = len(odd.long)
        found.append(
            Finding(
                code="long-rows",
                level="blocking",
                message=f"{plural(count, 'row has', 'rows have')} more cells than the header's "
                f"{width} and {'is' if count == 1 else 'are'} left out.",
                hint="Often a cell holds the delimiter without quotes: correct the rows, or go on "
                "without them with --accept long-rows.",
                count=count,
                rows=tuple(odd.long[:EXAMPLES]),
            )
        )
    if odd.short:
        count = len(odd.short)
        found.append(
            Finding(
                code="short-rows",
                level="warning",
                message=f"{plural(count, 'row has', 'rows have')} fewer cells than the header's "
                f"{width}; the missing ones are blank.",
                hint="Check that these rows were not cut off.",
                count=count,
                rows=tuple(odd.short[:EXAMPLES]),
            )
        )
    if odd.blank:
        found.append(
            Finding(
                code="blank-rows",
                level="info",
                message=f"{plural(len(odd.blank), 'row')} without any value left out.",
                count=len(odd.blank),
                rows=tuple(odd.blank[:EXAMPLES]),
            )
        )
    if healed.nuls:
        found.append(
            Finding(
                code="nul-bytes",
                level="warning",
                message=f"{plural(healed.nuls, 'NUL byte')} removed.",
                hint="The file may have been damaged on its way; compare a few rows.",
                count=healed.nuls,
            )
        )
    if healed.stray:
        found.append(
            Finding(
                code="stray-quotes",
                level="info",
                message=f"{plural(len(healed.stray), 'row has', 'rows have')} quotes inside a cell "
                f"that are not doubled; they are kept as text.",
                count=len(healed.stray),
                rows=tuple(healed.stray[:EXAMPLES]),
            )
        )
    return found
