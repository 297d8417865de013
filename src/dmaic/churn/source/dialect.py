"""How delimited text is delimited: its separator and its quotes. Same text, same answer."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from dmaic.errors import UsageError
from dmaic.text import printable

COMMON = ("\t", ";", "|", ",")
"""Separators that win over the others; where several fit perfectly, the first of these."""

_LESS_COMMON = ("^", "~", ":")
_NEVER = frozenset("\"'._-/\\@()[]{}<>%$€£#+= \r\n\x00")
_NAMES = {
    "tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ",
    "colon": ":", "caret": "^", "tilde": "~",
}  # fmt: skip
_WORDS = {"\t": "tab", " ": "space"}
_SAMPLE_LINES = 200


@dataclass(frozen=True, slots=True)
class Dialect:
    r"""How the cells of a text file are told apart.

    Attributes:
        delimiter: one character; None where there is one column.
        quote: `"` or `'`.
        escape: `\` where quotes inside cells are written `\"`, otherwise empty.
        loose: blanks stand between a separator and a quote.
        declared: the first line says `sep=...`.
    """

    delimiter: str | None = ","
    quote: str = '"'
    escape: str = ""
    loose: bool = False
    declared: bool = False

    @property
    def shown(self) -> str:
        """The separator in a word or in quotes."""
        if self.delimiter is None:
            return "none, one column"
        return _WORDS.get(self.delimiter) or f'"{printable(self.delimiter)}"'

    def reader(self, lines: Iterable[str], *, strict: bool = False) -> Iterator[list[str]]:
        """A csv reader of this dialect; in strict mode it raises `csv.Error` on stray quotes."""
        return csv.reader(
            lines,
            # A character that text does not hold stands in where there is one column.
            delimiter=self.delimiter or "\x1f",
            quotechar=self.quote,
            escapechar=self.escape or None,
            skipinitialspace=self.loose,
            strict=strict,
        )


@contextmanager
def long_cells(limit: int = 1 << 24) -> Iterator[None]:
    """Let csv read cells of up to `limit` characters; its own limit is 131,072."""
    before = csv.field_size_limit(limit)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def read_delimiter(asked: str) -> str:
    """The character that `--delimiter` names.

    Raises:
        UsageError: it is not one character (`read.delimiter`).
    """
    character = _NAMES.get(asked.casefold(), asked)
    if len(character) != 1 or character in "\"'\r\n\x00":
        raise UsageError(
            f'--delimiter "{printable(asked, 40)}" is not one character that can separate cells.',
            code="read.delimiter",
            hint="Give one character, such as --delimiter ';', or the word tab.",
        )
    return character


def split_lines(text: str) -> list[str]:
    """Lines with their ends, split at LF, CR and CRLF only."""
    return io.StringIO(text, newline="").readlines()


def detect(text: str, asked: str | None, where: str) -> Dialect:
    """The dialect of the beginning of a file.

    Args:
        text: the beginning, cut at a line end.
        asked: what `--delimiter` says.
        where: the file's name for messages.

    Raises:
        UsageError: cut at the character asked for there is one column, but another fits
            (`read.delimiter`).
    """
    lines = split_lines(text)
    # Excel's own way to say it; it holds whatever the rest looks like.
    first = lines[0].lstrip("\ufeff").rstrip("\r\n").strip('"') if lines else ""
    declared = first[4:] if first.casefold().startswith("sep=") and len(first) == 5 else ""
    lines = lines[1:] if declared else lines
    sample = lines[:_SAMPLE_LINES]
    if asked:
        chosen = read_delimiter(asked)
        return _checked(sample, chosen, where, bool(declared))
    if declared:
        return _quoting(sample, declared, declared=True)
    best = _best(sample)
    return _quoting(sample, best)


def _checked(sample: list[str], chosen: str, where: str, declared: bool) -> Dialect:
    dialect = _quoting(sample, chosen, declared=declared)
    if _fit(sample, dialect)[0] > 0:
        return dialect
    other = _best(sample)
    if other is None or other == chosen:
        return dialect
    fits = _quoting(sample, other)
    width = _width(sample, fits)
    raise UsageError(
        f"With the delimiter {dialect.shown} the table has only one column.",
        code="read.delimiter",
        where=where,
        hint=f"{fits.shown[:1].upper()}{fits.shown[1:]} gives {width} columns: "
        f"leave --delimiter out, or give --delimiter {_WORDS.get(other) or repr(other)}.",
    )


def _best(sample: list[str]) -> str | None:
    """The separator that fits best; None where nothing separates anything."""
    text = "".join(sample)
    unruly = ""
    for group in (COMMON, _LESS_COMMON, _others(sample)):
        scored = []
        for place, each in enumerate(group):
            if each in text:
                dialect = _quoting(sample, each)
                fit = _fit(sample, dialect)
                if fit[0] > 0:
                    scored.append((_parses(sample, dialect), fit, -place, each))
        if scored:
            parses, fit, _, chosen = max(scored)
            # Where quotes stand in odd places another separator may be the true one, but only one
            # that fits the header too.
            if parses and (fit[0] == 1.0 or not unruly):
                return chosen
            unruly = unruly or chosen
    return unruly or None


def _others(sample: list[str]) -> list[str]:
    first = next((line for line in sample if line.strip()), "")
    return sorted(
        {each for each in first if not each.isalnum() and each not in _NEVER}
        - {*COMMON, *_LESS_COMMON}
    )


def _fit(sample: list[str], dialect: Dialect) -> tuple[float, float]:
    """How well a dialect cuts the sample into equal rows: 0 for not at all.

    The first figure is the share of rows that have the header's width, 1.0 for a perfect fit, and
    is all that counts among separators that fit perfectly.
    """
    rows = _rows(sample, dialect)
    if not rows:
        return 0.0, 0.0
    # Titles above and footers below are shorter than the table; its own rows agree.
    widths = Counter(len(row) for row in rows)
    wide = {width: number for width, number in widths.items() if width > 1}
    if not wide:
        return 0.0, 0.0
    width, agreeing = max(wide.items(), key=lambda item: (item[1], item[0]))
    share = agreeing / len(rows)
    if widths[1] and not _is_table_below_title(rows, width, share):
        return 0.0, 0.0
    if share < 1 and _is_prose(rows, dialect):
        return 0.0, 0.0
    return round(share, 6), float(width if share < 1 else 0)


def _is_table_below_title(rows: list[list[str]], width: int, share: float) -> bool:
    """Rows of one cell are titles, footers and cut-off rows only where a real table remains."""
    from dmaic.churn.source.header import is_data_row

    first = next(number for number, row in enumerate(rows) if len(row) > 1)
    if first == 0:
        # The first line is cut: it is a header, and short rows below it are short rows.
        return share >= 0.3 or len(rows[0]) >= width
    below = rows[first:]
    agreeing = sum(len(row) == width for row in below)
    if agreeing < 0.6 * len(below) or len(rows[first]) < width:
        return False
    # A title is followed by a header; "amount" followed by "1,50" is a column of its own.
    return len(below) > 1 and not is_data_row(rows[first]) and first <= max(12, len(rows) // 2)


def _is_prose(rows: list[list[str]], dialect: Dialect) -> bool:
    """Whether the separator is punctuation of sentences in a file of one column."""
    if dialect.delimiter not in (",", ";", ":"):
        return False
    tails = [cell for row in rows for cell in row[1:]]
    return bool(tails) and all(cell.startswith(" ") for cell in tails) and len(rows[0]) == 1


def _rows(sample: list[str], dialect: Dialect) -> list[list[str]]:
    rows: list[list[str]] = []
    with long_cells():
        try:
            rows.extend(row for row in dialect.reader(sample) if any(cell.strip() for cell in row))
        except csv.Error:
            return rows
    return rows


def _width(sample: list[str], dialect: Dialect) -> int:
    return max((len(row) for row in _rows(sample, dialect)), default=1)


def _quoting(sample: list[str], delimiter: str | None, *, declared: bool = False) -> Dialect:
    """The quote character, by the cells that begin and end with one."""
    cut = delimiter or "\x1f"
    if not any('"' in line or "'" in line for line in sample):
        return Dialect(delimiter, declared=declared)
    cells = [cell for line in sample for cell in line.rstrip("\r\n").split(cut)]
    if any(cell.lstrip(" ").startswith('"') for cell in cells):
        plain = Dialect(delimiter, '"', "", _is_loose(sample, cut), declared)
        return replace(plain, escape="\\") if _is_escaped(sample, plain) else plain
    pairs = sum(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in cells)
    opened = sum(cell.startswith("'") for cell in cells)
    closed = sum(cell.endswith("'") for cell in cells)
    return Dialect(delimiter, "'" if pairs and opened == closed else '"', "", False, declared)


def _is_loose(sample: list[str], cut: str) -> bool:
    """Whether quoted cells stand after a separator and a blank."""
    text = "".join(sample)
    if f'{cut} "' not in text:
        return False
    # Cells in quotes become one NUL each, so that what remains lies between them.
    bare = re.sub(r'"(?:[^"]|"")*"', "\0", text)
    return re.search(re.escape(cut) + " +\0", bare) is not None


def _is_escaped(sample: list[str], dialect: Dialect) -> bool:
    r"""Whether `\"` hides a quote, rather than a backslash being the last sign of a cell."""
    if not any(f"\\{dialect.quote}" in line for line in sample):
        return False
    return not _parses(sample, dialect) and _parses(sample, replace(dialect, escape="\\"))


def _parses(sample: list[str], dialect: Dialect) -> bool:
    with long_cells():
        try:
            for _ in dialect.reader(sample, strict=True):
                pass
        except csv.Error as error:
            # The sample may end within a cell.
            return "end of data" in str(error)
    return True
