"""Several processes at once, killed processes, readers that leave no trace."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dmaic.errors import StoreError
from dmaic.project.people.team import Member
from dmaic.project.record.verify import verify
from dmaic.project.store.store import Store

Script = Callable[..., subprocess.Popen[str]]

WRITE = """
    for number in range(int(sys.argv[3])):
        with store.writing("team add") as work:
            work.add(Member(name=f"{actor} {number}"), "project1")
        print(number, flush=True)
"""


@pytest.mark.slow
def test_eight_processes_write_200_times_each_and_nothing_is_lost(
    store: Store, script: Script
) -> None:
    writers = [script(WRITE, store.place, f"p{number}", 200) for number in range(8)]
    for writer in writers:
        _, words = writer.communicate(timeout=300)
        assert writer.returncode == 0, words
    with store.reading() as view:
        assert verify(view).ok
        assert {each.body.name for each in view.all(Member)} == {
            f"p{process} {number}" for process in range(8) for number in range(200)
        }
        assert [each.seq for each in view.operations()] == list(range(1, 1603))


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_harms_nothing(sqlite_store: Store, script: Script) -> None:
    """50 times SIGKILL; what a writer said is written is there, and readers never fail."""
    chance = random.Random(1)
    forever = """
        number = 0
        while True:
            with store.writing("team add") as work:
                for part in range(20):
                    work.add(Member(name=f"{actor} {number} {part} {'x' * 150}"), "project1")
            number += 1
            print(number, flush=True)
    """
    told = 0
    for turn in range(50):
        writer = script(forever, sqlite_store.place, f"w{turn}")
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.random() * 0.05)
        writer.kill()
        said, _ = writer.communicate()
        told += 1 + len(said.split())
        with sqlite_store.reading() as view:
            found = verify(view)
            members = len(view.all(Member))
        assert found.ok, found.breaks
        assert members % 20 == 0  # Whole operations only.
        assert members >= 20 * told
        told = members // 20
    # A journal that was killed before it meant anything is ignored, and goes with the next write.
    with sqlite_store.writing("team add") as work:
        work.add(Member(name="next"), "project1")
    assert [path.name for path in Path(sqlite_store.place).parent.iterdir()] == ["dmaic.db"]


@pytest.mark.slow
def test_a_killed_writer_harms_nothing_on_a_server(
    postgresql_place: str, make: Callable[[str], Store], script: Script
) -> None:
    store = make(postgresql_place)
    for turn in range(5):
        writer = script(WRITE, store.place, f"w{turn}", 10_000)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.02 * turn)
        writer.kill()
        writer.communicate()
        with store.reading() as view:
            assert verify(view).ok
    with store.writing("team add") as work:  # The lock went with the process.
        work.add(Member(name="next"), "project1")


HOT = """
    import sqlite3
    from dmaic.project.store.connection import sqlite_connection
    connection = sqlite_connection(store.path, write=True)
    connection.execute("PRAGMA cache_size = 1")  # Pages reach the file before the end.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE operation SET note = hex(randomblob(3000))")
    connection.execute("UPDATE item SET made_by = hex(randomblob(3000))")
    print("half", flush=True)
    sys.stdin.readline()
"""


def half_written(store: Store, script: Script) -> bytes:
    """Kill a writer in the middle of it; gives the file's bytes from before."""
    with store.writing("team add") as work:
        for number in range(200):
            work.add(Member(name=f"m{number}"), "project1")
    before = Path(store.place).read_bytes()
    writer = script(HOT, store.place)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "half\n"
    writer.kill()
    writer.communicate()
    assert Path(f"{store.place}-journal").exists()
    assert Path(store.place).read_bytes() != before
    return before


def test_a_reader_takes_back_what_a_killed_writer_left_half_done(
    sqlite_store: Store, script: Script
) -> None:
    before = half_written(sqlite_store, script)
    with sqlite_store.reading() as view:
        assert verify(view).ok
    assert Path(sqlite_store.place).read_bytes() == before
    assert not Path(f"{sqlite_store.place}-journal").exists()


def test_a_reader_who_may_not_tidy_up_says_so(
    sqlite_store: Store, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_written(sqlite_store, script)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StoreError) as caught, sqlite_store.reading():
        pass
    assert caught.value.code == "store.unfinished"
    monkeypatch.undo()
    with sqlite_store.reading() as view:
        assert verify(view).ok


def test_readers_leave_bytes_time_and_folder_as_they_were(sqlite_store: Store) -> None:
    path = Path(sqlite_store.place)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    digest, folder = hashlib.sha256(path.read_bytes()).digest(), path.parent.stat().st_mtime_ns
    for _ in range(3):
        with sqlite_store.reading() as view:
            verify(view)
            assert [each.name for each in path.parent.iterdir()] == ["dmaic.db"]
    assert hashlib.sha256(path.read_bytes()).digest() == digest
    assert path.stat().st_mtime == 1_000_000_000
    assert path.parent.stat().st_mtime_ns == folder


READ = """
    import shutil, tempfile
    from dmaic.project.record.verify import verify
    from dmaic.errors import DmaicError
    # Read and write once, so that all is imported that nobody else may read.
    with tempfile.TemporaryDirectory() as folder:
        first = Store(shutil.copy(place, folder), actor)
        os.chmod(first.place, 0o600)
        with first.reading() as view:
            verify(view)
        with first.writing("team add") as work:
            work.add(Member(name="x"), "project1")
    if os.name == "posix" and os.getuid() == 0:
        os.setgid(65534); os.setuid(65534)  # Root may write everywhere.
    with store.reading() as view:
        print(verify(view).ok)
    try:
        with store.writing("team add") as work:
            work.add(Member(name="x"), "project1")
        print("written")
    except DmaicError as error:
        print(error.code)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
@pytest.mark.parametrize("file_mode", [0o444, 0o666])
def test_a_read_only_folder_can_be_read_and_says_that_it_cannot_be_written(
    sqlite_store: Store, script: Script, file_mode: int
) -> None:
    import tempfile

    # pytest's own folders are closed to others.
    folder = Path(tempfile.mkdtemp(prefix="dmaic-test-"))
    try:
        path = Path(shutil.copy(sqlite_store.place, folder / "dmaic.db"))
        path.chmod(file_mode)
        folder.chmod(0o555)
        reader = script(READ, str(path))
        said, words = reader.communicate(timeout=60)
        assert said.split() == ["True", "store.read-only"], words
        assert [each.name for each in folder.iterdir()] == ["dmaic.db"]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
