"""Table expressions: how a file is named to the engine."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Protocol

from dmaic.churn.column import Column, literal
from dmaic.churn.source.base import Desk
from dmaic.churn.source.dialect import Dialect

_PATTERN = frozenset("*?[]{}\\")
_LONG = 1 << 18
_USUAL_LINE = 1 << 21


class Writer(Protocol):
    """What writes rows; the csv module has no name for its own."""

    def writerow(self, row: Sequence[Any], /) -> object:
        """Write one row."""
        ...


def read_csv(
    path: Path,
    columns: Sequence[Column],
    dialect: Dialect,
    *,
    header: bool = False,
    skip: int = 0,
    longest: int = 0,
) -> str:
    """The table expression that reads a regular UTF-8 file.

    Args:
        path: the file, as `plain_path` gives it.
        columns: names and types.
        dialect: how it is delimited.
        header: the first row that is read holds the names.
        skip: lines left out above it.
        longest: characters of the longest row, as far as known.
    """
    types = ", ".join(f"{literal(each.name)}: {literal(each.type)}" for each in columns)
    parts = [
        literal(str(path)),
        "auto_detect = false",
        "strict_mode = true",
        "compression = 'none'",
        # A character that text does not hold stands in where there is one column.
        f"delim = {literal(dialect.delimiter or chr(31))}",
        f"quote = {literal(dialect.quote)}",
        f"escape = {literal(dialect.quote)}",
        f"header = {'true' if header else 'false'}",
        f"skip = {skip}",
        f"columns = {{{types}}}",
    ]
    if longest > _LONG:
        # A character is at most four bytes, and quotes are written twice. The engine keeps many
        # lines at once, so this is not set where it need not be.
        parts.append(f"max_line_size = {8 * longest + _USUAL_LINE}")
    return f"read_csv({', '.join(parts)})"


def start_copy(stream: IO[str], names: Sequence[str]) -> Writer:
    """A writer of a private copy that `read_copy` reads; the header is written.

    Args:
        stream: the copy, opened with `newline=""`.
        names: names of its columns.
    """
    # Both characters of this line end make the writer quote a cell; and the engine takes the
    # first line end it sees for that of the file, which the header's is.
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(names)
    return writer


def read_copy(path: Path, columns: Sequence[Column], longest: int) -> str:
    """The table expression that reads a private copy.

    Args:
        path: the copy.
        columns: names and types.
        longest: characters of its longest row.
    """
    return read_csv(path, columns, Dialect(","), header=True, longest=longest)


def plain_path(path: Path, desk: Desk) -> Path:
    """A path that the engine takes for one file: a link where the name could be a pattern."""
    text = str(path)
    if not _PATTERN & set(text) and text.isprintable():
        return path
    link = desk.draft("link")
    try:
        link.symlink_to(path)
    except OSError:
        shutil.copyfile(path, link)
    return link
