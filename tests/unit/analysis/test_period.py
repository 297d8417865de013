"""Periods within one export: aligned, complete and counted as by hand."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import assume, given, settings

import dmaic
from dmaic.errors import DataError

from .conftest import CUSTOMERS, Customer, to_csv


def months(first: date, last: date) -> list[tuple[date, date]]:
    """First and last day of every month from one date's to another's."""
    spans = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        spans.append((date(year, month, 1), date(year, month, monthrange(year, month)[1])))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return spans


@settings(max_examples=40)
@given(CUSTOMERS)
def test_months_are_as_counted_by_hand(scratch, customers: list[Customer]) -> None:
    left = [each.left for each in customers if each.lost and each.left]
    assume(left)
    spans = months(min(left), max(left))
    assume(len(spans) > 1)
    scratch.write_text(to_csv(customers), "utf-8")

    result = dmaic.pareto(scratch, "segment", split="month")

    assert list(result.periods) == [f"{first:%Y-%m}" for first, _ in spans]
    placed = [each for each in customers if not (each.lost and each.left is None)]
    knows = any(not each.lost for each in placed)
    for row in result.rows:
        (name,) = row.category
        mine = [each for each in placed if each.segment == name]
        for cell, (first, last) in zip(row.cells, spans, strict=True):
            gone = [each for each in mine if each.left_in(first, last)]
            assert cell.churned == len(gone)
            # A period in which nobody is there at all has no sums rather than sums of nothing.
            assert (cell.value or 0) == pytest.approx(sum(each.cents for each in gone) / 100)
            if knows:
                assert (cell.exposure or 0) == sum(each.was_there(first, last) for each in mine)


SMALL = """id,segment,churned,signup_date,churn_date,channel
1,A,Yes,2024-01-10,2024-01-20,web
2,A,Yes,2024-02-01,2024-04-30,web
3,B,No,2024-04-01,,shop
4,B,No,,,
"""


def test_who_left_before_coming_is_counted_where_they_left_and_told(write) -> None:
    text = SMALL + "5,B,Yes,2024-04-09,2024-02-10,web\n"
    result = dmaic.pareto(write(text), "segment", split="month")
    assert [total.churned for total in result.totals] == [1, 1, 0, 1]
    (told,) = (each for each in result.findings if each.code == "end-before-start")
    assert (told.count, told.rows) == (1, (6,))


def test_months_without_a_loss_are_shown(write) -> None:
    result = dmaic.pareto(write(SMALL), "segment", split="month")
    assert result.periods == ("2024-01", "2024-02", "2024-03", "2024-04")
    assert [total.churned for total in result.totals] == [1, 0, 0, 1]
    # January: 1 and 4, who has no sign-up date. March: 2 and 4. April: 2, 3 and 4.
    assert [total.exposure for total in result.totals] == [2, 2, 2, 3]


def test_quarters(write) -> None:
    result = dmaic.pareto(write(SMALL), "segment", split="quarter")
    assert result.periods == ("2024-Q1", "2024-Q2")
    assert [total.exposure for total in result.totals] == [3, 3]


def test_a_split_by_a_column_puts_blanks_last(write) -> None:
    result = dmaic.pareto(write(SMALL), "segment", split="channel")
    assert result.periods == ("shop", "web", "(blank)")


def test_a_window_bounds_the_periods(write) -> None:
    text = SMALL + "5,B,Yes,2024-01-01,2024-05-20,web\n"
    result = dmaic.pareto(write(text), "segment", split="month", since="2024-04", until="2024-05")
    assert result.periods == ("2024-04", "2024-05")
    assert [total.churned for total in result.totals] == [1, 1]
    assert [total.exposure for total in result.totals] == [4, 3]


@pytest.mark.parametrize(("last", "fires"), [("2024-04-30", False), ("2024-04-20", True)])
def test_a_last_period_that_is_not_complete(write, last: str, fires: bool) -> None:
    result = dmaic.pareto(write(SMALL.replace("2024-04-30", last)), "segment", split="month")
    assert ("partial-last-period" in {each.code for each in result.findings}) is fires


@pytest.mark.parametrize(
    ("split", "code"), [("month", "pareto.one-period"), ("id", "pareto.too-many-periods")]
)
def test_one_period_and_too_many(write, split: str, code: str) -> None:
    rows = "".join(f"{n},A,Yes,2024-01-01,2024-01-{n % 28 + 1:02}\n" for n in range(70))
    file = write("id,segment,churned,signup_date,churn_date\n" + rows)
    with pytest.raises(DataError) as stopped:
        dmaic.pareto(file, "segment", split=split)
    assert stopped.value.code == code


def test_spans_are_of_the_time_asked_for(write) -> None:
    head = "id,s,churned,churn_date\n"
    before = write(head + "1,A,Yes,2024-01-01\n2,A,Yes,2024-01-31\n3,A,No,\n", "before.csv")
    after = write(head + "1,A,Yes,2024-01-01\n2,A,Yes,2024-06-30\n3,A,No,\n", "after.csv")
    (told,) = dmaic.pareto(before, "s", compare=after).findings
    # 31 days, and January to June of a leap year: 182.
    assert told.code == "unequal-spans"
    assert "31 days" in told.message
    assert "182 days" in told.message
    assert dmaic.pareto(before, "s", compare=after, until="2024-01").findings == ()


def test_dates_that_nothing_rests_on_need_not_be_read(write) -> None:
    text = "id,s,churned,churn_date\n1,A,Yes,01/02/2024\n2,A,No,\n"
    before, after = write(text, "before.csv"), write(text, "after.csv")
    assert dmaic.pareto(before, "s", compare=after).periods == ("before.csv", "after.csv")
