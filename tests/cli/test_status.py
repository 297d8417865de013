"""`dmaic status` and `dmaic portfolio`: one screen, one line, and only what is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

PARETO: dict[str, Any] = {
    "unit": "customers",
    "total_churned": 220,
    "total_exposure": 10_000,
    "concentration": {"few_share": 0.82, "categories": 9},
    "rows": [
        {"category": ["Estimators"], "share": 0.463, "vital_few": True},
        {"category": ["Realtors"], "share": 0.2, "vital_few": True},
        {"category": ["Nurses"], "share": 0.1, "vital_few": True},
        {"category": ["Roofers"], "share": 0.057, "vital_few": True},
        {"category": ["Others"], "share": 0.18, "vital_few": False, "other": True},
    ],
}


@pytest.fixture
def case(run, mini: Path) -> Path:
    """The worked case in the middle: a charter, late actions, a Pareto that has gone stale."""
    from dmaic.project.data.analysis import SavedAnalysis
    from dmaic.project.data.dataset import Dataset
    from dmaic.project.engagement.project import Project
    from dmaic.project.store.store import Store
    from dmaic.result import Finding

    run("project", "set", "--target-date", "2026-12-31", "--group", "Estimators")
    run("team", "add", "Sam")
    run("doc", "set", "charter", "metric=monthly logo churn", "unit=%", "baseline=2.2",
        "target=1.364", "annual_cost=5000000", "by=2026-12-31")  # fmt: skip
    for title, due in (("Call", "2026-11-01"), ("Train", "2026-11-19"), ("API", "2026-12-05")):
        run("action", "add", title, "--owner", "sam", "--due", due)
    run("action", "add", "Files", "--owner", "Ann Bo", "--side", "customer", "--due", "2026-11-20")
    run("action", "add", "Queue", "--owner", "sam", "--due", "2026-11-10")
    run("action", "done", "queue", "--on", "2026-11-09")
    with Store(mini / "dmaic.db", "ada").writing("data add") as work:
        project = work.all(Project)[0]
        found = Finding(code="blank-segment", level="warning", message="x")
        told = Finding(code="told", level="info", message="x")
        work.add(
            Dataset(name="q3", file="q3.csv", sha256="new", findings=(found, told)), project.id
        )
        dataset = work.all(Dataset)[0].id
        work.add(SavedAnalysis(title="Pareto by segment", analysis="pareto", dataset=dataset,
                               fingerprint="old", result=PARETO, run_at="2026-11-20T09:00:00Z"),
                 project.id)  # fmt: skip
    return mini


def test_the_worked_case_fits_on_a_screen_of_24_lines(run, case: Path) -> None:
    ran = run("status")
    assert ran.status == 0
    lines = (ran.out + ran.err).splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    page = " ".join(ran.out.split())
    for told in (
        "Cut churn mini 1.0.0, due 2026-12-31",
        "Red: 3 actions overdue, by up to 20 days.",
        "Define, 0 of 1 step done; ahead Control",
        "monthly logo churn from 2.2 to 1.364 % by 2026-12-31",
        "Sam 2, by 20 days; Ann Bo (customer) 1, by 1 day",
        "25 % (n = 4) kept on time: ours 33 % (n = 3), customer 0 % (n = 1)",
        "2.20 % of 10,000 customers (Pareto by segment, 2026-11-20, stale)",
        "Estimators 46.3 %, Realtors 20.0 %, Nurses 10.0 % and 1 more (4 of 9, 82.0 % of the loss)",
        "dataset q3, 1 finding: blank-segment",
        # 38 % of $5.0M is $1.9M a year: the worked case's own figures.
        "$1.9M a year planned, nothing counted as realised yet",
        "Define tollgate: 2 of 2 criteria not met",
        "✗ The charter is complete",
    ):
        assert told in page
    assert "Next: dmaic " in ran.err


def test_the_data_has_what_the_screen_leaves_out(run, case: Path) -> None:
    found = run("status", "--json").json["result"]
    assert found["health"]["color"] == "red"
    assert len(found["rules"]) == 3
    assert [each["name"] for each in found["phases"]] == ["define", "control"]
    assert found["gate"]["blockers"][0]["command"] == "dmaic doc edit charter"
    assert found["overdue"][0] == {
        "owner": "Sam", "side": "ours", "count": 2, "days": 20, "oldest": "Call",
    }  # fmt: skip
    assert found["churn"]["rate"] == 0.022
    assert len(found["churn"]["groups"]) == 4
    assert found["goal"]["planned"] == pytest.approx(1_900_000)
    assert found["realised"] is None
    assert found["next"][0].startswith("dmaic ")


def test_a_new_project_shows_only_what_is_known(run, mini: Path) -> None:
    page = run("status").out
    for label in ("Goal", "Promises", "Churn", "Vital few", "Money", "Data"):
        assert f"\n{label} " not in page
    assert "Green: " in page


def test_a_closed_project_says_why(run, mini: Path) -> None:
    run("project", "close", "--reason", "sold")
    page = run("status").out
    assert "closed: sold" in page
    assert "tollgate:" not in page


def test_reading_changes_no_byte(run, case: Path) -> None:
    before = (case / "dmaic.db").read_bytes()
    for command in ("status", "portfolio", "next"):
        assert run(command).status == 0
    assert (case / "dmaic.db").read_bytes() == before
    assert {each.name for each in case.iterdir()} == {
        ".gitignore", "data", "dmaic.db", "dmaic.toml", "reports",
    }  # fmt: skip


@pytest.mark.parametrize("format", ["csv", "md", "json"])
def test_every_face_shows_it(run, case: Path, format: str) -> None:
    for command in ("status", "portfolio"):
        assert "Cut churn" in run(command, "--format", format).out


def test_an_engagement_without_a_project_says_how_to_begin(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init", tmp_path / "new", "--template", Path(__file__).parent / "mini")
    monkeypatch.chdir(tmp_path / "new")
    ran = run("portfolio")
    assert ran.status == 0
    assert "There is no project yet." in ran.out
    assert 'Next: dmaic project new "NAME"' in ran.err
    ran = run("status")
    assert ran.status == 1
    assert "There is no project yet." in ran.err
    assert "dmaic project new" in ran.err


def test_no_engagement_at_all_says_where_to_begin(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("status")
    assert ran.status == 1
    assert "dmaic init" in ran.err


def test_the_portfolio_puts_the_worst_first_and_prints_the_rules(run, case: Path) -> None:
    run("project", "new", "Fine", "--target-date", "2027-06-30")
    run("project", "new", "Near", "--target-date", "2026-12-01")
    run("project", "new", "Over")
    run("project", "close", "over", "--reason", "sold")
    found = run("portfolio", "--json").json["result"]["projects"]
    assert [(each["name"], each["color"]) for each in found] == [
        ("Cut churn", "red"), ("Near", "amber"), ("Fine", "green"), ("Over", "green"),
    ]  # fmt: skip
    first = found[0]
    assert (first["next_date"], first["next_what"]) == ("2026-12-05", "API")
    assert (first["planned"], first["realised"]) == (pytest.approx(1_900_000), None)
    assert found[1]["next_what"] == "target date"
    page = " ".join(run("portfolio").out.split())
    assert "Red: the target date has passed, 3 actions overdue" in page
    assert "Near: The target date 2026-12-01 is 10 days away." in page
    assert "$1.9M" in page


def test_the_portfolio_of_a_wide_terminal_has_every_column(
    run, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    page = run("portfolio").out
    for title in ("Project", "Health", "Phase", "Target", "Planned", "Realised", "Next date"):
        assert title in page
    assert "monthly logo churn 1.364 %" in page


def test_an_optional_step_counts_once_it_is_done(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("init")
    run("project", "new", "Keep estimators", "--template", "saas-churn", "--no-input")

    def steps() -> set[str]:
        told = [run(word).out.partition(" steps done")[0] for word in ("status", "next")]
        return {each.rpartition("Define, ")[2] for each in told}

    # Define has eight steps, of which the last, to note what could go wrong, is optional.
    assert steps() == {"0 of 7"}
    run("team", "add", "Sam")
    run("risk", "add", "No time", "--probability", 3, "--impact", 3, "--owner", "Sam",
        "--response", "Two days a week are theirs")  # fmt: skip
    assert steps() == {"1 of 8"}
