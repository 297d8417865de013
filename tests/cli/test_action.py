"""`dmaic action`: promised, moved, kept, dropped, listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def plan(run, mini: Path) -> Path:
    """Sam and Dana, an overdue action, two open ones, one of the customer's."""
    run("team", "add", "Sam")
    run("team", "add", "Dana Reyes")
    for title, owner, due in (
        ("Later", "sam", "2026-12-05"), ("Overdue", "dana", "2026-11-01"),
        ("Sooner", "sam", "2026-11-22"),
    ):  # fmt: skip
        assert run("action", "add", title, "--owner", owner, "--due", due).status == 0
    run("action", "add", "Send files", "--owner", "Ann Bo", "--side", "customer",
        "--due", "2026-11-30", "--phase", "con")  # fmt: skip
    return mini


def titles(run, *words: str) -> list[str]:
    found = run("action", "list", *words, "--json").json["result"]["actions"]
    return [each["title"] for each in found]


def one(run, title: str) -> dict[str, Any]:
    found: dict[str, Any] = run("action", "show", title, "--json").json["result"]["action"]
    return found


def test_overdue_ones_come_first_then_by_date_then_ended_ones(run, plan: Path) -> None:
    run("action", "done", "sooner")
    assert titles(run) == ["Overdue", "Send files", "Later", "Sooner"]
    page = run("action", "list").out
    assert "4 actions, 1 overdue" in page
    assert "20 days overdue" in page


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--owner", "sam"], ["Sooner", "Later"]),
        (["--owner", "SAM", "--overdue"], []),
        (["--overdue"], ["Overdue"]),
        (["--side", "customer"], ["Send files"]),
        (["--phase", "control"], ["Send files"]),
        (["--state", "done"], []),
    ],
)
def test_filters(run, plan: Path, words: list[str], expected: list[str]) -> None:
    assert titles(run, *words) == expected


def test_an_action_belongs_to_the_current_phase_unless_said(run, plan: Path) -> None:
    assert one(run, "later")["phase"] == "define"
    assert one(run, "send")["phase"] == "control"


def test_a_moved_action_keeps_the_first_date_and_the_reason(run, plan: Path) -> None:
    assert run("action", "move", "later", "--due", "2026-12-20", "--reason", "ill").status == 0
    assert run("action", "move", "later", "--due", "2026-12-24", "--reason", "snow").status == 0
    found = one(run, "later")
    assert (found["due"], found["first_due"]) == ("2026-12-24", "2026-12-05")
    assert [each["reason"] for each in found["moved"]] == ["ill", "snow"]
    assert "2026-12-05 to 2026-12-20 on 2026-11-21: ill" in run("action", "show", "later").out


def test_done_says_whether_the_promise_was_kept(run, plan: Path) -> None:
    assert "Done, on time" in run("action", "done", "sooner").out
    told = run("action", "done", "overdue", "--on", "2026-11-02").out
    assert "after the date first agreed on, 2026-11-01" in " ".join(told.split())
    promises = run("action", "list", "--json").json["result"]["promises"]
    assert promises["project"] == {"kept": 1, "due": 2, "rate": 0.5}
    assert promises["owners"]["Sam"] == {"kept": 1, "due": 1, "rate": 1.0}
    page = " ".join(run("action", "list").out.split())
    assert "Promises kept on time: 50 % (n = 2); ours 50 % (n = 2)." in page
    assert "By owner: Dana Reyes 0 % (n = 1), Sam 100 % (n = 1)." in page


def test_done_on_another_day_corrects_the_first_answer(run, plan: Path) -> None:
    run("action", "done", "sooner")
    assert run("action", "done", "sooner", "--on", "2026-11-20").status == 0
    assert one(run, "sooner")["done_on"] == "2026-11-20"


def test_a_customers_owner_needs_not_be_on_the_team(run, plan: Path) -> None:
    assert one(run, "send")["owner"] == "Ann Bo"
    # The customer's "Dan" is not our Dana.
    run("action", "add", "X", "--owner", "Dan", "--side", "customer", "--due", "2026-12-01")
    assert one(run, "x")["owner"] == "Dan"
    ran = run("action", "set", "x", "--side", "ours", "--owner", "dan")
    assert ran.status == 0
    assert one(run, "x")["owner"] == "Dana Reyes"


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (["add", "", "--owner", "sam", "--due", "2026-12-01"], "field.value", 2),
        (["add", "x", "--owner", "", "--due", "2026-12-01"], "field.value", 2),
        (["add", "x", "--owner", "bob", "--due", "2026-12-01"], "member.not-found", 1),
        (["add", "x", "--owner", "sam", "--due", "soon"], "usage.date", 2),
        (["add", "x", "--owner", "sam"], "usage.options", 2),
        (["add", "x", "--owner", "sam", "--due", "2026-12-01", "--phase", "mesure"],
         "phase.not-found", 1),
        (["done", "later", "--on", "2026-11-22"], "action.future", 2),
        (["done", "nothing"], "action.not-found", 1),
        (["move", "later", "--due", "2026-12-05", "--reason", "x"], "action.same-date", 2),
        (["move", "later", "--due", "2026-12-06", "--reason", " "], "usage.empty", 2),
        (["drop", "later", "--reason", ""], "usage.empty", 2),
        (["set", "later"], "usage.nothing", 2),
        (["list", "--phase", ""], "phase.not-found", 1),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(run, plan: Path, words: list[str], code: str, status: int) -> None:
    ran = run("action", *words, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (status, code)


def test_what_has_ended_is_neither_moved_nor_dropped(run, plan: Path) -> None:
    run("action", "drop", "later", "--reason", "not needed")
    for words in (["move", "later", "--due", "2027-01-01", "--reason", "x"],
                  ["drop", "later", "--reason", "x"]):  # fmt: skip
        ran = run("action", *words, "--json")
        assert ran.json["error"]["code"] == "action.not-open"
    assert run("action", "done", "later").status == 0
    ran = run("action", "done", "later", "--json")
    assert ran.json["error"]["code"] == "action.is-done"


def test_an_owner_who_is_not_known_is_told_how_to_come_on_the_team(run, plan: Path) -> None:
    said = run("action", "add", "x", "--owner", "Bob", "--due", "2026-12-01").err
    assert 'dmaic team add "Bob"' in said


def test_an_empty_plan_says_how_to_begin(run, mini: Path) -> None:
    ran = run("action", "list")
    assert "Nothing is promised yet." in ran.out
    assert "Next: dmaic action add" in ran.err


def test_titles_are_data(run, mini: Path) -> None:
    run("team", "add", "Sam")
    hostile = "=HYPERLINK(1) [bold]\x1b[31m \u202e{{ x }}"
    run("action", "add", hostile, "--owner", "sam", "--due", "2026-12-01")
    assert one(run, "=hyper")["title"] == hostile
    for words in (["list"], ["list", "--format", "md"], ["show", "=hyper"], ["export"]):
        out = run("action", *words).out
        assert "\x1b" not in out
        assert "\u202e" not in out
    assert ",'=HYPERLINK(1)" in run("action", "export").out
