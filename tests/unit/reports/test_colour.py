from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmaic.reports.colour import READABLE, contrast, mix, readable
from dmaic.reports.style import Colours

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # WCAG 2.2, and the examples of its "Understanding" pages.
        ("#000000", "#FFFFFF", 21.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#767676", "#FFFFFF", 4.54),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_that_of_the_guideline(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_a_mix_lies_between() -> None:
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mix("#0B3C5D", "#FFFFFF", 0.0) == "#0B3C5D"
    assert mix("#0B3C5D", "#FFFFFF", 1.0) == "#FFFFFF"


@given(COLOURS, COLOURS)
def test_what_is_called_readable_can_be_read_on_every_ground(colour: str, ground: str) -> None:
    # Of black and white one has a contrast of at least 4.58 with anything.
    assert contrast(readable(colour, ground), ground) >= READABLE
    if contrast(colour, ground) >= READABLE:
        assert readable(colour, ground) == colour


def test_the_built_in_colours_can_be_read() -> None:
    assert Colours().unreadable() == {}


def test_text_on_the_brand_s_own_colour_can_be_read() -> None:
    assert Colours(brand="#FFD100").on_area == "#222222"
    assert Colours().on_area == "#FFFFFF"
