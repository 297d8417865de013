from __future__ import annotations

import pytest

from dmaic.errors import UsageError
from dmaic.result import Inputs
from dmaic.stats.rank import Cell, compare, rank
from dmaic.stats.risk_set import of_lost_only
from dmaic.text import BLANK

INPUTS = Inputs(source="t")

REASONS = [
    Cell(("price",), 300, 9000.0, 300, 9000.0),
    Cell(("bugs",), 150, 4000.0, 150, 4000.0),
    Cell(("moved",), 50, 1000.0, 50, 1000.0),
    Cell((BLANK,), 40, 1000.0, 2500, 60000.0),
]


def test_reasons_have_no_rates() -> None:
    # Only the lost are asked for a reason: 300 of 300 "price" is how the column was filled in.
    result = rank(REASONS, by=["reason"], inputs=INPUTS)
    assert [row.churned for row in result.rows] == [300, 150, 50, 40]
    assert {row.rate for row in result.rows} == {None}
    assert {row.relative_risk for row in result.rows} == {None}
    assert {row.excess for row in result.rows} == {None}
    assert (result.total_churned, result.total_value) == (540, 15000)
    assert (result.total_exposure, result.total_exposure_value) == (None, None)
    assert result.concentration.test == "equal shares"
    assert "than its size explains" not in result.concentration.verdict
    (finding,) = result.findings
    assert (finding.code, finding.column) == ("lost-only", "reason")


def test_those_who_stayed_are_no_category() -> None:
    # Without a lost customer in it, the blank category is only those who stayed.
    cells = [*REASONS[:3], Cell((BLANK,), 0, 0.0, 2500, 60000.0)]
    result = rank(cells, by=["reason"], inputs=INPUTS)
    assert [row.category for row in result.rows] == [("price",), ("bugs",), ("moved",)]
    assert result.concentration.categories == 3


def test_excess_by_reason_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        rank(REASONS, by=["reason"], inputs=INPUTS, rank_by="excess")
    assert caught.value.code == "usage.rank-by"


def test_in_one_of_two_columns() -> None:
    cells = [
        Cell(("Pro", "price"), 30, exposure=30),
        Cell(("Pro", BLANK), 5, exposure=200),
        Cell(("Team", "price"), 10, exposure=10),
    ]
    assert of_lost_only(cells) == 1


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [Cell(("a",), 3, exposure=3), Cell(("b",), 0, exposure=5)],  # a true difference
        [Cell(("a",), 3, exposure=3), Cell((BLANK,), 4, exposure=4)],  # all are lost
        [Cell(("a",), 3, exposure=4), Cell((BLANK,), 1, exposure=9)],
        [Cell((BLANK,), 1, exposure=9)],
        [Cell(("a",), 3), Cell((BLANK,), 1)],
    ],
)
def test_other_columns_are_left_alone(cells: list[Cell]) -> None:
    assert of_lost_only(cells) is None


def test_in_every_period() -> None:
    found = compare(
        [("before", REASONS), ("after", REASONS[1:])], split="files", by=["reason"], inputs=INPUTS
    )
    assert [cell.exposure for row in found.rows for cell in row.cells] == [None] * 8
    assert [finding.code for finding in found.findings] == ["lost-only", "lost-only"]
