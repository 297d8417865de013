"""Figures of the Pareto analysis and of its statistics, each with its source."""

from __future__ import annotations

import pytest

from dmaic.result import Inputs
from dmaic.stats.chisquare import equal_shares, homogeneity, survival
from dmaic.stats.concentration import gini
from dmaic.stats.pareto import ParetoResult
from dmaic.stats.proportion import newcombe, relative_risk, wilson
from dmaic.stats.rank import Cell, rank

# Reference figures of the project's requirements: count and cost per failure.
FAILURES = {
    "Silicon": (1, 3.4),
    "Doping": (1, 3.6),
    "Metallization": (2, 8.5),
    "Corrosion": (2, 2.5),
    "Misc": (3, 1.0),
    "Oxide": (8, 9.5),
    "Contamination": (14, 3.0),
}


def table(counts: dict[str, float], **options: float) -> ParetoResult:
    cells = [Cell((name,), count) for name, count in counts.items()]
    return rank(cells, by=["cause"], inputs=Inputs(source="t"), unit="count", **options)  # type: ignore[arg-type]


def percents(result: ParetoResult, field: str) -> list[float]:
    return [round(100 * getattr(row, field), 2) for row in result.rows]


def test_order_errors() -> None:
    # Reference figures of the project's requirements.
    counts = {
        "schedule date": 27,
        "part num.": 33,
        "contact num.": 94,
        "supplier code": 66,
        "price code": 80,
    }
    result = table(counts)
    assert [row.churned for row in result.rows] == [94, 80, 66, 33, 27]
    assert percents(result, "share") == [31.33, 26.67, 22, 11, 9]
    assert percents(result, "cumulative_share") == [31.33, 58, 80, 91, 100]
    assert [row.vital_few for row in result.rows] == [True, True, True, False, False]


def test_failures_by_count_with_ties_in_the_alphabet() -> None:
    result = table({name: count for name, (count, _) in FAILURES.items()})
    assert [row.category[0] for row in result.rows] == [
        "Contamination",
        "Oxide",
        "Misc",
        "Corrosion",
        "Metallization",
        "Doping",
        "Silicon",
    ]
    assert percents(result, "share") == [45.16, 25.81, 9.68, 6.45, 6.45, 3.23, 3.23]


def test_failures_by_cost_change_the_order() -> None:
    cells = [Cell((name,), count, count * cost) for name, (count, cost) in FAILURES.items()]
    result = rank(cells, by=["cause"], inputs=Inputs(source="t"), measure="value", unit="failures")
    assert [(row.category[0], row.value) for row in result.rows] == [
        ("Oxide", 76),
        ("Contamination", 42),
        ("Metallization", 17),
        ("Corrosion", 5),
        ("Doping", pytest.approx(3.6)),
        ("Silicon", pytest.approx(3.4)),
        ("Misc", 3),
    ]
    assert result.total_value == pytest.approx(150)
    # The three that are first by cost hold other places by count; Corrosion is 4th by cost and
    # shares the 4th and 5th place by count.
    assert {row.category[0] for row in result.rows if row.rank_differs} == {
        "Oxide",
        "Contamination",
        "Metallization",
        "Doping",
        "Misc",
    }


@pytest.mark.parametrize(("cutoff", "vital"), [(80, "AB"), (95, "ABC"), (80.001, "ABC")])
def test_a_cutoff_reached_exactly(cutoff: float, vital: str) -> None:
    # "A 50, B 30, C 15, D 5 sits exactly on 80 and 95": project's requirements.
    result = table({"D": 5, "C": 15, "B": 30, "A": 50}, cutoff=cutoff)
    assert "".join(row.category[0] for row in result.rows if row.vital_few) == vital


def test_a_cutoff_reached_exactly_by_sums_that_floats_miss() -> None:
    # 0.1 + 0.2 + 0.5 is 0.7999999999999999 or 0.8 in floats, by the order of adding.
    result = table({"A": 0.5, "B": 0.2, "C": 0.1, "D": 0.1, "E": 0.1})
    assert [row.vital_few for row in result.rows] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("events", "trials", "low", "high"),
    [
        # Newcombe, R. G. (1998), Two-sided confidence intervals for the single proportion,
        # Statistics in Medicine 17, 857-872, table I, method 3 (score).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson(events: int, trials: int, low: float, high: float) -> None:
    assert wilson(events, trials) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("a", "m", "b", "n", "low", "high"),
    [
        # Newcombe, R. G. (1998), Interval estimation for the difference between independent
        # proportions, Statistics in Medicine 17, 873-890, table II, method 10.
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (10, 10, 0, 10, 0.6075, 1.0000),
    ],
)
def test_newcombe(a: int, m: int, b: int, n: int, low: float, high: float) -> None:
    difference, *bounds = newcombe(a, m, b, n)
    assert difference == pytest.approx(a / m - b / n)
    assert bounds == pytest.approx([low, high], abs=5e-5)


def test_relative_risk() -> None:
    # Moore, McCabe and Craig, Introduction to the Practice of Statistics, 9th ed., example 8.18:
    # major vascular events, aspirin 45 of 411, placebo 73 of 411; "0.4364 to 0.8707", ratio 62 %.
    assert relative_risk(45, 411, 73, 411) == pytest.approx((0.6164, 0.4364, 0.8707), abs=5e-5)


@pytest.mark.parametrize(
    ("df", "alpha", "critical"),
    [
        # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4, upper critical values.
        (1, 0.10, 2.706),
        (1, 0.05, 3.841),
        (1, 0.01, 6.635),
        (1, 0.001, 10.828),
        (2, 0.05, 5.991),
        (3, 0.05, 7.815),
        (4, 0.01, 13.277),
        (5, 0.05, 11.070),
        (10, 0.05, 18.307),
        (10, 0.001, 29.588),
        (29, 0.05, 42.557),
        (50, 0.05, 67.505),
        (100, 0.05, 124.342),
    ],
)
def test_chi_square_table(df: int, alpha: float, critical: float) -> None:
    # The table rounds to 0.001; the density there is below 0.12 for these entries.
    assert survival(critical, df) == pytest.approx(alpha, abs=0.12 * 0.0005)


def test_equal_shares_of_a_die() -> None:
    # Derivation: 60 throws, 10 expected; (25 + 4 + 1 + 4 + 0 + 100) / 10 = 13.4 with 5 degrees of
    # freedom; between the 0.025 (12.833) and 0.01 (15.086) values of the NIST table.
    test = equal_shares([5, 8, 9, 8, 10, 20])
    assert test.statistic == pytest.approx(13.4)
    assert test.df == 5
    assert 0.01 < (test.p_value or 0) < 0.025
    assert test.note == ""


def test_homogeneity_of_two_rates() -> None:
    # Physicians' Health Study (New England Journal of Medicine 321, 1989, 129-135): 189 of 11,034
    # against 104 of 11,037. For two groups the statistic is the square of the pooled z:
    # n (ad - bc)² / ((a+b)(c+d)(a+c)(b+d)), an independent formula.
    a, b, c, d = 189, 11034 - 189, 104, 11037 - 104
    n = a + b + c + d
    expected = n * (a * d - b * c) ** 2 / ((a + b) * (c + d) * (a + c) * (b + d))
    test = homogeneity([189, 104], [11034, 11037])
    assert test.statistic == pytest.approx(expected, rel=1e-12)
    assert test.statistic == pytest.approx(25.01, abs=0.005)
    assert test.df == 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([3, 3, 3, 3], 0.0),
        ([0, 0, 0, 8], 3 / 4),  # (n - 1) / n
        ([1, 2, 3, 4], 0.25),  # mean absolute difference 1.25 over twice the mean 2.5
        ([94, 80, 66, 33, 27], 362 / 1500),  # sum of (2i - 6) x(i) = 362, n sum x = 1500
    ],
)
def test_gini(values: list[float], expected: float) -> None:
    assert gini(values) == pytest.approx(expected)


def test_the_worked_case() -> None:
    # The largest segment makes 46.3 % of the churn, 0.38 / 0.82; its rate is far above the rest.
    cells = [
        Cell(("Estimators",), 463, exposure=4000),
        Cell(("Agents",), 200, exposure=9000),
        Cell(("Roofers",), 180, exposure=8500),
        Cell(("Landscapers",), 157, exposure=7500),
    ]
    result = rank(cells, by=["segment"], inputs=Inputs(source="t"))
    first = result.rows[0]
    assert first.share == pytest.approx(0.38 / 0.82, abs=0.0005)
    assert first.rate == pytest.approx(463 / 4000)
    assert first.excess == pytest.approx(463 - 4000 * 1000 / 29000)
    assert first.relative_risk == pytest.approx((463 / 4000) / (537 / 25000))
