"""Properties of lifetime values, whatever the customers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import dmaic
from dmaic.errors import DataError
from dmaic.money.sbg import Age, Curve
from dmaic.money.sbg_fit import Fit, fit

CURVES = st.builds(Curve, st.floats(0.001, 0.95), st.floats(0, 5))
DISCOUNTS = st.floats(0.0001, 0.5)
SURVIVORS = st.lists(st.integers(0, 5000), min_size=3, max_size=40).map(
    lambda figures: sorted(figures, reverse=True)
)
AGES = st.lists(
    st.integers(0, 3000).flatmap(
        lambda n: st.builds(Age, st.just(n), st.integers(0, n))
    ),
    min_size=1,
    max_size=60,
)  # fmt: skip


def fitted(ages: list[Age]) -> Fit:
    try:
        return fit(ages)
    except DataError as error:
        # Whatever cannot be fitted is refused by name.
        assume(not error.code.startswith("clv."))
        raise


def valued(survivors: list[int], **given: float) -> dmaic.ClvResult:
    try:
        return dmaic.clv(survivors=survivors, **given)  # type: ignore[arg-type]
    except dmaic.DmaicError as error:
        assume(not error.code.startswith("clv."))
        raise


@given(CURVES)
def test_survival_falls_and_stays_between_0_and_1(curve: Curve) -> None:
    left = curve.survival(200)
    assert left[0] == 1
    assert all(1 >= before >= after >= 0 for before, after in pairwise(left))


@given(CURVES, DISCOUNTS, st.integers(1, 200))
def test_a_longer_horizon_and_a_lower_discount_never_lower_the_value(
    curve: Curve, discount: float, horizon: int
) -> None:
    within = curve.payments(discount, horizon=horizon)
    assert 1 <= within <= curve.payments(discount, horizon=horizon + 1) + 1e-9
    assert within <= curve.payments(discount) * (1 + 1e-9)
    assert curve.payments(discount) <= curve.payments(discount / 2) * (1 + 1e-9)
    assert within <= horizon


@given(CURVES, DISCOUNTS, st.integers(0, 100))
def test_who_has_stayed_longer_is_never_worth_less(curve: Curve, discount: float, age: int) -> None:
    now, later = curve.payments(discount, age=age), curve.payments(discount, age=age + 1)
    assert now <= later * (1 + 1e-9)
    # One payment now, and with the chance to stay what is to be expected a period later.
    hazard = curve.rate / (1 + curve.spread * age)
    assert now == pytest.approx(1 + (1 - hazard) / (1 + discount) * later, rel=1e-9)


@given(AGES)
def test_a_fit_is_at_least_as_likely_as_a_constant_rate_and_inside_its_interval(
    ages: list[Age],
) -> None:
    found = fitted(ages)
    assert found.log_likelihood >= found.log_likelihood_constant - 1e-6
    assert 0 < found.curve.rate < 1
    assert found.curve.spread >= 0
    low, high = found.region.interval(lambda rates, spreads: rates)
    assert low <= found.curve.rate * (1 + 1e-9)
    assert high >= found.curve.rate * (1 - 1e-9)
    assert found.curve.survival(100)[100] >= 0


@given(AGES, st.integers(2, 50))
def test_more_customers_alike_give_the_same_curve_and_a_narrower_interval(
    ages: list[Age], times: int
) -> None:
    found = fitted(ages)
    more = fitted([Age(age.at_risk * times, age.lost * times) for age in ages])
    assume((found.shape == "sbg") == (more.shape == "sbg"))
    assert more.curve.rate == pytest.approx(found.curve.rate, rel=1e-5, abs=1e-7)

    def width(of: Fit) -> float:
        low, high = of.region.interval(lambda rates, spreads: rates)
        return high - low

    assert width(more) <= width(found) * (1 + 1e-6) + 1e-9


@given(SURVIVORS, st.floats(0.01, 1e6), st.floats(0.01, 1), DISCOUNTS)
def test_money_is_payments_times_arpa_and_margin(
    survivors: list[int], arpa: float, margin: float, discount: float
) -> None:
    row = valued(survivors, arpa=arpa, margin=margin, discount=discount).overall
    for name in ("simple", "discounted", "new", "new_low", "new_high", "existing"):
        payments, money = getattr(row, f"payments_{name}"), getattr(row, name)
        assert (payments is None) == (money is None)
        if payments is not None:
            assert money == pytest.approx(payments * arpa * margin)
    if row.new is not None and row.new_low is not None:
        assert row.new_low <= row.new * (1 + 1e-6)
        assert row.new_high is None or row.new <= row.new_high * (1 + 1e-6)


@given(SURVIVORS)
def test_the_result_says_only_numbers_that_there_are(survivors: list[int]) -> None:
    found = valued(survivors, discount=0)
    restored = dmaic.ClvResult.model_validate_json(found.model_dump_json())
    assert restored == found
    assert found.blocks()
