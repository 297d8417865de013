"""The Excel face: the records with number formats, and a sheet that says how they were made."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmaic.cli.render.flat import text_cell
from dmaic.cli.render.view import views
from dmaic.cli.render.words import roles_line
from dmaic.output import whole_file
from dmaic.result import Result

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CELL = 32_000
"""Excel takes 32,767 characters in a cell."""
_WIDTH = (9, 60)
_PER_CENT = ("share", "rate")
_WHOLE = ("rank", "exposure", "churned", "folded", "count")


def write_xlsx(result: Result, path: str | Path) -> None:
    """Write the records and an "About" sheet as a workbook, whole or not at all.

    Text is never a formula or a link; columns that hold nothing are left out. The same result
    gives the same bytes.

    Args:
        result: any result that has records.
        path: where the file shall be.

    Raises:
        OutputError: the file cannot be written there.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with whole_file(path) as draft:
        book = xlsxwriter.Workbook(str(draft), options)
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        _fill(book, book.add_worksheet(result.kind.replace("-", " ").capitalize()), head, result)
        for number, drill in enumerate(getattr(result, "drills", ()), start=1):
            _fill(book, book.add_worksheet(f"Drill {number}"), head, drill.result)
        _about(book.add_worksheet("About"), head, result)
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(str(error)) from error


def _fill(book: Workbook, sheet: Worksheet, head: Format, result: Result) -> None:
    header, rows = result.records()
    used = [i for i in range(len(header)) if any(row[i] is not None for row in rows)]
    formats = {
        (code, bold): book.add_format({"num_format": code, "bold": bold})
        for code in ("General", "0.00%", "#,##0", "#,##0.00")
        for bold in (False, True)
    }
    vital = header.index("vital_few") if "vital_few" in header else None
    codes = {i: _code(header[i], [row[i] for row in rows]) for i in used}
    for column, i in enumerate(used):
        texts = [_shown(row[i], codes[i]) for row in rows]
        longest = max((len(text) for text in texts), default=0)
        words = max(len(word) for word in header[i].replace("_", " ").split(" "))
        sheet.set_column(column, column, min(max(longest + 2, words + 2, _WIDTH[0]), _WIDTH[1]))
    sheet.freeze_panes(1, sum(isinstance(rows[0][i], str) for i in used) if rows else 0)
    for column, i in enumerate(used):
        sheet.write_string(0, column, text_cell(header[i].replace("_", " "), _CELL), head)
    for line, row in enumerate(rows, start=1):
        bold = vital is not None and bool(row[vital])
        for column, i in enumerate(used):
            _write(sheet, line, column, row[i], formats[codes[i], bold])
    if rows and used:
        sheet.autofilter(0, 0, len(rows), len(used) - 1)


def _write(sheet: Worksheet, line: int, column: int, value: object, form: Format) -> None:
    if isinstance(value, bool):
        sheet.write_string(line, column, "yes" if value else "", form)
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value, form)
    elif value is not None:
        sheet.write_string(line, column, text_cell(str(value), _CELL)[:_CELL], form)


def _code(name: str, values: list[Any]) -> str:
    numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    if not numbers:
        return "General"
    if name in _PER_CENT or name.startswith(("share_", "cumulative_share", "rate_")):
        return "0.00%"
    if name.startswith(_WHOLE) and all(float(v).is_integer() for v in numbers):
        return "#,##0"
    return "#,##0.00"


def _shown(value: object, code: str) -> str:
    if isinstance(value, float) and code != "General":
        return f"{100 * value:.2f}%" if code == "0.00%" else f"{value:,.2f}"
    return "" if value is None else str(value)[: _WIDTH[1]]


def _about(sheet: Worksheet, head: Format, result: Result) -> None:
    inputs = result.inputs
    lines = [("source", inputs.source), ("SHA-256", inputs.sha256 or ""),
             ("rows read", f"{inputs.rows:,}"), ("columns", roles_line(inputs)),
             ("preset", inputs.preset or ""), ("only where", " and ".join(inputs.filters)),
             ("dmaic", inputs.tool_version)]  # fmt: skip
    for number, view in enumerate(views(result)):
        if number:
            lines.append((f"Drill {number}", view.title))
        lines += [(view.title, note) for note in (view.verdict, *view.notes)]
    lines += result.method.items()
    for finding in result.findings:
        lines.append((f"{finding.level} {finding.code}", f"{finding.message} {finding.hint}"))
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, "About", head)
    sheet.write_string(0, 1, "", head)
    told = [(name, text.strip()) for name, text in lines if text.strip()]
    for number, (name, text) in enumerate(told, start=1):
        sheet.write_string(number, 0, text_cell(name, _CELL)[:_CELL])
        sheet.write_string(number, 1, text_cell(text, _CELL)[:_CELL])
