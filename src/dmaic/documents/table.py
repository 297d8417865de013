"""Documents as tables, for CSV and workbooks, and tables of people as pieces.

A list is a table with a line a row. The other fields are a table of two columns, field and value;
with paths such as `milestones.M1.due` such a table can hold a whole document.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from dmaic.documents.base import Document
from dmaic.documents.form import FormField, form
from dmaic.documents.parse import spell
from dmaic.result import Sheet

FIELDS = "Fields"
"""Name of the sheet of the fields that are no lists."""

_HEAD = ("Field", "Value", "What belongs here")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def only_list(model: type[Document]) -> FormField | None:
    """The list of a document that consists of nothing else, or None."""
    fields = form(model)
    return fields[0] if len(fields) == 1 and fields[0].line is not None else None


def sheets(document: Document) -> tuple[Sheet, ...]:
    """The document as the sheets of a workbook: the fields, then each list.

    Args:
        document: any; an empty one makes a form to be filled in.
    """
    fields = form(type(document))
    plain = [each for each in fields if each.line is None]
    made = []
    if plain:
        rows = [
            (each.label, _cell(each, getattr(document, each.name)), each.help) for each in plain
        ]
        made.append(Sheet(FIELDS, _HEAD, rows, form=True))
    return (*made, *(list_sheet(each, document) for each in fields if each.line is not None))


def list_sheet(each: FormField, document: Document) -> Sheet:
    """One list of a document as a sheet.

    Args:
        each: the field that holds it.
        document: any.
    """
    cells = form(each.line) if each.line else ()
    return Sheet(
        each.label,
        ("Id", *(f"{cell.label} ({cell.unit})" if cell.unit else cell.label for cell in cells)),
        [
            (line.id, *(_cell(cell, getattr(line, cell.name)) for cell in cells))
            for line in getattr(document, each.name)
        ],
        form=True,
        choices={
            place: cell.choices if cell.shape == "choice" else ("yes", "no")
            for place, cell in enumerate(cells, start=1)
            if cell.shape in ("choice", "yes-no")
        },
        notes={place: _note(cell) for place, cell in enumerate(cells, start=1)},
    )


def _note(cell: FormField) -> str:
    if cell.example is None:
        return cell.help
    return f"{cell.help}\nExample: {spell(cell, cell.example)}"


def _cell(each: FormField, value: object) -> Any:  # noqa: ANN401
    """Numbers and dates as they are, everything else as text."""
    if isinstance(value, date) or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    return guarded(spell(each, value)) or None


def paths(document: Document) -> list[tuple[str, str]]:
    """The whole document as paths and texts.

    Args:
        document: any.
    """
    found = []
    for each in form(type(document)):
        value = getattr(document, each.name)
        if each.line is None:
            found.append((each.name, spell(each, value)))
            continue
        cells = form(each.line)
        found += [
            (f"{each.name}.{line.id}.{cell.name}", spell(cell, getattr(line, cell.name)))
            for line in value
            for cell in cells
        ]
    return found


def unguarded(text: str) -> str:
    """The text without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return text[1:] if _GUARDED.match(text) else text


def guarded(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula.

    A text that looks as if it had one already gets another, so that reading takes off no more.
    """
    return f"'{text}" if re.match(r"'*[=+\-@\t\r]", text) else text
