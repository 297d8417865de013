"""What stands around a project and should not: settings, links, databases of other programs."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

SETTINGS = {
    "too deep": b"a=" + b"[" * 5000 + b"]" * 5000,
    "an endless number": b"a=" + b"9" * 5000,
    "no text": b"\xff\xfe",
    "no TOML": b"\0" * 1000,
    "too large": b"#" * 2_000_000,
    "a NUL in a path": b'database = "\\u0000"',
    "a number for a text": b"name = 3",
    "a word it does not know": b"bogus = 1",
}


@pytest.mark.parametrize("content", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize(
    "command", [("status",), ("project", "use", "Cut churn"), ("team", "add", "Dana")]
)
def test_settings_of_any_content_are_told_to_be_unreadable(run, mini, content, command) -> None:
    (mini / "dmaic.toml").write_bytes(content)
    ran = run(*command)
    assert ran.status == 1, ran.err
    assert "error settings.toml" in ran.err
    assert (mini / "dmaic.toml").read_bytes() == content
    assert run("doctor").status == 8


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system knows no pipes with a name")
def test_a_pipe_for_settings_is_not_waited_for(run, mini) -> None:
    (mini / "dmaic.toml").unlink()
    os.mkfifo(mini / "dmaic.toml")
    for command in (("status",), ("doctor",), ("project", "use", "Cut churn")):
        ran = run(*command)
        assert ran.status in (1, 8), ran.err
        assert "a pipe or a device" in " ".join((ran.err + ran.out).split())


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_device_for_settings_is_not_read_to_its_end(run, mini) -> None:
    (mini / "dmaic.toml").unlink()
    (mini / "dmaic.toml").symlink_to("/dev/zero")
    assert "error settings.toml" in run("status").err


@pytest.mark.parametrize(
    "command",
    [
        ("status", "--db", "~nobody-here/x"),
        ("restore", "~nobody-here/x"),
        ("pareto", "~nobody-here/x.csv", "--by", "a"),
        ("project", "new", "B", "--template", "~nobody-here/x"),
        ("doc", "import", "charter", "~nobody-here/x.yaml"),
    ],
    ids=lambda words: words[0],
)
def test_a_home_folder_of_nobody_is_a_path_like_any_other(run, mini, command) -> None:
    ran = run(*command)
    assert ran.status == 1, ran.err
    assert "nobody-here" in ran.err


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_doctor_leaves_files_alone_that_are_no_engagement(run, mini, tmp_path) -> None:
    text, other = tmp_path / "passwd", tmp_path / "other.db"
    text.write_text("root:x:0:0\n")
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    for each in (text, other):
        each.chmod(0o644)
        (mini / "dmaic.toml").write_text(f'database = "{each}"\n')
        assert run("doctor", "--fix").status == 8
        assert stat.S_IMODE(each.stat().st_mode) == 0o644


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_doctor_changes_no_permissions_behind_a_link(run, mini, tmp_path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    (mini / "reports").rmdir()
    (mini / "reports").symlink_to(shared)
    ran = run("doctor", "--fix")
    assert ran.status == 8
    assert "Everybody on this machine may get at reports" in ran.out
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755


@pytest.mark.parametrize(
    "said",
    [
        ("baseline=1e308", "target=-1e308", "annual_cost=1e308"),
        ("baseline=5e-324", "target=1e308", "annual_cost=1"),
        ("baseline=0", "target=0", "annual_cost=0"),
    ],
)
def test_a_goal_beyond_all_figures_stops_no_command(run, mini, said) -> None:
    assert run("doc", "set", "charter", "metric=churn", "unit=%", *said).status == 0
    for command in (("status",), ("portfolio",), ("next",), ("doc", "show", "charter")):
        for words in (command, (*command, "--json")):
            ran = run(*words)
            assert ran.status == 0, ran.err
    assert run("portfolio", "--json").json["result"]["projects"][0]["planned"] is None


@pytest.mark.skipif(os.name != "posix", reason="the editors are written for a POSIX shell")
@pytest.mark.parametrize(
    ("does", "status", "code"),
    [
        ("exit 1", 1, "write.editor"),
        ("kill -9 $$", 1, "write.editor"),
        ('rm "$1"', 2, "usage.not-confirmed"),
        ('rm -r "$(dirname "$1")"', 2, "usage.not-confirmed"),
        ('echo > "$1"', 2, "usage.not-confirmed"),
        ('rm "$1"; mkdir "$1"', 1, "document.unreadable"),
        ('rm "$1"; mkfifo "$1"', 1, "document.unreadable"),
        ('rm "$1"; ln -s /dev/zero "$1"', 1, "document.unreadable"),
        ('head -c 5000000 /dev/zero > "$1"', 1, "document.unreadable"),
        ("printf '\\000\\377' > \"$1\"", 1, "document.yaml"),
        ("echo 'a: [' > \"$1\"", 1, "document.yaml"),
        ("echo 'problem: !!python/object/apply:os.system [id]' > \"$1\"", 1, "document.value"),
        ("printf 'problem: &a [x]\\nmetric: *a\\n' > \"$1\"", 1, "document.yaml"),
    ],
)
def test_no_editor_brings_anything_into_the_record(
    run, mini, tmp_path, monkeypatch, does, status, code
) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text(does)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"sh {editor}")
    ran = run("doc", "edit", "charter")
    assert f"error {code}" in ran.err
    assert ran.status == status
    assert run("log", "verify", "--json").json["result"]["entries"] == 2


@pytest.mark.parametrize("command", ["init", "team add", "gate approve"])
def test_the_demo_stops_where_it_is_interrupted(run, tmp_path, monkeypatch, command) -> None:
    from dmaic.project.store.store import Store

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    # What the journal calls the command; `init` makes the database.
    whole = Store.writing
    if command == "init":
        monkeypatch.setattr(Store, "create", interrupted)
    else:
        monkeypatch.setattr(
            Store,
            "writing",
            lambda store, said, **more: (interrupted if said == command else whole)(
                store, said, **more
            ),
        )
    ran = run("demo", tmp_path / "demo")
    assert ran.status == 130
    assert ran.out == ""
    assert not any(tmp_path.iterdir())


def test_nobody_is_on_the_team_twice_under_names_that_look_the_same(run, mini) -> None:
    assert run("team", "add", "Jos\u00e9", "--role", "sponsor").status == 0
    assert "error member.exists" in run("team", "add", "Jose\u0301").err
    said = ("--owner", "jose\u0301", "--due", "2026-12-01")
    for side in ("ours", "customer"):
        ran = run("action", "add", f"Call {side}", *said, "--side", side)
        assert ran.status == 0, ran.err
    actions = run("action", "list", "--json").json["result"]["actions"]
    assert {each["owner"] for each in actions} == {"Jos\u00e9"}
    assert run("team", "set", "JOSE\u0301", "--email", "jose@example.com").status == 0


def test_a_demo_leaves_alone_what_came_into_its_folder_meanwhile(
    run, tmp_path, monkeypatch
) -> None:
    from dmaic.cli import demo

    def meanwhile(*_: object) -> int:
        (tmp_path / "demo").mkdir()
        (tmp_path / "demo" / "notes.txt").write_text("mine")
        return 0

    monkeypatch.setattr(demo, "play", meanwhile)
    ran = run("demo", tmp_path / "demo")
    assert "error demo.not-empty" in ran.err
    assert [each.name for each in tmp_path.rglob("*")] == ["demo", "notes.txt"]


def test_a_file_in_the_place_of_the_drafts_is_named(run, mini, monkeypatch) -> None:
    (mini / "drafts").write_text("")
    monkeypatch.setenv("VISUAL", "true")
    ran = run("doc", "edit", "charter")
    assert ran.status == 1
    assert "error write.no-folder" in ran.err
    assert "drafts" in ran.err
