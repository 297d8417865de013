"""Parquet, JSON and JSON Lines."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dmaic.churn.column import Column
from dmaic.errors import ReadError

RECORDS = [
    {
        "id": "a1",
        "mrr": 5.5,
        "since": "2024-01-02",
        "day": "01/02/2024",
        "plan": {"name": "Pro", "in": {"x": 1}},
    },
    {"id": "a2", "mrr": 6, "tags": ["x", "y"], "plan": {"name": None}, "lost": True},
]
COLUMNS = (
    Column("id"), Column("mrr", "DOUBLE"), Column("since"), Column("day"), Column("plan.name"),
    Column("plan.in.x", "BIGINT"), Column("tags"), Column("lost", "BOOLEAN"),
)  # fmt: skip
CELLS = [
    ("a1", 5.5, "2024-01-02", "01/02/2024", "Pro", 1, None, None),
    ("a2", 6.0, None, None, None, None, '["x","y"]', True),
]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (json.dumps(RECORDS), "json"),
        (json.dumps(RECORDS, indent=2), "json"),
        ("\n".join(map(json.dumps, RECORDS)), "jsonl"),
        ("\ufeff" + "\r\n".join(map(json.dumps, RECORDS)) + "\r\n\r\n", "jsonl"),
        (json.dumps({"object": "list", "has_more": False, "data": RECORDS}), None),
        (json.dumps({"object": "list", "has_more": False, "data": RECORDS}, indent=1), "json"),
        ("\n".join(json.dumps(each, indent=1) for each in RECORDS), "json"),
    ],
)
def test_json_in_all_its_shapes(write, opened, rows, text, kind):
    source = opened(write(text))
    assert source.columns == COLUMNS
    assert rows(source) == CELLS
    if kind:
        assert source.facts["format"] == kind


def test_json_in_utf_16(write, opened, rows):
    assert rows(opened(write(json.dumps(RECORDS).encode("utf-16")), input_format="json")) == CELLS


def test_json_fields_that_come_late(write, opened, rows):
    records = [{"id": n} for n in range(30_000)] + [{"id": "x", "late": {"a": "b"}}]
    source = opened(write(json.dumps(records)))
    assert source.columns == (Column("id"), Column("late.a"))
    assert len(rows(source)) == 30_001


def test_json_wrapped_and_large(write, opened, rows):
    records = [{"id": n, "note": "x" * 1000} for n in range(20_000)]
    source = opened(write(json.dumps({"data": records})))
    assert len(rows(source)) == 20_000


def test_json_names_that_meet_when_flattened(write, opened, rows):
    source = opened(write('[{"a": {"b": 1}, "a.b": 2, "A": {"B": 3}}]'))
    assert [column.name for column in source.columns] == ["a.b", "a.b (2)", "A_1.B"]
    assert rows(source) == [(1, 2, 3)]


def test_json_names_that_differ_in_case_only(write, opened, rows):
    assert rows(opened(write('[{"a": 1, "A": 2}, {"a": 3, "A": 4}]'))) == [(1, 2), (3, 4)]
    with pytest.raises(ReadError) as caught:
        opened(write('[{"s": {"a": 1, "A": 2}}]'))
    assert caught.value.code == "read.json-shape"


def test_json_names_are_data(write, opened, rows):
    name = "x') ; DROP TABLE y; --\""
    source = opened(write(json.dumps([{name: 1, "p": {name: "q"}}])))
    assert [column.name for column in source.columns] == [name, f"p.{name}"]
    assert rows(source) == [(1, "q")]


def test_json_deeper_than_anyone_nests(write, opened):
    text = '[{"a":' * 3000 + "1" + "}]" * 3000
    with pytest.raises(ReadError) as caught:
        opened(write(text))
    assert caught.value.code in ("read.corrupt", "read.json-shape")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[{"a":1},', "read.corrupt"),
        ('[{"a":1},{"a":', "read.corrupt"),
        ('{"a":1}\n{"a":', "read.corrupt"),
        ('{"data":[{"a":1},{"a"', "read.corrupt"),
        ("[[1,2],[3,4]]", "read.json-shape"),
        ('[{"a":1},5]', "read.json-shape"),
        ("[]", "read.no-rows"),
        ("{}", "read.no-rows"),
        ('{"data": []}', "read.no-rows"),
    ],
)
def test_json_that_is_no_table(write, opened, text, code):
    with pytest.raises(ReadError) as caught:
        opened(write(text))
    assert caught.value.code == code
    assert caught.value.where == "export.csv"


def test_csv_that_begins_with_a_bracket(write, opened, rows):
    assert rows(opened(write("[id],{plan}\n1,Pro\n"))) == [("1", "Pro")]


def test_parquet(tmp_path, opened, rows):
    moment = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    table = pa.table(
        {
            "id": pa.array([1, 2], pa.int32()),
            "mrr": pa.array([5, 6], pa.decimal128(9, 2)),
            "plan": pa.array(["Pro", "Basic"]).dictionary_encode(),
            "at": pa.array([moment, None], pa.timestamp("us", tz="Europe/Berlin")),
            "on": pa.array([moment.date(), None]),
            "lost": pa.array([True, None]),
            "who": pa.array([{"name": "a", "tags": [1]}, None]),
        }
    )
    path = tmp_path / "export[1].csv"
    pq.write_table(table, path)
    source = opened(path)
    assert source.columns == (
        Column("id", "INTEGER"), Column("mrr", "DECIMAL(9,2)"), Column("plan"),
        Column("at", "TIMESTAMP"), Column("on", "DATE"), Column("lost", "BOOLEAN"),
        Column("who.name"), Column("who.tags"),
    )  # fmt: skip
    first, second = rows(source)
    assert first[3] == datetime(2024, 1, 2, 3, 4, 5)
    assert first[5:] == (True, "a", "[1]")
    assert second[3:] == (None,) * 5
    assert source.first_row == 1


@pytest.mark.parametrize("keep", [0.2, 0.7, 0.99])
def test_damaged_parquet(tmp_path, opened, keep):
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"id": list(range(1000))}), path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(ReadError) as caught:
        opened(path)
    assert caught.value.code == "read.corrupt"


def test_parquet_without_rows(tmp_path, opened):
    pq.write_table(pa.table({"id": pa.array([], pa.int32())}), tmp_path / "x.parquet")
    with pytest.raises(ReadError) as caught:
        opened(tmp_path / "x.parquet")
    assert caught.value.code == "read.no-rows"


def test_files_of_several_kinds_and_types_together(tmp_path, write, opened, rows):
    pq.write_table(pa.table({"mrr": [1.5, 2], "id": [1, 2]}), tmp_path / "1.parquet")
    write('[{"id": 3, "mrr": 4}]', "2.json")
    both = opened([tmp_path / "1.parquet", tmp_path / "2.json"])
    assert both.columns == (Column("mrr", "DOUBLE"), Column("id", "BIGINT"))
    write("id,mrr\n5,x\n", "3.csv")
    three = opened([tmp_path / "1.parquet", tmp_path / "2.json", tmp_path / "3.csv"])
    assert rows(three) == [("1.5", "1"), ("2.0", "2"), ("4", "3"), ("x", "5")]
