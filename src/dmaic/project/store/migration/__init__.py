"""Bringing the database of an older dmaic up to date, after a copy of it was put aside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dmaic.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dmaic.project.store.store import Store

FOLDER = Path(__file__).parent


def migrate(store: Store, *, consent: bool = False, aside: bool = True) -> Path | None:
    """Bring a database up to date; of an SQLite file a copy is kept beside it.

    Args:
        store: an older database.
        consent: the person asked for it. A server's database is not copied by dmaic and serves
            others, so it is only migrated when somebody says so.

        aside: keep a copy.

    Returns:
        The copy; None where there is none, or somebody else migrated it meanwhile.

    Raises:
        StoreError: `store.older`, it is on a server and nobody gave consent; or it cannot be
            copied or written, and is as it was.
    """
    from sqlalchemy import text
    from sqlmodel import Session

    from dmaic.project.store.store import SCHEMA
    from dmaic.project.store.trouble import told

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
        copy = _put_aside(store.path, version) if store.path is not None and aside else None
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
    from dmaic.output import draft_beside
    from dmaic.project.store.copying import copy_file, name_it
    from dmaic.project.store.store import remove_database

    draft = draft_beside(path)
    try:
        copy_file(path, draft)
        return name_it(draft, path.with_name(f"{path.name}.schema-{version}.bak"))
    finally:
        remove_database(draft)
