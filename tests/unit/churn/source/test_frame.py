"""Frames in memory."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from dmaic.churn.column import Column
from dmaic.errors import ReadError, UsageError

RECORDS = [
    {"id": 1, "plan": "Pro", "mrr": 5.5, "lost": True, "since": datetime(2024, 1, 2)},
    {"id": 2, "plan": None, "mrr": 6.0, "lost": False, "since": None},
]
CELLS = [
    (1, "Pro", 5.5, True, datetime(2024, 1, 2)),
    (2, None, 6.0, False, None),
]


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (pd.DataFrame, "pandas DataFrame"),
        (pl.DataFrame, "polars DataFrame"),
        (lambda rows: pl.DataFrame(rows).lazy(), "polars LazyFrame"),
        (pa.Table.from_pylist, "pyarrow Table"),
        (lambda rows: pa.Table.from_pylist(rows).to_reader(), "pyarrow RecordBatchReader"),
        (list, "list of records"),
    ],
)
def test_frames(opened, rows, engine, make, name):
    source = opened(make(RECORDS))
    assert [column.name for column in source.columns] == ["id", "plan", "mrr", "lost", "since"]
    engine.close_doors(source.paths)
    assert rows(source) == CELLS
    assert rows(source) == CELLS
    assert (source.name, source.facts["frame"]) == ("<frame>", name)
    assert source.sha256() is None
    assert source.size == 0


def test_pandas_columns_of_all_sorts(opened, rows):
    frame = pd.DataFrame(
        {
            "code": pd.Categorical(["a", "b"]),
            "mix": np.array([1.0, "x"], dtype=object),
            "day": [date(2024, 1, 2), None],
            "at": pd.to_datetime(["2024-01-02T03:04Z", None]),
            5: ["x", "y"],
            ("a", "b"): [1, 2],
        }
    )
    source = opened(frame)
    assert [column.name for column in source.columns] == ["code", "mix", "day", "at", "5", "a.b"]
    assert source.columns[0] == Column("code")
    assert rows(source)[0][:2] == ("a", "1")
    assert rows(source)[0][3] == datetime(2024, 1, 2, 3, 4)
    assert rows(source)[1][1:4] == ("x", None, None)


def test_pandas_names_that_meet(opened, rows):
    frame = pd.DataFrame([[1, 2, 3]], columns=["a", "A", ""])
    source = opened(frame)
    assert [column.name for column in source.columns] == ["a", "A (2)", "column 3"]
    assert list(frame.columns) == ["a", "A", ""]


def test_mixed_cells_late_in_a_column(opened, rows):
    frame = pd.DataFrame({"x": pd.Series([*range(5000), "late"], dtype=object)})
    assert rows(opened(frame))[-1] == ("late",)


def test_records_with_different_fields_and_nested_values(opened, rows):
    source = opened([{"id": 1, "x": {"a": 1}}, {"y": "z\0", "id": "b"}])
    assert source.columns == (Column("id"), Column("x"), Column("y"))
    assert rows(source) == [("1", '{"a": 1}', None), ("b", None, "z")]


@pytest.mark.parametrize(
    "source", [5, None, {"id": [1]}, object(), np.zeros(3), [1, 2], b"x.csv", [{"a": 1}, 5]]
)
def test_what_is_no_frame(opened, source):
    with pytest.raises(UsageError) as caught:
        opened(source)
    assert caught.value.code == "read.frame"


@pytest.mark.parametrize(
    "source", [pd.DataFrame(), pd.DataFrame({"id": []}), pl.DataFrame({"id": []}), [{}]]
)
def test_frames_without_data(opened, source):
    with pytest.raises(ReadError) as caught:
        opened(source)
    assert caught.value.code in ("read.no-rows", "read.empty-file")
