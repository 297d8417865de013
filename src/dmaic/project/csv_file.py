"""A small CSV file of a person, read into rows of text; whatever is wrong with it is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dmaic.errors import DataError, ReadError, suggest
from dmaic.text import name_list

SURPLUS = ""
"""Name under which cells beyond the header stand, joined by commas."""

_LARGEST = 5_000_000
_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Columns:
    """What a file may hold.

    Attributes:
        what: kind of thing that a row is, such as `action`; the code of a lacking column begins so.
        known: names of the columns that mean something.
        needed: those that must be there.
    """

    what: str
    known: Sequence[str]
    needed: Sequence[str]


def read_rows(
    path: Path, columns: Columns
) -> tuple[list[tuple[int, dict[str, str]]], tuple[str, ...]]:
    """Number and cells of every row that is not empty, and the columns that mean nothing.

    Args:
        path: of the file.
        columns: what it may hold.

    Raises:
        ReadError: `read.not-found`, `read.failed`, `read.encoding`, `read.binary`,
            `read.too-large`, `read.no-rows`.
        DataError: `<what>.column`.
    """
    text = _text(path, columns)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise ReadError(f"It is no CSV: {error}.", "read.failed", "", str(path)) from error
    lines = [(number, cells) for number, cells in lines if any(map(str.strip, cells))]
    if len(lines) < 2:
        raise ReadError(
            "It holds no rows below a header.",
            "read.no-rows",
            f"The header is {','.join(columns.known)}; {', '.join(columns.needed)} are needed.",
            str(path),
        )
    if len(lines) > _MOST:
        raise ReadError(
            f"It holds more than {_MOST:,} rows.", "read.too-large", "Split it.", str(path)
        )
    header = [_name(name) for name in lines[0][1]]
    lacking = [name for name in columns.needed if name not in header]
    if lacking:
        hints = [suggest(name, header) for name in lacking]
        raise DataError(
            f"There is no column {name_list(lacking)}.",
            f"{columns.what}.column",
            next(filter(None, hints), f"The columns are {name_list(lines[0][1])}."),
            str(path),
        )
    found = []
    for number, cells in lines[1:]:
        plain = [_plain(cell) for cell in cells]
        row = dict(zip(header, plain, strict=False))
        surplus = [cell for cell in plain[len(header) :] if cell]
        found.append((number, row | ({SURPLUS: ",".join(surplus)} if surplus else {})))
    unread = [name for name in lines[0][1] if _name(name) and _name(name) not in columns.known]
    return found, tuple(unread)


def _name(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")


def _plain(cell: str) -> str:
    # The apostrophe that keeps a spreadsheet from taking text for a formula.
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" and len(text) > 1 else text


def _text(path: Path, columns: Columns) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise ReadError(
            "There is no such file.", "read.not-found", "Check the path.", str(path)
        ) from error
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise ReadError(
            f"The file cannot be read: {reason}.", "read.failed", "", str(path)
        ) from error
    if len(raw) > _LARGEST:
        raise ReadError(
            f"It is larger than {_LARGEST // 1_000_000} MB.",
            "read.too-large",
            f"Is it a list of {columns.what}s?",
            str(path),
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            "It is no UTF-8 text.", "read.encoding", "Save it as CSV UTF-8.", str(path)
        ) from error
    if "\0" in text:
        raise ReadError("It is no text.", "read.binary", "Save it as CSV UTF-8.", str(path))
    return text
