"""Reports of projects that lack something: it is named, and a command only where it is a draft."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dmaic.analysis.registry import restore
from dmaic.errors import DataError
from dmaic.project.engagement.home import open_home
from dmaic.project.standing.step import StepMark, mark_step
from dmaic.reports.compose import compose
from dmaic.reports.report import Report
from dmaic.resource import sample_data_folder
from dmaic.result import Result

Run = Callable[..., Any]

KINDS = ("define", "measure", "analyze", "improve", "control", "a3", "executive", "project")
DAY = date(2026, 3, 2)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """An engagement with a project in which nothing was done."""
    monkeypatch.setenv("DMAIC_TODAY", DAY.isoformat())
    monkeypatch.setenv("DMAIC_ACTOR", "Ada")
    monkeypatch.delenv("DMAIC_PROJECT", raising=False)
    folder = tmp_path / "firm"
    assert run("init", folder, "--name", "Firm").status == 0
    monkeypatch.chdir(folder)
    assert run("project", "new", "Less churn", "--no-input").status == 0
    return folder


def made(folder: Path, kind: str, *, draft: bool = False, name: str = "Less churn") -> Report:
    home = open_home(str(folder / "dmaic.db"))
    with home.store.reading() as view:
        return compose(view, home.project(view, name), kind, DAY, draft=draft)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_project_has_every_report(empty: Path, kind: str) -> None:
    report = made(empty, kind)
    assert report.markdown.strip()
    assert "Goal" in {each.part for each in report.lacks}


def test_a_project_that_nobody_sponsors_asks_for_a_sponsor(empty: Path, run: Run) -> None:
    asked = "**What we need from you:** a sponsor: take the project on."
    assert asked in made(empty, "executive").markdown
    assert run("team", "add", "Ada Park", "--role", "sponsor").status == 0
    assert asked not in made(empty, "executive").markdown


def test_what_is_missing_is_named_as_missing(empty: Path) -> None:
    report = made(empty, "analyze")
    for title in ("Reason taxonomy", "Fishbone diagram", "Cause list"):
        assert title in {each.part for each in report.lacks}
        assert f"### {title}\n\n- ! Missing: it is not written yet." in report.markdown
    assert "What this report lacks" in report.markdown
    assert "Missing: See when they leave. It was not run yet." in report.markdown
    assert "dmaic " not in report.markdown.split("## Appendix")[0]


def test_what_was_skipped_says_who_and_why_and_is_not_asked_for(empty: Path) -> None:
    home = open_home(str(empty / "dmaic.db"))
    with home.store.writing("walk") as work:
        for phase, step in (("define", "sipoc"), ("analyze", "pareto")):
            mark = StepMark(phase=phase, step=step, skipped=True, by="Ada", reason="It is known.")
            mark_step(work, home.project(work, "Less churn").id, mark)
    report = made(empty, "define")
    assert "### SIPOC\n\n- ! Missing: Skipped by Ada: It is known." in report.markdown
    assert "SIPOC" not in {each.part for each in report.lacks}
    text = made(empty, "analyze").markdown
    assert "### Find the vital few segments\n\n- ! Missing: Skipped by Ada: It is known." in text
    assert "### See when they leave\n\n- ! Missing: it was not run yet." in text


def test_a_draft_tells_the_command_that_mends_it(empty: Path) -> None:
    text = made(empty, "analyze", draft=True).markdown
    assert "`dmaic doc edit fishbone`" in text
    assert "`dmaic pareto --by segment`" in text


def test_the_check_of_a_report_ends_with_8_and_lists_it(empty: Path, run: Run) -> None:
    ran = run("report", "check", "measure")
    assert ran.status == 8
    assert "Operational definitions" in ran.out
    assert "dmaic doc edit definitions" in ran.out


def test_a_half_filled_document_shows_what_it_has_and_what_it_lacks(empty: Path, run: Run) -> None:
    words = "2.2 % of our customers cancel every month."
    assert run("doc", "set", "charter", f"problem={words}").status == 0
    text = made(empty, "define").markdown
    assert f"**Problem**: {words}" in text
    assert "Missing: it is not complete. Business case is empty" in text


def test_an_unfinished_chart_says_why_it_is_not_drawn(empty: Path, run: Run) -> None:
    assert run("doc", "add", "solutions", "name=Call them").status == 0
    assert run("doc", "add", "selection", "options", "solution=S1").status == 0
    report = made(empty, "improve")
    drawn = [each.draw() for each in report.figures.values()]
    assert all(each.get_size_inches()[0] > 1 for each in drawn)


def test_the_sponsor_of_the_team_is_the_sponsor_of_the_report(empty: Path, run: Run) -> None:
    assert made(empty, "executive").sponsor == ""
    assert run("team", "add", "Ada Park", "--role", "sponsor").status == 0
    assert run("team", "add", "Bo", "--role", "approver").status == 0
    assert made(empty, "executive").sponsor == "Ada Park"
    told = json.loads(run("portfolio", "--json").out)["result"]
    assert [each["sponsor"] for each in told["projects"]] == ["Ada Park"]
    assert run("project", "set", "--sponsor", "Cy Roe").status == 0
    assert made(empty, "executive").sponsor == "Cy Roe"


def test_two_hundred_actions_are_counted_and_not_all_told(empty: Path, run: Run) -> None:
    for number in range(7):
        assert run("team", "add", f"Owner {number}").status == 0
    lines = ["title,owner,due,phase"]
    lines += [f"Action {number},Owner {number % 7},2026-02-01,define" for number in range(200)]
    (empty / "actions.csv").write_text("\n".join(lines), "utf-8")
    assert run("action", "import", "actions.csv", "--yes").status == 0
    report = made(empty, "define")
    assert report.markdown.count("✗ Action ") == 200
    short = made(empty, "project")
    assert "180 actions more not shown." in short.markdown
    assert short.markdown.count("✗ Action ") == 20


def test_long_texts_and_names_of_other_scripts_stay_whole(empty: Path, run: Run) -> None:
    long = "Wörter " * 400
    name = "مشروع العملاء 客户 🙂"
    assert run("doc", "set", "charter", f"problem={long.strip()}").status == 0
    assert run("risk", "add", name, "--probability", 3, "--impact", 3).status == 0
    text = made(empty, "define").markdown
    assert long.strip() in text
    assert name in text


def test_a_stale_analysis_is_marked_where_it_stands(engagement: Path, run: Run) -> None:
    assert run("project", "reopen", "--reason", "Newer data.").status == 0
    newer = engagement / "newer.csv"
    write_shorter(newer)
    refreshed = run("data", "refresh", "2024", newer, "--yes")
    assert refreshed.status == 0, refreshed.err
    report = made(engagement, "analyze", name="Cut estimator churn")
    stale = [each for each in report.lacks if each.stale]
    assert {"Pareto: churned customers by segment", "How long customers stay"} <= {
        each.part for each in stale
    }
    assert all(each.command.startswith("dmaic analysis rerun ") for each in stale)
    assert "\n> Stale: the data changed since" in report.markdown
    early = "later 2.0 % (the data changed since)"
    summary = report.markdown.split("\n## ", 1)[0]
    # Where a figure stands alone too: in the summary, under a chart, as the title of a slide.
    assert early in summary
    assert f"{early}.](figures/how-long-customers-stay.svg)" in report.markdown
    assert re.search(rf"^## .*{re.escape(early)}$", report.slides, re.MULTILINE)
    assert "dmaic analysis rerun" not in report.markdown
    assert run("report", "check", "analyze").status == 8


def test_an_analysis_of_data_that_was_removed_says_so(engagement: Path, run: Run) -> None:
    name = "Cut estimator churn"
    assert run("project", "reopen", "-p", name, "--reason", "Wrong export.").status == 0
    removed = run("data", "rm", "coding", "--yes", "-p", name)
    assert removed.status == 0, removed.err
    report = made(engagement, "measure", name=name)
    (lack,) = (each for each in report.lacks if each.part == "Agreement")
    assert lack.message.startswith("The data is no longer there; it was run on ")
    assert "those that are mixed up (the data is no longer there)" in report.markdown


def test_a_result_of_a_newer_dmaic_is_named_and_the_rest_stands(
    engagement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str, data: object) -> Result:
        if name == "survival":
            raise DataError("It is no such result.", "analysis.result")
        return restore(name, data)  # type: ignore[arg-type]

    monkeypatch.setattr("dmaic.reports.content_analysis.restore", refuse)
    text = made(engagement, "analyze", name="Cut estimator churn").markdown
    assert "### Survival by segment\n\n**Its result cannot be read by this version" in text
    assert "### Pareto: churned customers by segment" in text


def write_shorter(path: Path) -> None:
    """The sample export without its last customer."""
    (found, *_) = sorted(sample_data_folder().rglob("churn_export.csv"))
    lines = found.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), "utf-8")


def test_an_a3_of_many_causes_tells_the_first_and_counts_the_others(empty: Path, run: Run) -> None:
    causes = {"causes": [{"cause": f"Cause {n}", "status": "rejected"} for n in range(12)]}
    (empty / "causes.json").write_text(json.dumps(causes), "utf-8")
    ran = run("doc", "import", "causes", "causes.json", "--yes")
    assert ran.status == 0, ran.err
    text = made(empty, "a3").markdown
    assert text.count("✗ Cause ") == 3
    assert "- … and 9 more causes\n" in text
    assert "- ○ No cause is verified yet." in text


def test_a_return_to_a_phase_takes_nothing_of_later_ones_into_it(
    engagement: Path, run: Run
) -> None:
    name = "Cut estimator churn"
    before = made(engagement, "analyze", name=name)
    assert run("project", "reopen", "-p", name, "--reason", "More.").status == 0
    assert run("gate", "return", "analyze", "-p", name, "--reason", "Newer data.").status == 0
    report = made(engagement, "analyze", name=name)
    assert [*report.figures] == [*before.figures]
    assert report.markdown.startswith(
        "> **The Analyze tollgate passes. It is not submitted again.**"
    )
    assert run("gate", "submit", "-p", name).status == 0
    told = "The Analyze tollgate passes. It is submitted; not signed yet: champion, process owner."
    assert f"> **{told}**" in made(engagement, "analyze", name=name).markdown
    assert run("gate", "approve", "-p", name, "--as", "Head of Support").status == 0
    assert "It is submitted; not signed yet: process owner.**" in (
        made(engagement, "analyze", name=name).markdown
    )
