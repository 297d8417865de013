"""Answers to one version of a template, brought to another version of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmaic.engagements.answers import checked_answer, default_of, is_asked
from dmaic.engagements.question import Questions
from dmaic.errors import DataError


def known(questions: Questions, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Those of some answers that a template asks for, by the names that it has for them.

    Args:
        questions: of the template.
        answers: key -> answer to another version of it; None where it was not asked.
    """
    found = {}
    for each in questions.all:
        for key in (each.key, *each.was):
            if answers.get(key) is not None:
                found[each.key] = answers[key]
                break
    return found


def misfits(questions: Questions, answers: Mapping[str, Any]) -> dict[str, DataError]:
    """Answers that a template does not take.

    Args:
        questions: of the template.
        answers: key -> answer.

    Returns:
        Key -> what is wrong with it.
    """
    found: dict[str, DataError] = {}
    before: dict[str, Any] = {}
    for each in questions.all:
        before[each.key] = None
        try:
            if each.key in answers and is_asked(each, before):
                before[each.key] = checked_answer(each, answers[each.key], before)
            else:
                before[each.key] = default_of(each, before)
        except DataError as error:
            # What else may be wrong, such as a default, is told where the template is filled.
            if error.code == "answer.invalid" and each.key in answers:
                found[each.key] = error
    return found
