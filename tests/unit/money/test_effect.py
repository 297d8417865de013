"""Difference-in-differences: each figure against a derivation by hand."""

from __future__ import annotations

from math import exp, log, sqrt

import pytest

from dmaic.money import effect
from dmaic.money.effect import Estimate, Losses, Pair, customers, revenue
from dmaic.money.flow import Flow
from dmaic.money.saved import cash_weights, saved, standing_weights

Z = 1.959964


def heads(base: float, lost: int) -> Losses:
    return Losses(base, lost, lost, lost)


# Treated 100 of 1,000 to 40 of 1,000; untouched 50 of 1,000 to 40 of 1,000: the market took 20 %.
TREATED: list[Pair] = [(heads(1000, 100), heads(1000, 40))]
UNTOUCHED: list[Pair] = [(heads(1000, 50), heads(1000, 40))]


def bounds(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


def test_the_market_is_the_plain_ratio_where_there_is_one_segment() -> None:
    market = effect.market_ratio(UNTOUCHED)
    assert market.value == pytest.approx(0.8)
    # Log interval, variance 1/50 + 1/40.
    spread = Z * sqrt(1 / 50 + 1 / 40)
    assert bounds(market) == pytest.approx((0.8 * exp(-spread), 0.8 * exp(spread)))


def test_the_counterfactual_is_what_was_times_what_the_market_did() -> None:
    found = effect.by_ratio(TREATED, effect.market_ratio(UNTOUCHED))
    assert found.value == pytest.approx(0.1 * 0.8)
    # 1/100 + 1/50 + 1/40: three of the four counts stand in it.
    spread = Z * sqrt(1 / 100 + 1 / 50 + 1 / 40)
    assert bounds(found) == pytest.approx((0.08 * exp(-spread), 0.08 * exp(spread)))


def test_the_reduction_has_the_variance_of_all_four_counts() -> None:
    found = effect.change(effect.by_ratio(TREATED, effect.market_ratio(UNTOUCHED)), TREATED[0][1])
    assert found.value == pytest.approx(1 - 0.04 / 0.08)
    spread = Z * sqrt(1 / 100 + 1 / 40 + 1 / 50 + 1 / 40)
    assert bounds(found) == pytest.approx((1 - 0.5 * exp(spread), 1 - 0.5 * exp(-spread)))


def test_in_points_the_treated_move_as_far_as_the_untouched() -> None:
    found = effect.by_difference(TREATED, effect.market_difference(UNTOUCHED))
    assert found.value == pytest.approx(0.1 + (0.04 - 0.05))
    # Binomial variances p (1 - p) / n of 10 %, 5 % and 4 %.
    spread = Z * sqrt((0.1 * 0.9 + 0.05 * 0.95 + 0.04 * 0.96) / 1000)
    assert bounds(found) == pytest.approx((0.09 - spread, 0.09 + spread))


def test_a_counterfactual_below_nothing_does_not_exist() -> None:
    low: list[Pair] = [(heads(1000, 5), heads(1000, 5))]
    fell: list[Pair] = [(heads(1000, 50), heads(1000, 10))]
    assert effect.by_difference(low, effect.market_difference(fell)).value is None
    assert effect.by_ratio(low, effect.market_ratio(fell)).value == pytest.approx(0.001)


def test_what_is_saved_joins_the_intervals_of_its_two_terms() -> None:
    would = effect.by_ratio(TREATED, effect.market_ratio(UNTOUCHED))
    found = saved(would, [TREATED[0][1]])
    assert found.value == pytest.approx(80 - 40)
    spread = Z * sqrt(1 / 100 + 1 / 50 + 1 / 40)
    low, high = 80 * exp(-spread), 80 * exp(spread)
    # Score interval of a Poisson count of 40: 40 + z²/2 ± z √(40 + z²/4) = 29.377 to 54.465.
    few, many = 29.3769, 54.4646
    assert bounds(found) == pytest.approx(
        (40 - sqrt((80 - low) ** 2 + (many - 40) ** 2),
         40 + sqrt((high - 80) ** 2 + (40 - few) ** 2)),
        rel=1e-4,
    )  # fmt: skip


def test_nobody_lost_after_still_has_an_interval() -> None:
    treated: list[Pair] = [(heads(1000, 100), heads(1000, 0))]
    would = effect.by_ratio(treated, effect.market_ratio(UNTOUCHED))
    found = saved(would, [treated[0][1]])
    assert found.value == pytest.approx(80)
    assert found.low is not None
    assert found.low < 80
    assert effect.change(would, treated[0][1]) == Estimate(value=1.0)


def test_segments_are_compared_with_themselves() -> None:
    # Both untouched segments stay at 2 % and 10 %, but the low one trebles: the pooled rate falls
    # from 6 % to 4 %, and the market did nothing.
    pairs = [(heads(1000, 20), heads(3000, 60)), (heads(1000, 100), heads(1000, 100))]
    assert effect.market_ratio(pairs).value == pytest.approx(1)
    assert effect.market_difference(pairs).value == pytest.approx(0, abs=1e-12)
    # The same of the treated: no effect, though their pooled rate falls.
    same = effect.by_ratio(pairs, effect.market_ratio(UNTOUCHED))
    assert same.value == pytest.approx(0.8 * (3000 * 0.02 + 1000 * 0.1) / 4000)


def test_a_segment_on_one_side_only_tells_nothing_about_the_market() -> None:
    pairs = [*UNTOUCHED, (heads(0, 0), heads(500, 400)), (heads(500, 400), heads(0, 0))]
    assert effect.market_ratio(pairs) == effect.market_ratio(UNTOUCHED)
    assert effect.market_difference(pairs) == effect.market_difference(UNTOUCHED)


@pytest.mark.parametrize(
    "pairs",
    [[], [(heads(0, 0), heads(0, 0))], [(heads(100, 0), heads(100, 5))]],
    ids=["none", "nobody", "none lost before"],
)
def test_there_is_no_market_without_losses_before(pairs: list[Pair]) -> None:
    assert effect.market_ratio(pairs).value is None
    assert effect.by_ratio(TREATED, effect.market_ratio(pairs)).value is None


def test_no_losses_after_make_a_market_of_nothing_without_bounds() -> None:
    market = effect.market_ratio([(heads(100, 5), heads(100, 0))])
    assert market == Estimate(value=0.0)
    assert effect.by_ratio(TREATED, market) == Estimate(value=0.0)


def test_lost_revenue_varies_with_the_squares_of_what_the_lost_paid() -> None:
    # One who paid 100 and one who paid 300: variance of the log (100² + 300²) / 400² = 0.625,
    # more than the 0.5 of two alike.
    flow = Flow(10, churned=2, mrr_start=2000.0, mrr_churned=400.0, squares_churned=100_000.0)
    found = revenue([flow])
    assert found == Losses(2000, 400, 2, 100_000)
    assert found.log_variance == pytest.approx(0.625)
    alike = revenue([Flow(10, churned=2, mrr_start=2000.0, mrr_churned=400.0)])
    assert alike is not None
    assert alike.log_variance == pytest.approx(0.5)
    assert revenue([Flow(10, churned=2)]) is None
    assert customers([flow, flow]) == Losses(20, 4, 4, 4)


def test_points_of_money_move_in_proportion_as_those_of_customers() -> None:
    money: list[Pair] = [(Losses(100_000, 20_000, 100, 4_000_000), Losses(100_000, 8000, 40, 0))]
    found = effect.by_difference(money, effect.market_difference(UNTOUCHED), TREATED)
    # Customers fall from 10 % to 9 %; so 20 % of the money falls to 18 %.
    assert found.value == pytest.approx(0.18)


def test_what_stands_and_what_is_paid_follow_from_the_two_paths_of_the_base() -> None:
    """The weights against the difference of two bases, month by month, with and without the fix."""
    with_fix, without, c, rates = 1000.0, 1000.0, 0.05, (0.01, 0.03, 0.02)
    standing, paid, months = [0.0], 0.0, []
    for rate in rates:
        months.append(Losses(with_fix, with_fix * rate, 1, 0))
        with_fix, without = with_fix * (1 - rate), without * (1 - c)
        standing.append(with_fix - without)
        paid += (standing[-2] + standing[-1]) / 2
    would = Estimate(value=c)
    assert saved(would, months, standing_weights(3, c)).value == pytest.approx(standing[-1])
    assert saved(would, months, cash_weights(3, c)).value == pytest.approx(paid)


def test_an_interval_on_one_side_of_nothing_is_proven() -> None:
    assert Estimate(value=2, low=1, high=3).proven
    assert Estimate(value=-2, low=-3, high=-1).proven
    assert not Estimate(value=1, low=-1, high=3).proven
    assert not Estimate(value=1).proven
    assert Estimate(value=1, low=-1).times(12) == Estimate(value=12, low=-12)


def test_the_log_interval_of_a_ratio() -> None:
    found = effect.ratio(heads(1000, 100), heads(1000, 40))
    spread = Z * sqrt(1 / 100 + 1 / 40)
    assert [log(each) for each in bounds(found)] == pytest.approx(
        [log(0.4) - spread, log(0.4) + spread]
    )
    assert effect.ratio(heads(1000, 0), heads(1000, 40)).value is None
    assert effect.ratio(heads(1000, 10), heads(0, 0)).value is None
