"""Series: what is counted, what the points are called, and in which order they stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dmaic.analysis.control import control
from dmaic.analysis.series import read_series
from dmaic.analysis.series_question import SeriesQuestion, Taken
from dmaic.churn.export import open_export
from dmaic.errors import DataError, UsageError

Read = Callable[..., Taken]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def taken(text: str, **asked: Any) -> Taken:
        path = tmp_path / "table.csv"
        path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n")
        with open_export(path) as table:
            return read_series(table, SeriesQuestion(**asked))

    return taken


def codes(taken: Taken) -> set[str]:
    return {finding.code for finding in taken.findings}


def test_points_stand_in_the_order_of_their_dates_whatever_the_order_of_rows(read: Read) -> None:
    taken = read("month,lost\n2024-03,3\n2024-01,1\n2024-02,2", value="lost")
    assert taken.series.labels == ("2024-01", "2024-02", "2024-03")
    assert taken.series.values == (1.0, 2.0, 3.0)
    assert taken.series.period == "month"
    assert codes(taken) == {"rows-sorted"}


@pytest.mark.parametrize(
    ("cells", "labels", "period"),
    [
        (("Jan 2024", "Feb 2024"), ("2024-01", "2024-02"), "month"),
        (("31.01.2024", "29.02.2024"), ("2024-01-31", "2024-02-29"), "point"),
        (("2024-Q1", "2024-Q2"), ("2024-Q1", "2024-Q2"), "quarter"),
        (("2024-W09", "2024-W10"), ("2024-W09", "2024-W10"), "week"),
        (("2023", "2024"), ("2023", "2024"), "year"),
        (("7", "8"), ("7", "8"), "point"),
        (("second", "first"), ("second", "first"), "point"),
    ],
)
def test_dates_become_iso_dates_and_other_names_stay(
    read: Read, cells: tuple[str, str], labels: tuple[str, str], period: str
) -> None:
    taken = read(f"date,hours\n{cells[0]},1\n{cells[1]},2", value="hours")
    assert taken.series.labels == labels
    assert taken.series.period == period


def test_without_a_column_of_names_points_are_numbered(read: Read) -> None:
    assert read("hours\n4\n5\n6", value="hours").series.labels == ("1", "2", "3")


def test_what_is_lost_of_a_size_is_a_share_until_more_are_lost_than_there_are(read: Read) -> None:
    shares = read("n,lost\n50,2\n60,60", count="lost", size="n").series
    assert (shares.data, shares.sizes) == ("defectives", (50.0, 60.0))
    assert read("n,lost\n50,2\n60,61", count="lost", size="n").series.data == "defects"
    assert read("n,lost\n50,2\n60,6", count="lost").series.data == "defects"


def test_rows_without_a_figure_are_left_out_and_told(read: Read) -> None:
    taken = read("month,lost,n\n2024-01,1,9\n2024-02,,9\n2024-03,2,9", count="lost", size="n")
    assert taken.series.labels == ("2024-01", "2024-03")
    assert codes(taken) == {"blank-cells"}


def test_since_and_until_choose_points_by_their_dates(read: Read) -> None:
    text = "month,lost\n2024-01,1\n2024-02,2\n2024-03,3"
    assert read(text, value="lost", since="2024-02", until="2024-02").series.values == (2.0,)
    with pytest.raises(UsageError) as refused:
        read("lost\n1\n2", value="lost", since="2024-02")
    assert refused.value.code == "control.undated"


def test_measures_of_a_subgroup_stand_together(read: Read) -> None:
    taken = read("shift,hours\nb,1\na,2\nb,3\na,4", value="hours", subgroup="shift").series
    assert taken.labels == ("b", "b", "a", "a")
    assert taken.values == (1.0, 3.0, 2.0, 4.0)


def test_rows_are_counted_also_in_weeks_without_any(read: Read) -> None:
    # A Monday, the Sunday of the same week, nothing in the next one, and the Sunday after it.
    taken = read("ticket,opened\n1,2024-01-01\n2,2024-01-07\n3,2024-01-21", by="week").series
    assert taken.labels == ("2024-W01", "2024-W02", "2024-W03")
    assert taken.values == (2.0, 0.0, 1.0)


LOSSES = """
    customer_id,signup_date,churn_date,mrr
    a,2023-01-01,2024-01-31,10
    b,2023-01-01,2024-03-01,20
    c,2023-01-01,2024-03-01,30
    d,2023-01-01,2024-07-01,40
    e,2024-03-01,,50
"""


def test_days_from_one_loss_to_the_next(read: Read) -> None:
    taken = read(LOSSES, figures="days")
    assert taken.series.values == (30.0, 0.0, 122.0)
    assert taken.series.labels == ("2024-03-01", "2024-03-01", "2024-07-01")


def test_customer_months_at_risk_from_one_loss_to_the_next(read: Read) -> None:
    # After a has left three stay for 30 days; then d, and e who comes on 1 March, for 122.
    taken = read(LOSSES, figures="exposure")
    month = 365.25 / 12
    assert taken.series.values == pytest.approx((90 / month, 0.0, 244 / month))
    assert read(LOSSES, figures="trials").series.values == (2.0, 0.0, 8.0)


def test_without_dates_of_sign_up_nobody_knows_who_was_at_risk(read: Read) -> None:
    with pytest.raises(DataError) as refused:
        read("customer_id,churn_date\na,2024-01-31\nb,2024-03-01\nc,", figures="exposure")
    assert refused.value.code == "control.no-exposure"


def test_of_lost_customers_alone_only_counts_are_known(read: Read) -> None:
    text = "customer_id,signup_date,churn_date\n" + "\n".join(
        f"{n},2023-01-10,2024-0{n % 3 + 1}-{n % 28 + 1:02}" for n in range(30)
    )
    taken = read(text, by="month")
    assert (taken.series.data, taken.series.sizes) == ("defects", ())
    assert sum(taken.series.values) == 30


def rare(tmp_path: Path, others: int) -> Path:
    """Two losses in three months, for five years, and customers who stay."""
    path = tmp_path / "rare.csv"
    rows = ["customer_id,signup_date,churn_date"]
    for number in range(40):
        month = number * 3 // 2
        day = 5 + number % 20
        rows.append(f"c{number},2015-01-01,{2019 + month // 12}-{month % 12 + 1:02}-{day:02}")
    rows += [f"s{number},2015-01-01," for number in range(others)]
    path.write_text("\n".join(rows) + "\n")
    return path


def test_rare_losses_are_charted_by_the_days_between_them(tmp_path: Path) -> None:
    result = control(rare(tmp_path, 400), by="month", fingerprint=False)
    assert (result.chart, result.chosen, result.direction) == ("t", True, "higher")
    assert (result.unit, len(result.points)) == ("days", 39)
    assert "of 58 months have none, so the days from one loss to the next" in result.why
    plain = control(rare(tmp_path, 400), by="month", chart="p", fingerprint=False)
    assert (plain.chart, len(plain.points)) == ("p", 58)


def test_where_those_at_risk_change_much_gaps_are_time_at_risk(tmp_path: Path) -> None:
    # 120 customers become 80.
    result = control(rare(tmp_path, 80), fingerprint=False)
    assert (result.chart, result.unit) == ("t", "customer-months")
    assert "from 82 to 120" in result.why


@pytest.mark.parametrize(
    "asked",
    [
        {"count": "a", "value": "b"},
        {"size": "a"},
        {"subgroup": "a"},
        {"by": "month", "count": "a"},
        {"by": "fortnight"},
        {"value": ""},
    ],
)
def test_options_that_do_not_go_together_are_refused(asked: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        SeriesQuestion(**asked)  # type: ignore[arg-type]
