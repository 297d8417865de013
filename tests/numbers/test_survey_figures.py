"""Intervals of shares against published ones, where no case file can say them."""

from __future__ import annotations

import pytest

from dmaic.stats.proportion import exact
from dmaic.stats.sampling.poststratify import Cell, collapse
from dmaic.stats.sampling.share import difference, weigh


@pytest.mark.parametrize(
    ("said", "answers", "low", "high"),
    [
        # Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872, table I, method 5
        # (Clopper and Pearson).
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_clopper_pearson(said: int, answers: int, low: float, high: float) -> None:
    assert exact(said, answers) == pytest.approx((low, high), abs=5e-5)


def test_forty_of_four_thousand_are_no_census() -> None:
    # √(0.99 x 0.25 x 0.75 / 39) = 0.06899; the interval is that of 40 / 0.99 = 40.404 answers.
    strata = collapse([Cell((), 4000, 40)], 5)
    found = weigh(strata, [10])
    assert found.error == pytest.approx(0.06899, abs=5e-6)
    assert found.effective == pytest.approx(40)
    assert (found.low, found.high) == pytest.approx(exact(0.25 * 40 / 0.99, 40 / 0.99))
    assert found.high - found.low > 0.25


def test_lead_by_hand() -> None:
    # 10 and 6 of 40 in 4,000: d = 0.1; s² = (16 - 16/40) / 39 = 0.4; v = 0.99 x 0.4 / 40 = 0.0099;
    # t with 39 degrees of freedom 2.022691: 0.1 ± 2.022691 x 0.0994987 = 0.1 ± 0.201255.
    strata = collapse([Cell((), 4000, 40)], 5)
    assert difference(strata, [10], [6]) == pytest.approx((0.1, -0.101255, 0.301255), abs=1e-6)
