"""`dmaic survey`: answers, findings about whose they are, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import dmaic

from .conftest import Run

SAMPLE = Path(__file__).parents[2] / "sample_data"
ANSWERS, EXPORT = SAMPLE / "exit_survey.csv", SAMPLE / "churn_export.csv"
Write = Callable[..., Path]


@pytest.fixture
def lost(export: Write) -> Path:
    """Sixty customers of two segments, the first forty of them lost."""
    rows = [f"{n},{'AB'[n % 2]},{'yes' if n < 40 else 'no'}" for n in range(60)]
    return export("\n".join(["id,segment,churned", *rows]) + "\n", "lost.csv")


def answers(export: Write, rows: list[str], header: str = "id,reason") -> Path:
    return export("\n".join([header, *rows]) + "\n", "answers.csv")


def test_the_worked_case_is_no_census(run: Run) -> None:
    ran = run("survey", ANSWERS, "--population", EXPORT)
    assert ran.status == 0
    told = " ".join(ran.out.split())
    assert "171 of 4,270 lost customers answered (4.00 %), so this is a sample" in told
    assert "nothing is known of why the other 4,099 left" in told
    assert "too few answered to tell whether it comes before the next" in told
    assert "No uneven silence is seen, which does not show that there is none" in told
    # The effect stands before the p-value.
    assert told.index("Cramér's V") < told.index("p = 0.")


def test_the_json_holds_every_figure(run: Run) -> None:
    result = run("survey", ANSWERS, "--population", EXPORT, "--json").json["result"]
    assert (result["population"], result["answered"]) == (4270, 171)
    assert result["response"]["rate"] == pytest.approx(171 / 4270)
    assert sum(row["share"] for row in result["reasons"]) == pytest.approx(1)
    assert sum(row["population"] for row in result["cells"]) == 4270
    assert sum(row["weight"] * row["answered"] for row in result["cells"]) == pytest.approx(4270)
    collapsed = [row["category"][0] for row in result["cells"] if row["collapsed"]]
    assert "Property managers" in collapsed
    assert result["lead"]["low"] < 0 < result["lead"]["high"]
    assert result["nonresponse"]["df"] == 10
    assert {*result["nonresponse"]["effect"]} >= {"name", "value", "low", "high"}
    assert len(result["inputs"]["sha256"]) == 64


def test_whose_answers_do_not_count_is_told_with_their_rows(
    run: Run, export: Write, lost: Path
) -> None:
    rows = [f"{n},price" for n in range(12)]
    rows += ["0,support", "50,price", "99,price", ",price", "13,", " 14 ,support", "n/a,price"]
    ran = run("survey", answers(export, rows), "--population", lost, "--json")
    found = {each["code"]: (each["count"], each["rows"]) for each in ran.json["findings"]}
    assert found["repeated-answers"] == (1, [14])
    assert found["not-lost"] == (1, [15])
    assert found["not-in-population"] == (1, [16])
    assert found["blank-respondents"] == (2, [17, 20])
    assert found["blank-reasons"] == (1, [18])
    result = ran.json["result"]
    assert result["answered"] == 13
    assert {row["reason"]: row["answers"] for row in result["reasons"]} == {
        "price": 12, "support": 1,
    }  # fmt: skip


def test_of_several_answers_the_first_with_a_reason_counts(
    run: Run, export: Write, lost: Path
) -> None:
    path = answers(export, ["1,", "1,price", "1,support"])
    result = run("survey", path, "--population", lost, "--json").json["result"]
    assert [row["reason"] for row in result["reasons"]] == ["price"]


def test_all_answers_are_a_census_and_one_is_hardly_anything(
    run: Run, export: Write, lost: Path
) -> None:
    everybody = answers(export, [f"{n},{'price' if n % 4 else 'support'}" for n in range(40)])
    ran = run("survey", everybody, "--population", lost)
    assert "All 40 lost customers answered: this is a census." in ran.out
    (row, _) = run("survey", everybody, "--population", lost, "--json").json["result"]["reasons"]
    assert row["low"] == row["share"] == row["high"] == 0.75
    one = run("survey", answers(export, ["1,price"]), "--population", lost, "--json")
    assert {"few-answers", "not-weighted"} <= {*one.codes}
    (row,) = one.json["result"]["reasons"]
    assert (row["share"], row["high"]) == (1.0, 1.0)
    assert row["low"] < 0.03


def test_no_reasons_and_no_segments(run: Run, export: Write, lost: Path) -> None:
    path = answers(export, [f"{n},x" for n in range(20)])
    ran = run("survey", path, "--population", lost, "--reason", "none", "--by", "none", "--json")
    result = ran.json["result"]
    assert result["reasons"] == []
    assert result["nonresponse"] is None
    assert result["by"] == []
    assert run("survey", path, "--population", lost, "--by", "none", "--format", "csv").status == 0


def test_uneven_silence_is_a_finding_and_is_weighted_for(
    run: Run, export: Write, lost: Path
) -> None:
    # Of segment A (even) all answer, of B five.
    rows = [f"{n},price" for n in range(0, 40, 2)] + [f"{n},support" for n in range(1, 11, 2)]
    ran = run("survey", answers(export, rows), "--population", lost, "--json")
    assert "uneven-response" in ran.codes
    shares = {row["reason"]: (row["unweighted"], row["share"])
              for row in ran.json["result"]["reasons"]}  # fmt: skip
    assert shares["price"] == pytest.approx((0.8, 0.5))


def test_a_condition_and_a_time_choose_the_population(run: Run) -> None:
    ran = run("survey", ANSWERS, "--population", EXPORT, "--since", "2024-07", "--where",
              "plan = 'Pro'", "--json")  # fmt: skip
    result = ran.json["result"]
    assert result["population"] < 4270
    assert "not-lost" in ran.codes
    assert len(result["inputs"]["filters"]) == 2


def test_respondent_and_customer_may_have_other_names(run: Run, export: Write, lost: Path) -> None:
    path = answers(export, [f"{n},price" for n in range(9)], "who,why")
    refused = run("survey", path, "--population", lost, "--json")
    assert refused.json["error"]["code"] == "survey.respondent"
    ran = run(
        "survey", path, "--population", lost, "--respondent", "who", "--reason", "why", "--json"
    )
    assert ran.json["result"]["answered"] == 9


@pytest.mark.parametrize(
    ("rows", "words", "code", "status"),
    [
        (["A,price"], [], "survey.no-match", 1),
        (["50,price"], [], "survey.no-match", 1),
        (["1,", "2,"], [], "survey.no-reason", 1),
        ([], [], "read.no-rows", 1),
        (["1,price"], ["--customer", "none"], "survey.no-customer", 1),
        (["1,price"], ["--confidence", "0%"], "survey.figure", 2),
        (["1,price"], ["--reason", "nix"], "usage.unknown-column", 2),
        (["1,price"], ["--respondent", "nix"], "usage.unknown-column", 2),
        (["1,price"], ["--by", "nix"], "usage.unknown-column", 2),
        (["1,price"], ["--by", ""], "usage.empty", 2),
        (["1,price"], ["--where", "nix = 1"], "where.unknown-column", 2),
    ],
)
def test_what_cannot_be_answered_is_refused(
    run: Run, export: Write, lost: Path, rows: list[str], words: list[str], code: str, status: int
) -> None:
    ran = run("survey", answers(export, rows), "--population", lost, *words, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (status, code)


def test_a_population_that_answers_for_itself_is_refused(run: Run, lost: Path) -> None:
    ran = run("survey", lost, "--population", lost, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "survey.same-data")


def test_nobody_lost_is_no_population(run: Run, export: Write) -> None:
    stay = export("id,churned\n1,no\n2,no\n", "stay.csv")
    ran = run("survey", answers(export, ["1,price"]), "--population", stay, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (1, "finding.no-churn")


def test_hostile_reasons_are_text(run: Run, export: Write, lost: Path, tmp_path: Path) -> None:
    rows = [f'{n},"=1+1 <b>\x1b[31m $x$ {n % 3}"' for n in range(30)]
    path = answers(export, rows)
    chart = tmp_path / "c.svg"
    ran = run("survey", path, "--population", lost, "--chart", chart)
    assert ran.status == 0
    assert "\x1b" not in ran.out
    assert chart.exists()
    run("survey", path, "--population", lost, "-o", tmp_path / "s.csv")
    assert "\n'=1+1" in (tmp_path / "s.csv").read_text("utf-8")


def test_python_gives_the_same(run: Run) -> None:
    result = dmaic.survey(ANSWERS, population=EXPORT, reason="reason_group")
    told = run("survey", ANSWERS, "--population", EXPORT, "--reason", "reason_group", "--json")
    told = told.json["result"]
    assert json.loads(json.dumps(result.to_dict()))["reasons"] == told["reasons"]
    assert list(result.to_frame()["answers"]) == [row["answers"] for row in told["reasons"]]


def test_datasets_of_a_project_are_joined_by_their_hashes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("init", ".", "-q")
    run("project", "new", "Churn", "-q")
    run("data", "add", EXPORT, "--name", "churn", "-q")
    mixed = run("survey", ANSWERS, "--population", "churn", "--json")
    assert mixed.json["error"]["code"] == "survey.dataset"
    run("data", "add", ANSWERS, "--table", "--name", "exit", "-q")
    ran = run("survey", "--data", "exit", "--population", "churn", "--json")
    assert ran.json["result"]["answered"] == 171
    assert "Saved as analysis" in ran.err
    assert "the same figures" in " ".join(run("analysis", "rerun", "--all").out.split())
    alone = run("survey", "--population", "churn", "--json")
    assert alone.json["error"]["code"] == "survey.same-data"
