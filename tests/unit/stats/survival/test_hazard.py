"""Rates of loss by age, and early life against later."""

from __future__ import annotations

from math import exp, lgamma, log

import pytest

from dmaic.stats.survival.hazard import Rate, by_step, compare, held_equal, rate, split
from dmaic.stats.survival.life import BIRTH, Lives, counts


def poisson_tail(count: int, mean: float) -> float:
    """P(X <= count)."""
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1))


@pytest.mark.parametrize("lost", [1, 2, 5, 10, 100, 1000])
def test_the_interval_of_a_rate_is_nearly_the_exact_one_of_poisson(lost: int) -> None:
    found = rate(lost, 1.0)
    assert found.low is not None
    assert found.high is not None
    # Garwood's exact bounds leave 2.5 % on either side; Byar's are within a few tenths of it. That
    # of a single loss is on the safe side.
    least = 0.012 if lost == 1 else 0.019
    assert least < 1 - poisson_tail(lost - 1, found.low) < 0.026
    assert poisson_tail(lost, found.high) == pytest.approx(0.025, abs=0.003)


def test_without_losses_a_rate_has_an_upper_end_and_without_time_there_is_none() -> None:
    none = rate(0, 10)
    assert (none.value, none.low) == (0, 0)
    assert none.high == pytest.approx(0.3669, abs=1e-4)  # exact: 3.689 / 10
    assert rate(0, 0) == Rate(0, 0.0, None, None, None)


def test_every_loss_and_all_time_are_in_one_step() -> None:
    lives = Lives({BIRTH: 5, 3.0: 2}, {10.0: 3}, {0.0: 1, 1.0: 1, 2.0: 1, 7.5: 1})
    steps = by_step(counts(lives), 2.0, 10.0)
    assert [(start, end) for start, end, _ in steps] == [(0, 2), (2, 4), (4, 6), (6, 8), (8, 10)]
    # The loss at age 0 is in the first step; one at 2 too, as it is the step's end.
    assert [each.lost for _, _, each in steps] == [3, 0, 0, 1, 0]
    whole = 3 * 10 + 0 + 1 + 2 + 7.5 - 2 * 3
    assert sum(each.time for _, _, each in steps) * 2 == pytest.approx(whole)


def test_early_and_later_add_up() -> None:
    lives = Lives({BIRTH: 4}, {10.0: 2}, {1.0: 1, 5.0: 1})
    early, later = split(counts(lives), 3.0, 1.0)
    assert (early.lost, later.lost) == (1, 1)
    assert (early.time, later.time) == (1 + 3 * 3, 2 + 7 + 7)


def test_equal_rates_are_not_shown_to_differ_and_few_losses_tell_nothing() -> None:
    same = compare(rate(50, 500), rate(100, 1000))
    assert same.value == pytest.approx(1)
    assert same.p_value == pytest.approx(1)
    assert same.verdict == "not-shown"
    assert compare(rate(5, 1), rate(4, 1000)).verdict == "too-few"
    assert compare(rate(0, 0), rate(9, 9)).verdict == "too-few"


def test_the_ratio_has_no_end_where_nobody_was_lost_later() -> None:
    found = compare(rate(20, 100), rate(0, 100))
    assert found.value is None
    assert found.high is None
    assert found.low is not None
    assert found.low > 1
    assert found.verdict == "higher"


def test_the_test_and_the_interval_agree_at_the_edge() -> None:
    for early in range(200):
        found = compare(rate(early, 100), rate(200 - early, 150))
        assert found.p_value is not None
        inside = (found.low or 0) <= 1 and (found.high is None or found.high >= 1)
        assert inside == (found.p_value >= 0.05)


def test_one_early_loss_of_old_customers_proves_nothing() -> None:
    # Three new customers, 6.5 customer-months of 3,179: one of 67 losses falls in them by chance in
    # 1 - (1 - 6.5/3,179)^67 = 12.8 % of cases, twice that on both sides. The normal curve would
    # say z = 2.3.
    found = compare(rate(1, 6.5), rate(66, 3_172.5))
    assert found.p_value == pytest.approx(2 * (1 - (1 - 6.5 / 3_179) ** 67))
    assert found.verdict == "not-shown"
    assert found.low is not None
    assert found.low < 1


@pytest.mark.parametrize("share", [0.001, 0.005, 0.02, 0.08, 0.3])
@pytest.mark.parametrize("total", [10, 25, 60, 200])
def test_alike_rates_are_called_unlike_about_as_seldom_as_said(total: int, share: float) -> None:
    false_alarm = 0.0
    for early in range(total + 1):
        found = compare(rate(early, share), rate(total - early, 1 - share))
        if found.verdict in ("higher", "lower"):
            ways = lgamma(total + 1) - lgamma(early + 1) - lgamma(total - early + 1)
            false_alarm += exp(ways + early * log(share) + (total - early) * log(1 - share))
    # 5 %, but for the steps of counts: the normal curve alone would reach 9.6 % (10 losses, 0.01).
    assert false_alarm < 0.08


def test_the_exact_test_and_its_interval_agree_at_the_edge() -> None:
    for early in range(60):
        found = compare(rate(early, 1), rate(60 - early, 29))
        assert found.p_value is not None
        inside = (found.low or 0) <= 1 and (found.high is None or found.high >= 1)
        assert inside == (found.p_value >= 0.05)


def test_the_ratio_with_groups_held_equal() -> None:
    # By hand: R = 10 x 100/110 + 4 x 300/320, S = 20 x 10/110 + 12 x 20/320.
    pairs = [(rate(10, 10), rate(20, 100)), (rate(4, 20), rate(12, 300))]
    found = held_equal(pairs)
    assert found is not None
    assert found[0] == pytest.approx((1000 / 110 + 3.75) / (200 / 110 + 0.75))
    spread = 30 * 1000 / 110**2 + 16 * 6000 / 320**2
    reach = exp(1.959964 * (spread / ((1000 / 110 + 3.75) * (200 / 110 + 0.75))) ** 0.5)
    assert found[1:] == pytest.approx((found[0] / reach, found[0] * reach))
    # One group: the plain ratio of its rates.
    alone = held_equal(pairs[:1])
    assert alone is not None
    assert alone[0] == pytest.approx(5)
    assert held_equal([(rate(0, 10), rate(20, 100))]) is None
