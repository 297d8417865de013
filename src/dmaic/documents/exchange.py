"""Documents in files: YAML, JSON, CSV and XLSX, read and written."""

from __future__ import annotations

import sys
from pathlib import Path

from dmaic.errors import DataError, NotFoundError
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
            with path.expanduser().open("rb") as file:
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
