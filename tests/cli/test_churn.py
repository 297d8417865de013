"""`dmaic churn` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_data"

# ChartMogul's check: $100 of MRR, $10 churned, $10 contracted, $10 expanded in January. Amounts
# of the export are in cents.
MOVES = """\
DATE,CUSTOMER_NAME,MRR_MOVEMENT,MRR,DESCRIPTION,MOVEMENT_TYPE,CURRENCY_CODE,CUSTOMER_UUID
2023-12-03,A,6000,6000,x,new_biz,USD,a
2023-12-03,B,1000,1000,x,new_biz,USD,b
2023-12-05,C,3000,3000,x,new_biz,USD,c
2024-01-10,B,-1000,0,x,churn,USD,b
2024-01-11,C,-1000,2000,x,contraction,USD,c
2024-01-12,A,1000,7000,x,expansion,USD,a
2024-01-31,A,1000,8000,x,expansion,USD,a
"""

# One customer pays $100, then $70: contraction, and nobody is lost. Another leaves.
LESS = """\
DATE,CUSTOMER_NAME,MRR_MOVEMENT,MRR,DESCRIPTION,MOVEMENT_TYPE,CURRENCY_CODE,CUSTOMER_UUID
2023-12-03,A,10000,10000,x,new_biz,USD,a
2023-12-03,B,1000,1000,x,new_biz,USD,b
2024-01-11,A,-3000,7000,x,contraction,USD,a
2024-02-10,B,-1000,0,x,churn,USD,b
2024-02-29,C,100,100,x,new_biz,USD,c
"""

FLAGS = """\
customerID,tenure,Contract,MonthlyCharges,Churn
a1,1,Monthly,29.85,No
a2,34,Yearly,56.95,No
a3,2,Monthly,53.85,Yes
a4,45,Yearly,42.30,No
a5,2,Monthly,70.70,Yes
a6,16,Monthly,99.65,No
"""


def test_gross_20_and_net_10_per_cent(run, export) -> None:
    ran = run("churn", export(MOVES.replace("2024-01-31,A,1000,8000", "2024-02-29,A,1000,8000")),
              "--json")  # fmt: skip
    assert ran.status == 0, ran.err
    january = ran.json["result"]["periods"][0]
    assert (january["name"], january["mrr_start"]) == ("2024-01", 100)
    figures = [january[name] for name in ("gross_revenue_churn", "net_revenue_churn", "grr", "nrr")]
    assert figures == pytest.approx([0.2, 0.1, 0.8, 0.9])
    assert january["logo_churn"] == pytest.approx(1 / 3)


def test_100_to_70_is_contraction_of_30_and_no_churned_customer(run, export) -> None:
    ran = run("churn", export(LESS), "--since", "2024-01", "--until", "2024-01", "--json")
    assert ran.status == 0, ran.err
    whole = ran.json["result"]["overall"]
    assert whole["mrr_contraction"] == 30
    assert whole["churned"] == 0
    assert whole["logo_churn"] == 0
    assert whole["mrr_churn"] == 0
    assert whole["gross_revenue_churn"] == pytest.approx(30 / 110)


def test_the_worked_case(run) -> None:
    ran = run("churn", SAMPLE / "churn_export.csv", "--by", "segment")
    assert ran.status == 0
    words = " ".join(ran.out.split())
    assert "2.20 % of the customers are lost a month (4,270 of 194,177 customer-months" in words
    assert "Net revenue churn not in this export" in words
    assert "Active when the period begins" in words
    assert "Auto body estimators" in words
    assert max(map(len, ran.out.splitlines())) <= 80


def test_by_quarter_and_year(run) -> None:
    file = SAMPLE / "churn_export.csv"
    quarters = run("churn", file, "--period", "quarter", "--json").json["result"]
    assert [each["name"] for each in quarters["periods"]] == [
        "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4",
    ]  # fmt: skip
    assert {each["months"] for each in quarters["periods"]} == {3}
    (year,) = run("churn", file, "--period", "year", "--json").json["result"]["periods"]
    assert (year["name"], year["months"]) == ("2024", 12)
    assert year["annualised_logo_churn"] == pytest.approx(year["logo_churn"])


def test_a_flag_without_dates_is_no_monthly_rate(run, export) -> None:
    ran = run("churn", export(FLAGS), "--by", "Contract", "--json")
    assert ran.status == 0, ran.err
    result = ran.json["result"]
    assert result["period"] is None
    assert result["periods"] == []
    assert result["overall"]["logo_churn"] == pytest.approx(2 / 6)
    assert result["overall"]["months"] is None
    assert result["overall"]["annualised_logo_churn"] is None
    # 1 + 34 + 2 + 45 + 2 + 16 months as customers.
    assert result["customer_months"] == 100
    assert result["churn_per_customer_month"] == pytest.approx(0.02)
    monthly, yearly = result["segments"]
    assert (monthly["name"], monthly["customer_months"], monthly["lost"]) == ("Monthly", 21, 2)
    assert (yearly["customer_months"], yearly["churn_per_customer_month"]) == (79, 0)
    assert "no-churn-dates" in ran.codes
    told = run("churn", export(FLAGS))
    assert "this is no monthly rate" in " ".join(told.out.split())
    assert "no-churn-dates" in told.err


def test_time_cannot_be_asked_of_an_export_without_dates(run, export) -> None:
    for more in (("--since", "2024"), ("--period", "quarter"), ("--month", "tenure")):
        ran = run("churn", export(FLAGS), *more)
        assert ran.status in (1, 2), more
        assert "error" in ran.err
    assert "ledger.no-dates" in run("churn", export(FLAGS), "--period", "year").err


def test_only_lost_rows_without_dates_have_nothing_to_be_divided_by(run, export) -> None:
    ran = run("churn", export("id,churned,mrr\n1,Yes,10\n2,Yes,20\n"))
    assert ran.status == 1
    assert "churn.lost-only" in ran.err


def test_every_definition_on_the_same_months(run, export) -> None:
    rows = ["customer_id,signup_date,churn_date,mrr"]
    rows += [f"c{at},2023-06-01,,10" for at in range(9)]
    # Lost in March; came and went in March; new in March; lost on the last day, so whole months.
    rows += ["x1,2023-06-01,2024-03-10,10", "x2,2024-03-02,2024-03-20,10", "x3,2024-03-05,,10",
             "x4,2023-06-01,2024-03-31,10"]  # fmt: skip
    ran = run("churn", export("\n".join(rows) + "\n"), "--definition", "all", "--json")
    assert ran.status == 0, ran.err
    lines = {each["definition"]["name"]: each for each in ran.json["result"]["definitions"]}
    assert list(lines) == ["dmaic", "stripe", "baremetrics", "profitwell", "recurly", "chargify",
                           "chartmogul", "chargebee"]  # fmt: skip
    counts = {name: (each["overall"]["lost"], each["overall"]["at_risk"])
              for name, each in lines.items()}  # fmt: skip
    assert counts["dmaic"] == (2, 11)
    # Stripe: 11 there, x3 who stayed new, x2 who came and went.
    assert counts["stripe"] == (3, 13)
    assert counts["baremetrics"] == (3, 11)
    assert counts["recurly"] == (2, 11)
    assert "Over what" in lines["stripe"]["differs"]
    assert lines["dmaic"]["differs"] == {}
    told = run("churn", export("\n".join(rows) + "\n"), "--definition", "all").out
    assert "What makes them differ" in told


def test_definitions_that_do_not_exist_or_are_wrong(run, export, tmp_path: Path) -> None:
    ran = run("churn", SAMPLE / "churn_export.csv", "--definition", "strpe")
    assert (ran.status, "Did you mean" in ran.err) == (2, True)
    path = tmp_path / "ours.yaml"
    path.write_text("name: ours\ndenominator: half\n")
    ran = run("churn", SAMPLE / "churn_export.csv", "--definition", path)
    assert ran.status == 1
    assert "ours.yaml, line 2" in " ".join(ran.err.split())
    path.write_text("name: ours\ntitle: Our finance's own\ndenominator: average\n")
    ran = run("churn", SAMPLE / "churn_export.csv", "--definition", path, "--json")
    assert ran.json["result"]["definition"]["denominator"] == "average"


def test_exports_that_hold_nothing(run, export) -> None:
    for text in ("", "id,churn_date\n", "id,churn_date\n1,\n2,\n"):
        ran = run("churn", export(text))
        assert ran.status == 1
        assert "error" in ran.err


def test_faces(run, tmp_path: Path) -> None:
    file = SAMPLE / "churn_export.csv"
    for name in ("out.csv", "out.json", "out.md", "out.txt", "out.xlsx"):
        path = tmp_path / name
        assert run("churn", file, "--by", "segment", "-q", "-o", path).status == 0, name
        assert path.stat().st_size > 500
    lines = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert lines[0].startswith("line,name,months,customers_start")
    assert len(lines) == 1 + 12 + 1 + 11
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["result"]["kind"] == "churn"
    for name in ("chart.png", "chart.svg"):
        assert run("churn", file, "-q", "--chart", tmp_path / name).status == 0
        assert (tmp_path / name).stat().st_size > 5_000


def test_many_categories_are_cut_short_in_tables_and_whole_in_files(run, export) -> None:
    rows = ["id,segment,signup_date,churn_date"]
    rows += [f"{at},s{at},2023-01-01,2024-01-31" for at in range(60)]
    rows += ["x,y,2023-01-01,"]
    file = export("\n".join(rows) + "\n")
    assert "21 categories with less are not shown" in run("churn", file, "--by", "segment").out
    found = run("churn", file, "--by", "segment", "--json").json["result"]["segments"]
    assert len(found) == 61


def test_results_are_saved_in_a_project(run, mini: Path) -> None:
    assert run("data", "add", SAMPLE / "churn_export.csv", "--name", "export").status == 0
    ran = run("churn", "--by", "segment")
    assert ran.status == 0, ran.err
    assert "Saved as analysis" in ran.err
    ran = run("cost", "--by", "segment", "--margin", "80%", "--json")
    assert ran.json["result"]["annual_loss"] == 5_000_040
    listed = run("analysis", "list").out
    assert "Churn by segment" in listed
    assert "Cost of churn by segment" in " ".join(listed.split())


def test_a_finished_summary_is_not_told_as_single_customers(run) -> None:
    ran = run("churn", str(SAMPLE / "monthly_summary.csv"), "--json")
    assert ran.status == 0, ran.err
    found = json.loads(ran.out)["result"]
    # It has the MRR of the start and of the lost; nothing tells what the new, or each, pay.
    assert found["overall"]["mrr_churned"] == 416_670
    assert [each["mrr_end"] for each in found["periods"]] == [None] * 12
    assert "revenue_interval" not in found["method"]
    assert any("as the months of the export tell it" in each for each in found["assumptions"])
    # Stripe divides by the MRR of the new as well, which is not there.
    ran = run("churn", str(SAMPLE / "monthly_summary.csv"), "--definition", "stripe")
    assert "Gross revenue churn  not in this export" in ran.out


def test_a_mean_counts_the_months_that_have_a_rate(run, export) -> None:
    # Nobody is there from April to December 2024, so those months have no rate to be averaged.
    rows = [f"{c},2024-0{m},5" for c in "abc" for m in (1, 2)]
    rows += [f"{c},2025-0{m},5" for c in "def" for m in (1, 2, 3)]
    path = export("customer_id,month,mrr\n" + "\n".join(rows) + "\n")
    periods = run("churn", path, "--json").json["result"]["periods"]
    told = [each for each in periods if each["logo_churn"] is not None]
    assert len(told) < len(periods)
    assert f"Mean of {len(told)} months" in run("churn", path).out
