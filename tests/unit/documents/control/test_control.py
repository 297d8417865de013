"""The documents of Control: every CTQ is kept, and somebody took it over."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.documents.base import Papers
from dmaic.documents.control.control_plan import ControlPlan
from dmaic.documents.control.handover import Handover
from dmaic.documents.control.lessons import LessonsLearned
from dmaic.documents.control.response_plan import ResponsePlan
from dmaic.documents.control.training import TrainingPlan
from dmaic.documents.define.ctq import CtqTree

PAPERS = Papers(load={"ctq": CtqTree.example(), "response-plan": ResponsePlan.example()}.get)
CONTROLS: list[dict[str, Any]] = list(ControlPlan.EXAMPLE["controls"])


def plan(*lines: dict[str, Any]) -> ControlPlan:
    return ControlPlan.model_validate({"controls": lines})


def missing(document: ControlPlan) -> dict[str, str]:
    return {g.field: g.message for g in document.gaps(PAPERS) if g.level == "missing"}


def test_every_ctq_needs_a_line() -> None:
    document = plan(*CONTROLS[:2])
    assert missing(document) == {
        "controls": "CTQ3 Every new estimator is called has no line with owner and reaction."
    }
    assert document.figures(PAPERS)[0].text == "2 of 3"


@pytest.mark.parametrize("blank", ["owner", "reaction"])
def test_a_line_without_owner_or_reaction_keeps_nothing(blank: str) -> None:
    document = plan(*CONTROLS[:2], {**CONTROLS[2], blank: ""})
    assert {"controls", f"controls.CP3.{blank}"} <= set(missing(document))


def test_a_reaction_by_id_must_be_in_the_response_plan_and_words_need_not() -> None:
    assert missing(plan(*CONTROLS[:2], {**CONTROLS[2], "reaction": "Call Sam"})) == {}
    assert missing(plan(*CONTROLS[:2], {**CONTROLS[2], "reaction": "rp3"})) == {}
    assert missing(plan(*CONTROLS[:2], {**CONTROLS[2], "reaction": "RP9"})) == {
        "controls.CP3.reaction": 'There is no "RP9" in the response plan.'
    }


@pytest.mark.parametrize(
    ("limits", "field"),
    [({"lower": None}, "upper"), ({"upper": 90}, "lower"), ({"upper": 95}, "lower"),
     ({"target": 80}, "target"), ({"target": 101, "upper": 100}, "target")],
)  # fmt: skip
def test_limits_are_there_in_order_and_around_the_target(
    limits: dict[str, float | None], field: str
) -> None:
    line = {**CONTROLS[2], **limits}
    assert set(missing(plan(*CONTROLS[:2], line))) == {f"controls.CP3.{field}"}


def test_a_limit_of_zero_is_a_limit() -> None:
    line = {**CONTROLS[2], "lower": 0, "target": 0}
    assert missing(plan(*CONTROLS[:2], line)) == {}


def test_without_a_ctq_tree_nothing_can_be_kept() -> None:
    found = [gap.field for gap in plan(*CONTROLS).gaps()]
    assert "controls.CP1.ctq" in found
    assert plan(*CONTROLS).figures(Papers()) == ()


def test_what_is_grave_is_escalated() -> None:
    first, *rest = ResponsePlan.EXAMPLE["responses"]
    document = ResponsePlan.model_validate({"responses": [{**first, "escalation": ""}, *rest]})
    assert [(gap.field, gap.level) for gap in document.gaps()] == [
        ("responses.RP1.escalation", "weak")
    ]
    calm = {**first, "severity": "low", "escalation": ""}
    assert ResponsePlan.model_validate({"responses": [calm]}).gaps() == ()


def test_the_slowest_first_action_is_told() -> None:
    assert ResponsePlan.example().figures(Papers())[0].value == 24


def handover(**change: Any) -> list[tuple[str, str]]:
    document = Handover.model_validate({**Handover.EXAMPLE, **change})
    return [(gap.field, gap.level) for gap in document.gaps()]


def test_nothing_is_handed_over_before_all_is_done_and_accepted() -> None:
    items = [{**each, "done": each["id"] != "H2"} for each in Handover.EXAMPLE["checklist"]]
    assert handover() == []
    assert handover(checklist=items) == [("checklist.H2.done", "missing")]
    assert handover(accepted_on=None) == [("accepted_on", "missing")]
    assert handover(accepted_by="somebody else") == [("accepted_by", "weak")]
    assert handover(accepted_by=Handover.EXAMPLE["process_owner"].upper()) == []


def training(*pairs: tuple[int | None, int | None]) -> TrainingPlan:
    first = TrainingPlan.EXAMPLE["sessions"][0]
    return TrainingPlan.model_validate(
        {
            "sessions": [
                {**first, "id": f"TR{n}", "attended": attended, "planned": planned}
                for n, (attended, planned) in enumerate(pairs, 1)
            ]
        }
    )


def test_coverage_is_people_over_people() -> None:
    # (13 + 4 + 10) / (14 + 4 + 11) = 27 / 29.
    assert TrainingPlan.example().figures(Papers())[0].value == 27 / 29


def test_a_full_room_does_not_make_up_for_an_empty_one() -> None:
    assert training((30, 10), (0, 10)).figures(Papers())[0].value == 0.5


def test_trainings_not_counted_yet_are_left_out_and_that_is_said() -> None:
    document = training((9, 10), (None, 90))
    assert document.figures(Papers())[0].text == "90.00 % (1 of 2 trainings counted)"
    assert ("sessions.TR2.attended", "missing") in [(g.field, g.level) for g in document.gaps()]
    assert training((None, 10)).figures(Papers()) == ()


def test_little_coverage_is_a_weak_point() -> None:
    assert [gap.level for gap in training((7, 10)).gaps()] == ["weak"]
    assert training((8, 10)).gaps() == ()


def test_a_lesson_that_stands_nowhere_is_asked_about() -> None:
    first, *rest = LessonsLearned.EXAMPLE["lessons"]
    document = LessonsLearned.model_validate({"lessons": [{**first, "standardised": ""}, *rest]})
    assert [(gap.field, gap.level) for gap in document.gaps()] == [
        ("lessons.LL1.standardised", "weak")
    ]
    assert document.figures(Papers())[0].text == "2 of 3"
