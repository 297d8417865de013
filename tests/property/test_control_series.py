"""Properties of control charts of files: order, doubles, shift and scale, missing figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dmaic
from dmaic.errors import DmaicError

HOURS = st.lists(st.integers(0, 400).map(lambda n: n / 4), min_size=6, max_size=30)
COUNTS = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=3,
    max_size=24,
)


def months(count: int) -> list[str]:
    return [f"{2020 + at // 12}-{at % 12 + 1:02}" for at in range(count)]


def of_hours(hours: Sequence[float | None], **asked: Any) -> Any:
    frame = pandas.DataFrame({"month": months(len(hours)), "hours": [*hours]})
    return dmaic.control(frame, value="hours", chart="xmr", fingerprint=False, **asked)


@given(HOURS, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_dated_rows_changes_nothing(hours: list[float], random: Random) -> None:
    frame = pandas.DataFrame({"month": months(len(hours)), "hours": hours})
    mixed = frame.sample(frac=1, random_state=random.randrange(1000))
    asked: dict[str, Any] = {"value": "hours", "chart": "xmr", "fingerprint": False}
    one, other = dmaic.control(frame, **asked), dmaic.control(mixed, **asked)
    assert one.points == other.points
    assert one.stages == other.stages


@given(HOURS, st.integers(-50, 50), st.sampled_from([0.25, 2.0, 8.0]))
@settings(max_examples=25, deadline=None)
def test_shift_and_scale_move_the_limits_alike_and_leave_the_signals(
    hours: list[float], shift: int, scale: float
) -> None:
    plain = of_hours(hours)
    moved = of_hours([shift + scale * each for each in hours])
    assert moved.center == pytest.approx(shift + scale * plain.center)
    assert moved.upper == pytest.approx(shift + scale * plain.upper)
    assert moved.lower == pytest.approx(shift + scale * plain.lower)
    if plain.sigma:
        assert [each.signals for each in moved.points] == [each.signals for each in plain.points]


@given(HOURS, st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_rows_without_a_figure_are_as_if_they_were_not_there(hours: list[float], at: int) -> None:
    blank = [*hours[:at], None, *hours[at:]]
    with_blank = of_hours(blank)
    names = [name for row, name in enumerate(months(len(blank))) if row != at]
    frame = pandas.DataFrame({"month": names, "hours": hours})
    without = dmaic.control(frame, value="hours", chart="xmr", fingerprint=False)
    assert with_blank.points == without.points
    assert "blank-cells" in {each.code for each in with_blank.findings}


@given(COUNTS)
@settings(max_examples=25, deadline=None)
def test_limits_of_shares_lie_within_nought_and_one_and_around_the_centre(
    counts: list[tuple[int, int]],
) -> None:
    frame = pandas.DataFrame(counts, columns=["lost", "there"])
    result = dmaic.control(frame, count="lost", size="there", chart="p", fingerprint=False)
    for point in result.points:
        assert 0 <= point.lower <= point.center <= point.upper <= 1
    assert result.center == pytest.approx(
        sum(lost for lost, _ in counts) / sum(there for _, there in counts)
    )


@given(COUNTS)
@settings(max_examples=20, deadline=None)
def test_every_row_twice_leaves_the_centre(counts: list[tuple[int, int]]) -> None:
    asked: dict[str, Any] = {"count": "lost", "size": "there", "chart": "p", "fingerprint": False}
    one = dmaic.control(pandas.DataFrame(counts, columns=["lost", "there"]), **asked)
    two = dmaic.control(pandas.DataFrame(counts * 2, columns=["lost", "there"]), **asked)
    assert two.center == pytest.approx(one.center)


@st.composite
def customers(draw: st.DrawFn) -> pandas.DataFrame:
    first = date(2023, 1, 1)
    rows = []
    for number in range(draw(st.integers(3, 25))):
        begun = first + timedelta(days=draw(st.integers(0, 300)))
        stays = draw(st.none() | st.integers(1, 400))
        left = None if stays is None else begun + timedelta(days=stays)
        rows.append((f"c{number}", begun, left, draw(st.integers(0, 900))))
    return pandas.DataFrame(rows, columns=["customer_id", "signup_date", "churn_date", "mrr"])


CHARTS = ["auto", "p", "c", "u", "xmr", "ewma", "cusum", "t", "g", "laney-p"]


@given(customers(), st.sampled_from(["week", "month", "quarter"]), st.sampled_from(CHARTS))
@settings(max_examples=60, deadline=None)
def test_any_export_gives_a_chart_or_a_reason(frame: pandas.DataFrame, by: str, chart: str) -> None:
    try:
        result = dmaic.control(frame, by=by, chart=chart, fingerprint=False)
    except DmaicError:
        return
    assert len(result.points) >= 2
    assert result.to_dict()["points"]
    assert result.blocks()


@given(customers(), st.sampled_from(["week", "month", "quarter"]))
@settings(max_examples=30, deadline=None)
def test_what_a_period_counts_adds_up_over_any_period(frame: pandas.DataFrame, by: str) -> None:
    try:
        result = dmaic.control(frame, by=by, chart="c", fingerprint=False)
    except DmaicError:
        return
    churn = frame.dropna(subset="churn_date")
    firsts = {"month": lambda day: f"{day:%Y-%m}", "week": lambda day: f"{day:%G-W%V}",
              "quarter": lambda day: f"{day.year}-Q{(day.month + 2) // 3}"}  # fmt: skip
    name = firsts[by]
    for point in result.points:
        # Who came and went in one period was not there at its start.
        left = [
            row
            for row in churn.itertuples()
            if name(row.churn_date) == point.label and name(row.signup_date) != point.label
        ]
        lost_only = any(each.code == "everyone-churned" for each in result.findings)
        if not lost_only:
            assert point.value == len(left)
