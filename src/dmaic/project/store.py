"""The store: an engagement's database, on SQLite or PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlmodel import Session, SQLModel, create_engine

from dmaic.errors import ConflictError, StoreError
from dmaic.project.row import ItemRow
from dmaic.project.view import View
from dmaic.project.work import Work

APPLICATION_ID = 0x444D4149
"""`DMAI` in the header of the SQLite file."""

SCHEMA = "0001"
"""Newest migration; the table `alembic_version` names the one that a database has."""

PATIENCE = 30.0
"""Seconds to wait for another writer."""

_LOCK = 0x646D616963
"""Key of PostgreSQL's advisory lock: one writer at a time, as on SQLite."""


class Store:
    """An open database. Nothing is held open between reads and writes.

    Args:
        place: path of an SQLite file, or any SQLAlchemy URL.
        actor: who writes.
    """

    def __init__(self, place: str | Path, actor: str) -> None:
        self.place = str(place)
        self.actor = actor
        self.is_sqlite = "://" not in self.place
        self.path = Path(self.place) if self.is_sqlite else None

    @contextmanager
    def reading(self) -> Iterator[View]:
        """Read; the database is not written to, and what is seen is of one moment.

        Raises:
            StoreError: it cannot be opened or read.
        """
        with self._told(), Session(self._engine(write=False)) as session:
            self._check(session)
            yield View(session)

    @contextmanager
    def writing(
        self, command: str, *, project: str | None = None, note: str = "", dry_run: bool = False
    ) -> Iterator[Work]:
        """Write; all of it becomes one entry of the journal, or nothing happens.

        Args:
            command: what was run, for the journal.
            project: id of the project concerned.
            note: reason given.
            dry_run: roll everything back in the end.

        Raises:
            StoreError: it cannot be opened or written.
            ConflictError: another process holds the lock for too long.
        """
        with self._told(), Session(self._engine(write=True)) as session:
            self._lock(session)
            self._check(session)
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

    def create(self) -> None:
        """Make the tables of a new, empty database.

        Raises:
            StoreError: `store.exists`, there is one already, or it cannot be written.
        """
        if self.path is not None:
            if self.path.exists():
                raise StoreError(
                    "There is a database already.",
                    "store.exists",
                    "Choose another folder.",
                    str(self.path),
                )
            self.path.touch(mode=0o600)
        with self._told(), Session(self._engine(write=True, new=True)) as session:
            connection = session.connection()
            SQLModel.metadata.create_all(connection)
            session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            session.execute(text("INSERT INTO alembic_version VALUES (:v)"), {"v": SCHEMA})
            session.commit()

    def _engine(self, *, write: bool, new: bool = False) -> Engine:
        if self.path is None:
            engine = create_engine(self.place, poolclass=NullPool)
            if not write:
                engine = engine.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            return engine

        path = self.path

        def connect() -> sqlite3.Connection:
            mode = "rw" if write else "ro"
            connection = sqlite3.connect(
                f"file:{quote(os.path.abspath(path))}?mode={mode}",  # noqa: PTH100
                uri=True,
                timeout=PATIENCE,
                isolation_level=None,
            )
            connection.execute("PRAGMA foreign_keys = ON")
            if new:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute("PRAGMA journal_mode = WAL")
            if write:
                connection.execute("PRAGMA synchronous = FULL")
            return connection

        engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
        begin = "BEGIN IMMEDIATE" if write else "BEGIN"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine

    def _lock(self, session: Session) -> None:
        if self.path is None:
            session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))

    def _check(self, session: Session) -> None:
        """Refuse what is no engagement, or one of a newer dmaic."""
        if self.path is not None:
            found = session.execute(text("PRAGMA application_id")).scalar()
            if found != APPLICATION_ID:
                raise StoreError(
                    "This is not an engagement of dmaic.",
                    "store.foreign",
                    "Make one with `dmaic init`, or name another with --db.",
                    self.place,
                )
        version = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if str(version) > SCHEMA:
            raise StoreError(
                f"It was written by a newer dmaic (schema {version}, this one knows {SCHEMA}).",
                "store.newer",
                "Update dmaic: pip install --upgrade dmaic.",
                self.place,
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            if "locked" in str(error.orig):
                raise ConflictError(
                    f"Another process has been writing for {PATIENCE:.0f} seconds.",
                    "conflict.locked",
                    "Run it again; if it stays so, `dmaic doctor` looks into it.",
                    self.place,
                ) from error
            raise self._failed(error) from error
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> StoreError:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        return StoreError(
            f"The database says: {reason}.",
            "store.failed",
            "`dmaic doctor` looks into it; `dmaic restore` brings a backup back.",
            self.place,
        )


def now() -> str:
    """This moment, UTC, ISO 8601 with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


__all__ = ["APPLICATION_ID", "PATIENCE", "SCHEMA", "ItemRow", "Store", "now"]
