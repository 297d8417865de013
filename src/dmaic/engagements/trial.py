"""Answers for trying a template out, where nobody is there to give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmaic.engagements.answers import checked_answer, default_of, is_asked
from dmaic.engagements.question import Question, Questions
from dmaic.errors import DataError

_MADE_UP = {"int": "1", "float": "1", "bool": "yes", "date": "2026-12-31"}


def trial_answers(questions: Questions, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Answers to every question: those that are given, the defaults, and made-up ones.

    Args:
        questions: of the template.
        given: key -> answer.

    Raises:
        DataError: a default cannot be filled.
    """
    answers: dict[str, Any] = {}
    for each in questions.all:
        value = (given or {}).get(each.key)
        if value is None:
            value = default_of(each, answers)
        if value is None and is_asked(each, answers):
            value = _made_up(each, answers)
        if value is not None:
            answers[each.key] = value
    return {key: value for key, value in answers.items() if value is not None}


def _made_up(question: Question, answers: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """An answer that the question takes, or its best guess: the refusal then tells why."""
    plain = question.key.replace("_", " ").capitalize()
    guesses: list[Any] = [question.placeholder] if question.placeholder else []
    guesses += [each.value for each in question.choices]
    guesses += [_MADE_UP.get(question.type, plain)]
    for guess in guesses:
        try:
            return checked_answer(question, guess, answers)
        except DataError:
            continue
    return guesses[0]
