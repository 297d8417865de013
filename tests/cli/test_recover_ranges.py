"""The ranges of `dmaic recover` from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_data"
FIGURES = ("--baseline-loss", "$5M", "--churn", "2.2%", "--share", "46.3%", "--customers", "8000")
FIX = ("--segment", "Estimators", "--reduction", "40%,65%,80%", "--cost", "90k,120k,180k")


def test_the_ranges_are_in_the_json_and_the_same_at_every_run(run: Any) -> None:
    first, again, other = (
        run("recover", *FIGURES, *FIX, "--draws", 2000, "--seed", seed, "--json", "-q")
        for seed in (5, 5, 6)
    )
    assert first.status == 0
    assert first.out == again.out
    result = first.json["result"]
    assert result["p10"] < result["p50"] < result["p90"]
    assert 0 < result["probability_payback"] <= 1
    drawn = result["simulation"]
    assert (drawn["draws"], drawn["seed"], drawn["generator"]) == (2000, 5, "PCG64")
    assert [each["name"] for each in drawn["drawn"]] == [
        "Estimators: reduction", "Estimators: cost", "baseline losses of Estimators"
    ]  # fmt: skip
    assert len(drawn["band"]) == 25
    assert sum(drawn["counts"]) == 2000
    assert result["tornado"][0]["name"] == "Estimators: reduction"
    assert other.json["result"]["p50"] != result["p50"]


def test_the_order_of_the_segments_changes_no_range(run: Any) -> None:
    one = ("--segment", "Auto body estimators", "--reduction", "40%,65%,80%", "--cost", "100k")
    two = ("--segment", "Insurance adjusters", "--reduction", "pilot:9/120,31/118", "--cost", "9k")
    found = [
        run("recover", SAMPLE / "churn_export.csv", *pair, "--draws", 500, "--json", "-q").json
        for pair in ((*one, *two), (*two, *one))
    ]
    first, second = (each["result"] for each in found)
    assert first["simulation"] == second["simulation"]
    assert first["tornado"] == second["tornado"]


def test_the_page_tells_the_seed_the_ranges_and_what_moves_them(run: Any) -> None:
    told = run("recover", *FIGURES, *FIX, "--seed", 42, "-q").out
    assert "Ranges: 50,000 draws, seed 42" in told
    assert "What moves the net present value of $" in told
    assert "Gamma(n + 1/2)" in told.replace("\n", " ")


@pytest.mark.parametrize("draws", ["0", "-1", "1000001", "1e9", "many"])
def test_a_number_of_draws_that_cannot_be_is_refused_by_name(run: Any, draws: str) -> None:
    refused = run("recover", *FIGURES, *FIX, "--draws", draws)
    assert refused.status == 2
    assert "--draws" in refused.err
    assert refused.out == ""


def test_a_pilot_that_may_have_harmed_is_told(run: Any) -> None:
    pilot = ("--segment", "S", "--reduction", "pilot:4/40,5/40")
    # So many customers that the baseline itself is no doubt.
    figures = (*FIGURES[:-1], 800_000)
    told = run("recover", *figures, *pilot, "--draws", 1000, "--json")
    assert "pilot-may-harm" in told.codes
    few = run("recover", *figures, *pilot, "--draws", 10, "--json")
    assert "few-draws" in few.codes


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_the_chart_is_written(run: Any, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"recover.{suffix}"
    assert run("recover", *FIGURES, *FIX, "--draws", 500, "--chart", path, "-q").status == 0
    assert path.stat().st_size > 5_000
