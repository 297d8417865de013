"""Parallel trends, untouched segments that moved alike, and a baseline chosen at its peak."""

from __future__ import annotations

from math import log

import pytest

from dmaic.money.effect import Losses
from dmaic.money.effect_check import alike, parallel, peak


def heads(base: float, lost: int) -> Losses:
    return Losses(base, lost, lost, lost)


def test_equal_slopes_are_parallel_whatever_the_levels() -> None:
    # Both fall by a tenth a month, the treated from five times the level.
    treated = [heads(10_000, round(500 * 0.9**k)) for k in range(8)]
    untouched = [heads(20_000, round(200 * 0.9**k)) for k in range(8)]
    found = parallel(treated, untouched)
    assert found is not None
    assert found.difference == pytest.approx(0, abs=0.002)
    assert found.p_value > 0.9
    assert found.low < 0 < found.high


def test_a_difference_of_slopes_is_found_and_measured() -> None:
    # Treated rise by 3 % a month against flat untouched; the score estimate is near log 1.03.
    treated = [heads(100_000, round(5000 * 1.03**k)) for k in range(12)]
    untouched = [heads(100_000, 2000)] * 12
    found = parallel(treated, untouched)
    assert found is not None
    assert log(1 + found.difference) == pytest.approx(log(1.03), rel=0.05)
    assert found.p_value < 0.001


def test_the_score_by_hand() -> None:
    # Equal bases and equal totals of 20: p = 1/2, v = 5, U = Σ k (x - 10) over 0..3
    # = 0 x -2 + 1 x -1 + 2 x 1 + 3 x 2 = 7; V = 5 (14 - 36/4) = 25; z = 7/5.
    lost = (8, 9, 11, 12)
    treated = [heads(1000, x) for x in lost]
    untouched = [heads(1000, 20 - x) for x in lost]
    found = parallel(treated, untouched)
    assert found is not None
    assert log(1 + found.difference) == pytest.approx(7 / 25)
    assert found.p_value == pytest.approx(0.16151, abs=1e-4)  # 2 (1 - Φ(1.4))


@pytest.mark.parametrize(
    ("treated", "untouched"),
    [
        ([heads(1000, 10)] * 3, [heads(1000, 10)] * 3),
        ([heads(1000, 0)] * 12, [heads(1000, 10)] * 12),
        ([heads(1000, 10)] * 12, [heads(1000, 0)] * 12),
        ([heads(0, 0)] * 12, [heads(1000, 5)] * 12),
        ([], []),
    ],
    ids=["few months", "none treated lost", "none untouched lost", "no treated", "nothing"],
)
def test_what_cannot_be_checked_is_not(treated: list[Losses], untouched: list[Losses]) -> None:
    assert parallel(treated, untouched) is None


def test_months_without_a_loss_are_no_trouble() -> None:
    treated = [heads(100, x) for x in (1, 0, 2, 0, 1, 0)]
    untouched = [heads(100, x) for x in (0, 1, 1, 0, 2, 1)]
    assert parallel(treated, untouched) is not None


def test_segments_that_moved_alike_and_unlike() -> None:
    same = [(heads(1000, 100), heads(1000, 50)), (heads(500, 20), heads(500, 10))]
    assert alike(same) == pytest.approx(1)
    # Log ratios -log 2 and +log 2, weights 100/3 each: Q = 2 x 100/3 x (log 2)² = 32.03.
    unlike = [(heads(1000, 100), heads(1000, 50)), (heads(1000, 50), heads(1000, 100))]
    found = alike(unlike)
    assert found is not None
    assert found < 1e-6
    assert alike(same[:1]) is None
    assert alike([(heads(10, 0), heads(10, 1)), (heads(10, 1), heads(10, 1))]) is None


FLAT = [heads(10_000, 200)] * 9
HIGH = [heads(10_000, 300)] * 3


def test_a_baseline_at_its_peak_is_flagged() -> None:
    found = peak([*FLAT, *HIGH], 9, 3)
    assert found is not None
    assert found.flagged
    assert (found.rate, found.others, found.months) == pytest.approx((0.03, 0.02, 9))


def test_a_baseline_below_the_peak_or_within_chance_is_not() -> None:
    lower = peak([*FLAT, *HIGH], 3, 3)
    assert lower is not None
    assert not lower.highest
    hardly = peak([*[heads(1000, 20)] * 9, *[heads(1000, 22)] * 3], 9, 3)
    assert hardly is not None
    assert hardly.highest
    assert not hardly.flagged


def test_without_other_months_nothing_is_judged() -> None:
    assert peak(HIGH, 0, 3) is None
    assert peak([heads(100, 0), heads(100, 5)], 1, 1) is None
