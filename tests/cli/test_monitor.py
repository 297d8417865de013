"""`dmaic monitor`: the control plan on new figures, for cron and CI."""

from __future__ import annotations

from pathlib import Path

import pytest

CALM = (30, 32, 29, 31, 30, 28, 33, 31, 30, 29, 32, 30)
RESPONSE = ("trigger=Churn above 5 %", "severity=high", "action=Call everybody", "owner=Dana",
            "hours=24", "escalation=The sponsor")  # fmt: skip
LINE = ("ctq=CTQ1", "metric=monthly churn", "unit=%", "target=3", "upper=5", "method=p chart",
        "sample=all", "frequency=monthly", "owner=Sam", "reaction=RP1")  # fmt: skip


def series(year: int, *lost: int) -> str:
    rows = [f"{year}-{month:02},{count},1000" for month, count in enumerate(lost, 1)]
    return "\n".join(["month,left_us,customers", *rows, ""])


@pytest.fixture
def plan(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose control plan has one line without a chart."""
    monkeypatch.chdir(tmp_path)
    assert run("init", ".").status == 0
    assert run("project", "new", "Cut churn").status == 0
    (tmp_path / "base.csv").write_text(series(2024, *CALM))
    assert run("data", "add", "base.csv", "--table", "--name", "base").status == 0
    assert run("doc", "add", "control-plan", "controls", *LINE).status == 0
    assert run("doc", "add", "response-plan", "responses", *RESPONSE).status == 0
    return tmp_path


def chart(run, *more: str) -> None:
    said = "CP1.chart=--count left_us --size customers"
    assert run("doc", "set", "control-plan", said, "CP1.dataset=base", *more).status == 0


def new(folder: Path, *lost: int) -> Path:
    path = folder / "new.csv"
    path.write_text(series(2025, *lost))
    return path


def test_a_plan_without_a_chart_says_what_to_type(run, plan: Path) -> None:
    ran = run("monitor")
    assert ran.status == 1
    assert "monitor.no-chart" in ran.err
    assert "dmaic doc set control-plan 'CP1.chart=--by month" in " ".join(ran.err.split())


def test_a_special_cause_in_a_new_export_is_status_8_with_the_reaction_and_its_owner(
    run, plan: Path
) -> None:
    chart(run)
    ran = run("monitor", new(plan, 30, 31, 49), "--json")
    assert ran.status == 8
    (line,) = ran.json["result"]["controls"]
    assert line["state"] == "alarm"
    assert [(each["point"], each["why"], each["rule"]) for each in line["alarms"]] == [
        ("2025-03", "special-cause", 1)
    ]
    assert (line["owner"], line["reaction"]["owner"]) == ("Sam", "Dana")
    # By hand: 365 of 12,000 in the baseline, whatever came after.
    assert line["center"] == pytest.approx(365 / 12000)
    shown = run("monitor", new(plan, 30, 31, 49)).out
    assert "Call everybody (within 24 h)" in shown
    assert "The sponsor" in shown


def test_a_calm_export_is_status_0(run, plan: Path) -> None:
    chart(run)
    ran = run("monitor", new(plan, 30, 31, 29), "--json")
    assert ran.status == 0, ran.err
    (line,) = ran.json["result"]["controls"]
    assert (line["state"], line["points"], line["last"]) == ("in control", 3, "2025-03")


def test_a_crossed_limit_of_the_plan_is_status_8_without_a_special_cause(run, plan: Path) -> None:
    chart(run, "CP1.upper=3.3")
    ran = run("monitor", new(plan, 30, 34), "--json")
    assert ran.status == 8
    assert [each["why"] for each in ran.json["result"]["controls"][0]["alarms"]] == ["limit"]


def test_a_change_for_the_better_is_no_alarm_once_it_is_said_which_way_is_better(
    run, plan: Path
) -> None:
    chart(run)
    better = new(plan, 5, 4, 6)
    assert run("monitor", better).status == 8
    chart(run, "CP1.better=lower")
    ran = run("monitor", better, "--json")
    assert ran.status == 0
    (line,) = ran.json["result"]["controls"]
    assert [each["better"] for each in line["improved"]] == [True] * 3
    assert line["met"] is True
    chart(run, "CP1.better=higher")
    assert run("monitor", better).status == 8


def test_an_alarm_goes_on_until_it_is_explained_or_not_among_the_newest(run, plan: Path) -> None:
    chart(run)
    file = new(plan, 49, 30, 31)
    assert run("monitor", file).status == 8
    assert run("monitor", file, "--last", "2").status == 0
    said = 'CP1.chart=--count left_us --size customers --exclude "2025-01:billing outage"'
    assert run("doc", "set", "control-plan", said).status == 0
    assert run("monitor", file).status == 0


def test_limits_within_one_dataset_are_frozen_as_the_chart_says(run, plan: Path) -> None:
    said = "CP1.chart=--count left_us --size customers --freeze-until 2024-06"
    assert run("doc", "set", "control-plan", said, "CP1.dataset=base").status == 0
    ran = run("monitor", "--json")
    assert ran.status == 0, ran.err
    (line,) = ran.json["result"]["controls"]
    assert (line["points"], line["dataset"]) == (6, "base")
    assert "until 2024-06" in line["baseline"]
    assert line["center"] == pytest.approx(180 / 6000)


def test_figures_that_cannot_be_read_are_no_good_news(run, plan: Path) -> None:
    chart(run)
    (plan / "other.csv").write_text("a,b\n1,2\n3,4\n")
    ran = run("monitor", plan / "other.csv", "--json")
    assert ran.status == 1
    (line,) = ran.json["result"]["controls"]
    assert line["state"] == "not read"
    assert "left_us" in line["problem"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("--cuont left_us", "no option of a control chart"),
        ("--count", "--count has no value"),
        ("--count left_us --count customers", "stands twice"),
        ("--where \"left_us > 1", "quotation mark"),
        ("left_us", "no option of a control chart"),
    ],
)  # fmt: skip
def test_a_chart_that_is_not_written_as_options_is_told(
    run, plan: Path, said: str, code: str
) -> None:
    assert run("doc", "set", "control-plan", f"CP1.chart={said}", "CP1.dataset=base").status == 0
    ran = run("monitor", "--json")
    assert ran.status == 1
    assert code in ran.json["result"]["controls"][0]["problem"]


def test_a_line_is_named_by_its_id(run, plan: Path) -> None:
    chart(run)
    assert run("monitor", "--control", "cp1", "--data", "base").status == 0
    ran = run("monitor", "--control", "CP9")
    assert ran.status == 1
    assert "monitor.control" in ran.err
    assert run("monitor", "a.csv", "--data", "base").status == 2


def test_without_a_control_plan_it_says_so(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", ".").status == 0
    assert run("project", "new", "Cut churn").status == 0
    ran = run("monitor")
    assert ran.status == 1
    assert "monitor.no-plan" in ran.err
