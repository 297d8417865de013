"""The process map: times and yields that can be followed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.documents.base import Figure, Papers
from dmaic.documents.measure import flow
from dmaic.documents.measure.process_map import ProcessMap


def process(*steps: dict[str, Any]) -> ProcessMap:
    lines = [
        {"id": f"P{n}", "step": f"step {n}", "function": "Support", "type": "step", **step}
        for n, step in enumerate(steps, 1)
    ]
    return ProcessMap.model_validate({"process": "p", "case": "ticket", "steps": lines})


def figures(document: ProcessMap) -> dict[str, Figure]:
    return {each.name: each for each in document.figures(Papers())}


def test_lead_time_efficiency_and_rolled_yield() -> None:
    found = figures(
        process(
            {"touch": 2, "wait": 3, "value_adding": True, "first_pass": 90},
            {"touch": 1, "wait": 14, "value_adding": False, "first_pass": 80},
        )
    )
    # 2 + 3 + 1 + 14 = 20 hours, 3 of them work, 2 of them for the customer: 10 %. 0.9 × 0.8 = 0.72.
    assert found["lead_time"].value == 20
    assert found["touch_time"].value == 3
    assert found["value_adding_time"].value == 2
    assert found["efficiency"].value == pytest.approx(0.1)
    assert found["rolled_yield"].value == pytest.approx(0.72)
    assert found["longest_wait"].value == 14
    assert "over" not in found["lead_time"].text


def test_a_step_without_a_time_is_left_out_and_told() -> None:
    document = process({"touch": 1, "wait": 1, "value_adding": True}, {"touch": 5}, {"wait": 7})
    found = figures(document)
    assert found["lead_time"].value == 2
    assert found["lead_time"].text == "2 h, over 1 of 3 steps"
    assert found["efficiency"].value == 0.5
    weak = [gap.message for gap in document.gaps() if gap.level == "weak"]
    assert any("P2, P3" in message for message in weak)


def test_a_step_of_which_nobody_said_whether_it_adds_value_is_left_out_of_the_efficiency() -> None:
    found = figures(process({"touch": 1, "wait": 3, "value_adding": True}, {"touch": 9, "wait": 9}))
    assert found["lead_time"].value == 22
    assert found["efficiency"].value == 0.25
    assert found["efficiency"].text == "25.00 %, over 1 of 2 steps"


def test_nothing_is_done_in_a_wait() -> None:
    found = figures(process({"touch": 1, "wait": 0, "value_adding": True},
                            {"type": "wait", "wait": 3}))  # fmt: skip
    assert found["lead_time"].value == 4
    assert found["efficiency"].value == 0.25


def test_a_wait_cannot_add_value() -> None:
    gaps = process({"type": "wait", "wait": 3, "value_adding": True}, {}).gaps()
    assert ("steps.P1.value_adding", "missing") in {(gap.field, gap.level) for gap in gaps}


def test_a_step_that_one_case_in_five_takes_counts_a_fifth() -> None:
    found = figures(
        process({"touch": 1, "wait": 1, "volume": 100}, {"touch": 10, "wait": 0, "volume": 20})
    )
    # 2 + 10 × 20 / 100; work in the period is 100 × 1 + 20 × 10.
    assert found["lead_time"].value == pytest.approx(4)
    assert found["work"].value == 300


def test_a_volume_of_zero_at_the_start_weighs_nothing() -> None:
    found = figures(process({"touch": 1, "wait": 1, "volume": 0}, {"touch": 1, "wait": 1}))
    assert found["lead_time"].value == 4


def test_no_time_at_all_gives_no_efficiency() -> None:
    found = figures(process({"touch": 0, "wait": 0, "value_adding": True}))
    assert found["efficiency"].value is None
    assert found["efficiency"].text == "–"
    assert flow.shares(process({"touch": 0, "wait": 0})) == []


def test_a_yield_of_zero_is_a_yield() -> None:
    assert figures(process({"first_pass": 0}, {"first_pass": 90}))["rolled_yield"].value == 0


def test_hand_offs_follow_the_connections() -> None:
    # Support asks Development or answers at once; both end in the answer.
    document = process(
        {"next": ["P2", "p3"]}, {"function": "Development", "next": ["P3"]}, {}, {"function": ""}
    )
    pairs = [(before.id, after.id) for before, after in flow.hand_offs(document)]
    assert pairs == [("P1", "P2"), ("P2", "P3")]
    assert "1 step of nobody not counted" in figures(document)["hand_offs"].text


def test_a_function_spelled_otherwise_is_no_hand_off() -> None:
    assert flow.hand_offs(process({"function": "Customer  success"},
                                  {"function": "customer Success"})) == []  # fmt: skip


def test_a_next_step_that_is_not_there_is_a_gap() -> None:
    gaps = process({"next": ["P9"]}, {}).gaps()
    assert ("steps.P1.next", "missing") in {(gap.field, gap.level) for gap in gaps}


def test_worked_case() -> None:
    found = figures(ProcessMap.example())
    # An e-mail's first answer: 37.9 + 0.1 + 2.1 + 0.2 × 31.5 + 1.2 = 47.6 hours, the mean that the
    # case's tickets show (sample_data); 0.2 to write before and 5.2 to try it after make 53.
    assert found["lead_time"].value == pytest.approx(47.6 + 0.2 + 5.2)
    assert found["efficiency"].value == pytest.approx((0.2 * 1.5 + 0.3 + 0.2) / 53)
    # 0.80 × 0.90 × 0.95 × 0.85 × 0.75 × 0.70
    assert found["rolled_yield"].value == pytest.approx(0.305235)
    assert found["hand_offs"].value == 4
