"""The sheets of a workbook that somebody filled in."""

from __future__ import annotations

import io
import re
import zipfile

from dmaic.documents.table_read import Grid
from dmaic.errors import DataError
from dmaic.text import printable

MOST_BOOK = 10_000_000
"""Bytes of a workbook."""

_UNPACKED = 100_000_000
_CELLS = 2_000_000
"""A sheet is read as a rectangle: one stray cell at the far corner would fill the memory."""


def read_workbook(raw: bytes, name: str) -> list[Grid]:
    """All sheets as texts: formulas as the figures they last gave, text as text.

    Args:
        raw: the file.
        name: what it is called in messages.

    Raises:
        DataError: `document.workbook`, it is damaged, protected or far too large.
    """
    import python_calamine

    from dmaic.churn.source.cells import text_of

    _check_size(raw, name)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            return [
                Grid(
                    sheet,
                    [
                        [text_of(value) for value in row]
                        for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
                    ],
                    f'{name}, sheet "{printable(sheet, 40)}"'.lstrip(", "),
                )
                for sheet in book.sheet_names
            ]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        said = "it has a password" if "password" in str(error).casefold() else "it is damaged"
        raise DataError(
            f"The workbook cannot be read: {said}.",
            "document.workbook",
            "Open it in the spreadsheet program and save it again as XLSX.",
            name,
        ) from error


def _check_size(raw: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(each.file_size for each in archive.infolist()) > _UNPACKED:
                raise _too_large(name)
            for each in archive.namelist():
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", each):
                    _check_extent(archive.read(each), name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError,
            RuntimeError) as error:  # fmt: skip
        raise DataError(
            "This is not an XLSX workbook.",
            "document.workbook",
            "Save it as XLSX, or as CSV.",
            name,
        ) from error


def _check_extent(xml: bytes, name: str) -> None:
    wide = high = 0
    for letters, digits in re.findall(rb'\sr="([A-Z]{1,3})(\d{1,7})"', xml):
        column = 0
        for letter in letters:
            column = 26 * column + letter - 64
        wide, high = max(wide, column), max(high, int(digits))
    if wide * high > _CELLS:
        raise _too_large(name)


def _too_large(name: str) -> DataError:
    return DataError(
        "The workbook is far larger than a document.",
        "document.too-large",
        "A stray entry far to the right or far down does it; delete the empty rows and columns.",
        name,
    )
