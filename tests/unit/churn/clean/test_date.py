from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from dmaic.churn.clean import date as dates
from dmaic.errors import AmbiguousError, DataError

if TYPE_CHECKING:
    from conftest import MakeRows

D = datetime

WRITTEN: list[tuple[str, list[tuple[str | None, datetime | None]]]] = [
    ("iso", [("2025-12-31", D(2025, 12, 31)), ("2025-1-5", D(2025, 1, 5)), ("", None),
             (None, None)]),
    ("iso time", [("2025-12-31T10:20:30", D(2025, 12, 31, 10, 20, 30))]),
    ("iso zulu", [("2025-12-31T10:20:30Z", D(2025, 12, 31, 10, 20, 30))]),
    ("iso UTC", [("2025-12-31 10:20 UTC", D(2025, 12, 31, 10, 20))]),
    ("fraction", [("2025-12-31 10:20:30.5", D(2025, 12, 31, 10, 20, 30, 500_000)),
                  ("2025-12-31 10:20:30.1234567", D(2025, 12, 31, 10, 20, 30, 123_456))]),
    # Offsets are taken off: 10:00 at +02:00 is 08:00 in UTC.
    ("offset", [("2025-12-31T10:00:00+02:00", D(2025, 12, 31, 8)),
                ("2025-12-31 23:00:00.25 -0530", D(2026, 1, 1, 4, 30, 0, 250_000)),
                ("2025-12-31 10:00+02", D(2025, 12, 31, 8)),
                ("2025-12-30", D(2025, 12, 30))]),
    ("slashes", [("2025/12/31", D(2025, 12, 31)), ("2025/12/31 9:05", D(2025, 12, 31, 9, 5))]),
    ("compact", [("20251231", D(2025, 12, 31)), ("20240229", D(2024, 2, 29)), ("0", None)]),
    ("compact from a frame", [("20251231.0", D(2025, 12, 31)), ("nan", None)]),
    ("month first", [("12/31/2025", D(2025, 12, 31)), ("1/2/2025", D(2025, 1, 2))]),
    ("day first", [("31.12.2025", D(2025, 12, 31)), ("01.02.2025", D(2025, 2, 1))]),
    ("day first with dashes", [("31-12-2025", D(2025, 12, 31)), ("1-2-2025", D(2025, 2, 1))]),
    ("day first with spaces", [("31. 12. 2025", D(2025, 12, 31)), ("1. 2. 2025", D(2025, 2, 1))]),
    ("short years", [("12/31/25", D(2025, 12, 31)), ("1/2/99", D(1999, 1, 2))]),
    ("short years, day first", [("31/12/25", D(2025, 12, 31)), ("1/2/25", D(2025, 2, 1))]),
    ("short years, year over 31", [("31/12/98", D(1998, 12, 31)), ("01/02/25", D(2025, 2, 1))]),
    ("noon", [("12/31/2025 1:05 PM", D(2025, 12, 31, 13, 5)),
              ("1/2/2025 12:00 am", D(2025, 1, 2)),
              ("1/2/2025, 12:30:15PM", D(2025, 1, 2, 12, 30, 15))]),
    ("iso with noon", [("2025-12-31 10:00:00 PM", D(2025, 12, 31, 22))]),
    ("english", [("31 Dec 2025", D(2025, 12, 31)), ("Dec 31, 2025", D(2025, 12, 31)),
                 ("31-Dec-25", D(2025, 12, 31)), ("December 31st, 2025", D(2025, 12, 31)),
                 ("Sept. 3, 2025 10:15 am", D(2025, 9, 3, 10, 15)),
                 ("Wed, 31 Dec 2025 10:00:00 GMT", D(2025, 12, 31, 10)),
                 ("Thursday, January 1, 2026", D(2026, 1, 1)), ("2025-Dec-31", D(2025, 12, 31))]),
    ("german", [("31. März 2025", D(2025, 3, 31)), ("1. Mai 2025", D(2025, 5, 1)),
                ("Mi., 15. Okt. 2025", D(2025, 10, 15)), ("3. Jänner 2025", D(2025, 1, 3))]),
    ("french", [("1er janv. 2025", D(2025, 1, 1)), ("31 DÉC. 2025", D(2025, 12, 31)),
                ("mar. 4 mars 2025", D(2025, 3, 4)), ("14 août 2025", D(2025, 8, 14))]),
    ("spanish", [("31 de diciembre de 2025", D(2025, 12, 31)), ("1 ene 2025", D(2025, 1, 1))]),
    ("months", [("2025-12", D(2025, 12, 1)), ("12/2025", D(2025, 12, 1)),
                ("Dec 2025", D(2025, 12, 1))]),
    # 1767225600 is 2026-01-01T00:00:00Z (date -u -d @1767225600).
    ("epoch seconds", [("1767225600", D(2026, 1, 1)),
                       ("1767225600.5", D(2026, 1, 1, 0, 0, 0, 500_000))]),
    ("epoch milliseconds", [("1767225600000", D(2026, 1, 1)), ("", None)]),
    # Excel: 45292 is 2024-01-01, a half is noon.
    ("Excel serials", [("45292", D(2024, 1, 1)), ("45292.5", D(2024, 1, 1, 12))]),
    ("iso and month first", [("2025-12-31", D(2025, 12, 31)), ("12/31/2025", D(2025, 12, 31))]),
    ("no dates", [("0000-00-00", None), ("1900-01-00", None), ("9999-12-31", None), ("n/a", None),
                  ("0000-00-00 00:00:00", None), ("1900-01-01", None), ("infinity", None),
                  ("2025-02-28", D(2025, 2, 28))]),
    ("odd spaces", [("\u00a031.12.2025 ", D(2025, 12, 31))]),
]  # fmt: skip


@pytest.mark.parametrize("cells", [w[1] for w in WRITTEN], ids=[w[0] for w in WRITTEN])
def test_dates_are_read_as_written(
    make_rows: MakeRows, cells: list[tuple[str | None, datetime | None]]
) -> None:
    rows = make_rows([cell for cell, _ in cells])
    reading = dates.decide(rows.column, rows)
    assert reading.kind == "date"
    assert rows.read(reading) == [value for _, value in cells]
    assert rows.misfits(reading) == []


@pytest.mark.parametrize(
    ("kind", "cells", "values"),
    [
        ("DATE", [date(2025, 12, 31), None], [D(2025, 12, 31), None]),
        ("DATE", [date(9999, 12, 31), date(1, 1, 1), date(1900, 1, 1)], [None] * 3),
        ("TIMESTAMP", [D(2025, 12, 31, 10)], [D(2025, 12, 31, 10)]),
        ("TIMESTAMP_S", [D(2025, 12, 31, 10)], [D(2025, 12, 31, 10)]),
        ("TIMESTAMP_NS", [D(2025, 12, 31, 10)], [D(2025, 12, 31, 10)]),
        ("TIMESTAMP WITH TIME ZONE", ["2025-12-31 10:00:00+02", "infinity"],
         [D(2025, 12, 31, 8), None]),
        ("INTEGER", [20251231, None], [D(2025, 12, 31), None]),
        ("INTEGER", [45292, 0], [D(2024, 1, 1), None]),
        ("BIGINT", [1767225600], [D(2026, 1, 1)]),
        ("BIGINT", [1767225600000], [D(2026, 1, 1)]),
        ("DOUBLE", [45292.5, float("nan")], [D(2024, 1, 1, 12), None]),
        ("INTEGER", [None], [None]),
    ],
)  # fmt: skip
def test_native_values_pass(
    make_rows: MakeRows, kind: str, cells: list[Any], values: list[Any]
) -> None:
    rows = make_rows(cells, kind)
    reading = dates.decide(rows.column, rows)
    assert rows.read(reading) == values
    assert [n for (n,) in rows.select(f"count_if({reading.misfit})")] == [0]


def test_native_dates_out_of_range_are_misfits(make_rows: MakeRows) -> None:
    rows = make_rows([date(1850, 1, 1), date(2025, 1, 1)], "DATE")
    reading = dates.decide(rows.column, rows)
    assert rows.read(reading) == [None, D(2025, 1, 1)]
    assert rows.misfits(reading) == [date(1850, 1, 1)]


def test_two_orders_that_fit_stop_with_both(make_rows: MakeRows) -> None:
    rows = make_rows(["03/04/2025", "12/11/2025", "", None])
    with pytest.raises(AmbiguousError) as caught:
        dates.decide(rows.column, rows)
    assert caught.value.code == "read.ambiguous-date"
    assert "2025-03-04" in caught.value.message
    assert "2025-04-03" in caught.value.message
    assert "--date-order mdy" in caught.value.hint
    assert "--date-order dmy" in caught.value.hint


@pytest.mark.parametrize(
    ("order", "value"), [("mdy", D(2025, 3, 4)), ("dmy", D(2025, 4, 3)), ("ymd", None)]
)
def test_the_person_decides(make_rows: MakeRows, order: Any, value: datetime | None) -> None:
    rows = make_rows(["03/04/2025"])
    if value is None:
        # A year of four digits at the end cannot come first: the question stays open.
        with pytest.raises(AmbiguousError):
            dates.decide(rows.column, rows, order)
        return
    reading = dates.decide(rows.column, rows, order)
    assert rows.read(reading) == [value]


def test_an_order_said_does_not_bend_iso_dates(make_rows: MakeRows) -> None:
    rows = make_rows(["2025-03-04"])
    assert rows.read(dates.decide(rows.column, rows, "dmy")) == [D(2025, 3, 4)]


def test_short_years_may_come_first(make_rows: MakeRows) -> None:
    rows = make_rows(["25-12-31", "25-11-02"])
    with pytest.raises(AmbiguousError) as caught:
        dates.decide(rows.column, rows)
    assert "year first" in caught.value.message
    assert rows.read(dates.decide(rows.column, rows, "ymd")) == [D(2025, 12, 31), D(2025, 11, 2)]


def test_many_years_with_few_days_are_not_believed(make_rows: MakeRows) -> None:
    # Read year first, 01/05/24 to 28/05/24 would be the 24th of May in 28 years.
    cells = [f"{day:02}/{month:02}/24" for day in range(1, 29) for month in (5, 11)]
    rows = make_rows([*cells, "31/12/24"])
    reading = dates.decide(rows.column, rows)
    assert reading.label == "day first (31/12/25)"
    assert rows.read(reading)[0] == D(2024, 5, 1)


def test_mixed_orders_stop_with_an_example_of_each(make_rows: MakeRows) -> None:
    rows = make_rows(["12/31/2025"] * 99 + ["31/12/2025"])
    with pytest.raises(DataError) as caught:
        dates.decide(rows.column, rows)
    assert caught.value.code == "read.mixed-date-order"
    assert '"12/31/2025"' in caught.value.message
    assert '"31/12/2025"' in caught.value.message
    reading = dates.decide(rows.column, rows, "mdy")
    assert rows.misfits(reading) == ["31/12/2025"]


@pytest.mark.parametrize("cell", ["03/04/2025", "12/31/2025", "31/12/2025"])
def test_alike_days_and_months_decide_nothing(make_rows: MakeRows, cell: str) -> None:
    head = make_rows(["01/01/2025", "02/02/2025", ""])
    reading = dates.decide(head.column, head)
    assert head.read(reading) == [D(2025, 1, 1), D(2025, 2, 2), None]
    assert head.misfits(reading) == []
    assert head.on([cell, "03/03/2025"]).misfits(reading) == [cell]


@pytest.mark.parametrize(
    "cell",
    ["abc", "2025-02-30", "2025-13-01", "1850-01-01", "2500-01-01", "12/31/2025", "2025", "epoch",
     "2025-01-01 10:00:00 Europe/Berlin", "2025-01-01 25:00", "Foo 3, 2025", "x" * 100_000],
)  # fmt: skip
def test_what_is_no_date_is_a_misfit(make_rows: MakeRows, cell: str) -> None:
    head = make_rows(["2025-01-01", "2025-01-02 10:00"])
    reading = dates.decide(head.column, head)
    rest = head.on([cell, "2025-03-03"])
    assert rest.read(reading) == [None, D(2025, 3, 3)]
    assert rest.misfits(reading) == [cell]


def test_an_offset_after_plain_times_is_a_misfit(make_rows: MakeRows) -> None:
    head = make_rows(["2025-01-01 10:00:00"])
    reading = dates.decide(head.column, head)
    rest = head.on(["2025-01-01 10:00:00+05:00"])
    assert rest.read(reading) == [None]
    assert rest.misfits(reading) == ["2025-01-01 10:00:00+05:00"]


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("VARCHAR", ["abc", "def"]),
        ("VARCHAR", ["2025-02-30", "2025-02-31"]),
        ("VARCHAR", ["29.99", "49.99"]),
        ("VARCHAR", ["2025-01-01", "tbd"]),
        ("INTEGER", [5, 6]),
        ("BOOLEAN", [True]),
    ],
)
def test_columns_without_dates_are_refused(
    make_rows: MakeRows, kind: str, cells: list[Any]
) -> None:
    rows = make_rows(cells, kind)
    with pytest.raises(DataError) as caught:
        dates.decide(rows.column, rows)
    assert caught.value.code == "read.not-a-date"


def test_a_few_bad_cells_are_misfits(make_rows: MakeRows) -> None:
    rows = make_rows(["31.12.2025"] * 40 + ["2025-02-30", "tbd"])
    reading = dates.decide(rows.column, rows)
    assert rows.misfits(reading) == ["2025-02-30", "tbd"]


@pytest.mark.parametrize("cells", [[], [None], ["", None], ["n/a", "0000-00-00"]])
def test_blank_columns_read_as_nothing(make_rows: MakeRows, cells: list[Any]) -> None:
    head = make_rows(cells)
    reading = dates.decide(head.column, head)
    assert head.read(reading) == [None] * len(cells)
    assert head.misfits(reading) == []
    assert head.on(["2025-01-01"]).misfits(reading) == ["2025-01-01"]


def test_iso_dates_cost_two_questions_and_no_pattern(make_rows: MakeRows) -> None:
    rows = make_rows(["2025-12-31", "2025-01-01", ""])
    reading = dates.decide(rows.column, rows)
    assert rows.asked == 2
    assert "regexp" not in reading.sql + reading.misfit


@pytest.mark.parametrize(
    ("cells", "label"),
    [
        (["2025-12-31"], "2025-12-31"),
        (["12/31/2025"], "month first (12/31/2025)"),
        (["31.12.2025 10:00"], "day first (31.12.2025)"),
        (["31 Dec 2025"], "31 Dec 2025"),
        (["45292"], "Excel serial"),
        (["1767225600"], "epoch seconds"),
        (["2025-12-31 10:00+02:00"], "2025-12-31 with offset, as UTC"),
    ],
)
def test_labels_show_the_order(make_rows: MakeRows, cells: list[str], label: str) -> None:
    rows = make_rows(cells)
    assert dates.decide(rows.column, rows).label == label


def test_offsets_do_not_depend_on_the_zone_of_the_session(make_rows: MakeRows) -> None:
    # The session is in Tokyo (conftest); datetime does the same sum.
    rows = make_rows(["2025-06-30T23:30:00-03:00"])
    expected = datetime.fromisoformat("2025-06-30T23:30:00-03:00").astimezone(UTC)
    assert rows.read(dates.decide(rows.column, rows)) == [expected.replace(tzinfo=None)]
