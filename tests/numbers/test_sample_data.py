"""The committed sample data give every figure of the worked case, and can be made again.

Everything is computed here with the csv module alone, so that dmaic can be held against it.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_data"
ESTIMATORS = "Auto body estimators"
YEARS = (2024, 2025)

Row = dict[str, str]


@cache
def rows(year: int, name: str = "churn_export") -> list[Row]:
    folder = SAMPLE if year == 2024 else SAMPLE / "after"
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def churned(year: int) -> list[Row]:
    return [row for row in rows(year) if row["churned"] == "Yes"]


def cents(row: Row) -> int:
    dollars, _, rest = row["mrr"].partition(".")
    return int(dollars) * 100 + int(rest)


def lost_a_year(some: list[Row]) -> float:
    """Lost annualised revenue in dollars: 12 x MRR of the churned customers."""
    return 12 * sum(map(cents, some)) / 100


@cache
def months(year: int, segment: str | None = None) -> list[tuple[int, int]]:
    """Active at the start of the month, and churned in it of those; month by month."""
    mine = [row for row in rows(year) if segment in (None, row["segment"])]
    found = []
    for month in range(1, 13):
        first, name = f"{year}-{month:02d}-01", f"{year}-{month:02d}"
        start = [r for r in mine if r["signup_date"] < first <= (r["churn_date"] or "9999")]
        found.append((len(start), sum(r["churn_date"].startswith(name) for r in start)))
    return found


def pooled(year: int, segment: str | None = None) -> float:
    """Monthly logo churn: churned over customer-months at risk."""
    found = months(year, segment)
    return sum(gone for _, gone in found) / sum(start for start, _ in found)


def average(year: int) -> float:
    """Mean of the twelve monthly logo churn rates."""
    return sum(gone / start for start, gone in months(year)) / 12


# --- Define: "2.2 % of users cancel each month; that costs $5.0M a year" (worked case) ---


def test_about_twenty_thousand_customers_in_twelve_months() -> None:
    assert len(rows(2024)) == 20_000
    assert {row["churn_date"][:7] for row in churned(2024)} == {
        f"2024-{month:02d}" for month in range(1, 13)
    }
    base = [start for start, _ in months(2024)]
    assert max(base) < 1.05 * min(base)


def test_monthly_logo_churn_is_2_2_percent() -> None:
    assert f"{pooled(2024):.1%}" == f"{average(2024):.1%}" == "2.2%"
    assert pooled(2024) == pytest.approx(0.022, abs=0.00002)


def test_months_differ_by_chance_without_a_trend() -> None:
    rates = [gone / start for start, gone in months(2024)]
    assert max(rates) - min(rates) > 0.001
    half = sum(rates[:6]) / 6, sum(rates[6:]) / 6
    assert half[0] == pytest.approx(half[1], rel=0.05)


def test_lost_annualised_revenue_is_5_million() -> None:
    assert lost_a_year(churned(2024)) == pytest.approx(5_000_000, abs=300)


# --- Analyze: "the segment's share of churn is 46.3 % (0.38 / 0.82)" (worked case) ---

# category: customers, churned, lost annualised revenue; ranked by churned customers. Counted with
# awk -F, 'NR>1 {n[$3]++; if ($9=="Yes") {c[$3]++; v[$3]+=12*$7}} END {for (k in n) print ...}'.
PARETO = {
    ESTIMATORS: (4966, 1979, 2_317_116),
    "Real estate agents": (3416, 729, 808_560),
    "": (2710, 483, 593_460),
    "Roofing contractors": (1673, 203, 276_288),
    "Insurance adjusters": (1765, 177, 267_660),
    "Property managers": (1583, 131, 221_136),
    "Hobby photographers": (440, 129, 38_040),
    "Students": (296, 119, 27_972),
    "Landscapers": (891, 115, 116_436),
    "Home inspectors": (1257, 112, 127_044),
    "Field service": (1003, 93, 206_328),
}


def test_pareto_by_segment() -> None:
    lost = Counter(row["segment"] for row in churned(2024))
    exposure = Counter(row["segment"] for row in rows(2024))
    found = {
        name: (
            exposure[name],
            count,
            lost_a_year([row for row in churned(2024) if row["segment"] == name]),
        )
        for name, count in lost.most_common()
    }
    assert found == PARETO
    assert list(found) == list(PARETO)


def test_shares_and_the_vital_few() -> None:
    counts = [count for _, count, _ in PARETO.values()]
    total = sum(counts)
    assert total == 4270
    shares = [f"{100 * count / total:.2f}" for count in counts]
    assert shares[:5] == ["46.35", "17.07", "11.31", "4.75", "4.15"]
    reached = [100 * count / total for count in accumulate(counts)]
    assert [f"{each:.2f}" for each in reached[:5]] == ["46.35", "63.42", "74.73", "79.48", "83.63"]


def test_estimators_are_46_3_percent_of_customers_and_of_revenue() -> None:
    ours = [row for row in churned(2024) if row["segment"] == ESTIMATORS]
    share = len(ours) / len(churned(2024))
    share_of_value = lost_a_year(ours) / lost_a_year(churned(2024))
    assert f"{share:.1%}" == f"{share_of_value:.1%}" == f"{0.38 / 0.82:.1%}" == "46.3%"


def test_excess_tells_cause_from_size() -> None:
    # Excess: churned less customers x average rate; the average is 4270 / 20000 = 21.35 %.
    excess = {name: count - size * 4270 / 20_000 for name, (size, count, _) in PARETO.items()}
    ranked = sorted(excess, key=lambda name: -excess[name])
    assert ranked[:4] == [ESTIMATORS, "Students", "Hobby photographers", "Real estate agents"]
    assert excess[ESTIMATORS] == pytest.approx(918.8, abs=0.05)
    # Second by size, at the average rate: big, but no cause.
    assert excess["Real estate agents"] == pytest.approx(-0.3, abs=0.05)


def test_churn_comes_early() -> None:
    def rate(low: int, high: int) -> float:
        """Churned over customer-months at risk, by whole calendar months since sign-up."""
        risk = gone = 0
        for row in rows(2024):
            signed = date.fromisoformat(row["signup_date"])
            left = row["churn_date"] and date.fromisoformat(row["churn_date"])
            for month in range(1, 13):
                tenure = (2024 - signed.year) * 12 + month - signed.month
                if low <= tenure <= high and (not left or left.month >= month):
                    risk += 1
                    gone += bool(left and left.month == month)
        return gone / risk

    assert rate(1, 3) > 2 * rate(4, 12) > 2 * rate(13, 99)


# --- Measure: "no market segment was known; few filled in the exit survey" (worked case) ---


def test_segment_is_blank_until_the_question_is_asked() -> None:
    def blank(some: list[Row]) -> float:
        return sum(not row["segment"] for row in some) / len(some)

    earlier = [row for row in rows(2024) if row["signup_date"] < "2024-10-01"]
    later = [row for row in rows(2024) if row["signup_date"] >= "2024-10-01"]
    new = [row for row in rows(2025) if row["signup_date"] >= "2025-01-01"]
    assert f"{blank(rows(2024)):.2%}" == "13.55%"
    assert blank(earlier) > 0.13
    assert blank(later) < 0.02
    assert blank(new) < 0.01


@pytest.mark.parametrize("year", YEARS)
def test_one_in_25_answers_the_exit_survey(year: int) -> None:
    answers = rows(year, "exit_survey")
    left = {row["customer_id"]: row["churn_date"] for row in churned(year)}
    assert f"{len(answers) / len(left):.1%}" == "4.0%"
    assert all(left[row["customer_id"]] <= row["answered_on"] for row in answers)
    assert len({row["customer_id"] for row in answers}) == len(answers)
    # The three reasons for switching of the case.
    assert {row["reason_group"] for row in answers} == {
        "Expectations unmet",
        "No personal attachment",
        "Easy to switch",
    }


# --- Analyze and Improve: "e-mail-only support with a 2-day answer", then triage ---


def hours(year: int, ours: bool) -> float:
    segment = {row["customer_id"]: row["segment"] for row in rows(year)}
    found = [
        float(row["first_response_hours"])
        for row in rows(year, "support_tickets")
        if (segment[row["customer_id"]] == ESTIMATORS) == ours
    ]
    assert len(found) > 500
    return sum(found) / len(found)


def test_support_answers_by_email_in_two_days_whoever_asks() -> None:
    assert {row["channel"] for row in rows(2024, "support_tickets")} == {"E-mail"}
    assert hours(2024, ours=True) == pytest.approx(48, abs=2)
    assert hours(2024, ours=False) == pytest.approx(48, abs=2)


def test_triage_answers_estimators_first() -> None:
    assert hours(2025, ours=True) < 3
    assert hours(2025, ours=False) == pytest.approx(48, abs=2)
    queues = {row["queue"] for row in rows(2025, "support_tickets")}
    assert queues == {"General", "Estimators"}


@pytest.mark.parametrize("year", YEARS)
def test_tickets_are_of_customers_of_that_time(year: int) -> None:
    span = {r["customer_id"]: (r["signup_date"], r["churn_date"] or "9999") for r in rows(year)}
    for row in rows(year, "support_tickets"):
        first, last = span[row["customer_id"]]
        assert max(first, f"{year}-01-01") <= row["opened_at"][:10] <= min(last, f"{year}-12-31")


# --- Control: "segment churn -82 %, overall monthly churn -38 % (2.2 % -> 1.364 %), topline
# --- +$1.9M a year, returning estimators +$220K" (worked case) ---


def test_overall_churn_falls_to_1_364_percent() -> None:
    assert f"{pooled(2025):.3%}" == f"{average(2025):.3%}" == "1.364%"
    assert f"{pooled(2025) / pooled(2024) - 1:.1%}" == "-38.0%"
    assert f"{len(churned(2025)) / len(churned(2024)) - 1:.1%}" == "-38.0%"


def test_segment_churn_falls_by_82_percent() -> None:
    assert f"{pooled(2025, ESTIMATORS) / pooled(2024, ESTIMATORS) - 1:.1%}" == "-82.0%"
    count = [sum(row["segment"] == ESTIMATORS for row in churned(year)) for year in YEARS]
    assert count == [1979, 356]
    assert f"{count[1] / count[0] - 1:.1%}" == "-82.0%"


def test_everybody_else_churns_as_before() -> None:
    rate = []
    for year in YEARS:
        everybody, ours = months(year), months(year, ESTIMATORS)
        start = sum(a - b for (a, _), (b, _) in zip(everybody, ours, strict=True))
        rate.append(sum(a - b for (_, a), (_, b) in zip(everybody, ours, strict=True)) / start)
    assert rate[1] == pytest.approx(rate[0], rel=0.01)


def test_topline_gains_1_9_million_a_year() -> None:
    after = lost_a_year(churned(2025))
    assert after == pytest.approx(3_100_000, abs=300)
    gain = lost_a_year(churned(2024)) - after
    assert gain == pytest.approx(0.38 * 5_000_000, abs=600)


def test_returning_estimators_are_worth_220_thousand_a_year() -> None:
    back = rows(2025, "returning_customers")
    assert lost_a_year(back) == pytest.approx(220_000, abs=300)
    lost = {row["customer_id"]: row for row in churned(2024)}
    for row in back:
        before = lost[row["customer_id"]]
        same = ("segment", "churn_date", "plan", "seats", "mrr", "currency")
        assert [row[name] for name in same] == [before[name] for name in same]
        assert row["segment"] == ESTIMATORS
        assert row["returned_on"].startswith("2025-")


# --- The files fit together ---


@pytest.mark.parametrize("year", YEARS)
def test_export_is_sound(year: int) -> None:
    export = rows(year)
    assert len({row["customer_id"] for row in export}) == len(export)
    assert {row["currency"] for row in export} == {"USD"}
    for row in export:
        assert (row["churned"] == "Yes") == bool(row["churn_date"])
        assert cents(row) > 0
        assert row["signup_date"] <= f"{year}-12-31"
        if row["churn_date"]:
            # Nobody leaves in the month of sign-up, so all who churn were at risk before.
            assert row["signup_date"][:7] < row["churn_date"][:7]
            assert row["churn_date"].startswith(str(year))


@pytest.mark.parametrize("year", YEARS)
def test_monthly_summary_adds_up_the_export(year: int) -> None:
    summary = rows(year, "monthly_summary")
    assert [(int(r["customers_start"]), int(r["churned_customers"])) for r in summary] == months(
        year
    )
    for row in summary:
        first = row["month"] + "-01"
        new = sum(r["signup_date"].startswith(row["month"]) for r in rows(year))
        start = [r for r in rows(year) if r["signup_date"] < first <= (r["churn_date"] or "9999")]
        lost = [r for r in start if r["churn_date"].startswith(row["month"])]
        assert int(row["new_customers"]) == new
        assert row["mrr_start"] == f"{sum(map(cents, start)) / 100:.2f}"
        assert row["mrr_lost"] == f"{sum(map(cents, lost)) / 100:.2f}"


def test_after_export_continues_the_first() -> None:
    facts = ("customer_id", "signup_date", "segment", "plan", "seats", "region", "mrr")
    kept = [[r[name] for name in facts] for r in rows(2024) if r["churned"] == "No"]
    old = [[r[name] for name in facts] for r in rows(2025) if r["signup_date"] < "2025-01-01"]
    assert old == kept
    earlier = {row["customer_id"] for row in rows(2024)}
    new = {row["customer_id"] for row in rows(2025) if row["signup_date"] >= "2025-01-01"}
    assert not earlier & new


def test_generator_makes_the_same_bytes(tmp_path: Path) -> None:
    script = SAMPLE / "generate.py"
    subprocess.run([sys.executable, "-B", script, "--out", tmp_path], check=True, timeout=60)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    kept = {path.relative_to(SAMPLE): path.read_bytes() for path in SAMPLE.rglob("*.csv")}
    assert sorted(made) == sorted(kept)
    assert [name for name in kept if made[name] != kept[name]] == []
    assert max(map(len, kept.values())) < 2_500_000


def recorded(name: str) -> dict[str, float]:
    with (SAMPLE / "demo" / f"benefit_{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["month"]: float(row["amount"]) for row in csv.DictReader(file)}


def test_what_the_fix_brought_by_month() -> None:
    """MRR lost from January to the month in 2024, less the same of 2025; December x 12 is $1.9M."""
    lost = [
        [sum(cents(r) for r in churned(year) if r["churn_date"].startswith(f"{year}-{m:02d}"))
         for m in range(1, 13)]
        for year in YEARS
    ]  # fmt: skip
    kept = accumulate((before - after) / 100 for before, after in zip(*lost, strict=True))
    assert recorded("estimators") == {f"2025-{m:02d}": each for m, each in enumerate(kept, 1)}
    assert 12 * recorded("estimators")["2025-12"] == 1_900_116


def test_who_came_back_by_month() -> None:
    """MRR of the estimators who had come back by the end of the month; December x 12 is $220K."""
    back = rows(2025, "returning_customers")
    for month, amount in recorded("returning").items():
        assert amount == sum(cents(r) for r in back if r["returned_on"][:7] <= month) / 100
    assert 12 * recorded("returning")["2025-12"] == 219_888


def test_two_coders_of_sixty_answers_mix_up_two_groups() -> None:
    codings = rows(2024, "reason_codes")
    kim, robin = (
        [row["reason_group"] for row in codings if row["coder"] == coder]
        for coder in ("Kim", "Robin")
    )
    assert [row["answer"] for row in codings[::2]] == [f"A{n:03d}" for n in range(1, 61)]
    assert len(kim) == len(robin) == 60
    agreed = sum(one == other for one, other in zip(kim, robin, strict=True))
    assert agreed == 46
    # Cohen's kappa by its definition: (po - pe) / (1 - pe).
    counts = Counter(kim), Counter(robin)
    chance = sum(counts[0][group] * counts[1][group] for group in set(kim)) / 60**2
    assert (agreed / 60 - chance) / (1 - chance) == pytest.approx(0.647, abs=0.0005)
    mixed = Counter(frozenset(pair) for pair in zip(kim, robin, strict=True) if len(set(pair)) > 1)
    assert mixed[frozenset({"Easy to switch", "Expectations unmet"})] == 9
