"""Where the table begins: titles above it, its header, its column names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Literal

from dmaic.churn.source.base import row_list
from dmaic.churn.source.name import name_columns
from dmaic.errors import ReadError, UsageError
from dmaic.result import Finding
from dmaic.text import plural, printable

Row = tuple[int, list[str]]
"""Number of a row as a spreadsheet shows it, and its cells."""

CellKind = Literal["number", "date", "address", "id"]

_LOOK = 30
"""Rows looked at below a possible header."""
_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table begins and what its columns are called.

    Attributes:
        header: number of the header row; None where there is none.
        first: number of the first row that may hold data.
        names: unique column names.
        titles: what stands above.
        findings: names given, titles left out.
    """

    header: int | None
    first: int
    names: tuple[str, ...]
    titles: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @property
    def facts(self) -> dict[str, str]:
        """The header row, and the titles where there are some."""
        facts = {"header row": str(self.header) if self.header else "none"}
        if self.titles:
            facts["title"] = printable("; ".join(self.titles), 120)
        return facts


def lay_out(rows: Sequence[Row], asked: int | None, where: str) -> Layout:
    """Find the header among the first rows of a table.

    Args:
        rows: the first rows, blank ones included or not, each with its number.
        asked: what `--header-row` says: a row number, 0 for no header, None to find it.
        where: the file's name for messages.

    Raises:
        ReadError: there is no row (`read.empty-file`), or the header has fewer names than the
            rows have cells (`read.header-short`).
        UsageError: the header row asked for does not exist or is blank (`read.header-row`).
    """
    filled = [row for row in rows if any(cell.strip() for cell in row[1])]
    if not filled:
        raise ReadError(
            "The file holds nothing but blank lines.", code="read.empty-file", where=where
        )
    place = _find(filled) if asked is None else _asked(filled, asked, where)
    body = [cells for _, cells in filled[place + 1 : place + 1 + _LOOK]]
    number, header = filled[place]
    titles = tuple(_title(cells) for _, cells in filled[:place])
    findings: list[Finding] = []
    if titles:
        findings.append(_titles_found(titles, [row for row, _ in filled[:place]]))
    headless = asked == 0 or (asked is None and _is_headless(header, body))
    if headless:
        width = _width([header, *body])
        names = tuple(f"column {place}" for place in range(1, width + 1))
        if asked is None:
            findings.append(_no_header(number, header))
        return Layout(None, number, names, titles, tuple(findings))
    width = max(1, _filled_width(header))
    _check_width(header, width, body, where, number)
    # A last column without name and without cells is a separator at the end of each line.
    while len(header) > width and any(len(row) > width and row[width].strip() for row in body):
        width += 1
    names, told = name_columns([*header, *[""] * width][:width], number)
    following = filled[place + 1][0] if len(filled) > place + 1 else number + 1
    return Layout(number, following, names, titles, (*findings, *told))


def is_data_row(cells: Sequence[str]) -> bool:
    """Whether every cell that holds something is a number, a date, an address or an id."""
    kinds = [cell_kind(cell) for cell in cells[:_COLUMNS] if cell.strip()]
    return bool(kinds) and None not in kinds


def cell_kind(cell: str) -> CellKind | None:
    """What a cell evidently is, or None for a word, a name or a blank."""
    text = cell.strip()
    if not text or len(text) > 60:
        return None
    if text.isdecimal():
        return "number"
    number, date, identifier = _patterns()
    if number.fullmatch(text):
        return "number"
    if date.match(text):
        return "date"
    if "@" in text[1:] and "." in text and " " not in text:
        return "address"
    return "id" if identifier.fullmatch(text) else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    money = r"(?:[$€£¥]|USD|EUR|GBP)"
    number = (
        rf"\(?[-+]?{money}?\s?[-+]?\d[\d.,'\s\u00a0\u202f]*(?:[eE][-+]?\d+)?\s?(?:{money}|%)?\)?"
    )
    date = r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:[T ]\d{1,2}:\d{2}.*)?$"
    identifier = r"(?=(?:.*\d){3})[A-Za-z]{0,8}[-_]?[0-9A-Fa-f]{3,}(?:-[0-9A-Fa-f]+)*"
    return re.compile(number), re.compile(date), re.compile(identifier)


def _find(rows: Sequence[Row]) -> int:
    """Position of the header, or of the first row of data where there is none."""
    near = rows[: 4 * _LOOK]
    width = Counter(_filled_width(cells) for _, cells in near).most_common()
    most = max(number for _, number in width)
    usual = max(size for size, number in width if number == most)
    widest = max(len(cells) for _, cells in near)
    for place, (_, cells) in enumerate(near[:50]):
        if not _is_title(cells, usual, widest, [row for _, row in near[place + 1 : place + 11]]):
            return place
    return 0


def _is_title(
    cells: Sequence[str], usual: int, widest: int, below: Sequence[Sequence[str]]
) -> bool:
    filled = sum(bool(cell.strip()) for cell in cells)
    if usual < 2 or not below:
        return False
    if filled == 1 and (len(cells) == 1 or cells[0].strip() or usual > 2):
        # In a table of two columns one whose header is blank looks the same.
        return widest > 1
    if filled * 2 < usual:
        return True
    # "Period", "2024" and a blank: half empty, or with figures in it, and the names come below.
    if filled * 2 == usual or (filled < usual and any(map(cell_kind, cells))):
        return any(_is_header_like(row, usual) for row in below)
    return False


def _is_header_like(cells: Sequence[str], usual: int) -> bool:
    words = [cell.strip() for cell in cells if cell.strip()]
    if len(words) < usual or len({word.casefold() for word in words}) < len(words):
        return False
    return all(cell_kind(word) is None for word in words[:_COLUMNS])


def _is_headless(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether the first row looks like the rows below it rather than like their names."""
    kinds = [cell_kind(cell) for cell in first[:_COLUMNS]]
    filled = [cell.strip() for cell in first if cell.strip()]
    if len({cell.casefold() for cell in filled}) < len(filled) and not is_data_row(first):
        return False
    if not body:
        return False
    same = other = 0
    for place, kind in enumerate(kinds):
        below = {cell_kind(row[place]) for row in body if len(row) > place and row[place].strip()}
        if len(below) != 1 or None in below or not first[place].strip():
            continue
        if below == {kind}:
            same += 1
        else:
            other += 1
    if other or not same:
        return False
    return is_data_row(first) or not _is_series(first)


def _is_series(cells: Sequence[str]) -> bool:
    """Whether the numbers of a row count up like years, months or ages in a header."""
    kinds = [(cell.strip(), cell_kind(cell)) for cell in cells if cell_kind(cell)]
    if any(kind != "number" or not text.isdecimal() for text, kind in kinds):
        return False
    numbers = [int(text) for text, _ in kinds]
    if len(numbers) == 1:
        return 1900 <= numbers[0] <= 2100
    return all(after > before for before, after in pairwise(numbers))


def _asked(rows: Sequence[Row], asked: int, where: str) -> int:
    if asked == 0:
        return 0
    for place, (number, _) in enumerate(rows):
        if number == asked:
            return place
    raise UsageError(
        f"--header-row {asked} is a blank row or lies beyond the beginning of the table.",
        code="read.header-row",
        where=where,
        hint=f"The first rows that hold something are {row_list([row for row, _ in rows])}.",
    )


def _check_width(
    header: Sequence[str], width: int, body: Sequence[Sequence[str]], where: str, row: int
) -> None:
    widths = Counter(_filled_width(cells) for cells in body)
    longer = sum(number for size, number in widths.items() if size > len(header))
    if body and longer * 2 > len(body):
        usual = max(size for size in widths if size > len(header))
        raise ReadError(
            f"The header has {plural(width, 'name')}, but most rows have {usual} cells, so it is "
            "unclear which name belongs to which column.",
            code="read.header-short",
            where=f"{where}, row {row}",
            hint="Add the missing names to the header; or --header-row names the row of the "
            "header, and 0 reads without one.",
        )


def _width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(_filled_width(cells) for cells in rows)
    most = max(widths.values())
    return max(1, *(size for size, number in widths.items() if number == most))


def _filled_width(cells: Sequence[str]) -> int:
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)


def _title(cells: Sequence[str]) -> str:
    return " ".join(cell.strip() for cell in cells if cell.strip())


def _titles_found(titles: Sequence[str], rows: Sequence[int]) -> Finding:
    return Finding(
        code="title-lines",
        level="info",
        message=f"{plural(len(titles), 'line')} above the header left out: "
        f'"{printable(titles[0], 60)}"{" and more" if len(titles) > 1 else ""}.',
        hint="If the header is another row, name it with --header-row.",
        count=len(titles),
        rows=tuple(rows[:5]),
    )


def _no_header(row: int, cells: Sequence[str]) -> Finding:
    example = printable(", ".join(cells[:3]), 60)
    return Finding(
        code="no-header",
        level="warning",
        message=f"The first row ({example}) looks like data, so the columns are called column 1, "
        "column 2 and so on.",
        hint=f"If it is the header, say --header-row {row}.",
        count=1,
        rows=(row,),
    )
