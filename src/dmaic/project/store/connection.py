"""Connections to an engagement's database: how SQLite and PostgreSQL are opened."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool
from sqlmodel import create_engine

from dmaic.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

APPLICATION_ID = 0x444D4149
"""`DMAI` in the header of the SQLite file."""

PATIENCE = 30.0
"""Seconds to wait for another writer."""

_REACH = 10
"""Seconds to wait for a server."""

_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")


def place_of(said: str | Path) -> tuple[Path | None, URL | None]:
    """What a person named: the path of an SQLite file, or the URL of a PostgreSQL database.

    Args:
        said: a path, `sqlite:///PATH` or `postgresql://...`.

    Raises:
        StoreError: `store.url`, it is an address of another kind or cannot be read.
    """
    text = str(said)
    if "://" not in text:
        return Path(said), None
    scheme, rest = text.split("://", 1)
    if scheme.lower() == "sqlite" and rest[:1] == "/" and len(rest) > 1:
        return Path(unquote(rest[1:].split("?")[0])), None
    if scheme.lower() not in _SCHEMES:
        raise StoreError(
            "The record is kept in SQLite or PostgreSQL; this address names neither.",
            "store.url",
            "Give a path, or postgresql://USER@HOST/DATABASE.",
            shown(text),
        )
    try:
        url = make_url(text).set(drivername="postgresql+psycopg")
        if "@" in (url.host or ""):
            raise ValueError("a part of the password stands where the host should")
        return None, url
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "The address of the database cannot be read.",
            "store.url",
            "Write it as postgresql://USER@HOST/DATABASE; signs such as @ in a password as %40.",
            shown(text),
        ) from error


def shown(place: str | Path) -> str:
    """A place as it may be shown: without passwords.

    Args:
        place: a path or an URL, well formed or not.
    """
    text = str(place)
    if "://" not in text:
        return text
    # Up to the last @: a password may hold one, unescaped by mistake.
    text = re.sub(r"(://[^:/?#@]*):[^/?#]*@", r"\1:***@", text)
    text = re.sub(r"(://[^:/?#]*):.*@", r"\1:***@", text)
    return re.sub(r"([?&][^=&]*pass[^=&]*=)[^&]*", r"\1***", text, flags=re.IGNORECASE)


def secrets_of(url: URL) -> list[str]:
    """The passwords in an URL, as a driver could repeat them in a message."""
    values = [url.password, *(v for k, v in url.query.items() if "pass" in k.lower())]
    return [str(value) for value in values if value]


def sqlite_connection(
    path: Path, *, write: bool = False, new: bool = False, keys: bool = True
) -> sqlite3.Connection:
    """Open an SQLite file that exists.

    The rollback journal is used, not the write-ahead log: docs/record.md says why.

    Args:
        path: of the file.
        write: for writing.
        new: the file is empty and becomes an engagement.
        keys: foreign keys are enforced.
    """
    connection = sqlite3.connect(
        f"file:{quote(os.path.abspath(path))}?mode={'rw' if write else 'ro'}",  # noqa: PTH100
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
    )
    try:
        connection.execute(f"PRAGMA foreign_keys = {'ON' if keys else 'OFF'}")
        if write:
            connection.execute("PRAGMA synchronous = FULL")
        if new:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    except BaseException:
        connection.close()
        raise
    return connection


def sqlite_engine(
    path: Path, *, write: bool = False, new: bool = False, keys: bool = True
) -> Engine:
    """The same for SQLAlchemy; a writer holds the write lock from the beginning.

    Args:
        path: of the file.
        write: for writing.
        new: the file is empty and becomes an engagement.
        keys: foreign keys are enforced.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite_connection(path, write=write, new=new, keys=keys),
        poolclass=NullPool,
        json_deserializer=_from_json,
    )
    begin = "BEGIN IMMEDIATE" if write else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def postgresql_engine(url: URL, *, write: bool = False) -> Engine:
    """A PostgreSQL database; a reader sees one moment and cannot write.

    Args:
        url: of the database.
        write: for writing.

    Raises:
        StoreError: `store.driver`, its driver is not installed.
    """
    arguments: dict[str, Any] = {}
    if "connect_timeout" not in url.query:
        arguments["connect_timeout"] = _REACH
    if "application_name" not in url.query:
        arguments["application_name"] = "dmaic"
    try:
        engine = create_engine(
            url, poolclass=NullPool, json_deserializer=_from_json, connect_args=arguments
        )
    except ImportError as error:
        raise StoreError(
            "PostgreSQL needs a driver that is not installed.",
            "store.driver",
            'pip install "dmaic[postgresql]"',
            shown(url.render_as_string()),
        ) from error
    if write:
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _from_json(text: str) -> Any:  # noqa: ANN401  whatever JSON holds
    try:
        return json.loads(text)
    except (TypeError, ValueError) as error:
        raise StoreError(
            "A row of the database holds no JSON where it should.",
            "store.body",
            "`dmaic log verify` says which row was changed by hand.",
        ) from error
