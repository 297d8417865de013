"""A ledger by week: ISO weeks, from Monday to Sunday, over the turn of the year too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dmaic.analysis.ledger import LedgerQuestion, open_ledger
from dmaic.analysis.ledger_span import boundary, ordinal, span
from dmaic.errors import UsageError
from dmaic.money.ledger import Ledger


def by_week(path: Path, days: list[str], **asked: str) -> Ledger:
    lines = [f"c{number},2023-01-10,{day}" for number, day in enumerate(days)]
    path.write_text("\n".join(["customer_id,signup_date,churn_date", *lines, ""]))
    return open_ledger(path, LedgerQuestion(period="week", **asked))


@pytest.mark.parametrize(
    ("when", "name"),
    [
        (date(2024, 12, 30), "2025-W01"),
        (date(2024, 12, 29), "2024-W52"),
        (date(2021, 1, 3), "2020-W53"),
        (date(1999, 1, 4), "1999-W01"),
    ],
)
def test_a_week_is_named_and_bounded_as_iso_8601_has_it(when: date, name: str) -> None:
    week = span(ordinal(when, "week"), "week")
    assert week.name == name
    assert week.first <= when <= week.last
    assert (week.first.isoweekday(), week.last.isoweekday()) == (1, 7)


def test_losses_are_counted_in_the_week_of_their_day(tmp_path: Path) -> None:
    ledger = by_week(
        tmp_path / "export.csv",
        ["2024-12-23", "2024-12-29", "2024-12-30", "2025-01-05", "2025-01-12", ""],
    )
    found = {
        span.name: (flow.churned, flow.customers_start)
        for span, flow in zip(ledger.spans, ledger.whole(), strict=True)
    }
    assert found == {"2024-W52": (2, 6), "2025-W01": (2, 4), "2025-W02": (1, 2)}


def test_the_first_and_the_last_week_are_set_aside_where_they_are_cut(tmp_path: Path) -> None:
    # 10 January 2024 is a Wednesday, and the 30th a Tuesday.
    ledger = by_week(tmp_path / "export.csv", ["2024-01-10", "2024-01-18", "2024-01-30", ""])
    assert [week.name for week in ledger.spans] == ["2024-W03", "2024-W04"]
    assert {each.code for each in ledger.findings} >= {
        "partial-first-period",
        "partial-last-period",
    }


def test_since_and_until_take_the_whole_weeks_between_them() -> None:
    # March 2024 goes from a Friday to a Sunday.
    first, last = boundary("2024-03", "--since", "week"), boundary("2024-03", "--until", "week")
    assert first is not None
    assert last is not None
    assert span(first, "week").first == date(2024, 3, 4)
    assert span(last, "week").last == date(2024, 3, 31)
    assert boundary("2024-W10", "--since", "week") == first
    with pytest.raises(UsageError):
        boundary("2024-W54", "--since", "week")
