"""One template as people see it: what a project that follows it begins with."""

from __future__ import annotations

import shlex
from typing import Any

from dmaic.block import Block, Cells, Check, Checks, Fields, Heading, Note, Table
from dmaic.documents.base import Document
from dmaic.documents.form import form
from dmaic.documents.registry import document_class
from dmaic.engagements.question import Question
from dmaic.engagements.resolved import Filled, Resolved
from dmaic.engagements.template import TemplatePhase
from dmaic.reply import Page
from dmaic.text import plural, printable


class ShownTemplate(Page):
    """A template.

    Attributes:
        name, version, title, purpose: of it.
        source: how it can be had.
        extends: name and version of each template it extends, the nearest first.
        questions: key, type, question and default of each.
        phases: name, title, steps, criteria and roles of each.
        documents: kind -> fields and lines that are filled in.
        reports: names of its layouts.
        presets: names of its presets.
        style: files and settings of its style.
    """

    kind: str = "template"
    name: str
    version: str
    title: str
    purpose: str
    source: str
    extends: tuple[str, ...] = ()
    questions: tuple[dict[str, Any], ...] = ()
    phases: tuple[dict[str, Any], ...] = ()
    documents: dict[str, int] = {}  # noqa: RUF012  Pydantic copies defaults
    reports: tuple[str, ...] = ()
    presets: tuple[str, ...] = ()
    style: tuple[str, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """What it is for, what it asks, its phases, and what else is in it."""
        rows = [("From", self.source), ("Extends", ", ".join(self.extends) or "nothing")]
        told: list[Block] = [
            Heading(self.title, 1, f"{self.name} {self.version}"),
            Note(self.purpose),
            Fields(tuple(rows)),
            Heading("Phases"),
            Checks(tuple(_phase(each) for each in self.phases)),
        ]
        if self.questions:
            told.append(_questions(self.questions))
        beside = [
            ("Documents", ", ".join(_document(*each) for each in self.documents.items())),
            ("Reports", ", ".join(self.reports)),
            ("Presets", ", ".join(self.presets)),
            ("Style", ", ".join(self.style)),
        ]
        kept = tuple((label, text) for label, text in beside if text)
        return (*told, Heading("Comes with"), Fields(kept)) if kept else tuple(told)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a criterion."""
        rows = [
            (phase["name"], each["name"], each["title"], each["level"], each["check"])
            for phase in self.phases
            for each in phase["criteria"]
        ]
        return ("phase", "criterion", "title", "level", "check"), rows


def shown(resolved: Resolved, filled: Filled, said: str) -> ShownTemplate:
    """A template as it is shown.

    Args:
        resolved: with its questions.
        filled: with answers for a trial.
        said: how it was named, which will do again.
    """
    again = shlex.quote(said)
    template = filled.template
    return ShownTemplate(
        name=template.name,
        version=template.version,
        title=template.title,
        purpose=template.purpose,
        source=resolved.source,
        extends=resolved.lineage,
        questions=tuple(_asked(each) for each in resolved.questions.all),
        phases=tuple(_facts(each) for each in template.phases),
        documents={kind: _count(each) for kind, each in filled.documents.items()},
        reports=tuple(sorted(name.removesuffix(".md.j2") for name in filled.layouts)),
        presets=tuple(sorted(filled.presets)),
        style=(*sorted(filled.style), *sorted(filled.assets)),
        next=(
            f"dmaic template try {again}",
            f'dmaic project new "NAME" --template {again}',
        ),
    )


def _facts(phase: TemplatePhase) -> dict[str, Any]:
    return {
        "name": phase.name,
        "title": phase.title,
        "steps": [{"name": each.name, "title": each.title} for each in phase.steps],
        "criteria": [
            {"name": each.name, "title": each.title, "level": each.level, "check": each.check}
            for each in phase.gate.criteria
        ],
        "roles": list(phase.gate.roles),
    }


def _phase(facts: dict[str, Any]) -> Check:
    steps = plural(len(facts["steps"]), "step")
    criteria = plural(len(facts["criteria"]), "criterion", "criteria")
    return Check("plain", f"{facts['title']}: {steps}, a tollgate of {criteria}",
                 f"Signed by {', '.join(facts['roles'])}.")  # fmt: skip


def _asked(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "type": question.type,
        "question": question.help or question.key,
        "default": question.default,
        "choices": [each.value for each in question.choices],
    }


def _questions(asked: tuple[dict[str, Any], ...]) -> Table:
    return Table(
        (
            Cells("Answer", tuple(each["key"] for each in asked), keep=1000),
            Cells("Question", tuple(printable(each["question"], 300) for each in asked), wrap=True),
            Cells("Default", tuple(_default(each) for each in asked), wrap=True, keep=90),
        ),
        title="It asks",
    )


def _default(each: dict[str, Any]) -> str:
    default = each["default"]
    if default is None:
        return "(must be answered)"
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, list):
        return ", ".join(map(str, default))
    return printable(str(default), 100)


def _document(kind: str, count: int) -> str:
    return f"{document_class(kind).called()} ({plural(count, 'entry', 'entries')})"


def _count(document: Document) -> int:
    """Fields that are filled in; of a list, its lines."""
    values = [getattr(document, each.name) for each in form(type(document))]
    return sum(len(each) if isinstance(each, tuple) else each not in (None, "", {}, False)
               for each in values)  # fmt: skip
