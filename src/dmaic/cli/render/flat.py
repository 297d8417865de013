"""The CSV face: the records of a result, figures unrounded."""

from __future__ import annotations

import csv
import io

from dmaic.result import Reply
from dmaic.text import printable, spreadsheet


def to_csv(result: Reply) -> str:
    """The records as comma-separated values with a header, lines ended by LF.

    Text that a spreadsheet would take for a formula gets an apostrophe in front, control
    characters other than line breaks are spelt out; JSON is the face that changes nothing.

    Args:
        result: any result that has records.
    """
    header, rows = result.records()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([text_cell(name) for name in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def text_cell(text: str, limit: int | None = None) -> str:
    """Text as a cell that does nothing in a spreadsheet or a terminal; line breaks stay.

    Args:
        text: any text.
        limit: the longest line wanted.
    """
    return spreadsheet("\n".join(printable(line, limit) for line in text.split("\n")))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # repr is the shortest text that reads back as the same number.
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, int):
        return str(value)
    return text_cell(str(value))
