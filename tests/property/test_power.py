"""Properties of powers and sizes, whatever the figures."""

from __future__ import annotations

from math import isfinite

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import dmaic
from dmaic.stats.sampling.power import Hazards, Means, Shares, Terms
from dmaic.stats.sampling.precision import for_share, margin_of_share

RATES = st.floats(0.001, 0.999)
POWERS = st.floats(0.5, 0.99)
TERMS = st.builds(
    Terms,
    alpha=st.floats(0.001, 0.2),
    sides=st.sampled_from((1, 2)),
    ratio=st.floats(0.1, 10),
    one_group=st.booleans(),
)


def power_is_reached(design: Shares | Means | Hazards, power: float) -> None:
    """The size asked for has the power, and one customer less has not."""
    size = design.size(power)
    assume(isfinite(size) and 3 < size < 1e7)
    n = -int(-size // 1)
    assert design.power(n) >= power - 1e-9
    # The pilot is a whole number of customers too, so the last one may do without another.
    assert design.power(n - 2) <= power + 1e-6


@given(RATES, RATES, TERMS, POWERS, st.booleans())
def test_shares(before: float, after: float, terms: Terms, power: float, continuity: bool) -> None:
    assume(abs(before - after) > 1e-4)
    design = Shares(before, after, terms, continuity)
    size = design.size(power)
    assume(3 < size < 1e9)
    assert design.power(int(size) + 1) >= power - 1e-9
    assert design.power(int(size)) <= power + 1e-9
    assert not continuity or size >= Shares(before, after, terms).size(power)


@given(st.floats(0.05, 3), TERMS, POWERS)
def test_means(difference: float, terms: Terms, power: float) -> None:
    power_is_reached(Means(difference, 1.0, terms), power)


@given(st.floats(0.2, 0.95), st.floats(0.05, 1), TERMS, POWERS)
def test_hazards(ratio: float, lost: float, terms: Terms, power: float) -> None:
    design = Hazards(ratio, lost, Terms(terms.alpha, terms.sides, terms.ratio))
    assert design.power(-int(-design.size(power) // 1)) >= power - 1e-9


@given(RATES, RATES, st.floats(0.001, 0.2), POWERS)
def test_lost_and_stayed_may_change_places(
    before: float, after: float, alpha: float, power: float
) -> None:
    assume(abs(before - after) > 1e-3)
    terms = Terms(alpha)
    plain = Shares(before, after, terms).size(power)
    assert Shares(1 - before, 1 - after, terms).size(power) == pytest.approx(plain)
    assert Shares(after, before, terms).size(power) == pytest.approx(plain)


@given(st.floats(0.05, 3), st.floats(0.01, 100), TERMS)
def test_the_unit_of_a_mean_does_not_matter(difference: float, unit: float, terms: Terms) -> None:
    plain = Means(difference, 1.0, terms).power(20)
    assert Means(difference * unit, unit, terms).power(20) == pytest.approx(plain, abs=1e-9)


@given(st.integers(2, 5000), RATES, POWERS)
def test_the_smallest_effect_of_a_size_needs_that_size(n: int, before: float, power: float) -> None:
    row = dmaic.sample_size(n=n, from_rate=before, power=power).rows[0]
    assume(row.to_rate is not None and row.to_rate > 1e-9)
    assert row.to_rate is not None
    assert row.to_rate < before
    assert Shares(before, row.to_rate, Terms()).size(power) <= n * (1 + 1e-6) + 1e-6


@given(st.floats(0.005, 0.3), st.integers(1, 10**7))
def test_the_margin_of_the_size_is_no_wider_than_asked(margin: float, population: int) -> None:
    size = for_share(margin, population=population)
    assert size is not None
    assert margin_of_share(size, population=population) <= margin + 1e-9


@given(st.lists(st.floats(0.01, 0.5), min_size=1, max_size=8))
def test_each_row_of_a_table_is_the_row_alone(margins: list[float]) -> None:
    table = dmaic.sample_size(margin=margins)
    assert [row.n for row in table.rows] == [dmaic.sample_size(margin=m).n for m in margins]
