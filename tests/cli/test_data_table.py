"""Tables that are no churn export, registered and analysed as a person types it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

CODES = "item,rater,code,e-mail,note\n" + "".join(
    f"{n},{rater},{'price' if n % 3 else 'support'},c{n}@example.com,said {n}\n"
    for n in range(1, 13)
    for rater in ("anna", "bob")
)
EXPORT = "customer_id,segment,churned\n" + "".join(
    f"C{n},{'AB'[n % 2]},{'yes' if n % 3 else 'no'}\n" for n in range(30)
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run) -> Path:
    monkeypatch.setenv("DMAIC_TODAY", "2025-01-31")
    folder = tmp_path / "engagement"
    assert run("init", folder).status == 0
    monkeypatch.chdir(folder)
    assert run("project", "new", "Cut churn").status == 0
    (folder / "codes.csv").write_text(CODES, "utf-8")
    (folder / "export.csv").write_text(EXPORT, "utf-8")
    return folder


@pytest.fixture
def coding(home: Path, run) -> Path:
    assert run("data", "add", "codes.csv", "--name", "coding", "--table").status == 0
    return home


def dataset(run, name: str) -> dict[str, Any]:
    found: dict[str, Any] = run("data", "show", name, "--json").json["result"]["dataset"]
    return found


def test_without_the_flag_it_is_refused_and_told_how(home: Path, run) -> None:
    ran = run("data", "add", "codes.csv", "--name", "coding")
    assert (ran.status, ran.out) == (1, "")
    assert "role.churned-missing" in ran.err
    assert "--table" in ran.err


def test_all_columns_are_kept_and_persons_hashed(coding: Path, run) -> None:
    body = dataset(run, "coding")
    assert body["columns"] == ["item", "rater", "code", "e-mail", "note"]
    assert body["hashed"] == ["e-mail"]
    assert (body["table"], body["rows"], body["unit"]) == (True, 24, "rows")
    assert body["findings"] == []
    assert "a table that is no churn export" in run("data", "show", "coding").out


def test_only_the_columns_named_are_kept(home: Path, run) -> None:
    words = ("--only", "ITEM", "--only", "code")
    assert run("data", "add", "codes.csv", "--name", "x", "--table", *words).status == 0
    assert dataset(run, "x")["columns"] == ["item", "code"]
    # The column of the customer, which is the e-mail here, is left out with its role.
    assert dataset(run, "x")["roles"] == {}
    assert run("inspect", "--data", "x").status == 0
    # Read again, it is kept alike.
    assert "nothing changed" in run("data", "refresh", "x").out
    ran = run("data", "add", "codes.csv", "--name", "y", "--table", "--only", "cod")
    assert ran.status == 2
    assert '"code"' in ran.err


def test_a_segment_that_is_not_kept_is_not_asked_for(home: Path, run) -> None:
    words = ("--table", "--only", "customer_id")
    assert run("data", "add", "export.csv", "--name", "x", *words).status == 0
    assert dataset(run, "x")["coverage"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("--table", "--churned", "code"),
        ("--table", "--churned-when", "true"),
        ("--table", "--also", "note"),
        ("--only", "item"),
    ],
)
def test_words_that_contradict_each_other_are_refused(home: Path, run, words) -> None:
    ran = run("data", "add", "codes.csv", "--name", "x", *words)
    assert (ran.status, ran.out) == (2, "")
    assert "error usage.table" in ran.err
    assert run("data", "list", "--json").json["result"]["items"] == []


def test_a_table_is_no_default_and_the_export_that_comes_later_is(coding: Path, run) -> None:
    assert run("data", "add", "export.csv", "--name", "q3").status == 0
    items = run("data", "list", "--json").json["result"]["items"]
    assert [(each["name"], each["default"], each["table"]) for each in items] == [
        ("coding", False, True),
        ("q3", True, False),
    ]
    ran = run("pareto", "--by", "segment", "--json")
    assert ran.json["result"]["inputs"]["source"] == "export.csv"
    # With the export gone no table takes its place.
    assert run("data", "rm", "q3").status == 0
    items = run("data", "list", "--json").json["result"]["items"]
    assert [each["default"] for each in items] == [False]


def test_the_default_that_is_asked_for_is_one(home: Path, run) -> None:
    run("data", "add", "export.csv", "--name", "q3")
    run("data", "add", "codes.csv", "--name", "coding", "--table", "--default")
    assert run("inspect", "--json").json["result"]["inputs"]["source"] == "codes.csv"


def test_analyses_of_it_are_saved_and_go_stale_and_are_run_again(coding: Path, run) -> None:
    assert "Saved as analysis" in run("inspect", "--data", "coding").err
    (coding / "codes.csv").write_text(CODES.replace("12,bob,support", "12,bob,price"), "utf-8")
    assert "1 analysis became stale" in run("data", "refresh", "coding").out
    (item,) = run("analysis", "list", "--json").json["result"]["items"]
    assert (item["state"], item["dataset"]) == ("stale", "coding")
    assert run("analysis", "rerun", "--stale").status == 0
    (item,) = run("analysis", "list", "--json").json["result"]["items"]
    assert item["state"] == "current"


def test_what_counts_the_lost_says_that_it_is_no_export(coding: Path, run) -> None:
    ran = run("pareto", "--by", "code", "--data", "coding")
    assert (ran.status, ran.out) == (1, "")
    assert "registered as a table that is no churn export" in ran.err


def test_a_column_of_another_dataset_is_told_with_its_name(coding: Path, run) -> None:
    run("data", "add", "export.csv", "--name", "q3")
    ran = run("pareto", "--by", "rater")
    assert ran.status == 2
    assert 'The dataset coding has a column "rater": add --data coding.' in ran.err


def test_a_table_becomes_an_export_and_an_export_a_table(coding: Path, run) -> None:
    words = ("--churned-when", "code = 'price'", "--customer", "none")
    ran = run("data", "refresh", "coding", *words)
    assert "Read as: a table → a churn export." in ran.out
    assert dataset(run, "coding")["columns"] == ["code"]
    ran = run("data", "refresh", "coding", "--table")
    assert "Read as: a churn export → a table." in ran.out
    body = dataset(run, "coding")
    assert (len(body["columns"]), body["said"]) == (5, {"customer": "none"})


def test_gates_look_at_the_export_and_not_at_the_table(coding: Path, run) -> None:
    found = run("gate", "check", "measure", "--json").json["result"]
    registered = [each for each in found["criteria"] if each["check"] == "dataset-registered"]
    assert {each["outcome"] for each in registered} == {"fail"}
    assert registered[0]["reason"] == "No export is registered."


TEMPLATE = """
name: coding
version: 1.0.0
title: Coding
purpose: To code.
phases:
  - name: code
    title: Code
    purpose: To code.
    steps:
      - name: agree
        title: Agree
        explain: Code twice.
        command: agreement --data NAME --item COL --rater COL --code COL
        done_when: analysis
        done_with: {kind: agreement}
    gate:
      roles: [sponsor]
      criteria:
        - name: coders-agree
          title: The coders agree
          check: analysis
          with: {kind: agreement, field: kappa, least: 0.6}
"""
CODING = ("agreement", "--data", "coding", "--item", "item", "--rater", "rater", "--code", "code")


def test_what_coders_agree_on_is_evidence_for_a_tollgate(coding: Path, run) -> None:
    (coding / "template.yaml").write_text(TEMPLATE, "utf-8")
    assert run("project", "new", "Coding", "--template", "./template.yaml").status == 0
    place = ("--project", "Coding")

    def judged() -> tuple[int, str, dict[str, Any]]:
        ran = run("gate", "check", "--json", *place)
        (criterion,) = ran.json["result"]["criteria"]
        return ran.status, criterion["outcome"], criterion

    run("data", "add", "codes.csv", "--name", "coding", "--table", *place)
    status, outcome, criterion = judged()
    assert (status, outcome) == (8, "fail")
    assert criterion["reason"] == "There is no agreement analysis yet."
    assert run(*CODING, *place).status == 0
    status, outcome, criterion = judged()
    assert (status, outcome) == (0, "pass")
    assert "kappa is 1.0; at least 0.6 is asked for." in criterion["reason"]
    # Bob codes otherwise: the analysis is stale, and then says less than is asked.
    other = CODES.replace("bob,price", "bob,late", 4).replace("bob,support", "bob,price")
    (coding / "codes.csv").write_text(other, "utf-8")
    run("data", "refresh", "coding", *place)
    assert "is stale: its data changed since" in judged()[2]["reason"]
    assert run("analysis", "rerun", *place).status == 0
    status, outcome, criterion = judged()
    assert (status, outcome) == (8, "fail")
    assert "at least 0.6" in criterion["reason"]
    assert criterion["command"].startswith("dmaic analysis show ")


def test_a_tollgate_says_how_an_analysis_is_typed_in_its_phase(coding: Path, run) -> None:
    place = ("--project", "Churn")
    assert run("project", "new", "Churn").status == 0
    run("data", "add", "codes.csv", "--name", "coding", "--table", *place)

    def commands(phase: str) -> dict[str, str]:
        ran = run("gate", "check", phase, "--json", *place)
        criteria = ran.json["result"]["criteria"]
        return {each["name"]: each["command"].partition(" --project")[0] for each in criteria}

    measure = commands("measure")
    asked = "dmaic agreement --data NAME --item COL --rater COL --code COL"
    assert measure["coders-agree"] == asked
    assert measure["survey-weighed"] == "dmaic survey --data NAME --population NAME"
    assert measure["baseline-stable"] == "dmaic control --by month"
    # Measure plans a survey, Improve a pilot.
    asked = "dmaic sample-size --from SHARE --to SHARE"
    assert commands("improve")["pilot-large-enough"] == asked


def test_two_codings_are_compared_in_words(coding: Path, run) -> None:
    run(*CODING)
    (coding / "codes.csv").write_text(CODES.replace("1,bob,price", "1,bob,late", 1), "utf-8")
    run("data", "refresh", "coding")
    run("analysis", "rerun")
    items = run("analysis", "list", "--all", "--json").json["result"]["items"]
    assert [each["title"] for each in items] == ["Agreement; item; rater; code"] * 2
    ran = run("analysis", "diff", *(each["id"] for each in items))
    # Of twelve items one is now coded otherwise.
    assert "percent agreement  100.00 %  91.67 %  -8.33 points" in _one_space_apart(ran.out)


def _one_space_apart(text: str) -> str:
    return "\n".join("  ".join(line.split("  ")) for line in text.splitlines()).replace("   ", "  ")
