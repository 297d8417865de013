"""The worked case measured: what the API, onboarding and triage for estimators brought.

The counts are those of `sample_data/` (its README and `tests/numbers/test_sample_data.py`): a
customer's row has the months at whose start they were there, and the month they left in. Every
expected figure is computed here from the two CSV files with plain Python, and by hand where the
case itself gives it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from math import exp, sqrt
from pathlib import Path

import pytest

from dmaic.analysis.benefit_measure import benefit_measure
from dmaic.money.benefit_measure import BenefitMeasureResult, Group

SAMPLE = Path(__file__).parents[2] / "sample_data"
BEFORE, AFTER = SAMPLE / "churn_export.csv", SAMPLE / "after" / "churn_export.csv"
TREATED = "Auto body estimators"
Z = 1.959964


@pytest.fixture(scope="module")
def result() -> BenefitMeasureResult:
    return benefit_measure(str(BEFORE), after=str(AFTER), segments=[TREATED])


def counted(path: Path, year: int) -> dict[str, list[float]]:
    """Segment -> customer-months, lost, MRR-months, MRR lost, sum of squares of lost MRR."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * 5)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cell, mrr = sums[row["segment"] or "(blank)"], float(row["mrr"])
            # At the start of a month is who signed up before it and had not left before it.
            begun, left = row["signup_date"][:7], row["churn_date"][:7]
            first = int(begun[5:]) + 1 if begun[:4] == str(year) else 1
            last = int(left[5:]) if left else 12
            months = max(0, last - first + 1)
            cell[0] += months
            cell[2] += months * mrr
            if left:
                cell[1] += 1
                cell[3] += mrr
                cell[4] += mrr**2
    return dict(sums)


def named(result: BenefitMeasureResult, name: str) -> Group:
    return next(each for each in (*result.segments, *result.groups) if each.name == name)


def test_the_segments_churn_fell_by_82_per_cent(result: BenefitMeasureResult) -> None:
    # 1,979 of 41,138 customer-months to 356 of 41,156: 4.81 % to 0.865 %.
    treated = named(result, TREATED)
    assert treated.before is not None
    assert treated.after is not None
    assert (treated.before.churned, treated.before.customers) == (1979, 41138)
    assert (treated.after.churned, treated.after.customers) == (356, 41156)
    assert treated.change.value == pytest.approx((356 / 41156) / (1979 / 41138) - 1)
    assert treated.change.value == pytest.approx(-0.82, abs=0.0005)


def test_the_overall_churn_fell_by_38_per_cent(result: BenefitMeasureResult) -> None:
    # 4,270 / 194,177 = 2.199 % to 2,647 / 194,091 = 1.364 %.
    assert result.overall.before == pytest.approx(4270 / 194177)
    assert result.overall.after == pytest.approx(2647 / 194091)
    assert result.overall.before == pytest.approx(0.02199, abs=5e-6)
    assert result.overall.after == pytest.approx(0.01364, abs=5e-6)
    assert result.overall.change.value == pytest.approx(-0.38, abs=0.0005)


def test_the_raw_topline_is_1_9_million(result: BenefitMeasureResult) -> None:
    # 12 x (416,670 - 258,327): $5,000,040 less $3,099,924.
    assert result.overall.loss_before == pytest.approx(5_000_040)
    assert result.overall.loss_after == pytest.approx(3_099_924)
    assert result.overall.topline == pytest.approx(1_900_116)


def test_the_claim_from_the_counts(result: BenefitMeasureResult) -> None:
    before, after = counted(BEFORE, 2024), counted(AFTER, 2025)
    others = [name for name in before if name not in (TREATED, "(blank)")]
    up = down = up_variance = down_variance = 0.0
    for name in others:
        n, m = before[name][0], after[name][0]
        up += after[name][1] * n / (n + m)
        down += before[name][1] * m / (n + m)
        up_variance += after[name][1] * (n / (n + m)) ** 2
        down_variance += before[name][1] * (m / (n + m)) ** 2
    market = up / down
    assert result.market.value == pytest.approx(market - 1)
    # The other segments hardly moved, as they were made.
    assert market == pytest.approx(1, abs=0.005)
    assert result.customers is not None
    would = 41156 * (1979 / 41138) * market
    assert result.customers.claimed.value == pytest.approx(would - 356)
    assert result.customers.raw.value == pytest.approx(41156 * (1979 / 41138) - 356)
    # Interval: log for what would have been lost, score for the 356 lost, joined.
    spread = Z * sqrt(1 / 1979 + up_variance / up**2 + down_variance / down**2)
    half = Z * sqrt(356 + Z * Z / 4)
    low = would - 356 - sqrt((would * (1 - exp(-spread))) ** 2 + (half + Z * Z / 2) ** 2)
    high = would - 356 + sqrt((would * (exp(spread) - 1)) ** 2 + (half - Z * Z / 2) ** 2)
    assert result.customers.claimed.low == pytest.approx(low, rel=1e-5)
    assert result.customers.claimed.high == pytest.approx(high, rel=1e-5)
    assert result.customers.claimed.proven


def test_the_claim_in_money_is_near_the_raw_1_9_million(result: BenefitMeasureResult) -> None:
    before, after = counted(BEFORE, 2024)[TREATED], counted(AFTER, 2025)[TREATED]
    assert result.market.value is not None
    would = after[2] * before[3] / before[2] * (1 + result.market.value)
    assert result.mrr is not None
    assert result.mrr.claimed.value == pytest.approx(would - after[3])
    assert result.run_rate is not None
    assert result.run_rate.value == pytest.approx(12 * (would - after[3]))
    # $2,317,116 lost with estimators in 2024, $417,132 in 2025: nearly all of the topline.
    assert 12 * before[3] == pytest.approx(2_317_116)
    assert 12 * after[3] == pytest.approx(417_132)
    assert result.run_rate.value == pytest.approx(1_900_116, rel=0.01)
    assert result.run_rate_year == result.run_rate
    assert result.cash is not None
    assert result.cash.value is not None
    assert result.run_rate.value > result.cash.value > 0


def test_rate_and_mix_add_up_to_the_change(result: BenefitMeasureResult) -> None:
    overall = result.overall
    assert overall.rate_effect is not None
    assert overall.mix_effect is not None
    change = 2647 / 194091 - 4270 / 194177
    assert overall.rate_effect + overall.mix_effect == pytest.approx(change)
    # Nearly all of it is the estimators' own churn.
    assert named(result, TREATED).rate_effect == pytest.approx(change, rel=0.01)


def test_swapped_the_effect_turns_around(result: BenefitMeasureResult) -> None:
    back = benefit_measure(str(AFTER), after=str(BEFORE), segments=[TREATED])
    assert result.customers is not None
    assert back.customers is not None
    assert result.customers.reduction.value is not None
    assert back.customers.reduction.value is not None
    ratio, turned = 1 - result.customers.reduction.value, 1 - back.customers.reduction.value
    assert ratio * turned == pytest.approx(1)
    assert "after-not-later" in {each.code for each in back.findings}
