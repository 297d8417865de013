"""Putting a backup in the place of the database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dmaic.errors import StoreError, UsageError
from dmaic.output import draft_beside
from dmaic.project.record.backup import Copied, file_of, short_path
from dmaic.project.record.verify import Verified, verify
from dmaic.project.store.connection import sqlite_connection
from dmaic.project.store.copying import copy_file, is_sound, name_it, written
from dmaic.project.store.journal import when
from dmaic.project.store.migration import migrate
from dmaic.project.store.store import Store, put_in_place, remove_database
from dmaic.project.store.trouble import DAMAGED, refuse, told
from dmaic.text import plural


@dataclass(slots=True)
class Restoring:
    """A backup that was read and found fit.

    Attributes:
        store: the database that it shall replace.
        draft: its copy, beside the database.
        source: the backup's file.
        found: what is in it.
        now: what is in the database; None where there is none, or none that can be read.
        last: when the last entry of the backup was written.
        kept: its last entry stands in the journal of the database too.
    """

    store: Store
    draft: Path
    source: Path
    found: Verified
    now: Verified | None
    last: str
    kept: bool

    @property
    def question(self) -> str:
        """What is about to happen."""
        is_there = Path(self.store.place).exists()
        told = f"The backup ends at entry {self.found.head}, {when(self.last)}."
        if not self.found.ok:
            told += " ITS JOURNAL IS NOT WHOLE."
        if self.now is None:
            return told + (" The database that is there cannot be read." if is_there else "")
        if self.kept:
            more = self.now.head - self.found.head
            if not more:
                return f"{told} The database has nothing newer."
            newer = plural(more, "newer entry", "newer entries")
            return f"{told} The database has {newer}, which will be gone from it."
        return f"{told} The database has another history, which ends at entry {self.now.head}."

    def apply(self, day: date) -> Copied:
        """Put the backup in the place of the database, which is kept beside it.

        Args:
            day: today.

        Raises:
            StoreError: `backup.failed`; the database is as it was.
        """
        path = Path(self.store.place)
        head = f"{self.now.head}:{self.now.head_hash}" if self.now is not None else "none"
        note = f"from {self.source.name}; the head before was {head}"
        copy = Store(self.draft, self.store.actor)
        with copy.writing("restore", note=note) as work:
            work.marked = True
        with copy.reading() as view:
            found = verify(view)
        aside = path.with_name(f"{path.name}.replaced-{day}.bak")
        with written(path), told(self.store.place):
            kept: Path | None
            if self.now is not None and is_sound(path):
                kept = _exchange(path, self.draft, aside)
            else:
                kept = _move_aside(path, aside)
                put_in_place(self.draft, path)
        return Copied(
            kind="restore",
            done=f"Restored the database from {short_path(self.source)}.",
            path=str(path),
            replaced=str(kept or ""),
            entries=found.entries,
            head=found.head,
            head_hash=found.head_hash,
            whole=found.ok,
            next=("dmaic doctor",),
        )


@contextmanager
def restoring(store: Store, source: Path) -> Iterator[Restoring]:
    """Read a backup and see whether it can take the place of the database.

    Args:
        store: the database, which need not be there nor be readable.
        source: the backup; it is not changed.

    Raises:
        StoreError: the backup is no engagement, damaged, or of a newer dmaic; `backup.server`,
            the database is on a server; `backup.not-found`; `backup.failed`.
        UsageError: `usage.same-file`, the backup is the database.
    """
    path = file_of(store, "Bring a dump back with pg_restore.")
    if not source.is_file():
        raise StoreError("There is no such backup.", "backup.not-found", "Check it.", str(source))
    if path.exists() and source.samefile(path):
        raise UsageError(
            "The backup is the database itself.", "usage.same-file", "Name another.", str(source)
        )
    draft = draft_beside(path)
    try:
        with written(path), told(str(source)):
            copy_file(source, draft)
        with told(str(source)):
            if not is_sound(draft):
                raise refuse(DAMAGED, str(source))
        copy = Store(draft, store.actor)
        try:
            migrate(copy, aside=False)
            with copy.reading() as view:
                found, last = verify(view), view.last_operation()
        except StoreError as error:
            raise StoreError(error.message, error.code, error.hint, str(source)) from error
        now, kept = _present(store, found)
        yield Restoring(store, draft, source, found, now, last.at if last else "", kept)
    finally:
        remove_database(draft)


def _present(store: Store, found: Verified) -> tuple[Verified | None, bool]:
    """What is in the database now, and whether the backup is a part of its history."""
    with suppress(StoreError), store.reading() as view:
        kept = any(
            row["seq"] == found.head and row["hash"] == found.head_hash
            for row in view.raw_operations()
        )
        return verify(view), kept
    return None, False


def _exchange(path: Path, draft: Path, aside: Path) -> Path:
    """Copy the database aside and give it the rows of another, while nobody else can write."""
    keep = draft_beside(path)
    connection = sqlite_connection(path, write=True)
    try:
        connection.execute("ATTACH DATABASE ? AS other", (str(draft),))
        connection.execute("BEGIN IMMEDIATE")
        copy_file(path, keep)
        for table in ("item", "operation"):
            connection.execute(f"DELETE FROM main.{table}")
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM other.{table}")
        kept = name_it(keep, aside)
        connection.execute("COMMIT")
    finally:
        connection.close()
        remove_database(keep)
    return kept


def _move_aside(path: Path, aside: Path) -> Path | None:
    if not path.exists():
        return None
    copy = draft_beside(path)
    shutil.copyfile(path, copy)
    copy.chmod(0o600)
    kept = name_it(copy, aside)
    journal = Path(f"{path}-journal")
    if journal.exists():
        journal.rename(f"{kept}-journal")
    remove_database(path)
    return kept
