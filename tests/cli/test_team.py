"""`dmaic team`: people, their roles, and the functions that are covered."""

from __future__ import annotations

from pathlib import Path

import pytest


def functions(run) -> dict[str, str]:
    team = run("team", "list", "--json").json["result"]
    return {each["function"]: each["state"] for each in team["functions"]}


def test_functions_are_covered_waived_or_missing(run, mini: Path) -> None:
    assert functions(run) == {"Sales": "missing", "Finance": "missing", "Support": "missing"}
    assert 'dmaic team waive "Sales" --reason WHY' in " ".join(run("team", "list").out.split())
    run("team", "add", "Dana Reyes", "--function", "FINANCE", "--role", "approver")
    run("team", "waive", "sales", "--reason", "nobody sells to them")
    assert functions(run) == {"Sales": "waived", "Finance": "covered", "Support": "missing"}
    page = run("team", "list").out
    assert "left out, says ada: nobody sells to them" in page
    assert "Finance   Dana Reyes" in " ".join(page.split("\n")).replace("✓ ", "")


def test_another_function_than_the_template_asks_for_is_told(run, mini: Path) -> None:
    ran = run("team", "add", "Kim", "--function", "Legal")
    assert ran.status == 0
    assert 'does not ask for "Legal"' in ran.out


def test_roles_are_read_in_any_spelling_that_is_clear(run, mini: Path) -> None:
    run("team", "add", "Sam", "--role", "Process-Owner", "--role", "green", "--role", "GREEN BELT")
    (sam,) = run("team", "list", "--json").json["result"]["members"]
    assert sam["roles"] == ["process owner", "green belt"]


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (["add", "DANA"], "member.exists", 1),
        (["add", " "], "field.value", 2),
        (["add", "x", "--role", "aprover"], "team.role", 2),
        (["add", "x", "--role", ""], "team.role", 2),
        (["add", "x", "--email", "no address"], "field.value", 2),
        (["add", "x", "--function", "y" * 20_001], "field.value", 2),
        (["set", "dana"], "usage.nothing", 2),
        (["set", "dana", "--name", "sam"], "member.exists", 1),
        (["rm", "nobody"], "member.not-found", 1),
        (["waive", "finance", "--reason", "x"], "team.covered", 1),
        (["waive", "sales", "--reason", " "], "field.value", 2),
    ],
)
def test_what_cannot_be_is_told(run, mini: Path, words: list[str], code: str, status: int) -> None:
    run("team", "add", "Dana", "--function", "Finance")
    run("team", "add", "Sam")
    ran = run("team", *words, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (status, code)


def test_a_role_that_is_none_is_answered_with_the_one_meant(run, mini: Path) -> None:
    assert 'Did you mean "approver"?' in run("team", "add", "x", "--role", "aprover").err


def test_a_member_of_another_name_keeps_the_promises(run, mini: Path) -> None:
    run("team", "add", "Dana")
    run("action", "add", "Call", "--owner", "dana", "--due", "2026-12-01")
    run("risk", "add", "Slips", "--probability", "2", "--impact", "2", "--owner", "dana")
    assert run("team", "set", "dana", "--name", "Dana Reyes").status == 0
    (action,) = run("action", "list", "--json").json["result"]["actions"]
    (risk,) = run("risk", "list", "--json").json["result"]["items"]
    assert (action["owner"], risk["owner"]) == ("Dana Reyes", "Dana Reyes")
    run("undo")
    (action,) = run("action", "list", "--json").json["result"]["actions"]
    assert action["owner"] == "Dana"


def test_who_owns_something_open_stays_until_somebody_takes_over(run, mini: Path) -> None:
    run("team", "add", "Dana")
    run("team", "add", "Sam")
    run("action", "add", "Call", "--owner", "dana", "--due", "2026-12-01")
    ran = run("team", "rm", "dana")
    assert ran.status == 1
    assert 'still owns 1 open item: "Call"' in ran.err
    run("action", "set", "call", "--owner", "sam")
    assert run("team", "rm", "dana").status == 0


def test_signatures_outlast_the_member(run, mini: Path) -> None:
    run("team", "add", "Ada Park", "--role", "sponsor")
    for criterion in ("charter", "agreed"):
        run("gate", "waive", criterion, "--reason", "a test", "--as", "Ada Park")
    assert run("gate", "submit").status == 0
    assert run("gate", "approve", "--as", "Ada Park").status == 0
    ran = run("team", "rm", "ada")
    assert ran.status == 0
    assert 'The signatures on "define" stay' in ran.out
