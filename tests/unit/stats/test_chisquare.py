from __future__ import annotations

from math import inf, nan

import pytest

from dmaic.stats.chisquare import ChiSquare, equal_shares, homogeneity, survival


@pytest.mark.parametrize("df", [1, 2, 3, 10_000])
def test_ends_of_survival(df: int) -> None:
    assert survival(0, df) == 1
    assert survival(5e-324, df) == 1
    assert survival(inf, df) == 0
    assert survival(1e6, df) == 0


@pytest.mark.parametrize(("statistic", "df"), [(-1, 2), (nan, 2), (1, 0)])
def test_survival_refuses(statistic: float, df: int) -> None:
    with pytest.raises(ValueError, match="no chi-square"):
        survival(statistic, df)


@pytest.mark.parametrize(
    ("counts", "note"),
    [
        ([], "at least two"),
        ([5], "at least two"),
        ([0, 0], "nothing to test"),
        ([1.5, 2], "not whole"),
        ([-1, 2], "negative"),
        ([1, 0], "Too few"),  # 0.5 expected
        ([1] * 5 + [0] * 50, "Too few"),  # n²/k = 25/55
    ],
)
def test_equal_shares_refuses(counts: list[float], note: str) -> None:
    test = equal_shares(counts)
    assert (test.statistic, test.df, test.p_value) == (None, None, None)
    assert note in test.note


def test_equal_shares_says_that_it_is_approximate() -> None:
    assert equal_shares([5, 5]).note == ""
    assert "4.5 are expected" in equal_shares([4, 5]).note


def test_equal_shares_of_many_small_categories() -> None:
    # n = 160, k = 300: 0.53 expected in each, n²/k = 85: sound by Koehler and Larntz.
    test = equal_shares([60] + [1] * 100 + [0] * 199)
    assert test.df == 299
    assert test.p_value is not None
    assert test.p_value < 1e-6
    assert "approximate" in test.note


@pytest.mark.parametrize(
    ("events", "trials", "note"),
    [
        ([1], [5], "at least two"),
        ([1, 0], [5, 0], "at least two"),  # a category without customers says nothing
        ([0, 0], [5, 9], "all rates are the same"),
        ([5, 9], [5, 9], "all rates are the same"),
        ([1, 0], [2, 2], "Too few"),
        ([0.5, 1], [5, 5], "not whole"),
    ],
)
def test_homogeneity_refuses(events: list[float], trials: list[float], note: str) -> None:
    test = homogeneity(events, trials)
    assert test.p_value is None
    assert note in test.note


def test_homogeneity_refuses_more_events_than_trials() -> None:
    with pytest.raises(ValueError, match="more events"):
        homogeneity([6, 1], [5, 5])


def test_homogeneity_of_equal_rates() -> None:
    assert homogeneity([10, 20, 30], [100, 200, 300]) == ChiSquare(0.0, 2, 1.0)


def test_homogeneity_takes_small_categories_together() -> None:
    # Overall rate 0.1: of 4, 5 and 3 customers 0.4, 0.5 and 0.3 are expected; together 1.2.
    test = homogeneity([40, 60, 2, 0, 0], [300, 708, 4, 5, 3])
    assert test.df == 2
    assert "3 smallest categories" in test.note
    assert "least expected count is 1.2" in test.note
    # Whatever the order.
    assert homogeneity([0, 60, 0, 40, 2], [3, 708, 5, 300, 4]) == test


def test_homogeneity_adds_the_next_when_the_small_are_too_few() -> None:
    # Overall rate 0.1: 0.5 expected of 5, so the next smallest is taken with it.
    test = homogeneity([1, 9, 90], [5, 95, 900])
    assert test.df == 1
    assert "2 smallest categories" in test.note
