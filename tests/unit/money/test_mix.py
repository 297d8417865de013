"""Rate and mix: Kitagawa's split adds up."""

from __future__ import annotations

import pytest

from dmaic.money.mix import Part, decompose


def test_an_example_by_hand() -> None:
    # Shares 0.5, 0.5 to 0.75, 0.25; rates 10 %, 2 % to 8 %, 2 %; overall 6 % to 6.5 %.
    parts = decompose({"a": ((100, 10), (150, 12)), "b": ((100, 2), (50, 1))})
    assert parts["a"].rate == pytest.approx(-0.02 * (0.5 + 0.75) / 2)
    assert parts["b"].rate == pytest.approx(0)
    # Mix: 0.25 x (9 % - 6.25 %) and -0.25 x (2 % - 6.25 %).
    assert parts["a"].mix == pytest.approx(0.25 * (0.09 - 0.0625))
    assert parts["b"].mix == pytest.approx(-0.25 * (0.02 - 0.0625))
    assert sum(each.rate + each.mix for each in parts.values()) == pytest.approx(0.005)


def test_a_change_of_the_mix_alone_has_no_rate_effect() -> None:
    parts = decompose({"a": ((100, 10), (300, 30)), "b": ((100, 2), (100, 2))})
    assert [each.rate for each in parts.values()] == pytest.approx([0, 0])
    assert sum(each.mix for each in parts.values()) == pytest.approx(32 / 400 - 12 / 200)


def test_a_segment_that_comes_or_goes_changes_the_mix_alone() -> None:
    parts = decompose({"stays": ((100, 5), (100, 5)), "goes": ((100, 20), (0, 0)),
                       "comes": ((0, 0), (50, 2))})  # fmt: skip
    assert {name: each.rate for name, each in parts.items()} == {"stays": 0, "goes": 0, "comes": 0}
    assert sum(each.mix for each in parts.values()) == pytest.approx(7 / 150 - 25 / 200)


def test_nobody_on_one_side_has_no_split() -> None:
    assert decompose({"a": ((0, 0), (10, 1))}) == {}
    assert decompose({}) == {}
    assert decompose({"a": ((10, 1), (10, 1)), "never": ((0, 0), (0, 0))})["never"] == Part(0, 0)
