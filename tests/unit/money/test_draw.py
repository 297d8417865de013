"""Random figures: against closed forms and printed tables, and the same for the same seed."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from dmaic.money.draw import (
    Streams,
    below_zero,
    count,
    cut,
    drawn,
    inverted,
    pert,
    proportion,
    triangular,
)
from dmaic.money.quantity import Counts, Quantity

DRAWS = 200_000
POINTS = np.array([0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999])


def uniform(name: str = "x", draws: int = DRAWS) -> np.ndarray:
    return Streams(1).uniform(name, draws)


def is_mean(figures: np.ndarray, mean: float) -> bool:
    """Within four standard errors of the mean: one time in 16,000 by chance, and the seed stays."""
    return bool(abs(figures.mean() - mean) < 4 * figures.std() / len(figures) ** 0.5)


def is_variance(figures: np.ndarray, variance: float) -> bool:
    """Within four standard errors of a variance, sqrt((m4 - variance^2) / n), m4 the 4th moment."""
    fourth = ((figures - figures.mean()) ** 4).mean()
    error = ((fourth - variance**2) / len(figures)) ** 0.5
    return bool(abs(figures.var() - variance) < 4 * error)


@pytest.mark.parametrize(
    ("low", "likely", "high"), [(0.5, 0.65, 0.75), (0, 0, 1), (0, 1, 1), (90e3, 120e3, 200e3)]
)
def test_a_pert_has_the_mean_and_the_variance_of_its_authors(
    low: float, likely: float, high: float
) -> None:
    figures = pert(low, likely, high, uniform())
    mean = (low + 4 * likely + high) / 6
    assert is_mean(figures, mean)
    # The shapes add up to 6: variance a b / (36 x 7) x width^2 = (mean - low)(high - mean) / 7.
    assert is_variance(figures, (mean - low) * (high - mean) / 7)
    assert low <= figures.min()
    assert figures.max() <= high


def test_a_pert_is_inverted_exactly_where_its_distribution_has_a_closed_form() -> None:
    # Beta(1, 5): F(x) = 1 - (1 - x)^5; Beta(5, 1): x^5; Beta(3, 3): 10 x^3 - 15 x^4 + 6 x^5.
    assert pert(0, 0, 1, POINTS) == pytest.approx(1 - (1 - POINTS) ** 0.2, rel=1e-9)
    assert pert(0, 1, 1, POINTS) == pytest.approx(POINTS**0.2, rel=1e-9)
    x = (pert(10, 15, 20, POINTS) - 10) / 10
    assert 10 * x**3 - 15 * x**4 + 6 * x**5 == pytest.approx(POINTS, rel=1e-9)


@pytest.mark.parametrize(("low", "likely", "high"), [(0.5, 0.65, 0.75), (0, 0, 1), (0, 1, 1)])
def test_a_triangle_has_the_mean_variance_and_distribution_of_one(
    low: float, likely: float, high: float
) -> None:
    figures = triangular(low, likely, high, uniform())
    assert is_mean(figures, (low + likely + high) / 3)
    squares = low**2 + likely**2 + high**2 - low * likely - low * high - likely * high
    assert is_variance(figures, squares / 18)
    x, width = triangular(low, likely, high, POINTS), high - low
    rising = (x - low) ** 2 / (width * (likely - low)) if likely > low else np.zeros_like(x)
    falling = 1 - (high - x) ** 2 / (width * (high - likely)) if high > likely else rising
    assert np.where(x <= likely, rising, falling) == pytest.approx(POINTS)


@pytest.mark.parametrize("shape", [pert, triangular])
def test_a_range_without_width_is_its_figure(shape: object) -> None:
    assert list(shape(2.0, 2.0, 2.0, POINTS)) == [2.0] * len(POINTS)  # type: ignore[operator]


def test_a_proportion_is_jeffreys_posterior() -> None:
    # Nothing seen: the prior itself, Beta(1/2, 1/2), whose F(x) = 2/pi asin(sqrt(x)).
    assert proportion(0, 0, POINTS) == pytest.approx(np.sin(np.pi / 2 * POINTS) ** 2)
    # 0 of 1: Beta(1/2, 3/2), whose F(x) = 2/pi (asin(sqrt(x)) + sqrt(x (1 - x))).
    x = proportion(0, 1, POINTS)
    assert 2 / np.pi * (np.arcsin(np.sqrt(x)) + np.sqrt(x * (1 - x))) == pytest.approx(POINTS)
    # Beta(a, b) has the mean a / (a + b), here (15 + 1/2) / (148 + 1).
    assert is_mean(proportion(15, 148, uniform()), 15.5 / 149)


def test_a_count_is_as_uncertain_as_the_chi_square_table_says() -> None:
    # 2 Gamma(10 + 1/2) is chi-square of 21 degrees of freedom; NIST/SEMATECH e-Handbook, 1.3.6.7.4:
    # 13.240 at 10 %, 29.615 at 90 %. Over 2 x 10 lost customers.
    low, high = count(10, np.array([0.1, 0.9]))
    assert low == pytest.approx(13.240 / 20, abs=5e-5)
    assert high == pytest.approx(29.615 / 20, abs=5e-5)
    # Mean (k + 1/2) / k, variance (k + 1/2) / k^2.
    figures = count(100, uniform())
    assert is_mean(figures, 1.005)
    assert is_variance(figures, 100.5 / 100**2)


@pytest.mark.parametrize("events", [10, 11.3, 100, 100_000])
def test_the_middle_of_a_count_stays_at_what_was_seen(events: float) -> None:
    assert count(events, np.array([0.5]))[0] == pytest.approx(1, abs=0.02)


def test_a_pilot_has_the_mean_that_its_counts_give() -> None:
    # E(1 - T / C) = 1 - E(T) E(1 / C); of Beta(a, b) the mean of 1 / C is (a + b - 1) / (a - 1).
    pilot = Quantity.pilot(Counts(lost=9, of=120), Counts(lost=31, of=118))
    figures = drawn(pilot, "API", Streams(1), DRAWS)
    assert is_mean(figures, 1 - 9.5 / 121 * (31.5 + 87.5 - 1) / (31.5 - 1))
    # The points that are told without drawing are those of the draws; a density of about 3 at P10
    # and 5 at P90 gives them a standard error of about 0.0002.
    points = inverted(pilot, np.array([0.1, 0.5, 0.9]))
    assert points == pytest.approx(np.percentile(figures, [10, 50, 90]), abs=0.002)


def test_what_a_pilot_makes_worse_is_held_to_nothing_and_told() -> None:
    pilot = Quantity.pilot(Counts(lost=4, of=40), Counts(lost=5, of=40))
    figures = drawn(pilot, "API", Streams(1), DRAWS)
    assert figures.min() == 0
    assert figures.max() <= 1
    share = (figures == 0).mean()
    assert 0.2 < share < 0.5
    assert below_zero(pilot) == pytest.approx(share, abs=0.005)
    assert below_zero(Quantity.fixed(0.2)) == 0


def test_no_churn_with_the_fix_and_next_to_none_without_stays_a_share() -> None:
    assert cut(np.array([0.0, 1e-300]), np.array([0.0, 0.0])).max() <= 1
    pilot = Quantity.pilot(Counts(lost=0, of=10**9), Counts(lost=1, of=10**9))
    assert np.isfinite(drawn(pilot, "API", Streams(1), 10_000)).all()


def test_a_stream_is_the_same_whatever_else_is_drawn() -> None:
    alone = Streams(7).uniform("b", 100)
    after = Streams(7)
    after.uniform("a", 17)
    assert list(after.uniform("b", 100)) == list(alone)
    assert list(Streams(8).uniform("b", 100)) != list(alone)


def test_a_stream_goes_on_where_it_was() -> None:
    parts = Streams(7)
    joined = [*parts.uniform("b", 30), *parts.uniform("b", 70)]
    assert joined == list(Streams(7).uniform("b", 100))


def test_streams_of_two_names_have_nothing_to_do_with_each_other() -> None:
    # The correlation of independent numbers has a standard error of 1 / sqrt(n).
    found = np.corrcoef(uniform("API: cost"), uniform("API: reduction"))[0, 1]
    assert abs(found) < 4 / DRAWS**0.5


def test_another_process_draws_the_same() -> None:
    script = "from dmaic.money.draw import Streams; print(list(Streams(1).uniform('API', 5)))"
    told = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    assert told == {str(list(Streams(1).uniform("API", 5)))}
