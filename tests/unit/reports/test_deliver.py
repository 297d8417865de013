"""What is named next after a report was made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dmaic.reports.deliver import next_command
from dmaic.reports.job import Done, Job
from dmaic.reports.report import Lack, Report

DAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DMAIC_TODAY", DAY.isoformat())


def next_of(job: Job, *lacks: Lack) -> str:
    report = Report(job.kind, "A report", "", "Cut churn", job.day, "", lacks=lacks)
    return next_command(job, Done(report, job.wanted(), {}, ()))


@pytest.mark.parametrize(
    ("job", "command"),
    [
        (Job("a3", DAY), "dmaic report a3 --format docx,pdf"),
        (Job("a3", DAY, formats=("html",)), "dmaic report a3 --format docx,pdf"),
        (Job("a3", DAY, formats=("html", "pdf")), "dmaic report list"),
        (Job("a3", DAY, output=Path("a3.html")), "dmaic report list"),
        (Job("portfolio", DAY), "dmaic serve --open"),
        (
            Job("a3", date(2026, 2, 1), to=Path("on paper"), style=Path("x.toml"), draft=True),
            "dmaic report a3 --format docx,pdf --as-of 2026-02-01 --style x.toml "
            "--to 'on paper' --draft",
        ),
    ],
)
def test_after_a_report_that_lacks_nothing(job: Job, command: str) -> None:
    assert next_of(job) == command


def test_what_a_report_lacks_is_looked_at_first_and_on_the_same_day() -> None:
    lack = Lack("Charter", "It is not written yet.")
    assert next_of(Job("a3", DAY), lack) == "dmaic report check a3"
    past = Job("a3", date(2026, 2, 1), formats=("pdf",))
    assert next_of(past, lack) == "dmaic report check a3 --as-of 2026-02-01"
