"""Workbooks: XLSX, XLS and ODS."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dmaic.churn.source.base import EXAMPLES, Desk, File, Table
from dmaic.churn.source.cells import text_of, write_table
from dmaic.churn.source.container import Kind, corrupt, locked
from dmaic.churn.source.delimited import no_rows
from dmaic.churn.source.header import Row, lay_out
from dmaic.churn.source.tail import MOST, find_tail
from dmaic.errors import ReadError, UsageError, suggest
from dmaic.result import Finding
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_LOOK = 200
_KINDS = {"xlsx": "an XLSX workbook", "xls": "an XLS workbook", "ods": "an ODS spreadsheet"}


def open_workbook(file: File, kind: Kind, desk: Desk) -> Table:
    """Open one sheet of a workbook.

    Args:
        file: the file.
        kind: `xlsx`, `xls` or `ods`.
        desk: where to work; its options may name the sheet and the header row.

    Raises:
        ReadError: it is damaged (`read.corrupt`), has a password (`read.password`) or no data
            (`read.empty-file`, `read.no-rows`).
        UsageError: there is no such sheet (`read.sheet`).
    """
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_path(str(file.path)) as book:
            name, values, others = _choose_sheet(book, desk.options.sheet, file)
    except python_calamine.PasswordError as error:
        raise locked(file) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        if "password" in str(error).casefold():
            raise locked(file) from error
        raise corrupt(file, _KINDS[kind]) from error
    head: list[Row] = [
        (number, [text_of(value) for value in row])
        for number, row in enumerate(values[:_LOOK], start=1)
    ]
    layout = lay_out(head, desk.options.header_row, file.where)
    # Blank columns at the right edge were once formatted, no more.
    names = layout.names
    body = values[layout.first - 1 :]
    bottom: list[Row] = [
        (len(values) - back, [text_of(value) for value in values[len(values) - back - 1]])
        for back in reversed(range(min(len(body), max(MOST, desk.options.skip_last or 0) + MOST)))
    ]
    tail = find_tail(bottom, len(names), desk.options.skip_last)
    body = body[: len(body) - tail.rows]
    if not any(value is not None and value != "" for row in body for value in row):
        raise no_rows(file)
    table = write_table(body, names, layout.first, desk)
    table.size = file.size
    table.facts = {"format": kind, "sheet": printable(name), **layout.facts}
    if others:
        table.facts["other sheets"] = printable(", ".join(others), 120)
    bad = _error_cells(file, name, layout.first) if kind == "xlsx" else []
    table.findings = [
        *layout.findings, *tail.findings, *([_errors_found(bad)] if bad else []), *table.findings
    ]  # fmt: skip
    return table


def _choose_sheet(
    book: CalamineWorkbook, asked: str | None, file: File
) -> tuple[str, list[list[Any]], list[str]]:
    """Name and cells of the sheet, and the names of the other visible ones."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    names = book.sheet_names
    sheets = [each.name for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    shown = [
        each.name
        for each in book.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
    ]
    if asked is not None:
        name = _named(asked, names, file)
        return name, _values(book, name), [each for each in shown if each != name]
    for name in shown or sheets or names:
        values = _values(book, name)
        if sum(any(value != "" for value in row) for row in values[:_LOOK]) > 1:
            return name, values, [each for each in shown if each != name]
    raise ReadError(
        "No visible sheet of the workbook holds a table.",
        code="read.empty-file",
        where=file.where,
        hint="A hidden sheet can be named with --sheet: "
        + ", ".join(f'"{printable(name, 40)}"' for name in names[:8]),
    )


def _named(asked: str, names: Sequence[str], file: File) -> str:
    folded = {name.casefold(): name for name in reversed(names)}
    if asked in names:
        return asked
    if asked.casefold() in folded:
        return folded[asked.casefold()]
    if asked.isdecimal() and 1 <= int(asked) <= len(names):
        return names[int(asked) - 1]
    listed = ", ".join(f'"{printable(name, 40)}"' for name in names[:8])
    raise UsageError(
        f'The workbook has no sheet "{printable(asked, 60)}".',
        code="read.sheet",
        where=file.where,
        hint=f"{suggest(asked, names)} The sheets are {listed}.".strip(),
    )


def _values(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _error_cells(file: File, sheet: str, first: int) -> list[int]:
    """Rows of cells that hold an error such as #N/A; they are read as blank."""
    try:
        with zipfile.ZipFile(file.path) as archive:
            path = _sheet_path(archive, sheet)
            if path is None:
                return []
            found = re.findall(rb'<c\b(?=[^>]*\st="e")[^>]*\sr="[A-Z]+(\d+)"', archive.read(path))
    except (zipfile.BadZipFile, KeyError, OSError):
        return []
    return [int(row) for row in found if int(row) >= first]


def _sheet_path(archive: zipfile.ZipFile, sheet: str) -> str | None:
    from html import unescape

    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        name = re.search(r'\sname="([^"]*)"', tag)
        link = re.search(r'\s\w+:id="([^"]*)"', tag)
        if name is None or link is None or unescape(name[1]) != sheet:
            continue
        for relation in re.findall(
            r"<Relationship\b[^>]*>",
            archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace"),
        ):
            if f'Id="{link[1]}"' in relation and (
                target := re.search(r'Target="([^"]*)"', relation)
            ):
                path = target[1]
                return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    return None


def _errors_found(rows: Sequence[int]) -> Finding:
    return Finding(
        code="cell-errors",
        level="warning",
        message=f"{plural(len(rows), 'cell holds', 'cells hold')} an error such as #N/A or #REF! "
        "and counts as blank.",
        hint="Correct the formulas in the workbook and save it again.",
        count=len(rows),
        rows=tuple(sorted(set(rows))[:EXAMPLES]),
    )
