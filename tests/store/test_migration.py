"""Older and newer databases."""

from __future__ import annotations

import sqlite3
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlmodel import Session

from dmaic.errors import StoreError
from dmaic.project.record.verify import verify
from dmaic.project.store import migration
from dmaic.project.store.connection import sqlite_connection
from dmaic.project.store.store import SCHEMA, Store

NEXT = """
    import sqlalchemy as sa
    from alembic import op

    revision = "0002"
    down_revision = "0001"

    def upgrade():
        with op.batch_alter_table("operation") as batch:
            batch.add_column(sa.Column("device", sa.String(), nullable=True))
        {more}
"""


def tables(connection: Any) -> dict[str, Any]:
    looked = inspect(connection)
    return {
        name: (
            [{**each, "type": str(each["type"])} for each in looked.get_columns(name)],
            looked.get_pk_constraint(name),
            looked.get_foreign_keys(name),
            looked.get_unique_constraints(name),
            looked.get_indexes(name),
        )
        for name in looked.get_table_names()
    }


def test_a_new_database_is_as_the_migrations_make_it(store_place: str) -> None:
    store = Store(store_place, "dana")
    if store.path is not None:
        store.path.touch()
    with Session(store.engine(write=True)) as session:
        migration.upgrade(session.connection(), "head")
        migrated = tables(session.connection())
        version = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
        session.rollback()
    assert version == SCHEMA
    if store.path is not None:
        store.path.unlink()
    store.create()
    with Session(store.engine()) as session:
        assert tables(session.connection()) == migrated


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


@pytest.fixture
def older(
    store: Store, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Store]:
    """Make the store one of an older dmaic: this dmaic knows a further migration."""

    def make(more: str = "") -> Store:
        folder = tmp_path_factory.mktemp("versions")
        (folder / "v0002.py").write_text(textwrap.dedent(NEXT).format(more=more))
        monkeypatch.setattr("dmaic.project.store.store.SCHEMA", "0002")
        known = migration.upgrade
        monkeypatch.setattr(
            migration, "upgrade", lambda connection, to: known(connection, to, (folder,))
        )
        return store

    return make


def test_an_older_database_is_copied_then_migrated(older: Callable[[], Store]) -> None:
    store = older()
    if store.path is None:
        with pytest.raises(StoreError) as caught, store.reading():
            pass
        assert caught.value.code == "store.older"
        assert "pg_dump" in caught.value.hint
        assert migration.migrate(store, consent=True) is None
    else:
        before = dump(store.path)
    with store.reading() as view:
        assert verify(view).ok
        assert len(view.rows()) == 2
    with Session(store.engine()) as session:
        names = [each["name"] for each in inspect(session.connection()).get_columns("operation")]
    assert "device" in names
    if store.path is not None:
        copy = store.path.with_name("dmaic.db.schema-0001.bak")
        assert sorted(each.name for each in store.path.parent.iterdir()) == [
            "dmaic.db", copy.name
        ]  # fmt: skip
        assert dump(copy) == before
        assert copy.stat().st_mode & 0o077 == 0


def test_a_migration_that_fails_leaves_everything_as_it_was(older: Callable[[str], Store]) -> None:
    store = older('op.execute("DELETE FROM item"); op.execute("nonsense")')
    with pytest.raises(StoreError):
        migration.migrate(store, consent=True)
    with Session(store.engine()) as session:
        assert session.execute(text("SELECT count(*) FROM item")).scalar() == 2
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"


def test_a_migration_that_breaks_a_reference_is_not_kept(older: Callable[[str], Store]) -> None:
    store = older("op.execute(\"DELETE FROM item WHERE kind = 'engagement'\")")
    with pytest.raises(StoreError):
        migration.migrate(store, consent=True)
    with Session(store.engine()) as session:
        assert session.execute(text("SELECT count(*) FROM item")).scalar() == 2


def test_the_schema_is_checked_without_alembic(sqlite_store: Store) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from dmaic.project.store.store import Store\n"
        f"with Store({sqlite_store.place!r}, 'x').reading() as view: view.rows()\n"
        "print([name for name in ('alembic', 'psycopg', 'pandas') if name in sys.modules])"
    )
    source = str(Path(migration.__file__).parents[3])
    said = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": source}, capture_output=True, text=True
    )
    assert said.stdout == "[]\n", said.stderr


def test_a_schema_that_is_no_number_is_not_taken_for_an_old_one(sqlite_store: Store) -> None:
    for version in ("", "a1b2c3", "1"):
        connection = sqlite_connection(Path(sqlite_store.place), write=True)
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.close()
        with pytest.raises(StoreError) as caught, sqlite_store.reading():
            pass
        assert caught.value.code == "store.damaged"
    connection = sqlite3.connect(sqlite_store.place)
    connection.execute("DROP TABLE alembic_version")
    connection.close()
    with pytest.raises(StoreError) as caught, sqlite_store.reading():
        pass
    assert caught.value.code == "store.damaged"
