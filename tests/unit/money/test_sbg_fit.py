"""Curves that can be fitted, and counts that tell too little or another course."""

from __future__ import annotations

import pytest

from dmaic.errors import DataError
from dmaic.money.sbg import Age, Curve, from_survivors
from dmaic.money.sbg_fit import fit


@pytest.mark.parametrize(
    ("ages", "code"),
    [
        ([], "clv.nobody"),
        ([Age(0, 0)], "clv.nobody"),
        ([Age(10, 0), Age(9, 0)], "clv.nobody-lost"),
        ([Age(10, 10)], "clv.everyone-lost"),
        ([Age(10, 3), Age(7, 0), Age(7, 0)], "clv.first-only"),
        # Nobody young was in view: any churn of the first period fits, up to all of them.
        ([Age(0, 0), Age(0, 0), Age(1000, 400), Age(1000, 100)], "clv.first-unknown"),
    ],
)
def test_what_tells_no_curve_is_refused_with_the_reason(ages: list[Age], code: str) -> None:
    with pytest.raises(DataError) as caught:
        fit(ages)
    assert caught.value.code == code
    assert caught.value.message


@pytest.mark.parametrize(
    ("ages", "shape"),
    [
        ([Age(1000, 100), Age(900, 90), Age(810, 81)], "flat"),
        ([Age(1000, 50), Age(950, 100), Age(850, 150)], "rising"),
        ([Age(100, 10), Age(90, 10)], "flat"),  # rises, but not by more than chance
        ([Age(0, 0), Age(1000, 100)], "one-age"),
    ],
)
def test_a_rate_that_does_not_fall_is_the_geometric_model(ages: list[Age], shape: str) -> None:
    found = fit(ages)
    assert found.shape == shape
    assert found.curve.spread == 0
    assert (found.curve.alpha, found.curve.beta) == (None, None)
    assert (found.alpha_error, found.beta_error) == (None, None)
    lost, at_risk = sum(age.lost for age in ages), sum(age.at_risk for age in ages)
    assert found.curve.rate == pytest.approx(lost / at_risk)
    assert found.log_likelihood == found.log_likelihood_constant


def test_a_flat_rate_leaves_room_for_one_that_falls_in_the_interval() -> None:
    found = fit([Age(1000, 100), Age(900, 90), Age(810, 81)])
    _, spread = found.region.interval(lambda rates, spreads: spreads)
    assert spread > 0


def test_periods_that_nobody_reached_say_nothing() -> None:
    assert from_survivors([10, 5, 0, 0]) == (Age(10, 5), Age(5, 5))
    with_gap = [Age(1000, 200), Age(0, 0), Age(500, 40)]
    assert fit(with_gap).curve.rate == pytest.approx(0.2, rel=1e-3)


def test_the_median_is_the_first_period_that_half_do_not_outlive() -> None:
    assert Curve(0.5).median() == 1
    assert Curve(0.2).median() == 4  # 0.8^3 = 0.512, 0.8^4 = 0.41
    assert Curve(0.0001, 3.0).median() is None


def test_a_cohort_of_millions_is_fitted_like_one_of_hundreds() -> None:
    small = fit(from_survivors([1000, 869, 743, 653]))
    large = fit(from_survivors([10**12, 869 * 10**9, 743 * 10**9, 653 * 10**9]))
    assert large.curve.alpha == pytest.approx(small.curve.alpha, rel=1e-6)
