"""Frames with column types that the engine does not know."""

from __future__ import annotations

import pandas as pd
import pytest

import dmaic
from dmaic.errors import DataError


def frame(**columns: object) -> pd.DataFrame:
    plain = {"segment": ["A", "B"] * 10, "churned": [True, False] * 10}
    return pd.DataFrame({"id": range(20), **plain, **columns})


@pytest.mark.parametrize(
    ("bands", "first"),
    [
        (pd.cut(range(20), [-1, 9, 19]), "(-1, 9]"),
        (pd.cut(range(20), [-1, 9, 19], labels=["low", "high"]), "low"),
        (pd.period_range("2024-01", periods=2, freq="M").repeat(10), "2024-01"),
        (pd.Categorical([1] * 10 + [2] * 10), "1"),
        (pd.arrays.SparseArray([1] * 10 + [2] * 10), "1"),
    ],
)
def test_bands_and_periods_are_categories(bands: object, first: str) -> None:
    # Rows 0 to 9 are the first category; every other one of them is lost.
    result = dmaic.pareto(frame(band=bands), by="band")
    rows = {row.category[0]: (row.churned, row.exposure) for row in result.rows}
    assert len(rows) == 2
    assert rows[first] == (5, 10)


@pytest.mark.parametrize(
    "odd",
    [[1 + 2j] * 20, pd.interval_range(0, 20, 20), pd.period_range("2024", periods=20, freq="Y")],
)
def test_a_column_that_is_not_asked_for_stops_nothing(odd: object) -> None:
    result = dmaic.pareto(frame(odd=odd), by="segment")
    assert [(row.category, row.churned) for row in result.rows] == [(("A",), 10), (("B",), 0)]


def test_complex_numbers_are_no_amounts() -> None:
    with pytest.raises(DataError) as caught:
        dmaic.pareto(frame(mrr=[1 + 2j] * 20), by="segment", value="mrr")
    assert caught.value.code == "read.not-a-number"
