"""The worked case's figures of churn and of its cost, as dmaic gives them from the sample data.

`test_sample_data.py` computes the same figures from the files with the csv module alone; its
results, and the table in `sample_data/README.md`, are what is expected here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import dmaic
from dmaic.money.churn import ChurnResult
from dmaic.money.cost import CostResult

SAMPLE = Path(__file__).parents[2] / "sample_data"
ESTIMATORS = "Auto body estimators"


@cache
def churn(file: str) -> ChurnResult:
    return dmaic.churn_rates(SAMPLE / file, by="segment" if "export" in file else ())


@cache
def cost(file: str) -> CostResult:
    return dmaic.cost(SAMPLE / file, by="segment")


def test_2_2_per_cent_a_month_pooled_and_as_the_mean_of_twelve_months() -> None:
    made = churn("churn_export.csv")
    assert (made.overall.lost, made.overall.at_risk) == (4270, 194_177)
    assert round(100 * (made.overall.logo_churn or 0), 3) == 2.199
    assert round(100 * (made.mean_logo_churn or 0), 3) == 2.199
    assert len(made.periods) == 12


def test_1_364_per_cent_a_month_after() -> None:
    made = churn("after/churn_export.csv")
    assert round(100 * (made.overall.logo_churn or 0), 3) == 1.364
    assert round(100 * (made.mean_logo_churn or 0), 3) == 1.364
    assert made.overall.lost == 2647


@pytest.mark.parametrize("folder", ["", "after/"])
def test_the_months_agree_with_the_firms_own_summary(folder: str) -> None:
    import csv

    with (SAMPLE / folder / "monthly_summary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = churn(f"{folder}churn_export.csv")
    start, lost = (next(name for name in rows[0] if word in name) for word in ("start", "churned"))
    assert [each.customers_start for each in made.periods] == [int(row[start]) for row in rows]
    assert [each.churned for each in made.periods] == [int(row[lost]) for row in rows]


def test_the_estimators_churn() -> None:
    # 4.81 % before and 0.865 % after: 82 % less.
    rates = []
    for file in ("churn_export.csv", "after/churn_export.csv"):
        (segment,) = [each for each in churn(file).segments if each.name == ESTIMATORS]
        rates.append(segment.logo_churn or 0)
    assert [round(100 * rate, 3) for rate in rates] == [4.811, 0.865]
    assert round(100 * (1 - rates[1] / rates[0]), 1) == 82.0


def test_churn_costs_5_million_a_year() -> None:
    made = cost("churn_export.csv")
    assert made.annual_loss == 5_000_040
    assert made.customers_lost == 4270
    assert made.months == 12
    assert round(100 * (made.monthly_churn or 0), 3) == 2.199
    first = made.segments[0]
    assert (first.name, first.annual_loss, first.customers_lost) == (ESTIMATORS, 2_317_116, 1979)
    assert round(100 * (first.share or 0), 1) == 46.3


def test_1_9_million_less_after() -> None:
    before, after = cost("churn_export.csv"), cost("after/churn_export.csv")
    assert after.annual_loss == 3_099_924
    assert before.annual_loss - after.annual_loss == 1_900_116


def test_cash_loss_from_the_months() -> None:
    # MRR of each month's churned customers as the export has them, each for 12 - k + 1/2 months.
    made = cost("churn_export.csv")
    expected = [(12 - k + 0.5) * each.mrr_lost for k, each in enumerate(made.by_month, 1)]
    assert [each.cash_loss for each in made.by_month] == pytest.approx(expected)
    assert made.cash_loss == pytest.approx(sum(expected))
    assert sum(each.mrr_lost for each in made.by_month) == made.mrr_lost == 416_670
