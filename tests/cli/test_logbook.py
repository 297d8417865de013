"""`dmaic risk`, `issue` and `decision`: three logs, one way."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def logs(run, mini: Path) -> Path:
    run("team", "add", "Sam")
    run("risk", "add", "Small", "--probability", "1", "--impact", "5")
    run("risk", "add", "Grave", "--probability", "4", "--impact", "4", "--owner", "sam",
        "--response", "two engineers more")  # fmt: skip
    run("issue", "add", "No segments", "--severity", "3")
    run("decision", "add", "Pilot in Ohio", "--by", "Ada", "--why", "one zone")
    return mini


def titles(run, log: str) -> list[str]:
    items = run(log, "list", "--json").json["result"]["items"]
    return [each["title"] for each in items]


def test_risks_are_scored_and_the_gravest_open_one_comes_first(run, logs: Path) -> None:
    found = run("risk", "list", "--json").json["result"]["items"]
    assert [(each["title"], each["score"]) for each in found] == [("Grave", 16), ("Small", 5)]
    assert found[0]["owner"] == "Sam"
    assert "4×4 = 16" in run("risk", "list").out
    run("risk", "close", "grave", "--reason", "released")
    assert titles(run, "risk") == ["Small", "Grave"]
    assert "2 risks, 1 open" in run("risk", "list").out


def test_an_issue_is_changed_and_closed(run, logs: Path) -> None:
    assert run("issue", "set", "no seg", "--severity", "5").status == 0
    assert run("issue", "list", "--json").json["result"]["items"][0]["severity"] == 5
    assert run("issue", "close", "no seg", "--reason", "filled in").status == 0
    ran = run("issue", "close", "no seg", "--reason", "again", "--json")
    assert ran.json["error"]["code"] == "log.closed"


def test_a_decision_keeps_the_day_and_the_reasons(run, logs: Path) -> None:
    run("decision", "set", "pilot", "--on", "2026-11-01")
    (found,) = run("decision", "list", "--json").json["result"]["items"]
    assert (found["on"], found["by"], found["why"]) == ("2026-11-01", "Ada", "one zone")


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (["risk", "add", "x", "--probability", "0", "--impact", "5"], "field.value", 2),
        (["risk", "add", "x", "--probability", "1", "--impact", "6"], "field.value", 2),
        (["risk", "add", "x", "--probability", "one", "--impact", "6"], "usage.options", 2),
        (["risk", "add", "", "--probability", "1", "--impact", "1"], "field.value", 2),
        (["risk", "set", "grave"], "usage.nothing", 2),
        (["risk", "set", "grave", "--owner", "bob"], "member.not-found", 1),
        (["risk", "close", "grave", "--reason", ""], "usage.empty", 2),
        (["issue", "set", "nothing", "--severity", "1"], "issue.not-found", 1),
        (["decision", "add", "x", "--by", ""], "field.value", 2),
        (["decision", "add", "x", "--by", "a", "--on", "11/21/2026"], "usage.date", 2),
    ],
)
def test_what_cannot_be_is_told(run, logs: Path, words: list[str], code: str, status: int) -> None:
    ran = run(*words, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (status, code)


@pytest.mark.parametrize("log", ["risk", "issue", "decision"])
def test_an_empty_log_says_so(run, mini: Path, log: str) -> None:
    assert f"No {log} is noted yet." in run(log, "list").out
