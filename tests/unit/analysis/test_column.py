"""Cells of finished figures: typed, in the order of the rows, blanks and misfits told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dmaic.analysis.column import Cells, Kind, blanks, read_cells
from dmaic.analysis.said import opening
from dmaic.churn.check import BlockedError
from dmaic.churn.export import open_export
from dmaic.errors import DataError, UsageError

TABLE = "week,count,size,open\n2024-01-08,3,50,yes\n2024-01-01,2,50,no\n2024-01-15,,50,yes\n"


def read(path: Path, text: str, asked: dict[str, tuple[str, Kind]], **how: Any) -> Cells:
    path.write_text(text, "utf-8")
    with open_export(str(path), opening()) as table:
        return read_cells(table, asked, **how)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "series.csv"


def test_cells_keep_the_order_of_the_rows_and_their_kinds(path: Path) -> None:
    cells = read(
        path, TABLE,
        {"label": ("week", "date"), "count": ("count", "number"), "open": ("open", "flag")},
    )  # fmt: skip
    assert cells.moments("label") == [datetime(2024, 1, day) for day in (8, 1, 15)]
    assert cells.numbers("count") == [3.0, 2.0, None]
    assert cells.columns["open"] == [True, False, True]
    assert cells.inputs.roles == {"label": "week", "count": "count", "open": "open"}
    assert cells.inputs.rows == cells.rows == 3


def test_a_condition_chooses_rows_and_is_told(path: Path) -> None:
    cells = read(path, TABLE, {"count": ("count", "number")}, where="count > 2")
    assert cells.numbers("count") == [3.0]
    assert cells.inputs.filters == ("where count > 2",)


def test_rows_without_a_needed_cell_are_counted(path: Path) -> None:
    cells = read(path, TABLE, {"count": ("count", "number"), "size": ("size", "number")})
    found = blanks(cells, ("count", "size"))
    assert found is not None
    assert found.count == 1
    assert blanks(cells, ("size",)) is None


def test_a_column_that_is_not_there_is_told_with_the_option(path: Path) -> None:
    with pytest.raises(UsageError, match="--count") as refused:
        read(path, TABLE, {"count": ("cuont", "number")})
    assert "count" in refused.value.hint


def test_a_cell_far_down_that_is_no_number_blocks_until_it_is_accepted(path: Path) -> None:
    # Beyond the rows that readings are decided on, so the whole column has to be asked.
    text = "x\n" + "\n".join(str(n) for n in range(30_000)) + "\nabc\n"
    asked: dict[str, tuple[str, Kind]] = {"value": ("x", "number")}
    with pytest.raises(BlockedError, match="abc"):
        read(path, text, asked)
    cells = read(path, text, asked, accept=("unreadable-cells",))
    assert cells.numbers("value")[-2:] == [29_999.0, None]


def test_no_rows_and_too_many_are_refused(path: Path) -> None:
    with pytest.raises(DataError, match="No rows") as refused:
        read(path, TABLE, {"count": ("count", "number")}, where="count > 99")
    assert refused.value.code == "cells.no-rows"
    with pytest.raises(DataError, match="at most 2") as refused:
        read(path, TABLE, {"count": ("count", "number")}, most=2)
    assert refused.value.code == "cells.too-many"
