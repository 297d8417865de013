from __future__ import annotations

import pytest

from dmaic.stats.proportion import newcombe, relative_risk, wilson


@pytest.mark.parametrize("pair", [(1, 0), (0, 0), (-1, 5), (6, 5)])
def test_what_is_no_proportion(pair: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="not a proportion"):
        wilson(*pair)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_confidence_is_a_fraction(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        wilson(1, 2, confidence)


def test_exact_ends() -> None:
    assert wilson(0, 7)[0] == 0
    assert wilson(7, 7)[1] == 1


def test_more_confidence_is_wider() -> None:
    low, high = wilson(5, 50)
    assert wilson(5, 50, 0.99)[0] < low
    assert wilson(5, 50, 0.99)[1] > high


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ((0, 10, 5, 10), (0, None, None)),
        ((5, 10, 0, 10), (None, None, None)),
        ((0, 10, 0, 10), (None, None, None)),
        ((5, 10, 0, 0), (None, None, None)),
        ((0, 0, 5, 10), (None, None, None)),
        ((10, 10, 5, 5), (1, None, None)),
    ],
)
def test_relative_risk_with_empty_cells(
    groups: tuple[int, int, int, int], expected: tuple[float | None, ...]
) -> None:
    assert relative_risk(*groups) == expected


def test_newcombe_needs_customers() -> None:
    with pytest.raises(ValueError, match="not a proportion"):
        newcombe(1, 5, 0, 0)
