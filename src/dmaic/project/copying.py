"""Whole copies of an SQLite database, by SQLite's own backup."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

from dmaic.project.connection import PATIENCE


def copy_database(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database to a new, private file, and see to it that it is on the disk.

    Args:
        source: an open connection; what it sees is copied.
        target: the new file.

    Raises:
        FileExistsError: it is there.
        sqlite3.Error: it could not be read or written.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    sink = sqlite3.connect(target, isolation_level=None)
    try:
        pour(source, sink)
    finally:
        sink.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def pour(source: sqlite3.Connection, sink: sqlite3.Connection) -> None:
    """Make one database the same as another, in one step that happens whole or not at all.

    Args:
        source: what is copied.
        sink: what becomes the same.

    Raises:
        sqlite3.OperationalError: somebody held one of them for too long, or the disk is full.
    """
    late = time.monotonic() + PATIENCE

    def watch(status: int, remaining: int, total: int) -> None:
        del remaining, total
        # Python tries for ever where a file is held by another process.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > late:
            raise sqlite3.OperationalError("database is locked")

    source.backup(sink, progress=watch)
