"""The pilot: what counts as success stands before the result."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.documents.base import Papers
from dmaic.documents.improve.pilot import PilotPlan
from dmaic.documents.improve.solutions import Solutions

PAPERS = Papers(load={"solutions": Solutions.example()}.get)


def pilot(**change: Any) -> PilotPlan:
    return PilotPlan.model_validate({**PilotPlan.EXAMPLE, **change})


def gaps(**change: Any) -> list[tuple[str, str]]:
    return [(gap.field, gap.level) for gap in pilot(**change).gaps(PAPERS)]


@pytest.mark.parametrize(
    ("direction", "measured", "success"),
    [("at most", 4, True), ("at most", 4.1, False), ("at least", 4, True),
     ("at least", 3.9, False), ("at most", None, None)],
)  # fmt: skip
def test_the_threshold_itself_is_a_success(
    direction: str, measured: float | None, success: bool | None
) -> None:
    assert pilot(direction=direction, measured=measured).success is success


def test_before_the_pilot_no_result_is_asked_for() -> None:
    assert gaps(measured=None, measured_control=None, decision="", decided_by="") == []


def test_a_decision_needs_a_result_and_a_result_a_decision() -> None:
    assert gaps(measured=None) == [("measured", "missing")]
    assert gaps(decision="") == [("decision", "missing")]
    assert gaps(decided_by="") == [("decision", "missing")]


def test_a_roll_out_against_the_result_must_be_explained() -> None:
    assert gaps(measured=9, learned="") == [("learned", "missing")]
    assert gaps(measured=9) == [("learned", "weak")]
    assert gaps(measured=9, learned="", decision="stop") == []


def test_it_does_not_end_before_it_starts() -> None:
    assert gaps(end="2025-04-06") == [("end", "missing")]
    assert [each.name for each in pilot(end="2025-04-06").figures(PAPERS)] == [
        "success", "difference"
    ]  # fmt: skip


def test_a_pilot_of_one_day_lasts_one_day() -> None:
    figures = {each.name: each for each in pilot(end="2025-04-07").figures(PAPERS)}
    assert figures["days"].text == "1 day"


def test_a_solution_that_is_not_there_is_a_gap() -> None:
    assert gaps(solutions=["S3", "S99"]) == [("solutions", "missing")]


def test_without_a_control_group_a_reader_asks() -> None:
    assert gaps(control_sample=0) == [("control_sample", "weak")]
