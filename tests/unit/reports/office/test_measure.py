"""How much room text takes, before it is set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmaic.reports.office.measure import lines, widest_word, width


def test_wide_signs_take_more_room_than_narrow_ones() -> None:
    assert width("漢字") > width("WW") > width("ab") > width("il") > width("")
    # A mark over a letter takes none.
    assert width("e\u0301") == width("e")


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("", 10, 1),
        ("one", 10, 1),
        ("one\ntwo\nthree", 10, 3),
        ("word " * 20, 10, None),
        ("x" * 100, 10, None),
        ("漢" * 30, 10, 3),
    ],
)
def test_lines(text: str, room: float, expected: int | None) -> None:
    found = lines(text, room)
    if expected is None:
        # Not less than what the whole width needs.
        assert found >= width(text.strip()) / room
    else:
        assert found == expected


@given(st.text(max_size=200), st.floats(2, 60))
def test_a_wider_room_never_needs_more_lines(text: str, room: float) -> None:
    assert 1 <= lines(text, room * 1.5) <= lines(text, room)


def test_between_chinese_signs_a_line_may_end_and_in_a_date_not() -> None:
    assert widest_word("漢" * 30) == 0
    assert widest_word("re-typed quoting") == width("quoting")
    assert widest_word("on 2026-02-02") == width("2026-02-02")
