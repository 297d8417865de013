"""The store: an engagement's database, on SQLite or PostgreSQL."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from dmaic.errors import StoreError
from dmaic.output import draft_beside
from dmaic.project.store.connection import (
    APPLICATION_ID,
    PATIENCE,
    place_of,
    postgresql_engine,
    shown,
    sqlite_connection,
    sqlite_engine,
)
from dmaic.project.store.trouble import CLOSED, DAMAGED, FOREIGN, needs_rollback, refuse, told
from dmaic.project.store.view import View
from dmaic.project.store.work import Work
from dmaic.settings import now

SCHEMA = "0001"
"""Newest migration; the table `alembic_version` names the one that a database has."""

_LOCK = APPLICATION_ID
"""Key of PostgreSQL's advisory lock, with the schema's: one writer at a time, as on SQLite."""

_SIDES = ("-journal", "-wal", "-shm")


class Store:
    """An open database. Nothing is held open between reads and writes.

    Args:
        place: path of an SQLite file, or the URL of a PostgreSQL database.
        actor: who writes.

    Raises:
        StoreError: `store.url`, the address names another kind of database.
    """

    def __init__(self, place: str | Path, actor: str) -> None:
        self.path, self.url = place_of(place)
        self.place = str(self.path or place)
        self.actor = actor
        self.is_sqlite = self.path is not None

    @property
    def shown(self) -> str:
        """The place as it may be shown: without passwords."""
        return shown(self.place)

    @contextmanager
    def reading(self) -> Iterator[View]:
        """Read; the database is not written to, and what is seen is of one moment.

        On SQLite a writer waits for readers to end: ask the person nothing meanwhile.

        Raises:
            StoreError: it cannot be opened or read.
            ConflictError: another process holds the lock for too long.
        """
        with told(self.place), self._begun() as session:
            yield View(session)

    @contextmanager
    def writing(
        self, command: str, *, project: str | None = None, note: str = "", dry_run: bool = False
    ) -> Iterator[Work]:
        """Write; all of it becomes one entry of the journal, or nothing happens.

        Nobody else can write meanwhile: ask the person nothing.

        Args:
            command: what was run, for the journal.
            project: id of the project concerned.
            note: reason given.
            dry_run: roll everything back in the end.

        Raises:
            StoreError: it cannot be opened or written.
            ConflictError: another process holds the lock for too long.
        """
        with told(self.place), self._begun(write=True) as session:
            work = Work(
                session,
                actor=self.actor,
                command=command,
                at=now(),
                project=project,
                note=note,
                dry_run=dry_run,
            )
            yield work
            work.settle()
            if dry_run:
                session.rollback()
            else:
                session.commit()

    def create(self, begin: Callable[[Work], object] | None = None) -> None:
        """Make a new database; it is there whole, or not at all.

        Args:
            begin: makes the first items; its entry in the journal is called `init`.

        Raises:
            StoreError: `store.exists`, there is one already, or it cannot be written.
        """
        if self.path is None:
            with told(self.place), Session(self.engine(write=True)) as session:
                self._make(session, begin)
            return
        if self.path.exists():
            raise self._taken()
        draft = draft_beside(self.path)
        try:
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with told(self.place), Session(sqlite_engine(draft, write=True, new=True)) as session:
                self._make(session, begin)
            put_in_place(draft, self.path)
        except FileExistsError as error:
            raise self._taken() from error
        except OSError as error:
            raise StoreError(
                f"The database cannot be made: {(error.strerror or str(error)).lower()}.",
                "store.no-folder",
                "Choose another place.",
                self.shown,
            ) from error
        finally:
            remove_database(draft)

    def engine(self, *, write: bool = False, keys: bool = True) -> Engine:
        """Connections to the database, one at a time.

        Args:
            write: for writing.
            keys: SQLite enforces foreign keys.
        """
        if self.url is not None:
            return postgresql_engine(self.url, write=write)
        return sqlite_engine(Path(self.place), write=write, keys=keys)

    def lock(self, session: Session) -> None:
        """Become the only writer; on SQLite the transaction began so.

        Args:
            session: ends the lock with its transaction.
        """
        if self.path is None:
            session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE:.0f}s'"))
            session.execute(
                text(f"SELECT pg_advisory_xact_lock({_LOCK}, hashtext(current_schema()))")
            )

    def schema(self, session: Session) -> str:
        """Schema version of the database.

        Raises:
            StoreError: `store.foreign`, this is no engagement; `store.damaged`, it was one.
        """
        if self.path is not None:
            found = session.execute(text("PRAGMA application_id")).scalar()
            if found != APPLICATION_ID:
                raise refuse(FOREIGN, self.place)
            tables = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
            if session.execute(text(tables)).first() is None:
                raise refuse(DAMAGED, self.place)
        version = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if not re.fullmatch(r"\d{4}", str(version)):
            raise refuse(DAMAGED if self.is_sqlite else FOREIGN, self.place)
        return str(version)

    @contextmanager
    def _begun(self, *, write: bool = False) -> Iterator[Session]:
        """A transaction on a database of this schema."""
        session = self._open(write=write)
        try:
            if self._schema_or_refuse(session) < SCHEMA:
                session.close()
                from dmaic.project.store.migration import migrate

                migrate(self)
                session = self._open(write=write)
                self._schema_or_refuse(session)
            yield session
        finally:
            session.close()

    def _open(self, *, write: bool) -> Session:
        if self.path is not None and self.path.is_dir():
            raise refuse(CLOSED, self.place)
        for last in (False, True):
            session = Session(self.engine(write=write))
            try:
                if write:
                    self.lock(session)
                # The first look at the file: what a stopped writer left is found here.
                session.execute(text("PRAGMA schema_version" if self.is_sqlite else "SELECT 1"))
            except BaseException as error:
                session.close()
                found = isinstance(error, DBAPIError) and needs_rollback(error)
                if last or not found or not self._tidy():
                    raise
            else:
                break
        return session

    def _tidy(self) -> bool:
        """Take back what a stopped writer left half done; a reader is not able to."""
        path = Path(self.place)
        if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            return False
        connection = sqlite_connection(path, write=True)
        try:
            connection.execute("PRAGMA schema_version")
        finally:
            connection.close()
        return True

    def _schema_or_refuse(self, session: Session) -> str:
        version = self.schema(session)
        if version > SCHEMA:
            raise StoreError(
                f"It was written by a newer dmaic (schema {version}, this one knows {SCHEMA}).",
                "store.newer",
                "Update dmaic: pip install --upgrade dmaic.",
                self.shown,
            )
        return version

    def _make(self, session: Session, begin: Callable[[Work], object] | None) -> None:
        self.lock(session)
        connection = session.connection()
        if {"item", "operation", "alembic_version"} & {*inspect(connection).get_table_names()}:
            raise self._taken()
        tables = [SQLModel.metadata.tables[name] for name in ("item", "operation")]
        SQLModel.metadata.create_all(connection, tables)
        # As Alembic makes it, without its import.
        session.execute(
            text(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
        )
        session.execute(text("INSERT INTO alembic_version VALUES (:v)"), {"v": SCHEMA})
        if begin is not None:
            work = Work(session, actor=self.actor, command="init", at=now())
            begin(work)
            work.settle()
        session.commit()

    def _taken(self) -> StoreError:
        return StoreError(
            "There is a database already.", "store.exists", "Choose another place.", self.shown
        )


def put_in_place(draft: Path, path: Path) -> None:
    """Give a finished file its name; a file that has the name already is never lost.

    Args:
        draft: the file.
        path: its name.

    Raises:
        FileExistsError: the name is taken.
    """
    try:
        path.hardlink_to(draft)
        draft.unlink()
    except FileExistsError:
        raise
    except OSError:  # Some file systems know no links.
        if path.exists():
            raise FileExistsError(str(path)) from None
        draft.rename(path)


def remove_database(path: Path) -> None:
    """Remove an SQLite file with what stands beside it, where there is any."""
    for end in ("", *_SIDES):
        Path(f"{path}{end}").unlink(missing_ok=True)
