"""`dmaic sample-size`: every question it takes, the other way round, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dmaic

from .conftest import Run


def test_a_survey_says_how_many_to_ask_and_when_there_are_too_few(run: Run) -> None:
    ran = run("sample-size", "--margin", "5%", "--population", "4270", "--response-rate", "4%")
    assert ran.status == 0
    told = " ".join(ran.out.split())
    assert "353 answers tell a share of 4,270 customers to within ±5 points" in told
    # 353 / 0.04 = 8,825; 4 % of 4,270 are 170, whose margin is 7.37 points.
    assert "8,825" in told
    assert "about 170 answers and ±7.37 points" in told
    assert "too-few-to-ask" in ran.err


def test_the_first_sample_stands_at_the_top_of_the_json(run: Run) -> None:
    result = run("sample-size", "--from", "4.8%", "--to", "3%,3.5%,4%", "--json").json["result"]
    assert (result["design"], result["solved"], result["sides"]) == ("shares", "n", 2)
    assert result["n"] == result["rows"][0]["n"] < result["rows"][2]["n"]
    assert [row["to_rate"] for row in result["rows"]] == [0.03, 0.035, 0.04]
    assert result["total"] == 2 * result["n"]
    assert result["wanted_power"] == 0.8


def test_a_table_over_several_effects(run: Run) -> None:
    ran = run("sample-size", "--from", "4.8%", "--to", "3%,3.5%,4%")
    assert "The table has all 3." in " ".join(ran.out.split())
    rows = [line.split() for line in ran.out.splitlines() if line.strip().startswith("4.8")]
    assert [row[1] for row in rows] == ["3", "3.5", "4"]


def test_the_other_way_gives_power_margin_or_effect(run: Run) -> None:
    power = run("sample-size", "--n", "500", "--from", "4.8%", "--to", "3.6%")
    assert "a pilot that shows nothing would not mean that nothing works" in " ".join(
        power.out.split()
    )
    margin = run("sample-size", "--n", "171", "--population", "4270", "--json").json["result"]
    assert margin["solved"] == "margin"
    assert margin["margin"] == pytest.approx(0.073434, abs=5e-7)
    effect = run("sample-size", "--n", "500", "--from", "4.8%", "--json").json["result"]
    assert effect["solved"] == "effect"
    assert 0.016 < effect["rows"][0]["to_rate"] < 0.017


def test_all_answers_are_a_census(run: Run) -> None:
    assert (
        "census: nothing is left to chance"
        in run("sample-size", "--n", "400", "--population", "400").out
    )


def test_losses_alone_where_the_share_that_is_lost_is_not_known(run: Run) -> None:
    result = run("sample-size", "--hazard-ratio", "0.7", "--json").json["result"]
    assert (result["events"], result["n"]) == (247, None)


def test_continuity_and_sides_are_told(run: Run) -> None:
    plain = run("sample-size", "--from", "10%", "--to", "20%")
    assert "without continuity correction" in " ".join(plain.out.split())
    ran = run("sample-size", "--from", "10%", "--to", "20%", "--continuity", "--one-sided")
    told = " ".join(ran.out.split())
    assert "; with continuity correction" in told
    assert "one-sided at alpha 5 %" in told


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], "usage.sample-size"),
        (["--confidence", "99%"], "usage.sample-size"),
        (["--to", "3%"], "usage.sample-size"),
        (["--from", "4.8%", "--to", "3%", "--population", "400"], "usage.sample-size"),
        (["--from", "4.8%", "--to", "3%", "--n", "100", "--power", "90%"], "usage.sample-size"),
        (["--margin", "5%", "--n", "100"], "usage.sample-size"),
        (["--hazard-ratio", "0.7", "--n", "100"], "usage.sample-size"),
        (["--hazard-ratio", "0.7", "--one-group"], "usage.sample-size"),
        (["--margin", ""], "usage.empty"),
        (["--margin", " , "], "usage.empty"),
        (["--margin", "5"], "usage.share"),
        (["--margin", "0%"], "sample.figure"),
        (["--from", "3%", "--to", "3%"], "sample.figure"),
        (["--from", "0%", "--to", "3%", "--one-group"], "sample.figure"),
        (["--n", "0"], "sample.figure"),
        (["--n", "1.5"], "sample.figure"),
        (["--n", "1", "--from", "4%", "--to", "3%"], "sample.figure"),
        (["--n", "500", "--population", "400"], "sample.figure"),
        (["--hazard-ratio", "1"], "sample.figure"),
        (["--difference", "0", "--deviation", "3"], "sample.figure"),
        (["--from", "4%", "--to", "3%", "--alpha", "60%"], "sample.figure"),
        (["--from", "4%", "--to", "3%", "--power", "100%"], "sample.figure"),
        (["--margin", ",".join(f"{n}%" for n in range(1, 70))], "sample.rows"),
    ],
)
def test_what_does_not_fit_together_is_refused(run: Run, words: list[str], code: str) -> None:
    ran = run("sample-size", *words, "--json")
    assert ran.status == 2
    assert ran.json["error"]["code"] == code


@pytest.mark.parametrize(
    "words",
    [
        ["--margin", "0.00000001%"],
        ["--from", "50%", "--to", "50.0000000001%"],
        ["--n", "2", "--from", "0.1%"],
        ["--n", "1000000000000", "--from", "4.8%", "--to", "3.6%"],
        ["--difference", "500", "--deviation", "1"],
        ["--difference", "0.00001", "--deviation", "1", "--ratio", "1000"],
        ["--from", "0%", "--to", "100%", "--continuity"],
        ["--n", "3", "--event-share", "1%"],
        ["--from", "100%", "--to", "0%", "--ratio", "0.001", "--power", "50%"],
    ],
)
def test_the_ends_of_what_can_be_asked(run: Run, tmp_path: Path, words: list[str]) -> None:
    chart = tmp_path / "chart.png"
    assert run("sample-size", *words, "--chart", chart).status == 0
    assert chart.stat().st_size > 5_000
    json.dumps(run("sample-size", *words, "--json").json, allow_nan=False)


def test_every_face(run: Run, tmp_path: Path) -> None:
    for ending in (".csv", ".xlsx", ".md", ".json", ".txt"):
        assert run("sample-size", "--margin", "3%,5%", "-o", tmp_path / f"s{ending}").status == 0
    assert (tmp_path / "s.csv").read_text("utf-8").splitlines()[0].startswith("margin,n")
    frame = dmaic.sample_size(margin=[0.03, 0.05]).to_frame()
    assert list(frame["n"]) == [1068, 385]


def test_within_an_engagement_it_is_saved_and_run_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", ".", "-q").status == 0
    assert run("project", "new", "Churn", "-q").status == 0
    assert "Saved as analysis" in run("sample-size", "--from", "4.8%", "--to", "3.6%").err
    assert "the same figures" in " ".join(run("analysis", "rerun", "--all").out.split())
