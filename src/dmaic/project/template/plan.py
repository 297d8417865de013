"""What bringing a project's template up to date would do: the plan, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dmaic.documents.merge import Side
from dmaic.engagements.resolved import Filled
from dmaic.engagements.template import Criterion, Template
from dmaic.project.criterion.registry import make_check
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.check import gate_states
from dmaic.project.gate.state import GateState
from dmaic.project.paper.paper import Paper, opened
from dmaic.project.store.view import View
from dmaic.project.template.difference import How, Part, differences, with_held
from dmaic.project.template.memory import TemplateMemory, memory_of
from dmaic.project.template.papers import PaperMerge, merge_papers

ANSWER = "answer"
"""Begins the path of a clash over what somebody answered at a tollgate."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that both the team and the template changed.

    Attributes:
        path: how it is named, such as `charter.target`.
        what: what it is, in words.
        base: what the template said before; None where it had no such line.
        mine: what the team has; None where it removed the line.
        theirs: what the template says now; None where it removed the line.
        settled: whose word counts, or None as long as nobody decided.
    """

    path: str
    what: str
    base: str | None
    mine: str | None
    theirs: str | None
    settled: Side | None


@dataclass(frozen=True, slots=True)
class Files:
    """Files of a template that are not the same in both.

    Attributes:
        kind: such as `layout`.
        name: of the file.
        how: `new`, `gone` or `changed`.
    """

    kind: str
    name: str
    how: How


@dataclass(frozen=True)
class Plan:
    """What an update would do.

    Attributes:
        base: the template as the project follows it, filled.
        theirs: the one that takes its place, filled.
        template: phases and tollgates as they are to be.
        parts: what of them changes.
        waiting: what does not change yet, because its phase is decided.
        papers: kind of document -> what came of it.
        files: layouts, presets, style and assets that change.
        answers: key -> answer before and after; None where the question is not asked.
        clashes: what both changed.
        reopened: criteria whose answers are taken off, to be answered anew.
        held: title of each phase that stays as it is -> the state of its tollgate.
        memory: what a later update must know.
    """

    base: Filled
    theirs: Filled
    template: Template
    parts: tuple[Part, ...]
    waiting: tuple[Part, ...]
    papers: Mapping[str, PaperMerge]
    files: tuple[Files, ...]
    answers: Mapping[str, tuple[Any, Any]]
    clashes: tuple[Clash, ...]
    reopened: tuple[str, ...] = ()
    held: Mapping[str, str] = field(default_factory=dict)
    memory: TemplateMemory = field(default_factory=TemplateMemory)

    @property
    def open(self) -> tuple[Clash, ...]:
        """The clashes that nobody decided."""
        return tuple(each for each in self.clashes if each.settled is None)


def make_plan(
    view: View,
    project: Stored[Project],
    followed: Template,
    base: Filled,
    theirs: Filled,
    settled: Mapping[str, Side] | None = None,
) -> Plan:
    """Plan to bring a project to another version of its template, or to other answers.

    Args:
        view: to read from.
        project: that follows the template.
        followed: phases and tollgates as the project has them.
        base: the template as it was put together with the project last, filled.
        theirs: the one that takes its place, filled.
        settled: path of a clash -> whose word counts.
    """
    decided = settled or {}
    gates = gate_states(view, project.id)
    held = _held(followed, gates)
    template = with_held(followed, theirs.template, held)
    mine = {each.body.document: opened(each.body) for each in view.all(Paper, project.id)}
    made = merge_papers(
        base.documents,
        mine,
        theirs.documents,
        memory=memory_of(view, project.id),
        held=_rests_on(followed, held),
        settled=decided,
    )
    answered = _answered(followed, template, gates, decided)
    return Plan(
        base=base,
        theirs=theirs,
        template=template,
        parts=tuple(differences(followed, template)),
        waiting=tuple(differences(template, theirs.template)),
        papers=made.papers,
        files=tuple(file_changes(base, theirs)),
        answers=_answers(base, theirs),
        clashes=(*_clashes(made.papers, decided), *answered),
        reopened=tuple(
            each.path.partition(".")[2] for each in answered if each.settled == "theirs"
        ),
        held={followed.phase(name).title: state for name, state in held.items()},
        memory=made.memory,
    )


def _held(template: Template, gates: Mapping[str, GateState]) -> dict[str, str]:
    """Phases whose tollgates are submitted or approved: they keep what they are judged on."""
    return {
        phase.name: gates[phase.name].standing
        for phase in template.phases
        if phase.name in gates and gates[phase.name].standing in ("submitted", "approved")
    }


def _rests_on(template: Template, held: Mapping[str, str]) -> set[str]:
    """Kinds of documents that the tollgates of some phases are judged on."""
    phases = [template.phase(name) for name in held]
    kinds = {step.document for phase in phases for step in phase.steps if step.document}
    checks = [make_check(each.check, each.parameters) for phase in phases
              for each in phase.gate.criteria]  # fmt: skip
    return kinds | {kind for check in checks for kind in check.reads}


def _answered(
    followed: Template,
    template: Template,
    gates: Mapping[str, GateState],
    settled: Mapping[str, Side],
) -> list[Clash]:
    """Answers to questions of a tollgate that the new template asks in another way."""
    before = {each.name: each for phase in followed.phases for each in phase.gate.criteria}
    found = []
    for phase in template.phases:
        gate = gates.get(phase.name)
        for criterion in phase.gate.criteria:
            answer = gate.answer(criterion.name) if gate is not None else None
            old = before.get(criterion.name)
            if answer is None or old is None or _asks(old) == _asks(criterion):
                continue
            path = f"{ANSWER}.{criterion.name}"
            said = f"{'yes' if answer.yes else 'no'}, {answer.by}: {answer.note}"
            what = f'The answer to "{old.title}"'
            now = f'to be answered anew: "{criterion.title}"'
            found.append(Clash(path, what, old.title, said, now, settled.get(path)))
    return found


def _asks(criterion: Criterion) -> tuple[object, ...]:
    return criterion.title, criterion.check, criterion.parameters


def _clashes(papers: Mapping[str, PaperMerge], settled: Mapping[str, Side]) -> list[Clash]:
    found = []
    for kind, each in papers.items():
        if each.held:
            continue
        for move in each.merge.moves:
            if move.how != "clash":
                continue
            path = f"{kind}.{move.path}"
            what = f"{each.document.TITLE}: {move.path}"
            sides = (move.base, move.mine, move.theirs)
            found.append(Clash(path, what, *sides, settled.get(path)))
    return found


def file_changes(base: Filled, theirs: Filled) -> list[Files]:
    """Layouts, presets, style and its files that are not the same in two templates.

    Args:
        base: before.
        theirs: after.
    """
    found = []
    for kind, old, new in (
        ("layout", base.layouts, theirs.layouts),
        ("preset", base.presets, theirs.presets),
        ("style", base.style, theirs.style),
        ("style file", base.assets, theirs.assets),
    ):
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                how: How = "new" if name not in old else "gone" if name not in new else "changed"
                found.append(Files(kind, name, how))
    return found


def _answers(base: Filled, theirs: Filled) -> dict[str, tuple[Any, Any]]:
    old, new = base.answers, theirs.answers
    return {
        key: (old.get(key), new.get(key))
        for key in dict.fromkeys([*new, *old])
        if old.get(key) != new.get(key) or (key in old) != (key in new)
    }
