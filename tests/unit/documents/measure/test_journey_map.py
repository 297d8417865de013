"""The journey map: the curve, the weak moments, and who owns them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dmaic.block import Table
from dmaic.documents.base import Figure, Papers
from dmaic.documents.measure import journey
from dmaic.documents.measure.journey_map import JourneyMap


def trip(*steps: dict[str, Any], **fields: Any) -> JourneyMap:
    lines = [
        {"id": f"J{n}", "step": f"step {n}", "practical": "p", "hand_off": "h", **step}
        for n, step in enumerate(steps, 1)
    ]
    return JourneyMap.model_validate({"customer": "c", "goal": "g", "steps": lines, **fields})


def figures(document: JourneyMap) -> dict[str, Figure]:
    return {each.name: each for each in document.figures(Papers())}


def test_the_curve_is_the_mean_of_the_scores_that_were_given() -> None:
    document = trip(
        {"status": -2, "certainty": -1, "autonomy": 0, "relatedness": 1, "fairness": -1},
        {"status": 2, "fairness": 1},
        {"status": 0},
        {},
    )
    # (-2 - 1 + 0 + 1 - 1) / 5; (2 + 1) / 2; a score of zero; no score.
    assert journey.curve(document) == [-0.6, 1.5, 0, None]
    curve = figures(document)["emotional_curve"]
    assert curve.value == pytest.approx((-0.6 + 1.5 + 0) / 3)
    assert curve.text == "J1 -0.6, J2 +1.5, J3 0.0, J4 ?; mean +0.30, over 3 of 4 steps"
    assert "mean of the SCARF scores given" in curve.formula


def test_the_weakest_moments_lie_below_zero_the_lowest_first() -> None:
    document = trip(
        {"status": -1}, {"status": 1}, {"status": -2}, {}, {"fairness": -1}, {"autonomy": -1}
    )
    assert [step.id for step, _ in journey.weakest(document)] == ["J3", "J1", "J5"]
    happy = trip({"status": 1}, {"status": 0})
    assert journey.weakest(happy) == []
    assert figures(happy)["weakest"].text == "none below 0"


def test_the_weakest_driver_is_judged_over_the_steps_that_have_it() -> None:
    found = figures(trip({"status": -1, "fairness": -2}, {"status": -1}, {"status": -1}))
    assert found["weakest_driver"].value == -2
    assert found["weakest_driver"].text.startswith("fairness ")


def test_hand_offs_are_between_neighbours_with_different_owners() -> None:
    document = trip(
        {"function": "Sales"}, {"function": "sales "}, {"function": ""}, {"function": "Support"},
        {"function": "Finance"},
    )  # fmt: skip
    assert [(a.id, b.id) for a, b in journey.hand_offs(document)] == [("J4", "J5")]
    assert [step.id for step in journey.unowned(document)] == ["J3"]
    assert figures(document)["unowned"].value == 1


def test_a_hand_off_of_which_nothing_is_said_is_weak() -> None:
    document = trip({"function": "Sales", "hand_off": "", "status": 1}, {"function": "Support"}, {})
    (gap,) = document.gaps()
    assert (gap.field, gap.level) == ("steps.J1.hand_off", "weak")


def test_critical_moments_that_no_step_is_are_named() -> None:
    document = trip({"moment": "proof"}, {"moment": "truth"}, {"moment": "truth"})
    assert journey.uncovered(document) == ["connection", "power", "wow"]


def test_ranking_is_pain_times_reach_and_leaves_out_what_is_not_known() -> None:
    document = trip(
        {"pain": 2, "reach": 100}, {"pain": 9, "reach": 45}, {"pain": 10}, {"reach": 100},
        {"pain": 0, "reach": 80}, {"pain": 4, "reach": 50},
        reach_unit="% of customers",
    )  # fmt: skip
    ranked = [(step.id, rank) for step, rank in journey.ranking(document)]
    # 200 twice: the earlier step stays in front.
    assert ranked == [("J2", 405), ("J1", 200), ("J6", 200), ("J5", 0)]
    assert figures(document)["mend_first"].text.endswith("over 4 of 6 steps")


def test_reach_needs_its_unit_and_per_cent_end_at_100() -> None:
    scored = {"status": 1}
    (gap,) = trip({**scored, "reach": 5}, scored, scored).gaps()
    assert gap.field == "reach_unit"
    (gap,) = trip({**scored, "reach": 101}, scored, scored, reach_unit="% of customers").gaps()
    assert gap.field == "steps.J1.reach"
    assert not trip({**scored, "reach": 101}, scored, scored, reach_unit="customers").gaps()


def test_without_any_score_there_is_no_curve() -> None:
    (gap,) = trip({}, {}, {}).gaps()
    assert gap.level == "missing"
    assert figures(trip({}, {}, {}))["emotional_curve"].value is None


@pytest.mark.parametrize("score", [-3, 3, 0.5, "high"])
def test_a_score_outside_the_scale_is_refused(score: object) -> None:
    with pytest.raises(ValidationError):
        trip({"status": score})


def test_worked_case() -> None:
    document = JourneyMap.example()
    # Asking for help: (-2 - 2 - 1 - 1 - 2) / 5 = -1.6, the lowest point.
    assert journey.weakest(document)[0][1] == pytest.approx(-1.6)
    assert [step.id for step, _ in journey.weakest(document)] == ["J5", "J3", "J4"]
    assert [step.id for step in journey.unowned(document)] == ["J3"]
    assert journey.uncovered(document) == ["wow"]
    assert [step.id for step, _ in journey.ranking(document)[:3]] == ["J4", "J3", "J5"]


def test_every_step_stands_in_every_table() -> None:
    document = JourneyMap.example()
    tables = [block for block in document.blocks(Papers()) if isinstance(block, Table)]
    assert len(tables) == 4
    for table in tables:
        assert set(table.columns[0].texts) == {step.id for step in document.steps}
