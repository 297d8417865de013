"""The questions of a project's template with their answers, and which of them were given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmaic.engagements.answers import default_of, filled
from dmaic.engagements.question import Question, Questions
from dmaic.errors import DataError
from dmaic.project.engagement.kept_package import package_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.view import View
from dmaic.project.template.difference import told
from dmaic.reply import Heads, Listing


def answer_list(view: View, project: Stored[Project]) -> Listing:
    """The questions of a project's template, with their answers.

    Args:
        view: to read from.
        project: any.
    """
    resolved = package_of(view, project)
    mark = project.body.template
    items: list[dict[str, Any]] = [
        {
            "key": each.key,
            "question": _asked(each, mark.answers),
            "answer": None if each.secret else mark.answers.get(each.key),
            "type": each.type,
        }
        for each in (resolved.questions.all if resolved is not None else ())
    ]
    return Listing(
        kind="template-answers",
        title=f"Answers to {mark.name} {mark.version}",
        items=tuple(items),
        shown=(
            Heads(field="key", title="Key", keep=1000),
            Heads(field="question", title="Question", wrap=True),
            Heads(field="answer", title="Answer", wrap=True, keep=900),
        ),
        texts=tuple({"answer": told(each["answer"])} for each in items),
        empty="The template asks nothing.",
        next=("dmaic template answer KEY VALUE",) if items else (),
    )


def _asked(question: Question, answers: Mapping[str, Any]) -> str:
    """The question as it was asked, which may name answers before it."""
    try:
        return filled(question.help, answers) or question.key
    except DataError:
        return question.help


def said(questions: Questions, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that were given, without those that follow from others.

    Args:
        questions: of the template.
        answers: all of a project.
    """
    given = {}
    for each in questions.all:
        value = answers.get(each.key)
        follows = isinstance(each.default, str) and "{{" in each.default
        if value is None or (follows and _default(each, answers) == value):
            continue
        given[each.key] = value
    return given


def _default(question: Question, answers: Mapping[str, Any]) -> Any:  # noqa: ANN401
    try:
        return default_of(question, answers)
    except DataError:
        return None
