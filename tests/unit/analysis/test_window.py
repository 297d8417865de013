"""Windows of time: who was at risk in them and who was lost in them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import dmaic
from dmaic.analysis.window import day
from dmaic.errors import DataError, UsageError

from .conftest import CUSTOMERS, DAYS, Customer, to_csv

EVER = date(1900, 1, 1), date(2200, 12, 31)


@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
@given(CUSTOMERS, st.none() | DAYS, st.none() | DAYS)
def test_a_window_is_as_counted_by_hand(
    scratch, customers: list[Customer], since: date | None, until: date | None
) -> None:
    assume(since or until)
    assume(not (since and until) or since <= until)
    first, last = since or EVER[0], until or EVER[1]
    there = [each for each in customers if each.was_there(first, last)]
    gone = [each for each in there if each.left_in(first, last)]
    assume(gone)
    scratch.write_text(to_csv(customers), "utf-8")

    result = dmaic.pareto(
        scratch, "segment", since=since and str(since), until=until and str(until)
    )

    undated = [each for each in customers if each.lost and each.left is None]
    told = {each.code: each.count for each in result.findings}
    assert told.get("undated-churn", 0) == len(undated)
    for row in result.rows:
        (name,) = row.category
        mine = [each for each in gone if each.segment == name]
        assert row.churned == len(mine)
        assert row.value == pytest.approx(sum(each.cents for each in mine) / 100)
        if result.total_exposure is not None:
            assert row.exposure == sum(each.segment == name for each in there)
    assert (result.total_exposure is None) == (len(gone) == len(there))
    assert sum(row.churned for row in result.rows) == len(gone)


SMALL = """id,segment,churned,churn_date
1,A,Yes,2024-01-31
2,A,Yes,2024-02-01 23:59:59
3,A,Yes,2024-02-02
4,A,Yes,
5,A,No,
"""


@pytest.mark.parametrize(
    ("since", "until", "churned", "exposure"),
    [
        ("2024-02", None, 2, 3),  # 1 left before, 4 cannot be placed
        (None, "2024-01", 1, 4),
        ("2024-02-01", "2024-02-01", 1, 3),  # the whole day counts
        ("2024", "2024", 3, 4),
        (None, "9999-12-31", 3, 4),
        (None, "9999-12", 3, 4),
        ("0001", "9999", 3, 4),
    ],
)
def test_windows_include_both_ends(
    write, since: str | None, until: str | None, churned: int, exposure: int
) -> None:
    result = dmaic.pareto(write(SMALL), "segment", since=since, until=until)
    assert (result.total_churned, result.total_exposure) == (churned, exposure)
    (undated,) = (each for each in result.findings if each.code == "undated-churn")
    assert (undated.count, undated.rows) == (1, (5,))


def test_the_undated_are_those_of_the_filter(write) -> None:
    result = dmaic.pareto(write(SMALL), "segment", since="2024", where="id <> '4'")
    assert "undated-churn" not in {each.code for each in result.findings}


def test_without_a_window_the_undated_count(write) -> None:
    result = dmaic.pareto(write(SMALL), "segment")
    assert (result.total_churned, result.total_exposure) == (4, 5)


def test_a_window_needs_churn_dates(write) -> None:
    with pytest.raises(DataError) as stopped:
        dmaic.pareto(write("id,segment,churned\n1,A,Yes\n"), "segment", since="2024")
    assert stopped.value.code == "role.churned-at-missing"


def test_a_window_that_ends_before_it_begins(write) -> None:
    with pytest.raises(UsageError) as stopped:
        dmaic.pareto(write(SMALL), "segment", since="2024-02", until="2024-01")
    assert stopped.value.code == "usage.window"


def test_filters_are_told_in_words(write) -> None:
    result = dmaic.pareto(write(SMALL), "segment", where="id > 1", since="2024-02", until="2024")
    assert result.inputs.filters == ("where id > 1", "since 2024-02-01", "until 2024-12-31")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        (" 2024-12 ", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-06-30", date(2024, 6, 30), date(2024, 6, 30)),
    ],
)
def test_a_day_a_month_and_a_year(text: str, first: date, last: date) -> None:
    assert (day(text, "--since"), day(text, "--until")) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-1", "2024-02-30", "01/02/2024", "abcd", "abcdefg", "0000"]
)
@pytest.mark.parametrize("option", ["--since", "--until"])
def test_what_is_no_date(text: str, option: str) -> None:
    with pytest.raises(UsageError) as stopped:
        day(text, option)
    assert stopped.value.code == "usage.date"
