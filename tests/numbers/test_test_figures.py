"""Tests of differences against another library, definitions written out, and published examples."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.stats as st

import dmaic
from dmaic.stats.test import contingency, rank
from dmaic.stats.test.adjust import benjamini_hochberg, holm
from dmaic.stats.test.effect import cramer, hedges, noncentrality, superiority

# Benjamini and Hochberg (1995), section 4.1: fifteen hypotheses about myocardial infarction.
PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
             0.4262, 0.5719, 0.6528, 0.7590, 1.000]  # fmt: skip


def test_the_example_of_benjamini_and_hochberg() -> None:
    # "The procedure controlling the FDR rejects four, those controlling the FWER three."
    assert sum(p < 0.05 for p in benjamini_hochberg(PUBLISHED)) == 4
    assert sum(p < 0.05 for p in holm(PUBLISHED)) == 3


def test_adjusted_p_values_stay_with_their_tests() -> None:
    # By hand: Holm 3 x 0.01, 2 x 0.02 (not below 0.03), 0.04; BH 3 x 0.01, then 0.03 and 0.04.
    assert holm([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert benjamini_hochberg([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.03])


@pytest.mark.parametrize(("statistic", "df"), [(0.1, 3), (4.0, 1), (25.0, 6), (900.0, 12)])
def test_the_noncentrality_interval_is_that_of_scipy(statistic: float, df: int) -> None:
    low, high = noncentrality(statistic, df)
    if low:
        assert st.ncx2.cdf(statistic, df, low) == pytest.approx(0.975, abs=1e-6)
    # What is smaller than chance makes it on the average counts as that: see the next test.
    assert st.ncx2.cdf(max(statistic, df), df, high) == pytest.approx(0.025, abs=1e-6)
    assert (low > 0) == (st.chi2.cdf(statistic, df) > 0.975)


def test_few_customers_in_even_groups_are_not_proven_alike(tmp_path: Path) -> None:
    # Three groups that lose 4 of 10 have a chi-square of 0. Thirty customers tell nothing: the
    # plain interval of the noncentrality would be 0 to 0, and the groups "as good as the same".
    path = tmp_path / "even.csv"
    path.write_text("g,lost,size\na,4,10\nb,4,10\nc,4,10\n")
    found = dmaic.test(path, churned_by="g", count="lost", size="size").tests[0]
    assert found.verdict == "unclear"
    assert found.effect.high is not None
    assert found.effect.high > 0.4
    assert "too few to rule out" in found.sentence


def test_a_group_apart_is_named_where_all_together_are_alike(tmp_path: Path) -> None:
    rows = [f"g{at:02d},10000,50000" for at in range(19)]
    path = tmp_path / "lone.csv"
    path.write_text("g,lost,size\n" + "\n".join([*rows, "small,85,300"]) + "\n")
    found = dmaic.test(path, churned_by="g", count="lost", size="size").tests[0]
    assert found.verdict == "alike"
    assert [each.name for each in found.groups if each.apart] == ["small"]
    assert 'Unlike the others by itself, adjusted for all groups: "small".' in found.sentence


def test_a_trend_of_sparse_groups_says_that_its_p_value_is_rough(tmp_path: Path) -> None:
    path = tmp_path / "sparse.csv"
    path.write_text("g,lost,size\na,0,300\nb,0,200\nc,0,100\nd,1,2\n")
    found = dmaic.test(path, churned_by="g", count="lost", size="size", order="a,b,c,d").tests[0]
    assert found.test == "cochran-armitage"
    assert "the p-value is rough" in found.note


def test_the_correction_of_bergsma() -> None:
    # By hand: chi-square 10, n 101, 2 x 5: 10/101 - 4/100, over min(2 - 1/100, 5 - 16/100) - 1.
    _, corrected = cramer(10.0, 101, 2, 5)
    assert corrected.value == pytest.approx(sqrt((10 / 101 - 0.04) / 0.99))
    # Chance alone: less than its degrees of freedom leaves nothing.
    assert cramer(3.0, 101, 2, 5)[1].value == 0


def test_hedges_g_by_its_definition() -> None:
    # By hand: means 5 and 3, both variances 4, 10 each: d = 1, J = 1 - 3/71.
    g = hedges((10, 5.0, 4.0), (10, 3.0, 4.0))
    assert g.value == pytest.approx(68 / 71)
    half = 1.959964 * sqrt(20 / 100 + (68 / 71) ** 2 / 40)
    assert (g.low, g.high) == pytest.approx((68 / 71 - half, 68 / 71 + half))


def test_two_by_two_is_fisher_of_scipy() -> None:
    random = np.random.default_rng(7)
    for _ in range(40):
        n, m = random.integers(1, 30, 2)
        a, b = random.integers(0, n + 1), random.integers(0, m + 1)
        if not 0 < a + b < n + m:
            continue
        expected = st.fisher_exact([[a, n - a], [b, m - b]]).pvalue
        assert contingency.fisher([a, b], [n, m]).p_value == pytest.approx(expected, rel=1e-6)


def test_every_table_listed_and_drawn_agree() -> None:
    lost, sizes = [6, 1, 0, 2, 5], [9, 8, 7, 10, 9]
    listed = contingency._listed(lost, sizes)
    drawn = contingency._drawn(lost, sizes)
    assert drawn.draws == contingency.DRAWS
    assert drawn.low is not None
    assert drawn.high is not None
    assert drawn.low < listed.p_value < drawn.high
    # The same seed, and the order of the groups does not matter.
    assert contingency._drawn(lost[::-1], sizes[::-1]).p_value == drawn.p_value


def test_a_few_rare_groups_beside_a_huge_one_are_counted_out() -> None:
    # By hand: of 2 and 1 in a million, 3 lost in all, none of them in the huge group. The chance
    # is 1 / C(10^6, 3), and no other table is as unlikely.
    exact = contingency.fisher([2, 1, 0], [2, 1, 999_997])
    assert exact.tables == 6
    assert exact.p_value == pytest.approx(6 / (1e6 * 999_999 * 999_998), rel=1e-6)


def test_mann_whitney_with_ties_counts_every_draw() -> None:
    first, second = [1, 2, 2, 5, 7], [2, 3, 3, 3, 1, 0]
    values = first + second
    ranks = st.rankdata(values)
    middle = 5 * (11 + 1) / 2
    seen = abs(ranks[:5].sum() - middle)
    every = [abs(ranks[list(drawn)].sum() - middle) for drawn in combinations(range(11), 5)]
    expected = sum(each >= seen - 1e-9 for each in every) / len(every)
    frame = pd.DataFrame({"v": values, "g": ["a"] * 5 + ["b"] * 6})
    result = dmaic.test(frame, measure="v", by="g", method="mann-whitney")
    assert result.tests[0].exact
    assert result.p_value == pytest.approx(expected)


def test_mann_whitney_of_many_is_that_of_scipy() -> None:
    random = np.random.default_rng(3)
    first, second = random.integers(0, 9, 60), random.integers(1, 11, 80)
    frame = pd.DataFrame({"v": [*first, *second], "g": ["a"] * 60 + ["b"] * 80})
    result = dmaic.test(frame, measure="v", by="g", method="mann-whitney")
    expected = st.mannwhitneyu(first, second, method="asymptotic")
    assert result.statistic == pytest.approx(expected.statistic)
    assert result.p_value == pytest.approx(expected.pvalue)


def test_superiority_has_the_variance_of_delong() -> None:
    random = np.random.default_rng(5)
    first, second = random.integers(2, 9, 40), random.integers(0, 8, 30)
    above = (first[:, None] > second) + (first[:, None] == second) / 2
    theta = above.mean()
    variance = above.mean(axis=1).var(ddof=1) / 40 + above.mean(axis=0).var(ddof=1) / 30
    frame = pd.DataFrame({"v": [*first, *second], "g": ["a"] * 40 + ["b"] * 30})
    effect = dmaic.test(frame, measure="v", by="g", method="mann-whitney").effect
    expected = superiority(theta, variance, (40, 30))
    assert effect.value == pytest.approx(theta)
    assert (effect.low, effect.high) == pytest.approx((expected.low, expected.high))


def test_groups_that_do_not_overlap_have_an_interval_too() -> None:
    # Newcombe (2006), method 5: at its bound theta is 1.96 of its own errors from 1.
    effect = superiority(1.0, 0.0, (8, 8))
    assert effect.high == 1
    assert effect.low is not None
    theta, half = effect.low, 7
    spread = theta * (1 - theta) / 64
    spread *= 1 + half * ((1 - theta) / (2 - theta) + theta / (1 + theta))
    assert (1 - theta) / sqrt(spread) == pytest.approx(1.959964, abs=1e-5)


def test_dunn_by_its_definition() -> None:
    values = {"a": [1, 2, 2, 4], "b": [3, 5, 6], "c": [2, 7, 8, 9, 9]}
    every = [v for group in values.values() for v in group]
    ranked = st.rankdata(every)
    at = np.cumsum([0, 4, 3, 5])
    means = [ranked[i:j].mean() for i, j in pairwise(at)]
    ties = sum(t**3 - t for t in np.unique(every, return_counts=True)[1])
    spread = 12 * 13 / 12 - ties / (12 * 11)
    sums = tuple(round(2 * ranked[i:j].sum()) for i, j in pairwise(at))
    found = rank.dunn(rank.Ranks((4, 3, 5), sums, int(ties)))
    assert found[1][:2] == (0, 2)
    assert found[1][2] == pytest.approx((means[0] - means[2]) / sqrt(spread * (1 / 4 + 1 / 5)))


def test_equality_over_time_is_the_chi_square_of_the_finished_months() -> None:
    months = pd.read_csv("sample_data/monthly_summary.csv")
    lost, start = months.churned_customers, months.customers_start
    expected = st.chi2_contingency([lost, start - lost], correction=False)
    result = dmaic.test("sample_data/churn_export.csv", over="month")
    assert result.statistic == pytest.approx(expected.statistic)
    assert result.p_value == pytest.approx(expected.pvalue)
    assert result.verdict == "alike"


def test_a_column_against_churn_is_the_cross_table_of_pandas() -> None:
    frame = pd.read_csv("sample_data/churn_export.csv")
    expected = st.chi2_contingency(pd.crosstab(frame.segment, frame.churned), correction=False)
    result = dmaic.test("sample_data/churn_export.csv", "segment")
    assert result.statistic == pytest.approx(expected.statistic)
    assert result.df == expected.dof
    table = expected.expected_freq[:, 1]
    assert [group.expected_lost for group in result.tests[0].groups] == pytest.approx(list(table))


def test_coefficients_are_those_of_scipy() -> None:
    frame = pd.read_csv("sample_data/support_tickets.csv").head(400)
    frame["x"] = np.arange(400) % 37
    pair = dmaic.correlate(frame, ["x", "first_response_hours"]).pairs[0]
    r = st.pearsonr(frame.x, frame.first_response_hours)
    rho = st.spearmanr(frame.x, frame.first_response_hours)
    assert pair.coefficient.value == pytest.approx(r.statistic)
    assert pair.coefficient.p_value == pytest.approx(r.pvalue)
    assert (pair.coefficient.low, pair.coefficient.high) == pytest.approx(
        tuple(r.confidence_interval())
    )
    assert pair.rank is not None
    assert pair.rank.value == pytest.approx(rho.statistic)
    assert pair.rank.p_value == pytest.approx(rho.pvalue)


def test_how_many_would_tell_is_that_of_two_proportions() -> None:
    # Rates of 0.22 and 0.18, equal groups: a difference of a fifth of the 0.20 of all. By the usual
    # formula, (1.96 + 0.8416)^2 2 x 0.2 x 0.8 / 0.04^2 = 1,570 in each.
    table = pd.DataFrame({"g": ["a", "b"], "lost": [10, 10], "all": [50, 50]})
    (tested,) = dmaic.test(table, "g", count="lost", size="all").tests
    assert tested.verdict == "unclear"
    assert tested.enough == pytest.approx(2 * 1570, abs=3)
