"""The walk where nobody sits at a terminal: answers from a file, and what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dmaic.cli.walk.command import command_line
from dmaic.engagements.load import built_in, load_template

ANSWERS = """
charter:
  problem: 2.2 % cancel every month
  annual_cost: 5M
  by: 2025-12-31
  in_scope: [sign-up, support]
  milestones:
    - {name: Measure tollgate, due: 2025-02-28}
team:
  - {name: Sam, function: Support, role: process owner}
  - {name: Dana, function: Finance, role: [approver, member]}
risks: {skip: looked at next week}
"""


@pytest.fixture
def project(run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert run("init", tmp_path / "firm").status == 0
    monkeypatch.chdir(tmp_path / "firm")
    assert run("project", "new", "Cut churn").status == 0
    return tmp_path / "firm"


def journal(run: Callable[..., Any]) -> list[str]:
    return [each["command"] for each in run("log", "show", "--json").json["result"]["items"]]


def test_without_a_terminal_it_names_what_is_missing_and_what_fills_each(
    run: Callable[..., Any], project: Path
) -> None:
    ran = run("walk", "--json")
    assert ran.status == 2
    problems = ran.json["error"]["problems"]
    assert problems[0]["code"] == "usage.no-terminal"
    hints = [each["hint"] for each in problems[1:]]
    assert "dmaic doc set charter annual_cost=NUMBER" in hints
    assert "dmaic doc set charter by=DATE" in hints
    assert any(each.startswith("dmaic team add") for each in hints)


def test_every_command_that_it_names_fills_what_it_says(
    run: Callable[..., Any], project: Path
) -> None:
    """The hints are real commands: with an answer in place of the capitals they work."""
    import shlex

    answers = {"NUMBER": "1", "DATE": "2025-12-31", "TEXT": "words"}
    for each in run("walk", "--json").json["error"]["problems"][1:]:
        words = shlex.split(each["hint"])[1:]
        if words[0] != "doc":
            continue
        filled = []
        for word in words:
            name, sign, value = word.partition("=")
            filled.append(f"{name}={answers.get(value, value)}" if sign else word)
        ran = run(*filled, "--dry-run")
        assert ran.status == 0, (each, ran.err)


def test_answers_from_a_file(run: Callable[..., Any], project: Path, tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS, "utf-8")
    before = journal(run)
    assert run("walk", "--file", path, "--dry-run").status == 0
    assert journal(run) == before
    reply = run("walk", "--file", path, "--json").json["result"]
    states = {each["name"]: each["state"] for each in reply["steps"]}
    assert states["risks"] == "skipped"
    charter = run("doc", "show", "charter", "--json").json["result"]["body"]
    assert charter["annual_cost"] == 5_000_000
    assert charter["in_scope"] == ["sign-up", "support"]
    assert charter["milestones"][0]["id"] == "M1"
    members = run("team", "list", "--json").json["result"]["members"]
    assert {each["name"]: each["roles"] for each in members} == {
        "Sam": ["process owner"],
        "Dana": ["approver", "member"],
    }
    # Documents and skipped steps are one entry, each command one of its own.
    assert len(journal(run)) == len(before) + 3


def test_all_problems_of_a_file_are_told_together_and_nothing_is_kept(
    run: Callable[..., Any], project: Path, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(
        "charter:\n  by: 31.12.2025\n  nosuch: x\n  annual_cost: -1\nnonsense: {a: 1}\n"
        "team:\n  - {name: Sam, role: boss}\n  - {nam: Dana}\n  - just words\n"
        "stakeholders: words\n",
        "utf-8",
    )
    before = journal(run)
    ran = run("walk", "--file", path, "--json")
    assert ran.status == 1
    told = {(each["code"], each["where"]) for each in ran.json["error"]["problems"]}
    lines = dict(told)
    assert "line 2" in lines["document.value"]
    assert "line 3" in lines["document.no-field"]
    assert "line 5" in lines["step.not-found"]
    assert "line 7" in lines["team.role"]
    assert {"line 8", "line 9"} <= {
        where.split(", ")[1] for code, where in told if code == "walk.answer"
    }
    assert journal(run) == before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "walk.file"),
        ("[1, 2]", "walk.file"),
        ("words", "walk.file"),
        ("a: *x", "document.yaml"),
        ("{" * 5_000, "document.yaml"),
        ("a: b: c", "document.yaml"),
        ("charter: {problem: 'a\\0b'}", ""),
        ('"\\x1b[31m": {}', "step.not-found"),
        ("charter: " + "x" * 3_000_000, "document.too-large"),
    ],
)
def test_hostile_files(
    run: Callable[..., Any], project: Path, tmp_path: Path, text: str, code: str
) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_text(text, "utf-8")
    ran = run("walk", "--file", path, "--json")
    assert ran.status in (0, 1)
    assert "\x1b" not in ran.err
    if code:
        assert ran.json["error"]["problems"][0]["code"] == code


def test_wrong_phase_and_step(run: Callable[..., Any], project: Path) -> None:
    ran = run("walk", "--phase", "mesure", "--json")
    assert ran.json["error"]["code"] == "phase.not-found"
    assert '"measure"' in json.dumps(ran.json["error"]["problems"][0]["hint"]).replace("\\", "")
    assert run("walk", "--dry-run", "--json").json["error"]["code"] == "usage.walk-dry-run"
    assert run("walk", "--file", "none.yaml").status == 1


def test_a_commands_questions_are_those_of_its_declaration() -> None:
    line = command_line(
        'dmaic action add TITLE --owner NAME --due DATE --side ours --phase "improve"'
    )
    asked = {each.field.name: each for each in line.wanted()}
    assert set(asked) >= {"title", "owner", "due", "side", "phase"}
    assert asked["due"].field.shape == "date"
    assert asked["side"].field.choices == ("ours", "customer")
    assert line.given == {"side": "ours", "phase": "improve"}
    assert line.lacks()
    line.given |= {"title": "-x", "owner": "Sam"}
    # What begins with a dash is a title all the same.
    assert line.words()[-2:] == ["--", "-x"]


@pytest.mark.parametrize("name", built_in())
def test_every_command_of_a_template_is_understood_and_leaves_no_word_for_one(name: str) -> None:
    for phase in load_template(name)[0].phases:
        for step in phase.steps:
            if step.command or step.analysis:
                line = command_line(step.typed)
                left = [word for word in line.words() if word.isupper() and len(word) > 1]
                assert left == [], step.typed
