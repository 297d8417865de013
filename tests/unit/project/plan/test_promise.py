"""Promises kept on time: which actions count, and what they count as.

The expected counts follow from the definition in `promises`, case by case.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dmaic.project.plan.action import Action, Promises, promises
from dmaic.project.plan.promise import promise_report, told

TODAY = date(2026, 11, 21)
BEFORE, AFTER = date(2026, 11, 20), date(2026, 11, 22)


def action(first_due: date, **more: Any) -> Action:
    fields = {"title": "x", "owner": "Sam", "due": first_due, "first_due": first_due, **more}
    return Action.model_validate(fields)


@pytest.mark.parametrize(
    ("case", "kept", "due"),
    [
        (action(AFTER), 0, 0),
        (action(TODAY), 0, 0),
        (action(BEFORE), 0, 1),
        (action(BEFORE, state="done", done_on=BEFORE), 1, 1),
        (action(BEFORE, state="done", done_on=TODAY), 0, 1),
        (action(AFTER, state="done", done_on=TODAY), 1, 1),
        (action(BEFORE, state="dropped", dropped_on=BEFORE), 0, 0),
        (action(BEFORE, state="dropped", dropped_on=TODAY), 0, 1),
    ],
    ids=[
        "its day has not come",
        "its day is today",
        "its day is over",
        "done on its day",
        "done a day late",
        "done before its day",
        "dropped in time: taken back by agreement",
        "dropped after its day: broken before",
    ],
)
def test_an_action_counts_once_it_is_decided(case: Action, kept: int, due: int) -> None:
    assert promises([case], TODAY) == Promises(kept=kept, due=due, rate=kept / due if due else None)


def test_moving_the_date_does_not_mend_a_promise() -> None:
    moved = action(BEFORE, due=AFTER, state="done", done_on=TODAY)
    assert promises([moved], TODAY).kept == 0


def test_the_rate_is_the_share_of_those_decided() -> None:
    # 5 kept of 6 decided; the open one does not count: 5 / 6 = 83.3 %.
    kept = [action(AFTER, state="done", done_on=TODAY)] * 5
    found = promises([*kept, action(BEFORE), action(AFTER)], TODAY)
    assert (found.kept, found.due) == (5, 6)
    assert told(found) == "83 % (n = 6)"


def test_the_report_parts_sides_and_owners_with_the_worst_owner_first() -> None:
    actions = [
        action(AFTER, state="done", done_on=TODAY),
        action(BEFORE, owner="Dana"),
        action(BEFORE, owner="Ann", side="customer", state="done", done_on=BEFORE),
        action(AFTER, owner="Kim"),
    ]
    report = promise_report(actions, TODAY)
    assert list(report.owners) == ["Dana", "Sam", "Ann"]
    assert report.sides["ours"] == Promises(kept=1, due=2, rate=0.5)
    assert report.sides["customer"] == Promises(kept=1, due=1, rate=1.0)
    assert report.project.due == 3


def test_nothing_decided_is_no_rate() -> None:
    report = promise_report([], TODAY)
    assert report.project.rate is None
    assert told(report.project) == "– (n = 0)"
