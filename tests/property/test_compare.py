"""What holds of a comparison whatever was lost."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dmaic.result import Inputs
from dmaic.stats.compare.result import CompareResult
from dmaic.stats.compare.side import Ask, Count, Side
from dmaic.stats.compare.study import study

counts = st.tuples(st.integers(0, 3000), st.floats(0, 1)).map(
    lambda each: Count(each[0], int(each[0] * each[1]))
)
sides = st.dictionaries(st.sampled_from("abcd"), counts, min_size=1)
FACTS = ("2024-01", "2024-06", 6)


def compared(
    one: dict[str, Count], other: dict[str, Count], ask: Ask | None = None
) -> CompareResult:
    both = [
        Side(name, segments, name, *FACTS) for name, segments in (("before", one), ("after", other))
    ]
    assume(all(side.whole.at_risk for side in both))
    return study(
        "before-after", both[0], both[1], ask or Ask(), Inputs(source="a"), unit="customers",
        by=("segment",),
    )  # fmt: skip


@settings(max_examples=80)
@given(sides, sides)
def test_the_verdict_is_what_interval_and_test_say(
    one: dict[str, Count], other: dict[str, Count]
) -> None:
    result = compared(one, other)
    low, high = result.difference.low, result.difference.high
    assert low is not None
    assert high is not None
    assert low - 1e-12 <= (result.difference.value or 0) <= high + 1e-12
    if result.status in ("lower", "higher"):
        assert result.significant
        assert low * high > 0
        assert (low > 0) == (result.status == "higher")
    elif result.status == "no-effect":
        least = result.minimal_difference
        assert least is not None
        assert -least < low <= high < least
    else:
        assert result.matters is None
        assert "Too little data" in result.verdict
    assert result.blocks()


@settings(max_examples=80)
@given(sides, sides)
def test_parts_of_the_difference_add_up(one: dict[str, Count], other: dict[str, Count]) -> None:
    result = compared(one, other)
    assert result.rate_effect is not None
    assert result.mix_effect is not None
    assert result.rate_effect + result.mix_effect == pytest.approx(
        result.difference.value, abs=1e-12
    )
    whole = sum(each.rate_effect or 0 for each in result.segments)
    assert whole == pytest.approx(result.rate_effect, abs=1e-12)


@settings(max_examples=80)
@given(sides, sides)
def test_swapped_sides_turn_the_difference_around(
    one: dict[str, Count], other: dict[str, Count]
) -> None:
    result, turned = compared(one, other), compared(other, one)
    assert turned.difference.value == pytest.approx(-(result.difference.value or 0), abs=1e-12)
    assert turned.difference.low == pytest.approx(-(result.difference.high or 0), abs=1e-9)
    assert turned.p_value == pytest.approx(result.p_value)
    assert turned.significant == result.significant


@settings(max_examples=60)
@given(sides, sides, st.integers(1, 6), st.sampled_from(["obrien-fleming", "pocock"]))
def test_a_look_asks_for_more_than_a_single_test(
    one: dict[str, Count], other: dict[str, Count], looks: int, boundary: str
) -> None:
    ask = Ask(looks=looks, look=1, boundary=boundary)  # type: ignore[arg-type]
    single, look = compared(one, other), compared(one, other, ask)
    assert look.level <= single.level + 1e-9
    assert (look.difference.low or 0) <= (single.difference.low or 0) + 1e-9
    assert single.significant or not look.significant
    if single.needed is not None:
        assert look.needed is not None
        assert look.needed >= single.needed


@given(st.integers(1, 5000))
def test_nobody_and_everybody_lost_are_told_apart(size: int) -> None:
    none, every = {"a": Count(size, 0)}, {"a": Count(size, size)}
    assert compared(none, none).status == "too-little-data"
    assert compared(none, none).p_value is None
    assert compared(every, every).p_value is None
    if size > 20:
        assert compared(none, every).status == "higher"
        assert compared(every, none).status == "lower"
