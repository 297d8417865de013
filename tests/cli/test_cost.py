"""`dmaic cost` from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_data"
FILE = SAMPLE / "churn_export.csv"


def test_the_worked_case(run) -> None:
    ran = run("cost", FILE, "--json")
    assert ran.status == 0
    result = ran.json["result"]
    assert result["annual_loss"] == 5_000_040
    assert result["customers_lost"] == 4270
    assert round(result["monthly_churn"], 5) == 0.02199
    # The segment is taken where nothing else is said.
    assert result["by"] == ["segment"]
    first = result["segments"][0]
    assert (first["name"], first["annual_loss"]) == ("Auto body estimators", 2_317_116)
    assert round(first["share"], 3) == 0.463
    assert result["cash_loss"] < result["annual_loss"]


def test_the_table_ends_in_the_total_and_fits(run) -> None:
    ran = run("cost", FILE)
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= 80
    words = " ".join(ran.out.split())
    assert "Churn costs $5,000,040 of annual revenue as run-rate" in words
    assert "46.34 % of it, $2,317,116, is Auto body estimators" in words
    total = next(line for line in lines if line.startswith("All "))
    assert "5,000,040" in total
    assert "4,270" in total
    assert "Run-rate is not cash" in words


def test_a_window_of_one_s_own_is_scaled_to_a_year(run) -> None:
    ran = run("cost", FILE, "--since", "2024-01", "--until", "2024-06", "--json")
    result = ran.json["result"]
    assert (result["months"], result["factor"]) == (6, 2)
    assert result["annual_loss"] == pytest.approx(12 * 2 * result["mrr_lost"])
    assert "scaled by 12 / 6" in " ".join(
        run("cost", FILE, "--since", "2024-01", "--until", "2024-06").out.split()
    )


@pytest.mark.parametrize("margin", ["80%", "80 %", "0.8"])
def test_at_a_margin(run, margin: str) -> None:
    result = run("cost", FILE, "--margin", margin, "--json").json["result"]
    assert result["margin"] == 0.8
    assert result["annual_margin_loss"] == pytest.approx(4_000_032)
    assert result["segments"][0]["annual_margin_loss"] == pytest.approx(0.8 * 2_317_116)


@pytest.mark.parametrize("margin", ["120%", "-5%", "much", "", "nan", "1e400"])
def test_a_margin_that_is_none(run, margin: str) -> None:
    ran = run("cost", FILE, f"--margin={margin}")
    assert ran.status == 2
    assert "--margin" in ran.err


def test_money_is_needed(run, export) -> None:
    text = "id,signup_date,churn_date\n1,2023-01-01,2024-01-31\n2,2023-01-01,\n"
    ran = run("cost", export(text))
    assert ran.status == 1
    assert "cost.no-money" in ran.err
    assert "--value" in ran.err


def test_currencies_are_never_added_up(run, export) -> None:
    text = (
        "id,signup_date,churn_date,mrr,currency\n1,2023-01-01,2024-01-31,10,USD\n"
        "2,2023-01-01,2024-01-30,20,EUR\n3,2023-01-01,,5,USD\n"
    )
    for more in ((), ("--accept", "mixed-currencies")):
        ran = run("cost", export(text), *more)
        assert ran.status == 1
        assert "finding.mixed-currencies" in ran.err


def test_without_dates_there_is_no_year(run, export) -> None:
    ran = run("cost", export("id,churned,mrr\n1,Yes,10\n2,No,20\n"))
    assert ran.status == 1
    assert "ledger.no-dates" in ran.err


def test_one_definition_at_a_time(run) -> None:
    ran = run("cost", FILE, "--definition", "all")
    assert ran.status == 2
    assert "definition.all" in ran.err
    result = run("cost", FILE, "--definition", "stripe", "--json").json["result"]
    assert result["definition"]["name"] == "stripe"


def test_faces(run, tmp_path: Path) -> None:
    for name in ("out.csv", "out.json", "out.md", "out.txt", "out.xlsx"):
        path = tmp_path / name
        assert run("cost", FILE, "-q", "-o", path).status == 0, name
        assert path.stat().st_size > 500
    rows = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert rows[0].startswith("name,annual_loss")
    assert rows[-1].startswith("All,5000040")
    for name in ("chart.png", "chart.svg"):
        assert run("cost", FILE, "-q", "--chart", tmp_path / name).status == 0
        assert (tmp_path / name).stat().st_size > 5_000


def test_names_of_segments_are_data(run, export) -> None:
    text = (
        'id,segment,signup_date,churn_date,mrr\n1,"=1+1",2023-01-01,2024-01-31,10\n'
        '2,"[red]x[/red]",2023-01-01,2024-01-30,20\n3,"a\x1b[31mb",2023-01-01,,5\n'
    )
    ran = run("cost", export(text))
    assert ran.status == 0, ran.err
    assert "\x1b" not in ran.out
    assert "[red]x[/red]" in ran.out
    assert "'=1+1" in run("cost", export(text), "--format", "csv").out
