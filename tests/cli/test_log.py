"""`dmaic log`, `undo`, `redo`: what a person sees of the record."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def engagement(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DMAIC_ACTOR", "dana")
    folder = tmp_path / "photo"
    assert run("init", folder).status == 0
    monkeypatch.chdir(folder)
    assert run("project", "new", "Cut churn").status == 0
    assert run("project", "set", "--sponsor", "Dana").status == 0
    return folder


def test_the_journal_stands_newest_first_with_and_without_the_verb(
    engagement: Path, run: Any
) -> None:
    short, long = run("log", "--json"), run("log", "show", "--json")
    assert short.json["command"] == long.json["command"] == "log show"
    items = short.json["result"]["items"]
    assert [(each["seq"], each["command"], each["actor"]) for each in items] == [
        (3, "project set", "dana"), (2, "project new", "dana"), (1, "init", "dana")
    ]  # fmt: skip
    assert items[0]["changes"][0]["after"]["body"]["sponsor"] == "Dana"
    out = run("log").out
    assert "project Cut churn: sponsor" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert "sponsor  – → Dana" in run("log", "-v").out


@pytest.mark.parametrize(
    ("arguments", "entries"),
    [
        (["--since", "2"], [3]),
        (["--since", "99"], []),
        (["--since", "2999-01-01"], []),
        (["--since", "2001-01-01T00:00"], [3, 2, 1]),
        (["--limit", "1"], [3]),
        (["--limit", "0"], [3, 2, 1]),
        (["--actor", "DANA"], [3, 2, 1]),
        (["--actor", "max"], []),
        (["--entity", "project"], [3, 2]),
        (["--entity", "cut"], [3, 2]),
        (["--entity", "nothing of this name"], []),
        (["--project", "Cut churn", "--since", "2"], [3]),
    ],
)
def test_the_journal_is_narrowed(
    engagement: Path, run: Any, arguments: list[str], entries: list[int]
) -> None:
    ran = run("log", *arguments, "--json")
    assert [each["seq"] for each in ran.json["result"]["items"]] == entries


@pytest.mark.parametrize("since", ["yesterday", "2025-13-01", "99999999999999999999", "1; DROP"])
def test_a_since_that_is_none_is_refused(engagement: Path, run: Any, since: str) -> None:
    ran = run("log", "--since", since)
    assert ran.status == 2
    assert "log.since" in ran.err


def test_hostile_words_stay_words(engagement: Path, run: Any) -> None:
    name = "[red]\x1b[31m'; DROP TABLE item; --{{7*7}}=1+1"
    assert run("project", "set", "--sponsor", name, "--project", "Cut churn").status == 0
    for arguments in (["log"], ["log", "-v"], ["undo"], ["log", "--entity", name]):
        ran = run(*arguments)
        assert ran.status == 0
        assert "\x1b" not in ran.out + ran.err
    assert run("log", "verify").status == 0


def test_undo_and_redo_say_how_to_go_back(engagement: Path, run: Any) -> None:
    ran = run("undo")
    assert "Took back entry 3: project set, dana" in ran.out
    assert "sponsor  Dana → –" in ran.out
    assert "dmaic redo" in ran.err
    assert "(undone by 4)" in " ".join(run("log").out.split())
    ran = run("redo")
    assert "Brought back entry 3" in ran.out
    assert "dmaic undo" in ran.err
    ran = run("redo")
    assert (ran.status, "redo.nothing" in ran.err) == (1, True)


def test_undo_of_another_persons_work_is_asked_for(
    engagement: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DMAIC_ACTOR", "max")
    ran = run("undo")
    assert ran.status == 1
    assert "dmaic undo --any" in ran.err
    assert run("undo", "--any").status == 0
    assert run("undo", "3", "--to", "2").status == 2
    assert run("undo", "x").status == 2
    assert run("undo", "--to", "0").status == 2


def test_verify_names_what_was_changed_by_hand(engagement: Path, run: Any) -> None:
    ran = run("log", "verify", "--json")
    head = f"{ran.json['result']['head']}:{ran.json['result']['head_hash']}"
    assert run("log", "verify", "--expect", head).status == 0
    with sqlite3.connect(engagement / "dmaic.db") as connection:
        connection.execute("UPDATE operation SET actor = 'max' WHERE seq = 2")
    connection.close()
    ran = run("log", "verify")
    assert ran.status == 8
    assert "Entry 2 was changed after it was written" in ran.out
    assert run("log", "verify", "--expect", "2").status == 2
    assert run("log", "vrify").status == 2


def test_errors_of_the_short_form_carry_the_command(engagement: Path, run: Any) -> None:
    assert run("log", "--since", "x", "--json").json["command"] == "log show"
    assert "dmaic log show --help" in run("log", "--sinc", "3").err
