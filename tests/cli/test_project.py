"""`dmaic project`: begun, shown, changed, chosen, closed, opened again, removed, followed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

PARETO: dict[str, Any] = {
    "rows": [
        {"category": ["Estimators"], "share": 0.463, "vital_few": True},
        {"category": ["(blank)"], "share": 0.2, "vital_few": True},
        {"category": ["Realtors", "Ohio"], "share": 0.15, "vital_few": True},
        {"category": ["Others"], "share": 0.1, "vital_few": True, "other": True},
        {"category": ["Nurses"], "share": 0.05, "vital_few": False},
    ]
}


def projects(run) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in run("project", "list", "--json").json["result"]["items"]}


def save_pareto(folder: Path, result: dict[str, Any], run_at: str = "2026-11-20T10:00:00Z") -> None:
    from dmaic.project.data.analysis import SavedAnalysis
    from dmaic.project.engagement.project import Project
    from dmaic.project.store.store import Store

    with Store(folder / "dmaic.db", "ada").writing("pareto") as work:
        body = SavedAnalysis(title="Pareto by segment", analysis="pareto", fingerprint="f",
                             result=result, run_at=run_at)  # fmt: skip
        work.add(body, work.all(Project)[0].id)


def test_a_project_keeps_what_was_said(run, mini: Path) -> None:
    ran = run(
        "project",
        "new",
        "Keep realtors",
        "--sponsor",
        "Ada Park",
        "--start",
        "2026-02-01",
        "--target-date",
        "2026-12-31",
        "--group",
        "Realtors",
        "--currency",
        "eur",
    )
    assert ran.status == 0
    assert "follows the template mini 1.0.0" in " ".join(ran.out.split())
    shown = run("project", "show", "keep", "--json").json["result"]["project"]
    assert shown["sponsor"] == "Ada Park"
    assert (shown["start"], shown["target_date"]) == ("2026-02-01", "2026-12-31")
    assert (shown["group"], shown["currency"]) == ("Realtors", "EUR")
    assert len(shown["template"]["hash"]) == 64


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (["new", "cut CHURN"], "project.exists", 1),
        (["new", ""], "field.value", 2),
        (["new", "x" * 201], "field.value", 2),
        (["new", "x", "--start", "2026-02-30"], "usage.date", 2),
        (["new", "x", "--start", "20260203"], "usage.date", 2),
        (["new", "x", "--start", "2026-02-02", "--target-date", "2026-02-01"], "project.dates", 2),
        (["new", "x", "--currency", "euro"], "field.value", 2),
        (["new", "x", "--template", "sass-churn"], "template.unknown", 1),
        (["set"], "usage.nothing", 2),
        (["set", "--target-date", "2025-01-01"], "project.dates", 2),
        (["show", "nothing"], "project.not-found", 1),
        (["show", "cut", "--project", "other"], "usage.project-twice", 2),
        (["close"], "project.gate-open", 1),
        (["reopen", "--reason", "x"], "project.is-open", 1),
        (["reopen", "--reason", " "], "usage.empty", 2),
        (["rm", "cut churn"], "usage.confirm", 2),
        (["next-cycle"], "project.group", 2),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    run, mini: Path, words: list[str], code: str, status: int
) -> None:
    before = (mini / "dmaic.db").read_bytes()
    ran = run("project", *words, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (status, code)
    assert (mini / "dmaic.db").read_bytes() == before


def test_a_dry_run_writes_nothing(run, mini: Path) -> None:
    before = (mini / "dmaic.db").read_bytes()
    for words in (["new", "x"], ["set", "--sponsor", "B"], ["rm", "cut churn"],
                  ["close", "--reason", "y"], ["next-cycle", "--group", "G"]):  # fmt: skip
        ran = run("project", *words, "-n")
        assert ran.status == 0
        assert ran.out.startswith("Would do: ")
    assert (mini / "dmaic.db").read_bytes() == before


def test_facts_are_changed_and_cleared(run, mini: Path) -> None:
    run("project", "set", "--sponsor", "Ada Park", "--name", "Less churn")
    assert projects(run)["Less churn"]["sponsor"] == "Ada Park"
    run("project", "set", "--sponsor", "")
    assert projects(run)["Less churn"]["sponsor"] == ""


def test_a_project_is_chosen_by_name_or_id_prefix_and_the_settings_keep_their_comments(
    run, mini: Path
) -> None:
    run("project", "new", "Keep realtors")
    path = mini / "dmaic.toml"
    before = path.read_text("utf-8")
    assert run("project", "show").status == 1
    id = projects(run)["Keep realtors"]["id"]
    assert run("project", "use", id[:7]).status == 0
    assert path.read_text("utf-8") == before.replace('project = ""', f'project = "{id}"')
    assert run("project", "show", "--json").json["result"]["id"] == id
    assert projects(run)["Keep realtors"]["in_use"]


def test_a_project_in_use_that_is_gone_is_told(run, mini: Path) -> None:
    run("project", "new", "Other")
    run("project", "use", "other")
    run("undo")
    ran = run("status")
    assert ran.status == 1
    assert "is not here" in ran.err
    assert "dmaic project use NAME" in ran.err


def test_with_a_server_alone_there_is_no_file_to_keep_the_choice_in(
    run, mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgresql_place: str
) -> None:
    run("init", tmp_path / "other", "--db", postgresql_place)
    monkeypatch.chdir(tmp_path)
    run("project", "new", "X", "--db", postgresql_place)
    ran = run("project", "use", "X", "--db", postgresql_place, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "usage.no-folder")


def test_closing_before_the_end_needs_a_reason(run, mini: Path) -> None:
    ran = run("project", "close")
    assert ran.status == 1
    assert "The Define tollgate has not been approved" in ran.err
    assert "dmaic project close --reason" in ran.err
    assert run("project", "close", "--reason", "the product is sold").status == 0
    assert run("project", "close", "--reason", "again").status == 1
    assert "closed: the product is sold" in run("project", "show").out
    assert run("project", "reopen", "--reason", "bought back").status == 0
    assert projects(run)["Cut churn"]["state"] == "open"


def test_a_removed_project_comes_back_with_everything_in_it(run, mini: Path) -> None:
    run("team", "add", "Sam")
    run("project", "use", "cut churn")
    ran = run("project", "rm", "cut", "--yes")
    assert ran.status == 0
    assert "with 1 item." in ran.out
    assert projects(run) == {}
    assert tomllib.loads((mini / "dmaic.toml").read_text("utf-8"))["project"] == ""
    assert "There is no project yet" in run("project", "list").out
    assert run("undo").status == 0
    assert "Sam" in run("team", "list").out


@pytest.mark.parametrize(
    ("typed", "status", "left"), [("Cut churn", 0, 0), (" Cut churn ", 0, 0), ("cut", 2, 1)]
)
def test_removing_asks_for_the_whole_name(
    run, mini: Path, monkeypatch: pytest.MonkeyPatch, typed: str, status: int, left: int
) -> None:
    asked: list[str] = []

    class Somebody:
        def line(self, question: str) -> str:
            asked.append(question)
            return typed

    monkeypatch.setattr("dmaic.cli.ask.can_ask", lambda **_: True)
    monkeypatch.setattr("dmaic.cli.ask.make_asker", Somebody)
    assert run("project", "rm", "cut").status == status
    assert asked == ["This removes the project with 0 items. Type Cut churn to go on"]
    assert len(projects(run)) == left


def test_the_next_cycle_takes_the_next_vital_group_and_both_know_each_other(
    run, mini: Path
) -> None:
    run("project", "set", "--group", "estimators", "--sponsor", "Ada Park")
    run("team", "add", "Sam", "--function", "Support")
    run("team", "waive", "Sales", "--reason", "no sales here")
    run("doc", "set", "charter", "metric=logo churn", "baseline=2.2", "problem=They leave")
    save_pareto(mini, {"rows": []}, "2026-11-19T10:00:00Z")
    save_pareto(mini, PARETO)
    ran = run("project", "next-cycle")
    assert ran.status == 0, ran.err
    told = " ".join(ran.out.split())
    # Estimators are worked on already, the blank ones are no group: Realtors of Ohio are next.
    assert 'The group "Realtors / Ohio" is the next of the vital few' in told
    assert "Carried over the team of 1." in told
    old, new = projects(run).values()
    assert (old["following"], new["previous"]) == (new["id"], old["id"])
    assert (new["name"], new["group"]) == ("Cycle 2: Realtors / Ohio", "Realtors / Ohio")
    assert new["sponsor"] == "Ada Park"
    team = run("team", "list", "-p", new["id"], "--json").json["result"]
    assert [each["name"] for each in team["members"]] == ["Sam"]
    assert team["functions"][0]["state"] == "waived"
    charter = run("doc", "show", "charter", "-p", new["id"], "--json").json["result"]["body"]
    assert (charter["metric"], charter["baseline"]) == ("logo churn", 2.2)
    assert charter["problem"] == ""
    ran = run("project", "next-cycle", "cut churn", "--json")
    assert ran.json["error"]["code"] == "project.has-next"
    # The third cycle finds that every vital group was worked on, in whichever cycle.
    ran = run("project", "next-cycle", new["id"], "--json")
    assert ran.json["error"]["code"] == "project.group"
    assert run("project", "rm", new["id"], "--yes").status == 0
    assert projects(run)["Cut churn"]["following"] is None


def test_the_next_cycle_keeps_the_form_of_the_name(run, mini: Path) -> None:
    run("project", "set", "--group", "churn")
    run("project", "next-cycle", "--group", "refunds")
    assert "Cut refunds" in projects(run)


def test_names_are_data(run, mini: Path) -> None:
    name = "[red]x[/] '; DROP TABLE item; -- {{ 7 * 7 }} =1+1 \x1b[31m"
    assert run("project", "new", name).status == 0
    out = run("project", "list").out
    assert "\x1b" not in out
    assert "[red]x[/]" in out
    assert name.strip() in projects(run)
