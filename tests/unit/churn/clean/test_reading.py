from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dmaic.churn.clean.reading import MISSING, blank, is_missing
from dmaic.churn.column import Column

if TYPE_CHECKING:
    from conftest import MakeRows


def test_blank_cells_are_the_same_in_sql_and_here(make_rows: MakeRows) -> None:
    cells = [
        *MISSING,
        "N/A",
        " NULL ",
        "\u00a0",
        "\t-\n",
        "0",
        "no",
        "x",
        "none of these",
        "-" * 300,
        " " * 300,
    ]
    rows = make_rows(cells)
    found = [row[0] for row in rows.select(blank(rows.column))]
    assert found == [is_missing(cell) for cell in cells]
    assert found == [True] * (len(MISSING) + 4) + [False] * 6


@pytest.mark.parametrize(
    ("kind", "cells"), [("INTEGER", [0, None]), ("ENUM('-', 'a')", ["a", "-"])]
)
def test_blank_cells_of_other_types(make_rows: MakeRows, kind: str, cells: list[object]) -> None:
    rows = make_rows(cells, kind)
    assert [row[0] for row in rows.select(blank(Column(rows.column.name, kind)))] == [False, True]
