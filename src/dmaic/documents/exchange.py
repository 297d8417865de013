"""Documents in files: YAML, JSON, CSV and XLSX, read and written."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path
from typing import Any

from dmaic.documents.assemble import Piece
from dmaic.documents.base import Document
from dmaic.documents.table import guarded, list_sheet, only_list, paths
from dmaic.documents.table_read import Grid, piece_of_grids
from dmaic.documents.workbook import MOST_BOOK, read_workbook
from dmaic.documents.yaml_read import piece_of_json, piece_of_yaml
from dmaic.errors import DataError, NotFoundError, UsageError
from dmaic.file import expanded
from dmaic.text import printable

MOST_TEXT = 2_000_000
"""Bytes of a text file; a document filled by people has a hundredth of it."""


def read_bytes(path: Path, most: int = MOST_TEXT) -> bytes:
    """A small file, or standard input where the path is `-`.

    Args:
        path: of the file.
        most: bytes at most.

    Raises:
        NotFoundError: `document.no-file`.
        DataError: `document.unreadable` or `document.too-large`.
    """
    where = "standard input" if str(path) == "-" else printable(str(path))
    try:
        if str(path) == "-":
            raw = sys.stdin.buffer.read(most + 1)
        else:
            with expanded(path).open("rb") as file:
                raw = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError("There is no such file.", "document.no-file", where=where) from error
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise DataError(
            f"The file cannot be read: {reason}.", "document.unreadable", where=where
        ) from error
    if len(raw) > most:
        raise DataError(
            f"The file is larger than {most // 1_000_000} MB.",
            "document.too-large",
            "A document is filled by people; this is something else.",
            where,
        )
    return raw


def read_text(path: Path) -> str:
    """A small text file, or standard input; UTF-8, or what Excel saves instead.

    Args:
        path: of the file, or `-`.

    Raises:
        NotFoundError: `document.no-file`.
        DataError: `document.unreadable` or `document.too-large`.
    """
    return decoded(read_bytes(path))


def decoded(raw: bytes) -> str:
    """The text of bytes: by its byte order mark, else UTF-8, else Windows-1252."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


READS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv", ".tsv": "csv",
         ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx"}  # fmt: skip
"""Ending -> format that is read."""

WRITES = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv", ".xlsx": "xlsx",
          ".md": "md"}  # fmt: skip
"""Ending -> format that is written."""


def read_piece(
    path: Path, model: type[Document], *, format: str | None = None, listed: str | None = None
) -> tuple[Piece, list[str]]:
    """What a file says about a document, and what was left out of it in words.

    Args:
        path: of the file, or `-` with a format.
        model: of the document.
        format: `yaml`, `json`, `csv` or `xlsx`; None takes what the name's ending says.
        listed: list that a table holds, where the document has several.

    Raises:
        UsageError: `document.format`, the ending says nothing.
        NotFoundError: `document.no-file`, or there is no such list.
        DataError: it cannot be read, with every problem.
    """
    chosen = format or READS.get(path.suffix.lower())
    if chosen is None:
        raise UsageError(
            f'The ending "{printable(path.suffix, 20)}" says no format that is read.',
            "document.format",
            "Formats are yaml, json, csv and xlsx; choose one with --input-format.",
            printable(str(path)),
        )
    name = "" if str(path) == "-" else printable(path.name)
    if chosen == "xlsx":
        grids = read_workbook(read_bytes(path, MOST_BOOK), name)
        return piece_of_grids(grids, model, listed)
    text = decoded(read_bytes(path))
    if chosen == "csv":
        return piece_of_grids([Grid("", rows_of(text, name), name)], model, listed)
    if chosen == "json":
        return piece_of_json(text, name), []
    return piece_of_yaml(text, name), []


def write_format(path: Path | None) -> str:
    """The format that a file will have; YAML where there is no file.

    Args:
        path: of the file.

    Raises:
        UsageError: `usage.output-format`.
    """
    if path is None:
        return "yaml"
    chosen = WRITES.get(path.suffix.lower())
    if chosen is None:
        raise UsageError(
            f'The ending "{printable(path.suffix, 20)}" says no format that is written.',
            "usage.output-format",
            f"End it in {', '.join(WRITES)}, or add --format.",
            printable(str(path)),
        )
    return chosen


def to_json(document: Document) -> str:
    """The fields as JSON, with a line end."""
    return json.dumps(document.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def records(document: Document) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Header and rows for CSV: the only list, or else fields and values of the whole document.

    Texts bear the apostrophe that keeps spreadsheets from taking them for formulas.

    Args:
        document: any.
    """
    each = only_list(type(document))
    if each is None:
        return ("field", "value"), [(path, guarded(text)) for path, text in paths(document)]
    sheet = list_sheet(each, document)
    return sheet.header, list(sheet.rows)


def rows_of(text: str, name: str) -> list[list[str]]:
    """The rows of a delimited text; the delimiter is the one that the first line has most of.

    Args:
        text: the file.
        name: what it is called in messages.

    Raises:
        DataError: `document.csv`.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    delimiter = max(",;\t", key=bare.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise DataError(
            f"This is no table of comma-separated values: {error}.", "document.csv", where=name
        ) from error
