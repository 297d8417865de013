"""`dmaic benefit measure`, on files and in a project."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dmaic.cli.entry import main

Run = Callable[..., Any]
Write = Callable[..., Path]
SAMPLE = Path(__file__).parents[2] / "sample_data"
BEFORE, AFTER = SAMPLE / "churn_export.csv", SAMPLE / "after" / "churn_export.csv"
BOTH = ("benefit", "measure", "--before", BEFORE, "--after", AFTER)
TREATED = ("--segment", "Auto body estimators")


def test_the_answer_comes_first_and_the_market_is_not_claimed(run: Run) -> None:
    ran = run(*BOTH, *TREATED)
    assert ran.status == 0
    text = " ".join(ran.out.split())
    assert "The fix saved 1,618 customers" in text.split("2024-01 to 2024-12")[0]
    assert "is not claimed" in text
    assert "$1,900,116 less, the market's part included" in text
    assert "not run-rate" in text
    assert "cannot be judged: the export before has no other months" in text
    assert "trends-differ" in ran.err
    assert all(len(line) <= 80 for line in ran.out.splitlines())


def test_json_carries_the_figures(run: Run) -> None:
    ran = run(*BOTH, *TREATED, "--json")
    result = ran.json["result"]
    assert result["kind"] == "benefit-measure"
    assert result["customers"]["claimed"]["value"] == pytest.approx(1618, abs=1)
    assert result["run_rate"]["low"] < result["run_rate"]["value"] < result["run_rate"]["high"]
    assert result["before"]["sha256"] != result["after"]["sha256"]
    assert result["inputs"]["sha256"] == result["before"]["sha256"]
    assert result["untouched"][0] == "Field service"
    assert "(blank)" not in result["untouched"]
    assert len(result["months"]) == 24


def test_csv_has_a_segment_a_row(run: Run) -> None:
    ran = run(*BOTH, *TREATED, "--format", "csv", "-q")
    header, *rows = ran.out.splitlines()
    assert header.startswith("segment,role,before_customers,before_churned,before_rate")
    assert len(rows) == 11
    assert any(row.startswith("(blank),left out,27607,483") for row in rows)


def test_two_windows_of_one_export(run: Run, tmp_path: Path) -> None:
    chart = tmp_path / "chart.svg"
    ran = run("benefit", "measure", "--before", BEFORE, "--after", BEFORE, "--until", "2024-06",
              "--after-since", "2024-07", *TREATED, "--chart", chart, "--json")  # fmt: skip
    assert ran.status == 0
    assert ran.json["result"]["before"]["last"] == "2024-06"
    assert ran.json["result"]["after"]["first"] == "2024-07"
    assert ran.json["result"]["peak"]["other_months"] == 6
    assert "season-differs" in ran.codes
    assert chart.stat().st_size > 5000


def test_finished_monthly_summaries_tell_the_raw_change(run: Run) -> None:
    ran = run("benefit", "measure", "--before", SAMPLE / "monthly_summary.csv", "--after",
              SAMPLE / "after" / "monthly_summary.csv", "--json")  # fmt: skip
    assert ran.status == 0
    assert ran.json["result"]["overall"]["change"]["value"] == pytest.approx(-0.38, abs=0.001)
    assert ran.json["result"]["customers"] is None
    assert "no-counterfactual" in ran.codes


HEADER = "customer_id,segment,churned,churn_date,signup_date,mrr,currency\n"


def small(currency: str = "USD", segment: str = "a") -> str:
    rows = [
        f"{n},{segment if n % 2 else 'b'},yes,2024-0{1 + n % 6}-1{n % 9},2020-01-01,10,{currency}\n"
        for n in range(40)
    ]
    return HEADER + "".join(rows) + f"99,{segment},no,,2020-01-01,10,{currency}\n"


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        ((*BOTH, "--segment", "auto body"), 2, "measure.segment"),
        ((*BOTH, *TREATED, "--untouched", "auto body estimators"), 2, "measure.both"),
        ((*BOTH, "--untouched", "Students"), 2, "measure.no-treated"),
        ((*BOTH, *TREATED, "--scale", "log"), 2, "usage.options"),
        ((*BOTH, *TREATED, "--by", "churned"), 2, "usage.by-churned"),
        ((*BOTH, *TREATED, "--after-since", "2031"), 2, "ledger.outside"),
        ((*BOTH, *TREATED, "--where", "drop table x"), 2, "where.not-a-condition"),
        (("benefit", "measure", "--before", BEFORE, "--after", BEFORE), 2, "measure.same-data"),
        (("benefit", "measure", "--before", BEFORE), 2, "usage.options"),
        (("benefit", "measure", "--before", BEFORE, "--after", "gone.csv"), 1, "read.not-found"),
        (("benefit", "measure", "--after", AFTER), 2, "usage.no-file"),
        ((*BOTH, *TREATED, "--output", AFTER), 2, "usage.same-file"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[object, ...], status: int, code: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert f"error {code}" in ran.err
    assert ran.status == status
    assert ran.out == ""


def test_exports_that_do_not_belong_together_are_refused(run: Run, export: Write) -> None:
    one = export(small(), "one.csv")
    euro = export(small("EUR").replace("2024", "2025"), "euro.csv")
    ran = run("benefit", "measure", "--before", one, "--after", euro, "--segment", "a")
    assert (ran.status, "finding.mixed-currencies" in ran.err) == (2, True)
    other = export(small(segment="x").replace("2024", "2025"), "other.csv")
    ran = run("benefit", "measure", "--before", one, "--after", other, "--segment", "a")
    assert (ran.status, "measure.one-sided" in ran.err) == (2, True)
    ran = run("benefit", "measure", "--before", one, "--after", other, "--segment", "b")
    assert (ran.status, "measure.no-untouched" in ran.err) == (2, True)
    ran = run("benefit", "measure", "--before", one, "--after", export(HEADER, "none.csv"))
    assert (ran.status, "read.no-rows" in ran.err) == (1, True)
    undated = export("customer_id,segment,churned\n1,a,yes\n2,b,no\n", "undated.csv")
    ran = run("benefit", "measure", "--before", one, "--after", undated, "--segment", "a")
    assert (ran.status, "ledger.no-dates" in ran.err) == (1, True)


def test_a_hostile_name_of_a_segment_stays_a_name(run: Run, export: Write) -> None:
    evil = "=1+1 [bold] <b> '; DROP TABLE x; -- \x1b[31m {0} %s"
    text = small().replace(",a,", f',"{evil}",')
    one = export(text, "one.csv")
    other = export(text.replace("2024", "2025"), "other.csv")
    ran = run("benefit", "measure", "--before", one, "--after", other, "--segment", evil)
    assert ran.status == 0
    assert "\x1b" not in ran.out + ran.err
    assert "DROP TABLE" in " ".join(ran.out.split())
    csv = run("benefit", "measure", "--before", one, "--after", other, "--segment", evil,
              "--format", "csv")  # fmt: skip
    assert "\n=1+1" not in csv.out


@pytest.fixture
def datasets(mini: Path, run: Run) -> Path:
    """A project with the datasets q1 (the default) and q2."""
    for name, path in (("q1", BEFORE), ("q2", AFTER)):
        shutil.copy(path, mini / f"{name}.csv")
        assert main(["data", "add", f"{name}.csv", "--name", name, "-q"]) == 0
    return mini


def test_on_datasets_the_result_is_saved_and_run_again(run: Run, datasets: Path) -> None:
    first = run("benefit", "measure", "--after", "q2", *TREATED)
    assert "Saved as analysis" in first.err
    same = run("benefit", "measure", "--before", "Q1", "--after", "q2", *TREATED)
    assert "Saved already as analysis" in same.err
    file = run("benefit", "measure", "--before", "q1", "--after", datasets / "q2.csv", *TREATED)
    assert "Not saved: it was compared with a file" in file.err
    bare = run("benefit", "measure", "--before", "q1.csv", "--after", "q2.csv", *TREATED, "--json")
    assert bare.status == 0
    assert "Saved" not in bare.err
    id_ = first.err.split("Saved as analysis ")[1].split(":")[0]
    shown = run("analysis", "show", id_, "--json")
    assert shown.json["result"]["customers"] == bare.json["result"]["customers"]


def test_a_baseline_that_was_read_anew_is_told(run: Run, datasets: Path) -> None:
    assert run("benefit", "measure", "--after", "q2", *TREATED).status == 0
    lines = (datasets / "q1.csv").read_text("utf-8").splitlines(keepends=True)
    (datasets / "q1.csv").write_text("".join(lines[:5000]), "utf-8", newline="")
    assert run("data", "refresh", "q1").status == 0
    again = run("benefit", "measure", "--after", "q2", *TREATED, "--json")
    assert "baseline-moved" in again.codes
    rerun = run("analysis", "rerun")
    assert rerun.status == 0
    listed = run("analysis", "list", "--json").json["result"]["items"]
    newest = run("analysis", "show", listed[-1]["id"], "--json")
    assert "baseline-moved" in newest.codes
    # Another kind of analysis has no baseline that could move.
    assert "baseline-moved" not in run("pareto", "--by", "segment", "--json").codes
