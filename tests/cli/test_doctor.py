"""`dmaic doctor`, `backup`, `restore`."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from dmaic.project.record.doctor_file import mount_type


@pytest.fixture
def engagement(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DMAIC_ACTOR", "dana")
    monkeypatch.setenv("DMAIC_TODAY", "2026-03-01")
    folder = tmp_path / "photo"
    assert run("init", folder).status == 0
    monkeypatch.chdir(folder)
    assert run("project", "new", "Cut churn").status == 0
    return folder


def signs(ran: Any) -> dict[str, str]:
    return {each["name"]: each["sign"] for each in ran.json["result"]["checks"]}


def test_a_healthy_engagement(engagement: Path, run: Any) -> None:
    ran = run("doctor", "--json")
    assert ran.status == 0
    assert set(signs(ran).values()) == {"good"}
    assert {"settings", "disk", "private", "integrity", "schema", "journal"} <= set(signs(ran))


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_open_files_are_bad_and_mended(engagement: Path, run: Any) -> None:
    (engagement / "dmaic.db").chmod(0o664)
    (engagement / "data").chmod(0o755)
    ran = run("doctor", "--json")
    assert (ran.status, signs(ran)["private"]) == (8, "bad")
    assert run("doctor", "--fix").status == 0
    assert (engagement / "dmaic.db").stat().st_mode & 0o777 == 0o660
    assert (engagement / "data").stat().st_mode & 0o777 == 0o750
    assert signs(run("doctor", "--json"))["private"] == "good"


def test_a_record_changed_by_hand_is_bad_and_not_mended(engagement: Path, run: Any) -> None:
    with sqlite3.connect("dmaic.db") as connection:
        connection.execute("UPDATE item SET changed_by = 'max' WHERE kind = 'project'")
    connection.close()
    for arguments in ([], ["--fix"]):
        ran = run("doctor", "--json", *arguments)
        assert (ran.status, signs(ran)["journal"]) == (8, "bad")


def test_an_item_without_its_project_is_told(engagement: Path, run: Any) -> None:
    with sqlite3.connect("dmaic.db") as connection:
        connection.execute("UPDATE item SET parent = 'nobody' WHERE kind = 'project'")
    connection.close()
    ran = run("doctor", "--json")
    assert (ran.status, signs(ran)["foreign-keys"]) == (8, "bad")


@pytest.mark.parametrize("content", [b"", b"hello", bytes(5000)])
def test_a_lost_database_is_told_and_a_backup_brings_it_back(
    engagement: Path, run: Any, content: bytes
) -> None:
    assert run("backup").status == 0
    Path("dmaic.db").write_bytes(content)
    ran = run("doctor")
    assert ran.status == 8
    assert "dmaic restore FILE" in ran.out
    assert run("restore", "backups/dmaic-2026-03-01.db", "--yes").status == 0
    assert Path("dmaic.db.replaced-2026-03-01.bak").read_bytes() == content
    Path("dmaic.db").unlink()
    ran = run("doctor", "--json")
    assert (ran.status, signs(ran)["database"]) == (8, "bad")
    assert run("restore", "backups/dmaic-2026-03-01.db").status == 0
    assert run("doctor").status == 0


def test_broken_settings_are_told_and_the_rest_is_looked_at(engagement: Path, run: Any) -> None:
    with Path("dmaic.toml").open("a") as file:
        file.write("colour = 'red'\n")
    ran = run("doctor", "--json")
    assert ran.status == 8
    assert signs(ran)["settings"] == "bad"
    assert signs(ran)["journal"] == "good"


def test_a_project_in_use_that_is_gone_is_risky(engagement: Path, run: Any) -> None:
    assert run("project", "use", "Cut churn").status == 0
    assert run("undo").status == 0
    ran = run("doctor", "--json")
    assert (ran.status, signs(ran)["project"]) == (0, "warn")


def test_what_stopped_commands_left_is_cleared_away(engagement: Path, run: Any) -> None:
    old, new = engagement / ".dmaic-00.tmp", engagement / "data" / ".dmaic-11.tmp"
    old.touch()
    new.touch()
    os.utime(old, (1_000_000_000, 1_000_000_000))
    assert signs(run("doctor", "--json"))["drafts"] == "warn"
    assert run("doctor", "--fix").status == 0
    assert (old.exists(), new.exists()) == (False, True)


def test_a_write_ahead_log_of_another_program_is_put_away(engagement: Path, run: Any) -> None:
    connection = sqlite3.connect("dmaic.db")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("UPDATE item SET kind = kind")
    connection.commit()
    assert signs(run("doctor", "--json"))["side-files"] == "warn"
    connection.close()
    reader = sqlite3.connect("file:dmaic.db?mode=ro", uri=True)
    reader.execute("SELECT * FROM item").fetchall()
    reader.close()
    assert run("doctor", "--fix").status == 0
    assert sorted(each.name for each in engagement.glob("dmaic.db*")) == ["dmaic.db"]


def test_only_snapshots_that_dmaic_made_and_nobody_names_are_orphans(
    engagement: Path, run: Any
) -> None:
    mine = engagement / "data" / "q3-12345678.parquet"
    mine.write_bytes(b"my own export")
    sha = hashlib.sha256(b"left by a crash").hexdigest()
    left = engagement / "data" / f"q3-{sha[:8]}.parquet"
    left.write_bytes(b"left by a crash")
    for each in (mine, left):
        each.chmod(0o600)
    assert signs(run("doctor", "--json"))["orphans"] == "warn"
    assert run("doctor", "--fix").status == 0
    assert (mine.exists(), left.exists()) == (True, False)


def test_snapshots_are_held_to_their_fingerprints(
    engagement: Path, run: Any, tmp_path: Path
) -> None:
    export = tmp_path / "churn.csv"
    rows = [f"{n},{'yes' if n % 3 else 'no'},{'abc'[n % 3]}" for n in range(60)]
    export.write_text("\n".join(["id,churned,segment", *rows]), "utf-8")
    assert run("data", "add", export, "--name", "q3").status == 0
    assert signs(run("doctor", "--json"))["snapshot"] == "good"
    (snapshot,) = (engagement / "data").glob("*.parquet")
    whole = snapshot.read_bytes()
    snapshot.write_bytes(whole + b"x")
    ran = run("doctor", "--json")
    assert (ran.status, signs(ran)["snapshot"]) == (8, "bad")
    snapshot.unlink()
    ran = run("doctor", "--json")
    assert (ran.status, signs(ran)["snapshot"]) == (8, "bad")
    snapshot.write_bytes(whole)
    snapshot.chmod(0o600)
    assert run("undo").status == 0
    assert signs(run("doctor", "--fix", "--json"))["kept-snapshots"] == "plain"
    assert run("redo").status == 0
    assert signs(run("doctor", "--json"))["snapshot"] == "good"


@pytest.mark.parametrize(
    "command",
    ["status", "portfolio", "next", "log", "log verify", "doctor", "project list", "project show",
     "gate check", "gate show", "doc list", "team list", "action list", "data list",
     "analysis list", "restore no", "nonsense"],
)  # fmt: skip
def test_what_only_reads_leaves_the_folder_as_it_was(
    engagement: Path, run: Any, command: str
) -> None:
    os.utime("dmaic.db", (1_000_000_000, 1_000_000_000))

    def state() -> dict[str, tuple[int, bytes]]:
        return {
            str(each): (each.stat().st_mtime_ns, each.read_bytes() if each.is_file() else b"")
            for each in (engagement, *engagement.rglob("*"))
        }

    before = state()
    assert run(*command.split()).status in (0, 1, 2, 8)
    assert state() == before


def test_outside_an_engagement(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (["doctor"], ["log"], ["undo"], ["backup"], ["restore", "x"]):
        ran = run(*arguments)
        assert (ran.status, "store.none" in ran.err) == (1, True)


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/team\\040share nfs4 rw 0 0
tmpfs /mnt/team tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/home/x", "ext4"), ("/mnt/team share/a/dmaic.db", "nfs4"), ("/mnt/team/a", "tmpfs"),
     ("/mnt/teams/a", "ext4")],
)  # fmt: skip
def test_the_kind_of_disk(path: str, kind: str) -> None:
    assert mount_type(Path(path), MOUNTS) == kind


def test_a_backup_is_never_written_over(engagement: Path, run: Any, tmp_path: Path) -> None:
    names = [run("backup", "--json").json["result"]["path"] for _ in range(2)]
    assert [Path(name).name for name in names] == ["dmaic-2026-03-01.db", "dmaic-2026-03-01-2.db"]
    assert run("backup", tmp_path / "mine.db").status == 0
    before = (tmp_path / "mine.db").read_bytes()
    ran = run("backup", tmp_path / "mine.db")
    assert (ran.status, "backup.exists" in ran.err) == (1, True)
    assert (tmp_path / "mine.db").read_bytes() == before
    assert run("backup", tmp_path / "no" / "mine.db").status == 1
    assert run("backup", "dmaic.db").status == 1
    assert run("backup", tmp_path).status == 0
    assert not list(engagement.rglob(".dmaic-*.tmp"))


def test_restore_asks_keeps_what_it_replaces_and_leaves_a_mark(engagement: Path, run: Any) -> None:
    assert run("backup").status == 0
    file = "backups/dmaic-2026-03-01.db"
    backup = Path(file).read_bytes()
    assert run("project", "set", "--sponsor", "Eve").status == 0
    ran = run("restore", file)
    assert ran.status == 2
    assert "1 newer entry" in ran.err
    assert "Would do" in run("restore", file, "--dry-run").out
    assert len(run("log", "--json").json["result"]["items"]) == 3
    ran = run("restore", file, "--yes", "--json")
    assert ran.status == 0
    assert run("log", "verify").status == 0
    log = run("log", "--json").json["result"]["items"]
    assert (log[0]["command"], len(log)) == ("restore", 3)
    assert log[0]["note"].startswith("from dmaic-2026-03-01.db; the head before was 3:")
    assert Path(file).read_bytes() == backup
    kept = ran.json["result"]["replaced"]
    log = run("log", "--json", "--db", kept).json["result"]["items"]
    assert (log[0]["command"], len(log)) == ("project set", 3)
    assert run("restore", kept, "--yes").status == 0


def test_restore_refuses_what_is_no_backup(engagement: Path, run: Any, tmp_path: Path) -> None:
    before = Path("dmaic.db").read_bytes()
    (tmp_path / "garbage").write_bytes(b"x" * 5000)
    (tmp_path / "cut").write_bytes(before[:9000])
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE t (a)")
    other.close()
    for name, code in (("garbage", "store.foreign"), ("cut", "store.damaged"),
                       ("other", "store.foreign"), ("no", "backup.not-found"),
                       (".", "backup.not-found")):  # fmt: skip
        ran = run("restore", tmp_path / name, "--yes")
        assert (ran.status, code in ran.err) == (1, True), ran.err
    assert run("restore", "dmaic.db", "--yes").status == 2
    assert Path("dmaic.db").read_bytes() == before
    assert not list(engagement.rglob(".dmaic-*.tmp"))


def test_a_server_is_not_copied_by_dmaic(
    run: Any, postgresql_place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dmaic.project.engagement.project import Engagement
    from dmaic.project.entity import ENGAGEMENT
    from dmaic.project.store.store import Store

    monkeypatch.chdir(tmp_path)
    Store(postgresql_place, "dana").create(
        lambda work: work.add(Engagement(name="x"), ENGAGEMENT, id=ENGAGEMENT)
    )
    for arguments in (["backup"], ["restore", "x", "--yes"]):
        ran = run(*arguments, "--db", postgresql_place)
        assert (ran.status, "backup.server" in ran.err) == (1, True)
    assert run("doctor", "--db", postgresql_place).status == 0
    assert run("log", "verify", "--db", postgresql_place).status == 0


@pytest.mark.parametrize(
    "place",
    [
        "postgresql://eve:s3cret@127.0.0.1:9/none",
        "postgresql://eve:s3cr@et@127.0.0.1:9/none",
        "postgresql://127.0.0.1:9/none?user=eve&password=s3cret",
        "postgres://eve:s3cret@127.0.0.1:9/none",
        "mysql://eve:s3cret@127.0.0.1/none",
        "postgresql://eve:s3cret@[::1/none",
    ],
)
def test_passwords_of_addresses_are_never_shown(run: Any, place: str) -> None:
    for arguments in (["log"], ["doctor"], ["doctor", "--json"], ["undo", "--json"]):
        ran = run(*arguments, "--db", place)
        assert ran.status in (1, 8)
        assert "s3cr" not in ran.out + ran.err
        assert "et@" not in ran.out + ran.err


def test_a_missing_driver_names_the_extra(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import sys

    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    ran = run("log", "--db", "postgresql://eve@127.0.0.1:9/none")
    assert ran.status == 1
    assert 'pip install "dmaic[postgresql]"' in ran.err
