from __future__ import annotations

import pytest

from dmaic import number


@pytest.mark.parametrize(
    ("fraction", "text"),
    [(0.31333333, "31.33"), (0.22, "22.00"), (1.0, "100.00"), (None, "–"), (-0.000001, "0.00"),
     (0.0, "0.00"), (12.5, "1,250.00")],
)  # fmt: skip
def test_percent(fraction: float | None, text: str) -> None:
    assert number.percent(fraction) == text


def test_percent_with_a_sign() -> None:
    assert number.percent(0.05, sign=True) == "+5.00"
    assert number.percent(-0.05, sign=True) == "-5.00"
    assert number.percent(0.0, sign=True) == "0.00"


@pytest.mark.parametrize(
    ("figure", "text"),
    [(0, "$0"), (950, "$950"), (999.6, "$1.0K"), (1234, "$1.2K"), (999_940, "$999.9K"),
     (999_960, "$1.0M"), (23_800_000, "$23.8M"), (-5e9, "-$5.0B"), (2e12, "$2.0T"),
     (3e17, "$3.0e+17")],
)  # fmt: skip
def test_compact(figure: float, text: str) -> None:
    assert number.compact(figure, prefix="$") == text


def test_amount() -> None:
    assert number.amount(-1234.5, places=2, prefix="$") == "-$1,234.50"
    assert number.amount(1234.5, places=0, sign=True) == "+1,234"
    assert number.amount(-0.001, places=1) == "0.0"
    assert number.amount(8.127e15, places=2, prefix="$") == "$8.127e+15"
    assert number.amount(None, places=2) == "–"


def test_places_suit_the_whole_column() -> None:
    assert number.places([1.0, 2, None]) == 0
    assert number.places([1.5, 2]) == 1
    assert number.places([1.25, 2]) == 2
    assert number.places([1.5, 2], money=True) == 2
    assert number.places([150_000.5, 2.25], money=True) == 0
    assert number.places([None]) == 0


def test_interval() -> None:
    assert number.interval(0.409, 0.445) == "40.9–44.5"
    assert number.interval(-0.021, 0.007) == "-2.1 to 0.7"
    assert number.interval(1.7338, 2.1976, scale=1) == "1.73–2.20"
    assert number.interval(None, 0.5) == "–"


def test_p_value() -> None:
    assert number.p_value(0.0312) == "= 0.031"
    assert number.p_value(0.0) == "< 0.001"
