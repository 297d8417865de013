"""The Excel face: the figures with number formats, and a sheet that says how they were made."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dmaic.cli.render.flat import text_cell
from dmaic.cli.render.workbook_about import sections
from dmaic.cli.render.workbook_field import Field, Page
from dmaic.cli.render.workbook_page import pages
from dmaic.output import whole_file
from dmaic.result import Reply, Result

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CELL = 32_000
"""Excel takes 32,767 characters in a cell."""
_WIDTH = (9, 60)
_LINE = 15.0
"""Height of a line in points."""
_ABOUT = 110
_FILLED = 1_000
"""So many lines of a form offer words to choose from."""


def write_xlsx(result: Reply, path: str | Path) -> None:
    """Write a reply as a workbook, whole or not at all.

    Text is never a formula or a link; columns that hold nothing are left out. The same result
    gives the same bytes.

    Args:
        result: any reply that has records; an analysis gets the "About" sheet.
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
        made = pages(result)
        for page in made:
            _fill(book, book.add_worksheet(page.name), page)
        if isinstance(result, Result):
            _about(book, book.add_worksheet("About"), result, [page.name for page in made])
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(str(error)) from error


def _fill(book: Workbook, sheet: Worksheet, page: Page) -> None:
    """Headings, a line a row, and after an empty line the totals."""
    fields = page.fields
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    plain, bold, total = (
        [book.add_format({"num_format": field.form, **more}) for field in fields]
        for more in ({}, {"bold": True}, {"bold": True, "top": 1})
    )
    own = [[book.add_format({"num_format": form}) for form in field.forms] for field in fields]
    rows = max((len(field.values) for field in fields), default=0)
    lines = 1
    for column, field in enumerate(fields):
        width = _width(field)
        sheet.set_column(column, column, width)
        lines = max(lines, len(textwrap.wrap(field.title[: 5 * _WIDTH[1]], width - 1)))
    sheet.freeze_panes(1, sum(field.name for field in fields))
    sheet.set_row(0, _LINE * min(lines, 6))
    for column, field in enumerate(fields):
        sheet.write_string(0, column, _text(field.title), head)
    for row in range(rows):
        forms = bold if row in page.bold else plain
        for column, field in enumerate(fields):
            form = own[column][row] if own[column] else forms[column]
            _write(sheet, row + 1, column, field.values[row], form)
    # The empty line keeps the totals out of what is sorted, filtered and pivoted.
    for row in range(max((len(field.total) for field in fields), default=0)):
        for column, field in enumerate(fields):
            value = field.total[row] if field.total else None
            if value is None:
                sheet.write_blank(rows + 2 + row, column, None, total[column])
            _write(sheet, rows + 2 + row, column, value, total[column])
    if rows and fields:
        sheet.autofilter(0, 0, rows, len(fields) - 1)
    _guide(sheet, fields)


def _guide(sheet: Worksheet, fields: Sequence[Field]) -> None:
    """What helps to fill a form: a note on each heading, and the words to choose from."""
    for column, field in enumerate(fields):
        if field.note:
            sheet.write_comment(0, column, _text(field.note), {"x_scale": 2})
        # Excel takes 255 characters of them.
        if field.choices and len(",".join(field.choices)) <= 255:
            rule = {"validate": "list", "source": list(field.choices), "error_type": "warning"}
            sheet.data_validation(1, column, _FILLED, column, rule)


def _write(sheet: Worksheet, line: int, column: int, value: object, form: Format) -> None:
    if isinstance(value, datetime.date):
        sheet.write_datetime(line, column, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value, form)
    elif value is not None:
        sheet.write_string(line, column, _text(str(value)), form)


def _text(text: str) -> str:
    return text_cell(text, _CELL)[:_CELL]


def _width(field: Field) -> int:
    """Characters that the column needs: its cells, and the longest word of its heading."""
    longest = max((len(_shown(value, field.form)) for value in field.values), default=0)
    longest = max(longest, *(len(_shown(value, field.form)) for value in field.total), 0)
    words = max((len(word) for word in field.title[:1000].split()), default=0)
    return min(max(longest + 2, words + 3, _WIDTH[0]), _WIDTH[1])


def _shown(value: object, form: str) -> str:
    if isinstance(value, int | float):
        if "%" in form:
            return f"{100 * value:.2f}%"
        # Room for a sign or a code of a currency, whichever it is.
        places = 2 if ".00" in form else 1 if ".0" in form else 0
        return f"{value:,.{places}f}" + " USD" * ('"' in form)
    return "" if value is None else str(value)[: _WIDTH[1]]


def _about(book: Workbook, sheet: Worksheet, result: Result, names: list[str]) -> None:
    head = book.add_format({"bold": True, "bottom": 1})
    top = book.add_format({"valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    whole = book.add_format({"align": "left", "num_format": "#,##0"})
    broken = book.add_format({"align": "left"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, _ABOUT)
    sheet.write_string(0, 0, "About", head)
    sheet.write_blank(0, 1, None, head)
    line = 1
    for heading, facts in sections(result, names):
        line += line > 1
        sheet.write_string(line, 0, _text(heading), head)
        sheet.write_blank(line, 1, None, head)
        for name, value in facts:
            line += 1
            if isinstance(value, str):
                lines = sum(1 + len(part) // _ABOUT for part in value.split("\n"))
                sheet.set_row(line, _LINE * min(lines, 12))
            _write(sheet, line, 0, name, top)
            if isinstance(value, str):
                _write(sheet, line, 1, value, wrap)
            else:
                is_whole = value is not None and float(value).is_integer()
                _write(sheet, line, 1, value, whole if is_whole else broken)
        line += 1
