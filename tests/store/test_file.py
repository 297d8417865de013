"""Files that are no database, damaged ones, a full disk, private files."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from dmaic.errors import StoreError
from dmaic.project.people.team import Member
from dmaic.project.record.doctor import examine
from dmaic.project.record.verify import verify
from dmaic.project.store.store import Store

GARBAGE = {
    "empty": (b"", "store.foreign"),
    "text": (b"hello\n" * 1000, "store.foreign"),
    "zeros": (bytes(8192), "store.foreign"),
    "header only": (b"SQLite format 3\0", "store.foreign"),
    "zip": (b"PK\3\4" + bytes(range(256)) * 40, "store.foreign"),
}


@pytest.mark.parametrize("name", GARBAGE)
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    content, code = GARBAGE[name]
    path = tmp_path / "dmaic.db"
    path.write_bytes(content)
    store = Store(path, "dana")
    for use in (store.reading, lambda: store.writing("x")):
        with pytest.raises(StoreError) as caught, use():
            pass
        assert caught.value.code == code
        assert str(path) in caught.value.where
    assert path.read_bytes() == content


@pytest.mark.parametrize("kept", [100, 4096, 5000, 20_000, 40_000])
def test_a_truncated_file_is_refused_and_left_alone(sqlite_store: Store, kept: int) -> None:
    path = Path(sqlite_store.place)
    with sqlite_store.writing("team add") as work:
        for number in range(100):
            work.add(Member(name=f"m{number}"), "project1")
    content = path.read_bytes()[:kept]
    path.write_bytes(content)
    for use in (sqlite_store.reading, lambda: sqlite_store.writing("x")):
        with pytest.raises(StoreError) as caught, use() as view:
            verify(view)
        assert caught.value.code in {"store.damaged", "store.foreign"}
    assert path.read_bytes() == content


def test_the_doctor_finds_any_overwritten_page(sqlite_store: Store) -> None:
    path = Path(sqlite_store.place)
    with sqlite_store.writing("team add") as work:
        for number in range(50):
            work.add(Member(name=f"m{number}"), "project1")
    whole = path.read_bytes()
    for page in range(len(whole) // 4096):
        at = page * 4096
        path.write_bytes(whole[:at] + os.urandom(4096) + whole[at + 4096 :])
        health = examine(str(path))
        assert not health.ok, page


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE item (id)")
    connection.close()
    with pytest.raises(StoreError) as caught, Store(path, "dana").reading():
        pass
    assert caught.value.code == "store.foreign"


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no.db", tmp_path / "no" / "no.db"):
        with pytest.raises(StoreError) as caught, Store(path, "dana").reading():
            pass
        assert caught.value.code == "store.closed"


def test_a_database_is_not_made_where_it_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Store(tmp_path / "no" / "dmaic.db", "dana").create()
    assert caught.value.code == "store.no-folder"


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_the_database_is_private_from_the_beginning(
    tmp_path: Path, make: Callable[[Path], Store]
) -> None:
    before = os.umask(0)
    try:
        make(tmp_path / "dmaic.db")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "dmaic.db").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["dmaic.db"]


LIMITED = """
    import resource
    from dmaic.errors import DmaicError
    # Under the limit Python would leave cut-off bytecode behind, for every later process.
    sys.dont_write_bytecode = True
    size = os.path.getsize(place)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, size + 20_000))
    try:
        for number in range(1000):
            with store.writing("team add") as work:
                work.add(Member(name=f"m{number} {'x' * 150}"), "project1")
            print(number, flush=True)
    except DmaicError as error:
        print(error.code)
"""


def test_a_disk_that_fills_up_loses_nothing_that_was_said_to_be_written(
    sqlite_store: Store, script: Callable[..., subprocess.Popen[str]]
) -> None:
    pytest.importorskip("resource")
    writer = script(LIMITED, sqlite_store.place)
    said, words = writer.communicate(timeout=120)
    *written, code = said.split()
    assert code in {"store.full", "store.disk"}, words
    assert written
    with sqlite_store.reading() as view:
        assert verify(view).ok
        assert [each.body.name for each in view.all(Member)] == [
            f"m{each} {'x' * 150}" for each in written
        ]
    with sqlite_store.writing("team add") as work:
        work.add(Member(name="room again"), "project1")


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", place], capture_output=True
    ) if hasattr(os, "getuid") and os.getuid() == 0 else None  # fmt: skip
    if mounted is None or mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    return place


def test_a_really_full_disk(
    small_disk: Path, make: Callable[[Path], Store], request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: subprocess.run(["umount", "-l", small_disk], check=False))
    store = make(small_disk / "dmaic.db")
    written = 0
    with pytest.raises(StoreError) as caught:  # noqa: PT012
        while True:
            with store.writing("team add") as work:
                work.add(Member(name=f"m{written} {'x' * 150}"), "project1")
            written += 1
    assert caught.value.code == "store.full"
    with store.reading() as view:
        assert verify(view).ok
        assert len(view.all(Member)) == written
    with (small_disk / "filler").open("wb", 0) as filler, contextlib.suppress(OSError):
        while True:
            filler.write(bytes(1024))
    with pytest.raises(StoreError) as caught:
        make(small_disk / "other.db")
    assert caught.value.code == "store.full"
    assert sorted(each.name for each in small_disk.iterdir()) == ["dmaic.db", "filler"]
