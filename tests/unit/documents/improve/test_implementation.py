"""The plan: order, circles, the critical path and how far it is."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dmaic.documents.base import Papers
from dmaic.documents.fill import with_field
from dmaic.documents.improve.implementation import ImplementationPlan
from dmaic.documents.improve.network import circle, longest
from dmaic.errors import DataError


def task(number: int, first: int, last: int, *depends: str, **more: Any) -> dict[str, Any]:
    return {"id": f"T{number}", "task": f"task {number}", "owner": "Priya",
            "start": f"2025-04-{first:02}", "end": f"2025-04-{last:02}", "depends": depends,
            **more}  # fmt: skip


def plan(*tasks: dict[str, Any]) -> ImplementationPlan:
    return ImplementationPlan.model_validate({"tasks": tasks})


def figures(document: ImplementationPlan) -> dict[str, tuple[float | None, str]]:
    return {each.name: (each.value, each.text) for each in document.figures(Papers())}


def test_a_task_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValidationError, match="T1 ends on 2025-04-01, before it starts"):
        plan(task(1, 2, 1))


def test_a_task_of_one_day_takes_one_day() -> None:
    assert plan(task(1, 1, 1)).tasks[0].days == 1


def test_a_task_does_not_wait_for_itself() -> None:
    with pytest.raises(ValidationError, match="T1 waits for itself"):
        plan(task(1, 1, 1, "t1"))


def test_tasks_that_wait_for_one_another_are_refused_with_their_names() -> None:
    document = plan(task(1, 1, 2), task(2, 3, 4, "T1"), task(3, 5, 6, "T2"))
    with pytest.raises(DataError) as caught:
        with_field(document, "T1.depends", ("T3",))
    said = caught.value.message
    assert said == "These tasks wait for one another: T1 → T3 → T2 → T1."


def test_a_long_chain_breaks_no_stack() -> None:
    waits = {f"T{n}": (f"T{n - 1}",) for n in range(5_000, 1, -1)} | {"T1": ()}
    assert circle(waits) == ()
    assert len(longest(waits, dict.fromkeys(waits, 1))) == 5_000
    assert circle({**waits, "T1": ("T5000",)})


def test_a_name_without_a_task_makes_no_circle() -> None:
    assert circle({"T1": ("T9",), "T2": ("T1", "T9")}) == ()


def test_the_critical_path_is_the_chain_with_the_most_days() -> None:
    # A classic diamond: T1 (3 days) before T2 (10) and T3 (4), both before T4 (2).
    document = plan(
        task(1, 1, 3), task(2, 4, 13, "T1"), task(3, 4, 7, "T1"), task(4, 14, 15, "T2", "T3")
    )
    assert document.critical() == ("T1", "T2", "T4")
    assert figures(document)["critical_days"] == (15, "15 days: T1 → T2 → T4")


def test_gaps_between_tasks_are_in_the_span_and_not_on_the_critical_path() -> None:
    found = figures(plan(task(1, 1, 2), task(2, 10, 11, "T1")))
    assert found["critical_days"][0] == 4
    assert found["span"] == (11, "11 days, 2025-04-01 to 2025-04-11")


def test_a_milestone_takes_no_days_and_ends_the_path() -> None:
    document = plan(task(1, 1, 2), task(2, 3, 3, "T1", milestone=True))
    assert figures(document)["critical_days"] == (2, "2 days: T1 → T2")


def test_progress_is_weighed_by_days() -> None:
    # 8 of 8 days and half of 2: 9 of 10.
    found = figures(plan(task(1, 1, 8, done=100), task(2, 1, 2, done=50)))
    assert found["progress"] == (0.9, "90.00 %")


def test_tasks_without_dates_are_left_out_and_that_is_said() -> None:
    document = plan(task(1, 1, 2), {"id": "T2", "task": "later", "depends": ["T1"]})
    assert figures(document)["span"][1].endswith("; 1 of 2 tasks with dates")
    assert figures(plan({"id": "T1", "task": "later"})) == {}


def gaps(document: ImplementationPlan) -> list[tuple[str, str]]:
    return [(gap.field, gap.level) for gap in document.gaps()]


def test_a_task_starts_after_those_it_waits_for() -> None:
    assert gaps(plan(task(1, 1, 4), task(2, 5, 6, "T1"))) == []
    assert gaps(plan(task(1, 1, 4), task(2, 4, 6, "T1"))) == [("tasks.T2.start", "weak")]
    assert gaps(plan(task(1, 1, 4), task(2, 3, 6, "T1"))) == [("tasks.T2.start", "missing")]


def test_a_milestone_may_fall_on_the_last_day() -> None:
    assert gaps(plan(task(1, 1, 4), task(2, 4, 4, "T1", milestone=True))) == []


def test_a_task_that_is_not_there_is_a_gap() -> None:
    assert gaps(plan(task(1, 1, 4, "T9"))) == [("tasks.T1.depends", "missing")]


@pytest.mark.parametrize("done", [-1, 101])
def test_done_is_a_percentage(done: int) -> None:
    with pytest.raises(ValidationError):
        plan(task(1, 1, 1, done=done))
