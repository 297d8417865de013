"""What a person may say about how an export is to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FORMATS = ("csv", "xlsx", "xls", "ods", "parquet", "json", "jsonl")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Reading options; None means: find out, and say what was found.

    Attributes:
        input_format: one of `FORMATS`.
        encoding: name of a Python codec.
        delimiter: one character, or `tab`.
        decimal: `.` or `,`.
        date_order: `ymd`, `mdy` or `dmy`.
        header_row: the row of the header, counted from 1 as a spreadsheet shows it; 0: no header.
        skip_last: rows to leave out at the bottom.
        sheet: name of the worksheet, or its number counted from 1.
    """

    input_format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: Literal[".", ","] | None = None
    date_order: Literal["ymd", "mdy", "dmy"] | None = None
    header_row: int | None = None
    skip_last: int | None = None
    sheet: str | None = None
