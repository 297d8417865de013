"""Whole copies of an SQLite database, by SQLite's own backup, and the names they get."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dmaic.errors import StoreError
from dmaic.project.store.connection import PATIENCE, sqlite_connection
from dmaic.project.store.store import put_in_place


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


def copy_file(source: Path, target: Path) -> None:
    """Copy a database file to a new, private one.

    Args:
        source: the database.
        target: the new file.
    """
    connection = sqlite_connection(source)
    try:
        copy_database(connection, target)
    finally:
        connection.close()


def is_sound(path: Path) -> bool:
    """Whether SQLite finds a file whole."""
    connection = sqlite_connection(path)
    try:
        row = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
    return bool(row == ("ok",))


def name_it(draft: Path, target: Path, *, numbered: bool = True) -> Path:
    """Give a finished file its name; no file is written over.

    Args:
        draft: the file.
        target: the name.
        numbered: where it is taken, the next free one: `name-2.db`.

    Raises:
        StoreError: `backup.exists`, the name is taken.
    """
    number, free = 1, target
    while True:
        try:
            put_in_place(draft, free)
        except FileExistsError:
            if not numbered:
                raise StoreError(
                    "There is such a file already; it is not written over.",
                    "backup.exists",
                    "Choose another name.",
                    str(target),
                ) from None
            number += 1
            free = target.with_name(f"{target.stem}-{number}{target.suffix}")
        else:
            return free


@contextmanager
def written(place: Path) -> Iterator[None]:
    """Turn the system's errors into dmaic's.

    Args:
        place: what is written.

    Raises:
        StoreError: `backup.failed`.
    """
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"The copy cannot be written: {(error.strerror or str(error)).lower()}.",
            "backup.failed",
            "Choose another place, or make room there.",
            str(place),
        ) from error
