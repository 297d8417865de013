"""A closed project stays as it was: commands that write are refused, or have a reason not to."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from pathlib import Path

import pytest

from dmaic.cli.app import TREE
from dmaic.cli.record import Writing
from dmaic.cli.tree import Branch

REFUSED = {
    "project set": "--sponsor Ada",
    "gate answer": "committed yes",
    "gate submit": "",
    "gate approve": "--as Ada",
    "gate reject": "--as Ada --note x",
    "gate waive": "risks-owned --reason x",
    "gate return": "define --reason x",
    "doc set": "charter problem=x",
    "doc add": "charter milestones name=x",
    "doc rm": "charter M1",
    "doc import": "charter charter.yaml",
    "doc edit": "charter",
    "team add": "Bob",
    "team set": "Ada --function Sales",
    "team rm": "Ada",
    "team waive": "Sales --reason x",
    "action add": "Call --owner Ada --due 2026-12-01",
    "action done": "Ring",
    "action move": "Ring --due 2026-12-24 --reason x",
    "action drop": "Ring --reason x",
    "action set": "Ring --owner Bob",
    "action import": "actions.csv",
    "risk add": "Fire --probability 2 --impact 2",
    "risk set": "Flood --impact 2",
    "risk close": "Flood --reason x",
    "issue add": "Fire --severity 2",
    "issue set": "Smoke --severity 2",
    "issue close": "Smoke --reason x",
    "decision add": "Go --by Ada",
    "decision set": "Stay --by Bob",
    "data add": "export.csv --name q2",
    "data refresh": "q1",
    "data rm": "q1",
    "data set-default": "q1",
    "analysis rerun": "",
    "analysis rm": "Pareto",
    "benefit plan": "API --target 1000",
    "benefit record": "API 2026-01=10",
    "benefit lock": "API --by Ada",
    "benefit rm": "API",
    "walk": "",
    "template update": "",
    "template answer": "client Acme",
}

OTHERWISE = {
    "next": "writes by other commands",
    "project new": "makes a project",
    "project close": "says that it is closed",
    "project reopen": "is the way out",
    "project rm": "takes all of it away, after asking",
    "project next-cycle": "follows a closed project",
    "undo": "takes the closing back",
    "redo": "brings it back",
    "import": "makes a project",
    "restore": "replaces the database",
    "template from-project": "reads it, and writes a template",
}


@pytest.fixture
def closed(run, mini: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" -c "raise SystemExit(1)"')
    (mini / "charter.yaml").write_text("problem: x\n")
    (mini / "actions.csv").write_text("title,owner,due\nCall,Ada,2026-12-01\n")
    assert run("project", "close", "--reason", "sold").status == 0
    return mini


@pytest.fixture
def closed_with_data(run, mini: Path) -> Path:
    (mini / "export.csv").write_text(
        "customer,churned,segment\n" + "".join(f"c{n},{n % 2},s{n % 3}\n" for n in range(40))
    )
    assert run("data", "add", "export.csv", "--name", "q1").status == 0
    assert run("pareto", "--by", "segment").status == 0
    assert run("project", "close", "--reason", "sold").status == 0
    return mini


DATA = ["data refresh", "data rm", "data set-default", "analysis rerun", "analysis rm"]


@pytest.mark.parametrize("command", [each for each in REFUSED if each not in DATA])
def test_a_closed_project_refuses_it_and_names_the_way_out(run, closed: Path, command: str) -> None:
    refused(run, command)


@pytest.mark.parametrize("command", DATA)
def test_its_datasets_and_analyses_stay_too(run, closed_with_data: Path, command: str) -> None:
    refused(run, command)


def refused(run, command: str) -> None:
    before = run("log", "--json").json
    ran = run(*command.split(), *REFUSED[command].split())
    assert ran.status == 1, ran.err
    assert "error project.closed" in ran.err
    assert "dmaic project reopen" in ran.err
    assert run("log", "--json").json == before


def test_the_way_out_works_as_it_is_printed(run, closed: Path) -> None:
    hint = run("team", "add", "Bob").err
    words = hint.split("dmaic project reopen ", 1)[1].split()
    assert run("project", "reopen", words[0], "--reason", "again").status == 0
    assert run("team", "add", "Bob").status == 0


def test_an_analysis_of_a_closed_project_is_shown_and_not_saved(
    run, closed_with_data: Path
) -> None:
    ran = run("pareto", "--by", "segment", "--top", "2")
    assert ran.status == 0
    assert "Not saved: the project is closed." in ran.err
    assert len(run("analysis", "list", "--json").json["result"]["items"]) == 1


def test_closing_is_undone_and_the_next_cycle_begun(run, closed: Path) -> None:
    assert run("project", "next-cycle", "--group", "s1").status == 0
    assert run("undo").status == 0
    assert run("undo").status == 0
    assert run("team", "add", "Bob").status == 0


def test_every_command_that_writes_is_in_one_of_the_two_lists() -> None:
    writing = {
        " ".join((*path, name))
        for path, leaves in (
            ((), TREE),
            *(((name,), node.leaves) for name, node in TREE.items() if isinstance(node, Branch)),
        )
        for name, leaf in leaves.items()
        if not isinstance(leaf, Branch) and _writes(leaf)
    }
    assert writing == {*REFUSED, *OTHERWISE}


def _writes(leaf) -> bool:
    function = inspect.unwrap(
        getattr(import_module(f"dmaic.cli.commands.{leaf.module}"), leaf.function)
    )
    return any(
        str(each.annotation).endswith("Writing") or each.annotation is Writing
        for each in inspect.signature(function).parameters.values()
    )
