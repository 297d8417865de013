"""What a chart says against itself, and what it does not claim."""

from __future__ import annotations

import numpy as np
import pytest

from dmaic.stats.control.chart import make_chart
from dmaic.stats.control.gap import median
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.series import Data, Series, Wish
from dmaic.stats.control.word import headline

RANDOM = np.random.default_rng(11)


def chart(
    values: list[float], data: Data = "measure", size: float | None = None, **wish: str
) -> ControlResult:
    sizes = () if size is None else (size,) * len(values)
    labels = tuple(f"{at:03}" for at in range(len(values)))
    given = Series(labels, tuple(values), sizes, data)
    return make_chart(given, Wish(**wish))  # type: ignore[arg-type]


def codes(found: ControlResult) -> list[str]:
    return [each.code for each in found.findings]


def wandering(number: int, share: float) -> list[float]:
    values = [0.0]
    for step in RANDOM.normal(size=number + 20):
        values.append(share * values[-1] + step)
    return values[-number:]


@pytest.mark.parametrize("kind", ["xmr", "ewma", "cusum"])
def test_points_that_follow_each_other_are_told(kind: str) -> None:
    assert "autocorrelated" in codes(chart(wandering(80, 0.8), chart=kind))
    assert "autocorrelated" not in codes(chart([*RANDOM.normal(size=80)], chart=kind))


def test_a_change_told_as_a_stage_is_no_dependence() -> None:
    steps = [*RANDOM.normal(size=30), *(RANDOM.normal(size=30) + 6)]
    assert "autocorrelated" in codes(chart(steps))
    labels = tuple(f"{at:03}" for at in range(60))
    staged = make_chart(Series(labels, tuple(steps)), Wish(stages=(("030", "move"),)))
    assert "autocorrelated" not in codes(staged)


def test_counts_more_even_than_chance_are_told() -> None:
    # Twelve months of 10 or 11 of 165: a binomial of that mean has a standard deviation of 3.1.
    even: list[float] = [10, 11] * 6
    assert "underdispersed" in codes(chart(even, "defectives", 165))
    drawn = [float(each) for each in RANDOM.binomial(165, 0.06, size=12)]
    assert "underdispersed" not in codes(chart(drawn, "defectives", 165))


def test_sigma_of_few_subgroups_is_told() -> None:
    labels = ("a", "a", *(f"s{at}" for at in range(20)), "b", "b")
    values = tuple(RANDOM.normal(size=len(labels)))
    found = make_chart(Series(labels, values, subgroups=True), Wish())
    (told,) = [each for each in found.findings if each.code == "few-spreads"]
    assert told.count == 2


def test_everybody_lost_at_every_point_shows_nothing_that_varies() -> None:
    found = chart([100.0] * 13, "defectives", 100)
    assert "no-variation" in codes(found)
    assert "nothing can be judged" in headline(found)


def test_few_points_are_not_called_stable() -> None:
    told = headline(chart([1.0, 2.0]))
    assert "stable" not in told
    assert "so few points show great ones only" in told


def test_a_long_chart_that_signals_as_chance_does_is_not_called_unstable() -> None:
    found = chart([*np.random.default_rng(3).normal(size=3000)])
    assert found.signals
    assert "chance alone makes about" in headline(found)
    assert "is not stable:" not in headline(found)


@pytest.mark.parametrize("mean", [0.1, 1.0, 2.0, 9.0, 45.3])
def test_median_of_gaps(mean: float) -> None:
    share = mean / (1 + mean)
    least = int(median(mean))
    assert 1 - share ** (least + 1) >= 0.5
    assert least == 0 or 1 - share**least < 0.5


def test_runs_of_gaps_are_told_about_their_median() -> None:
    # Mean 10, median 7: eight gaps of 8 and a longer one lie above the median.
    found = chart([8.0] * 8 + [26.0], "gap", chart="g")
    assert found.center == 10
    assert [signal.side for signal in found.signals] == ["above"]
    assert "median" in found.method["rules"]


def test_members_that_do_not_differ_are_not_called_points_that_do_not() -> None:
    labels, values = ("a", "a", "b", "b", "c", "c"), (5.0, 5.0, 6.0, 6.0, 7.0, 7.0)
    found = make_chart(Series(labels, values, subgroups=True), Wish())
    (told,) = [each for each in found.findings if each.code == "no-variation"]
    assert "members of each subgroup" in told.message
