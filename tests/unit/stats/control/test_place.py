"""Which point is meant by a label or a date."""

from __future__ import annotations

import pytest

from dmaic.errors import UsageError
from dmaic.stats.control.place import days, find_point

MONTHS = ["2025-01", "2025-02", "2025-04", "2025-05"]
QUARTERS = ["2024-Q4", "2025-Q1", "2025-Q2"]


@pytest.mark.parametrize(
    ("labels", "said", "last", "at"),
    [
        (MONTHS, "2025-02", False, 1),
        (MONTHS, "2025-02-14", False, 1),
        (MONTHS, "2025-03", False, 2),
        (MONTHS, "2025-03", True, 1),
        (MONTHS, "2025", True, 3),
        (MONTHS, "2025-05-31", True, 3),
        (QUARTERS, "2025-02-14", False, 1),
        (QUARTERS, "2025-02-14", True, 1),
        (["2025-W01", "2025-W02"], "2025-01-07", False, 1),
        (["a", "b", "a"], "A", False, 0),
        (["a", "b", "a"], "a", True, 2),
    ],
)
def test_a_point_is_found(labels: list[str], said: str, last: bool, at: int) -> None:
    assert find_point(labels, said, "--stage", last=last) == at


@pytest.mark.parametrize("said", ["2024-12", "2026-01", "May", "", "2025-13-45x"])
def test_a_point_that_is_not_there_is_refused_with_what_there_is(said: str) -> None:
    with pytest.raises(UsageError) as refused:
        find_point(MONTHS, said, "--freeze-until")
    assert refused.value.code == "control.point"
    assert "--freeze-until" in refused.value.message


@pytest.mark.parametrize("said", ["2025-03", "2025", "2025-00", "2025-15", "2025-02-32"])
def test_one_point_alone_is_the_one_a_date_lies_in(said: str) -> None:
    assert find_point(MONTHS, "2025-02-14", "--exclude", alone=True) == 1
    with pytest.raises(UsageError) as refused:
        find_point(MONTHS, said, "--exclude", alone=True)
    assert refused.value.code == "control.point"


@pytest.mark.parametrize("said", ["2025-00", "2025-15", "2025-02-32"])
def test_a_month_that_no_year_has_is_no_point(said: str) -> None:
    with pytest.raises(UsageError):
        find_point(MONTHS, said, "--stage")


def test_spans_of_labels() -> None:
    assert days("2025-Q3") == ("2025-07-01", "2025-09-31")
    assert days("2020-W53") == ("2020-12-28", "2021-01-03")
    assert days("2021-W53") is None
    assert days("wafer 3") is None
