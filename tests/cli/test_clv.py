"""`dmaic clv`: answers, faces and refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dmaic

from .conftest import Run

SAMPLE = Path(__file__).parents[2] / "sample_data" / "churn_export.csv"
COHORT = "1000,869,743,653,593,551,517,491"
Export = Callable[..., Path]


def test_survivors_give_the_published_curve(run: Run) -> None:
    ran = run("clv", "--survivors", COHORT, "--period", "year")
    assert ran.status == 0
    for text in ("37.8 % of new customers outlive year 12", "0.668", "3.806", "-1,611.2"):
        assert text in ran.out
    result = run("clv", "--survivors", COHORT, "--json").json["result"]
    assert result["kind"] == "clv"
    assert result["alpha"] == pytest.approx(0.668, abs=5e-4)
    assert result["beta"] == pytest.approx(3.806, abs=5e-4)
    assert result["log_likelihood"] == pytest.approx(-1611.2, abs=0.05)
    assert result["survival"][0] == 1.0
    assert result["survival"][12] == pytest.approx(0.378, abs=5e-4)
    assert len(result["survival"]) >= 25
    assert result["overall"]["observed"][0] == {
        "age": 1, "at_risk": 1000, "lost": 131, "retention": 0.869, "survived": 0.869,
    }  # fmt: skip


def test_arpa_and_churn_give_the_simple_way(run: Run) -> None:
    ran = run("clv", "--arpa", "$100", "--churn", "5%")
    assert ran.status == 0
    assert "$2,000" in ran.out
    assert "vendors' way" in ran.out
    row = run("clv", "--arpa", "100", "--churn", "0.05", "--json").json["result"]["overall"]
    assert row["simple"] == pytest.approx(2000)
    assert row["model"] == "constant"
    assert row["alpha"] is None


def test_an_export_is_valued_by_segment(run: Run) -> None:
    ran = run("clv", SAMPLE, "--by", "segment", "--margin", "80%", "--json")
    result = ran.json["result"]
    rows = {row["category"][0]: row for row in result["rows"]}
    estimators = rows["Auto body estimators"]
    for row in rows.values():
        assert row["simple"] == pytest.approx(row["arpa"] * 0.8 / row["churn"])
        assert row["new_low"] <= row["new"] <= row["new_high"]
        assert row["existing_low"] <= row["existing"] <= row["existing_high"]
        assert row["existing"] >= row["new"] * (1 - 1e-9)
        assert row["observed"]
    # They lose most customers, so the same ARPA is worth least.
    assert estimators["new"] < rows["Real estate agents"]["new"]
    assert result["currency"] == "USD"
    assert (result["first"], result["last"]) == ("2024-01", "2024-12")
    assert "constant-rate" in ran.codes


def test_the_warning_says_how_far_the_simple_way_is_off_and_why(run: Run) -> None:
    ran = run("clv", SAMPLE)
    assert "21 % less" in ran.err
    assert "misjudges who stays" in ran.err


def test_one_rate_is_not_said_to_misjudge_where_the_counts_allow_it(run: Run) -> None:
    # Ten in a hundred are lost at every age, but for rounding: the log-likelihood of the curve and
    # of one rate are alike (-110.9), where 95 % confidence asks for 1.92 between them.
    ran = run("clv", "--survivors", "100,90,81,73,66")
    assert "alpha            7.568" in ran.out
    assert "misjudges" not in ran.err
    assert "do not rule out one rate for all" in " ".join(ran.err.split())


def test_assumptions_stand_beside_the_figures(run: Run) -> None:
    out = run("clv", SAMPLE).out
    assert "revenue, not profit" in out
    assert "Discount 10 % a year, 0.80 % a month" in out
    assert "Fader and" in out
    out = run("clv", SAMPLE, "--margin", "75%", "--discount", "0", "--horizon", "36").out
    assert "Margin 75 %" in out
    assert "No discount" in out
    assert "36 months counted" in out


def test_a_value_without_end_is_no_number(run: Run) -> None:
    ran = run("clv", "--survivors", COHORT, "--arpa", "100", "--discount", "0", "--json")
    row = ran.json["result"]["overall"]
    assert row["payments_new"] is None
    assert row["new"] is None
    assert row["mean_lifetime"] is None
    assert "Infinity" not in ran.out
    assert "NaN" not in ran.out
    assert "has no end" in run("clv", "--survivors", COHORT, "--arpa", "100", "--discount", "0").out


def test_a_flat_and_a_rising_rate_are_told(run: Run) -> None:
    ran = run("clv", "--survivors", "1000,900,810,729", "--json")
    assert "rate-flat" in ran.codes
    assert ran.json["result"]["alpha"] is None
    assert "geometric model" in run("clv", "--survivors", "1000,900,810,729").err
    assert "rate-rises" in run("clv", "--survivors", "1000,950,850,700,500", "--json").codes


def test_currency_and_order_of_rows_change_nothing_but_the_sign(run: Run, export: Export) -> None:
    lines = SAMPLE.read_text("utf-8").splitlines()[:4001]
    header, rows = lines[0], lines[1:]
    dollars = export("\n".join((header, *rows)) + "\n", "dollars.csv")
    euros = export(
        "\n".join((header, *(row.replace("USD", "EUR") for row in reversed(rows)))) + "\n",
        "euros.csv",
    )
    one = run("clv", dollars, "--by", "segment", "--json").json["result"]
    other = run("clv", euros, "--by", "segment", "--json").json["result"]
    assert (one["currency"], other["currency"]) == ("USD", "EUR")
    assert one["rows"] == other["rows"]
    assert one["overall"] == other["overall"]


def test_a_segment_without_losses_has_no_curve_and_does_not_stop_the_others(
    run: Run, export: Export
) -> None:
    lost = "".join(
        f"C{n},2023-0{1 + n % 9}-01,A,10,Yes,2024-0{1 + n % 6}-1{n % 9}\n" for n in range(60)
    )
    stayed = "".join(f"D{n},2023-0{1 + n % 9}-01,{'AB'[n % 2]},10,No,\n" for n in range(60))
    path = export(f"id,signup_date,segment,mrr,churned,churn_date\n{lost}{stayed}")
    ran = run("clv", path, "--by", "segment", "--until", "2024-06", "--json")
    rows = {row["category"][0]: row for row in ran.json["result"]["rows"]}
    assert rows["B"]["model"] is None
    assert rows["B"]["new"] is None
    assert rows["A"]["new"] is not None
    assert {"no-curve", "nobody-young"} <= set(ran.codes)
    assert run("clv", path, "--by", "segment", "--until", "2024-06").status == 0


@pytest.mark.parametrize(
    "given",
    [
        {"survivors": (1000, 2.5, "a")},
        {"survivors": ("9", "8", "7")},
        {"survivors": (1000, float("nan"), 3)},
        {"survivors": (float("inf"), 5, 3)},
        {"arpa": float("nan"), "churn": 0.1},
        {"arpa": 1, "churn": float("nan")},
        {"arpa": float("inf"), "churn": 0.1},
        {"arpa": 1, "churn": 0.1, "margin": float("nan")},
        {"arpa": 1, "churn": 0.1, "discount": float("inf")},
        {"arpa": 1, "churn": 0.1, "period": "week"},
        {},
    ],
)
def test_the_same_is_refused_in_python(given: dict[str, Any]) -> None:
    with pytest.raises(dmaic.DmaicError) as caught:
        dmaic.clv(**given)
    assert caught.value.code in ("clv.survivors", "usage.clv")


def test_survivors_may_be_any_sequence() -> None:
    import numpy

    found = dmaic.clv(survivors=numpy.array([1000, 900, 850]))  # type: ignore[arg-type]
    assert found == dmaic.clv(survivors=[1000, 900, 850])


def test_an_export_of_lost_customers_alone_is_refused(run: Run, export: Export) -> None:
    rows = "".join(f"{n},2023-01-01,Yes,2024-0{1 + n % 3}-28,10\n" for n in range(30))
    ran = run("clv", export(f"id,signup_date,churned,churn_date,mrr\n{rows}"), "--json")
    assert ran.status == 1
    assert ran.json["error"]["code"] == "exposure.lost-only"


@pytest.mark.parametrize(("refund", "simple"), [("0", 0), ("-300", None)])
def test_customers_who_pay_nothing_or_less_are_no_bug(
    run: Run, export: Export, refund: str, simple: float | None
) -> None:
    rows = "".join(f"{n},2023-0{n}-01,Yes,2024-01-31,0\n" for n in range(1, 4))
    rows += "".join(f"{n},2023-0{n}-01,No,,{refund}\n" for n in range(4, 9))
    ran = run("clv", export(f"id,signup_date,churned,churn_date,mrr\n{rows}"), "--json")
    assert ran.status == 0
    assert ran.json["result"]["overall"]["simple"] == simple


def test_a_column_of_ids_makes_no_curves(run: Run) -> None:
    ran = run("clv", SAMPLE, "--by", "customer_id", "--json")
    assert ran.status == 1
    assert ran.json["error"]["code"] == "clv.too-many-categories"


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["--survivors", "1000,869"], 2, "clv.survivors"),
        (["--survivors", "1000,1001,900"], 2, "clv.survivors"),
        (["--survivors", "1000,-5,-9"], 2, "clv.survivors"),
        (["--survivors", "a,b,c"], 2, "clv.survivors"),
        (["--survivors", "1000,86.9,70"], 2, "clv.survivors"),
        (["--survivors", "0,0,0"], 2, "clv.survivors"),
        (["--survivors", "٣,٢,١"], 2, "clv.survivors"),
        (["--survivors", ",".join(map(str, range(4000, 0, -1)))], 2, "clv.survivors"),
        (["--survivors", "9" * 5000 + ",5,3"], 2, "clv.survivors"),
        (["--survivors", ""], 2, "usage.empty"),
        (["--survivors", "10,10,10"], 1, "clv.nobody-lost"),
        (["--survivors", "10,0,0"], 1, "clv.everyone-lost"),
        (["--survivors", "10,5,5"], 1, "clv.first-only"),
        (["--survivors", "10,5,3", "--churn", "5%"], 2, "usage.clv"),
        (["--survivors", "10,5,3", "--by", "segment"], 2, "usage.clv"),
        (["--survivors", "10,5,3", "--where", "a = 1"], 2, "usage.clv"),
        (["--survivors", "10,5,3", "--data", "x"], 2, "usage.data-alone"),
        (["--arpa", "100"], 2, "usage.clv"),
        (["--arpa", "0", "--churn", "5%"], 2, "usage.clv"),
        (["--arpa", "-5", "--churn", "5%"], 2, "usage.money"),
        (["--arpa", "100", "--churn", "0"], 2, "usage.clv"),
        (["--arpa", "100", "--churn", "5"], 2, "usage.share"),
        (["--survivors", "10,5,3", "--margin", "0"], 2, "usage.clv"),
        (["--survivors", "10,5,3", "--margin", "130%"], 2, "usage.share"),
        (["--survivors", "10,5,3", "--discount", "-5%"], 2, "usage.share"),
        (["--survivors", "10,5,3", "--discount", "0.000001"], 2, "usage.clv"),
        (["--survivors", "10,5,3", "--horizon", "0"], 2, "usage.clv"),
        (["--survivors", "10,5,3", "--horizon", "100000"], 2, "usage.clv"),
        ([SAMPLE, "--arpa", "100"], 2, "usage.clv"),
        ([SAMPLE, "--period", "year"], 2, "usage.clv"),
        ([SAMPLE, "--by", "tenure:0,12"], 2, "usage.unknown-column"),
        ([SAMPLE, "--by", "churn_date:month"], 2, "exposure.by"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    run: Run, arguments: list[str], status: int, code: str
) -> None:
    ran = run("clv", *arguments, "--json")
    assert ran.status == status
    assert json.loads(ran.out)["error"]["code"] == code
    ran = run("clv", *arguments)
    assert ran.status == status
    assert "Traceback" not in ran.err


def test_names_from_files_are_data_on_every_face(run: Run, export: Export, tmp_path: Path) -> None:
    name = '"=1+1 [bold]x[/bold] <b>\x1b[31m"'
    rows = "".join(
        f"C{n},2023-0{1 + n % 9}-01,{name},10,"
        + (f"Yes,2024-0{1 + n % 6}-1{n % 9}\n" if n % 3 else "No,\n")
        for n in range(200)
    )
    path = export(f"id,signup_date,segment,mrr,churned,churn_date\n{rows}")
    ran = run("clv", path, "--by", "segment")
    assert ran.status == 0
    assert "\x1b[31m" not in ran.out
    assert "[bold]x[/bold]" in ran.out
    assert "<b>" not in run("clv", path, "--by", "segment", "--format", "md").out
    assert "\n=1" not in run("clv", path, "--by", "segment", "--format", "csv").out
    for ending in ("xlsx", "md", "json", "csv", "txt"):
        target = tmp_path / f"out.{ending}"
        assert run("clv", path, "--by", "segment", "-o", target).status == 0
        assert target.stat().st_size
    assert run("clv", path, "--by", "segment", "--chart", tmp_path / "clv.svg").status == 0


def test_figures_alone_are_saved_to_the_project_in_use(run: Run, mini: Path) -> None:
    ran = run("clv", "--survivors", COHORT, "--arpa", "100")
    assert ran.status == 0
    assert "Saved" in ran.err
    listed = run("analysis", "list", "--json").json["result"]["items"]
    assert [item["analysis"] for item in listed] == ["clv"]
    assert run("clv", "--survivors", COHORT, "--no-save").err.count("Saved") == 0
