"""Questions and answers: copier's vocabulary, types, conditions, what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dmaic.engagements.answers import (
    checked_answer,
    complete,
    ensure_answered,
    without_secrets,
)
from dmaic.engagements.question import Question, Questions, Section
from dmaic.errors import DataError, UsageError


def asked(*questions: dict[str, Any]) -> Questions:
    section = Section(name="s", title="S", questions=tuple(map(Question.model_validate, questions)))
    return Questions(sections=(section,))


def answer(said: Any, **question: Any) -> Any:
    return checked_answer(Question.model_validate({"key": "k", **question}), said, {})


class TestTypes:
    @pytest.mark.parametrize(
        ("type", "said", "value"),
        [
            ("str", " Northwind ", "Northwind"),
            ("str", 12, "12"),
            ("int", "12", 12),
            ("int", "12.0", 12),
            ("float", "0.25", 0.25),
            ("float", 3, 3.0),
            ("float", "2,500,000", 2_500_000.0),
            ("float", "$2.5M", 2_500_000.0),
            ("int", "12 000", 12_000),
            ("bool", "Yes", True),
            ("bool", "off", False),
            ("bool", True, True),
            ("date", "2026-12-31", "2026-12-31"),
        ],
    )
    def test_a_text_becomes_the_type(self, type: str, said: Any, value: Any) -> None:
        found = answer(said, type=type)
        assert found == value
        assert found.__class__ is value.__class__

    @pytest.mark.parametrize(
        ("type", "said"),
        [("int", "1.5"), ("int", "x"), ("int", ""), ("float", "nan"), ("float", "1e999"),
         ("float", "1_0"), ("float", "2.5.1"), ("bool", "maybe"), ("date", "31.12.2026"),
         ("str", "a\0b"), ("str", "a\udcffb"), ("str", "x" * 20_000)],
    )  # fmt: skip
    def test_what_is_not_of_the_type_is_refused(self, type: str, said: str) -> None:
        with pytest.raises(DataError) as caught:
            answer(said, type=type)
        assert caught.value.code == "answer.invalid"
        assert caught.value.where == "k"
        assert len(caught.value.message) < 200

    @pytest.mark.parametrize("said", [["a"], {"a": "b"}])
    def test_several_values_are_no_text(self, said: Any) -> None:
        with pytest.raises(DataError, match="more than one"):
            answer(said, type="str")

    def test_what_has_no_default_must_be_answered(self) -> None:
        questions = asked({"key": "k"}, {"key": "free", "default": ""})
        with pytest.raises(DataError) as caught:
            ensure_answered(questions.all, {"k": " ", "free": ""})
        assert [each.where for each in caught.value.problems] == ["k"]
        ensure_answered(questions.all, {"k": "Northwind", "free": ""})
        # What a project keeps is read as it is.
        assert complete(questions, {"k": ""}) == {"k": "", "free": ""}

    def test_an_answer_may_be_empty_where_its_default_is(self) -> None:
        assert answer("", type="date", default="") == ""
        assert complete(asked({"key": "k", "type": "int", "default": ""}), {}) == {"k": ""}

    @pytest.mark.parametrize(
        "choices",
        [["a", "b"], {"First": "a", "Second": "b"}, [["First", "a"], ["Second", "b"]]],
    )
    def test_choices_as_copier_writes_them(self, choices: Any) -> None:
        assert answer("B", choices=choices) == "b"
        with pytest.raises(DataError) as caught:
            answer("c", choices=choices)
        assert "a, b" in caught.value.hint

    def test_choices_keep_their_type(self) -> None:
        assert answer("2", type="int", choices=[1, 2]) == 2
        assert answer("second", type="int", choices={"First": 1, "Second": 2}) == 2

    def test_several_are_parted_by_commas_and_told_once(self) -> None:
        assert answer("eu, US,eu", choices=["EU", "US"], multiselect=True) == ["EU", "US"]
        assert answer([], choices=["EU"], multiselect=True) == []

    @pytest.mark.parametrize(
        "question", [{"multiselect": True}, {"secret": True}, {"key": "No"}, {"typ": "str"}]
    )
    def test_a_question_that_makes_no_sense_is_none(self, question: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            Question.model_validate({"key": "k", **question})


class TestComplete:
    def test_defaults_are_filled_from_the_answers_before(self) -> None:
        questions = asked(
            {"key": "client"}, {"key": "title", "default": "Churn at {{ answers.client }}"}
        )
        assert complete(questions, {"client": "N"}) == {"client": "N", "title": "Churn at N"}

    def test_one_that_does_not_apply_is_not_missing(self) -> None:
        questions = asked(
            {"key": "letter", "type": "bool", "default": False},
            {"key": "day", "type": "date", "when": "{{ answers.letter }}"},
            {"key": "days", "type": "int", "when": "answers.letter and answers.day > '2026'"},
        )
        assert complete(questions, {}) == {"letter": False, "day": None, "days": None}
        with pytest.raises(UsageError) as caught:
            complete(questions, {"letter": "yes", "day": "2026-02-01"})
        assert caught.value.code == "answer.missing"
        assert caught.value.hint == "Say it: --answer days=12"

    def test_all_that_is_missing_is_told_at_once_with_its_flag(self) -> None:
        with pytest.raises(UsageError) as caught:
            complete(asked({"key": "a", "placeholder": "Acme"}, {"key": "b", "type": "bool"}), {})
        assert [each.hint for each in caught.value.problems] == [
            "Say it: --answer a=Acme", "Say it: --answer b=yes"
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("given", "code"), [({"size": "many"}, "answer.invalid"), ({}, "answer.missing")]
    )
    def test_what_leans_on_an_answer_that_is_none_is_not_told(
        self, given: dict[str, str], code: str
    ) -> None:
        questions = asked(
            {"key": "size", "type": "int"},
            {"key": "team", "default": "x", "when": "{{ answers.size > 3 }}"},
        )
        with pytest.raises((DataError, UsageError)) as caught:
            complete(questions, given)
        assert [each.code for each in caught.value.problems] == [code]

    def test_an_unknown_one_is_met_with_the_right_one(self) -> None:
        with pytest.raises(UsageError) as caught:
            complete(asked({"key": "client"}), {"cleint": "x"})
        assert (caught.value.code, caught.value.hint) == (
            "answer.unknown",
            'Did you mean "client"?',
        )

    def test_a_validator_says_what_is_wrong(self) -> None:
        said = "{% if answers.n < 5 %}At least five.{% endif %}"
        questions = asked({"key": "n", "type": "int", "validator": said})
        assert complete(questions, {"n": 7}) == {"n": 7}
        with pytest.raises(DataError) as caught:
            complete(questions, {"n": "3"})
        assert caught.value.message == "At least five."

    def test_a_secret_is_not_kept(self) -> None:
        questions = asked(
            {"key": "rate", "type": "int", "secret": True, "default": 1}, {"key": "a"}
        )
        answers = complete(questions, {"rate": "900", "a": "x"})
        assert answers["rate"] == 900
        assert without_secrets(questions, answers) == {"a": "x"}

    def test_an_answer_is_never_read_as_a_template(self) -> None:
        questions = asked({"key": "a"}, {"key": "b", "default": "{{ answers.a }}"})
        found = complete(questions, {"a": "{{ 7 * 7 }}"})
        assert found == {"a": "{{ 7 * 7 }}", "b": "{{ 7 * 7 }}"}
