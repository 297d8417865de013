"""Bringing the database of an older dmaic up to date, after a copy of it was put aside."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from dmaic.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dmaic.project.store import Store

FOLDER = Path(__file__).parent


def migrate(store: Store, *, consent: bool = False) -> Path | None:
    """Bring a database up to date; of an SQLite file a copy is kept beside it.

    Args:
        store: an older database.
        consent: the person asked for it. A server's database is not copied by dmaic and serves
            others, so it is only migrated when somebody says so.

    Returns:
        The copy; None where there is none, or somebody else migrated it meanwhile.

    Raises:
        StoreError: `store.older`, it is on a server and nobody gave consent; or it cannot be
            copied or written, and is as it was.
    """
    from sqlalchemy import text
    from sqlmodel import Session

    from dmaic.project.store import SCHEMA
    from dmaic.project.trouble import told

    if store.path is None and not consent:
        raise StoreError(
            "It was written by an older dmaic.",
            "store.older",
            "Have it copied with pg_dump, then bring it up to date: dmaic doctor --fix.",
            store.shown,
        )
    with told(store.place), Session(store.engine(write=True, keys=False)) as session:
        store.lock(session)
        version = store.schema(session)
        if version >= SCHEMA:
            return None
        copy = _put_aside(store.path, version) if store.path is not None else None
        upgrade(session.connection(), SCHEMA)
        broken = "PRAGMA foreign_key_check"
        if store.path is not None and session.execute(text(broken)).first() is not None:
            raise StoreError(
                "It cannot be brought up to date: an item belongs to one that is not there.",
                "store.migration",
                "`dmaic doctor` names it. Nothing was changed.",
                store.shown,
            )
        session.commit()
    return copy


def upgrade(connection: Connection, version: str, folders: tuple[Path, ...] = ()) -> None:
    """Run the migrations that are missing, within the connection's transaction.

    Args:
        connection: to write with; the caller commits.
        version: newest migration to run.
        folders: where further migrations are.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    places = (FOLDER / "versions", *folders)
    config.set_main_option("version_locations", "\n".join(map(str, places)).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def _put_aside(path: Path, version: str) -> Path:
    from dmaic.project.connection import sqlite_connection
    from dmaic.project.copying import copy_database
    from dmaic.project.store import put_in_place, remove_database

    draft = path.with_name(f".dmaic-{secrets.token_hex(8)}.tmp")
    try:
        source = sqlite_connection(path)
        try:
            copy_database(source, draft)
        finally:
            source.close()
        number = 1
        while True:
            end = f".schema-{version}" + (f"-{number}" if number > 1 else "") + ".bak"
            copy = path.with_name(path.name + end)
            try:
                put_in_place(draft, copy)
            except FileExistsError:
                number += 1
            else:
                return copy
    finally:
        remove_database(draft)
