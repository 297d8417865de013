"""Properties of a weighted survey, whatever was answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmaic.stats.sampling.response import figures

CATEGORIES = tuple((name,) for name in "ABCD")
REASONS = ("price", "support", "feature")
SAID = st.dictionaries(
    st.sampled_from(CATEGORIES),
    st.dictionaries(st.sampled_from(REASONS), st.integers(1, 30), min_size=1),
    min_size=1,
)
SILENT = st.tuples(*(st.integers(0, 500) for _ in CATEGORIES))


def made(said, silent, least=5):  # type: ignore[no-untyped-def]
    population = {
        category: sum(said.get(category, {}).values()) + more
        for category, more in zip(CATEGORIES, silent, strict=True)
    }
    sizes = {category: size for category, size in population.items() if size}
    return figures(sizes, said, least=least, confidence=0.95)


@given(SAID, SILENT, st.integers(1, 20))
def test_shares_add_up_and_lie_in_their_intervals(said, silent, least) -> None:  # type: ignore[no-untyped-def]
    found = made(said, silent, least)
    assert sum(row.share for row in found["reasons"]) == pytest.approx(1)
    for row in found["reasons"]:
        assert 0 <= row.low <= row.share <= row.high <= 1
        assert row.bound_low - 1e-12 <= row.unweighted * found["response"].rate <= row.bound_high
        assert row.design_effect >= 1
        assert row.effective_n <= found["answered"] + 1e-9
    weights = sum(row.weight * row.answered for row in found["cells"])
    assert weights == pytest.approx(found["population"])


@given(SAID, SILENT)
def test_only_a_census_has_no_interval(said, silent) -> None:  # type: ignore[no-untyped-def]
    found = made(said, silent)
    census = found["answered"] == found["population"]
    assert all((row.high - row.low < 1e-12) == census for row in found["reasons"])


@given(SAID, SILENT)
def test_the_order_of_what_was_read_does_not_matter(said, silent) -> None:  # type: ignore[no-untyped-def]
    turned = {
        category: dict(reversed(reasons.items())) for category, reasons in reversed(said.items())
    }
    assert made(said, silent) == made(turned, silent)


@given(SAID)
def test_equal_response_leaves_the_shares_as_answered(said) -> None:  # type: ignore[no-untyped-def]
    # Nine of ten are silent in every category.
    silent = tuple(9 * sum(said.get(category, {}).values()) for category in CATEGORIES)
    found = made(said, silent)
    assert found["design_effect"] == pytest.approx(1)
    for row in found["reasons"]:
        assert row.share == pytest.approx(row.unweighted)


@given(SAID, st.integers(1, 50))
def test_the_more_are_silent_the_less_is_sure(said, times) -> None:  # type: ignore[no-untyped-def]
    answered = [sum(said.get(category, {}).values()) for category in CATEGORIES]
    few = made(said, [times * each for each in answered])
    many = made(said, [(times + 1) * each for each in answered])
    widths = {row.reason: row.high - row.low for row in many["reasons"]}
    for row in few["reasons"]:
        assert widths[row.reason] >= row.high - row.low - 1e-9
