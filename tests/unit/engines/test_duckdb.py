"""The engine: answers, refuses, can be interrupted, and closes its doors."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from dmaic.engines.duckdb import DuckDB, QueryError

LONG = "SELECT sum(i % 7) FROM range(30000000000) t(i)"


@pytest.fixture
def engine():
    with DuckDB() as engine:
        yield engine


def test_rows_with_parameters(engine):
    assert engine.rows("SELECT ?, ? + 1", ["it's", 2]) == [("it's", 3)]
    assert engine.rows("CREATE TEMP TABLE t AS SELECT 1 AS a") is not None
    assert engine.rows("SELECT a FROM t") == [(1,)]


def test_types(engine):
    ((name, kind),) = engine.types("(SELECT {'a': 1} AS s)")
    assert (name, kind.id) == ("s", "struct")


def test_the_message_of_a_refused_query_is_the_engines_own(engine):
    with pytest.raises(QueryError, match="nothing_there") as caught:
        engine.rows("SELECT nothing_there")
    assert caught.value.code == "query.failed"
    assert engine.rows("SELECT 1") == [(1,)]


def test_variables_of_the_program_are_no_tables(engine):
    secret = [("x",)]
    assert secret
    with pytest.raises(QueryError):
        engine.rows("SELECT * FROM secret")


def test_ctrl_c_stops_a_query_at_once(engine):
    threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        engine.rows(LONG)
    assert time.monotonic() - start < 5
    assert engine.rows("SELECT 1") == [(1,)]


def test_progress_is_told_once_a_query_takes_its_time():
    told = []

    def note(share):
        told.append(share)
        if len(told) == 2:
            raise KeyboardInterrupt

    with DuckDB(progress=note) as engine:
        with pytest.raises(KeyboardInterrupt):
            engine.rows(LONG)
        engine.rows("SELECT 1")
    assert len(told) == 2
    assert all(share is None or 0 <= share <= 1 for share in told)


def test_closed_doors(engine, tmp_path):
    for name in ("allowed.csv", "other.csv"):
        (tmp_path / name).write_text("a\n1\n")
    (engine.folder / "copy.csv").write_text("a\n2\n")
    read = "SELECT a FROM read_csv('{}')".format
    engine.close_doors([tmp_path / "allowed.csv"])
    assert engine.rows(read(tmp_path / "allowed.csv")) == [(1,)]
    assert engine.rows(read(engine.folder / "copy.csv")) == [(2,)]
    for sql in (
        read(tmp_path / "other.csv"),
        read(tmp_path / "*.csv"),
        read("/etc/passwd"),
        read("https://example.com/a.csv"),
        f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '1GB'",
    ):
        with pytest.raises(QueryError):
            engine.rows(sql)
    assert not (tmp_path / "out.csv").exists()


def test_the_folder_is_private_and_goes(engine):
    folder = engine.folder
    assert folder.stat().st_mode & 0o077 == 0
    engine.close()
    assert not folder.exists()


def test_nothing_is_written_beside_the_person(engine, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (spill,) = engine.rows("SELECT current_setting('temp_directory')")[0]
    assert Path(spill).parent == engine.folder
    engine.rows("SELECT i FROM range(1000000) t(i) ORDER BY hash(i) LIMIT 1")
    assert list(tmp_path.iterdir()) == []
