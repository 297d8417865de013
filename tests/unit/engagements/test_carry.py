"""Answers to one version of a template, brought to another."""

from __future__ import annotations

from typing import Any

from dmaic.engagements.carry import known, misfits
from dmaic.engagements.question import Questions


def asks(*questions: dict[str, Any]) -> Questions:
    said = [{"help": "?", **each} for each in questions]
    return Questions.model_validate({"sections": [{"name": "s", "title": "S", "questions": said}]})


def test_an_answer_is_found_under_any_earlier_name_the_newest_first() -> None:
    questions = asks({"key": "loss", "was": ["cost", "price"]}, {"key": "unit", "was": "measure"})
    assert known(questions, {"price": 1, "measure": "%", "gone": 3}) == {"loss": 1, "unit": "%"}
    assert known(questions, {"price": 1, "cost": 2}) == {"loss": 2}
    assert known(questions, {"cost": 2, "loss": 3, "unit": None}) == {"loss": 3}


def test_only_answers_that_are_asked_for_and_are_none_are_told() -> None:
    questions = asks(
        {"key": "size", "type": "int", "default": 1},
        {"key": "tier", "choices": ["a", "b"], "default": "a"},
        {"key": "more", "type": "int", "default": 2, "when": "{{ answers.tier == 'b' }}"},
    )
    found = misfits(questions, {"size": "big", "tier": "c", "more": "x"})
    assert {key: each.code for key, each in found.items()} == {
        "size": "answer.invalid", "tier": "answer.invalid",
    }  # fmt: skip
    assert set(misfits(questions, {"tier": "b", "more": "x"})) == {"more"}
    assert misfits(questions, {"size": 3, "tier": "b", "more": 4}) == {}


def test_a_default_that_is_none_is_not_told_of_an_answer() -> None:
    questions = asks({"key": "size", "type": "int", "default": "many"})
    assert misfits(questions, {}) == {}
    assert misfits(questions, {"size": 3}) == {}
