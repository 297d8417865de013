"""The questions of a project's template with the answers it began with."""

from __future__ import annotations

from typing import Any

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
            "question": each.help or each.key,
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
