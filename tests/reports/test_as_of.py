"""Reports as of a day that is over: the record as it was, judged on that day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from dmaic.project.engagement.home import open_home
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.record.rewind import Then, rewound
from dmaic.project.store.journal import as_dict
from dmaic.project.store.view import View
from dmaic.reports.compose import compose
from dmaic.reports.report import Report

PROJECT = "Cut estimator churn"
TODAY = date(2026, 2, 2)


@contextmanager
def reading(folder: Path) -> Iterator[tuple[View, Stored[Project]]]:
    home = open_home(str(folder / "dmaic.db"))
    with home.store.reading() as view:
        yield view, home.project(view, PROJECT)


def as_of(folder: Path, kind: str, day: date) -> Report:
    with reading(folder) as (view, project):
        return compose(view, project, kind, day)


def test_a_report_of_an_earlier_day_knows_nothing_of_what_came_later(engagement: Path) -> None:
    made = as_of(engagement, "improve", date(2025, 4, 15))
    assert "The record is shown as it was at the end of 2025-04-15." in made.markdown
    assert "Recovered revenue" not in made.markdown
    assert "✓ sponsor" not in made.markdown
    assert "○ sponsor | not yet" in made.markdown
    missing = {each.part for each in made.lacks}
    assert {"Solutions", "Pilot plan", "Money"} <= missing
    assert made.day == date(2025, 4, 15)
    analyze = as_of(engagement, "analyze", date(2025, 4, 15))
    assert "The Analyze tollgate was approved on 2025-03-28." in analyze.markdown
    assert "compare 2025" not in analyze.markdown


def test_what_is_overdue_is_judged_on_that_day(engagement: Path) -> None:
    with reading(engagement) as (view, project):
        then = compose(view, project, "project", date(2025, 3, 1))
    assert "Phase**: Analyze" in then.markdown


def test_where_nothing_came_later_the_record_is_that_of_today(engagement: Path) -> None:
    made = as_of(engagement, "control", date(2026, 1, 31))
    assert "The record is shown as it was" not in made.markdown
    assert made.markdown == as_of(engagement, "control", TODAY).markdown.replace(
        str(TODAY), "2026-01-31"
    )


def test_before_the_record_begins_it_is_as_it_is_and_says_so(engagement: Path) -> None:
    made = as_of(engagement, "define", date(2024, 12, 1))
    assert "The record of this project begins on 2025-0" in made.markdown
    assert "The Define tollgate was approved on 2025-01-31." in made.markdown


@pytest.mark.parametrize("day", ["2025-01-31", "2025-02-28", "2025-03-28", "2025-07-01"])
def test_going_back_gives_what_going_forward_made(worked_case: Path, day: str) -> None:
    end = date.fromisoformat(day)
    with reading(worked_case) as (view, project):
        forward: dict[str, dict[str, object]] = {}
        for entry in view.operations():
            if entry.at[:10] <= day:
                for change in entry.changes:
                    forward.pop(change["id"], None)
                    if change["after"] is not None:
                        forward[change["id"]] = change["after"]
        with rewound(view, project, end, TODAY) as then:
            assert isinstance(then, Then)
            assert {row.id: as_dict(row) for row in then.view.rows()} == forward
            last = then.view.last_operation()
            assert last is not None
            assert last.at[:10] <= day


def test_the_vital_few_are_told_of_what_was_ranked(engagement: Path) -> None:
    # The last Pareto of that day ranked lost revenue; that of the next year counts customers.
    money = as_of(engagement, "analyze", date(2025, 3, 28)).markdown
    assert "together 73.4 % of the lost revenue)" in money
    assert "of the loss)" in as_of(engagement, "analyze", TODAY).markdown
