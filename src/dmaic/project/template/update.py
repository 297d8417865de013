"""Bringing a project to a newer version of its template, or to other answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dmaic.documents.base import Document
from dmaic.documents.merge import Side
from dmaic.engagements.carry import known
from dmaic.engagements.render import render
from dmaic.engagements.resolved import Filled, Resolved
from dmaic.errors import DataError, NotFoundError, suggest
from dmaic.project.engagement.kept_package import package_of
from dmaic.project.engagement.kept_template import keep, template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.check import gate_states
from dmaic.project.gate.state import GateState
from dmaic.project.paper.paper import Paper
from dmaic.project.store.view import View
from dmaic.project.store.work import Work
from dmaic.project.template.answered import said
from dmaic.project.template.memory import remember
from dmaic.project.template.plan import Plan, make_plan
from dmaic.project.template.refuse import refuse_open
from dmaic.text import plural, printable


@dataclass(frozen=True)
class Wish:
    """What a project shall be brought to.

    Attributes:
        resolved: the template, its answers open.
        answers: to its questions, all but those that stay at their default.
        settled: path of a clash -> whose word counts.
        rest: whose word counts in clashes that `settled` does not name; None: nobody's yet.
    """

    resolved: Resolved
    answers: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    settled: Mapping[str, Side] = dataclasses.field(default_factory=dict)
    rest: Side | None = None


def plan_of(view: View, project: Stored[Project], wish: Wish) -> Plan:
    """What bringing a project there would do.

    Args:
        view: to read from.
        project: any.
        wish: where to.

    Raises:
        UsageError: `answer.unknown` or `answer.missing`.
        DataError: `answer.invalid`, or the template cannot be filled.
        NotFoundError: `template.no-clash`, there is no clash of a path that is settled.
        StoreError: as for `package_of` and `template_of`.
    """
    base = followed(view, project)
    theirs = render(wish.resolved, wish.answers)
    template = template_of(view, project)
    plan = make_plan(view, project, template, base, theirs, wish.settled)
    if wish.rest is not None and plan.open:
        rest = {each.path: wish.rest for each in plan.open}
        plan = make_plan(view, project, template, base, theirs, {**wish.settled, **rest})
    _refuse_unknown(plan, wish.settled)
    return plan


def followed(view: View, project: Stored[Project]) -> Filled:
    """The template as it was put together with a project last.

    Args:
        view: to read from.
        project: any.
    """
    resolved = package_of(view, project)
    if resolved is None:
        # It was begun before templates held documents.
        return Filled(template=template_of(view, project), documents={})
    answers = known(resolved.questions, project.body.template.answers)
    try:
        return render(resolved, answers)
    except DataError:
        # A later dmaic may not take what it was; then all that the team has is its own.
        return Filled(template=template_of(view, project), documents={}, answers=answers)


def _refuse_unknown(plan: Plan, settled: Iterable[str]) -> None:
    paths = [each.path for each in plan.clashes]
    for path in settled:
        if path not in paths:
            raise NotFoundError(
                f'Nothing clashes at "{printable(path, 80)}".',
                "template.no-clash",
                suggest(path, paths)
                or (f"Clashes are {', '.join(paths)}." if paths else "Nothing clashes at all."),
            )


def apply(
    work: Work, project: Stored[Project], wish: Wish, plan: Plan, *, tried: bool = False
) -> Stored[Project]:
    """Bring a project there.

    Args:
        work: to write with.
        project: as it was read in this transaction.
        wish: where to.
        plan: for it, made in this transaction.
        tried: it is only to be seen what would come of it, so what clashes may be undecided.

    Raises:
        ConflictError: `template.clash`.
    """
    if not tried:
        refuse_open(plan)
    filled = dataclasses.replace(plan.theirs, template=plan.template)
    mark = keep(work, wish.resolved, filled)
    changed = work.change(project, project.body.model_copy(update={"template": mark}))
    for kind, each in plan.papers.items():
        _write(work, project.id, kind, each.document)
    for gate in gate_states(work, project.id).values():
        _ask_again(work, project.id, gate, plan.reopened)
    remember(work, project.id, plan.memory)
    return changed


def _write(work: Work, project_id: str, kind: str, document: Document) -> None:
    """Keep a document; that nothing refers to its lines that go was seen to by the plan."""
    kept = work.keyed(Paper, project_id, kind)
    body = Paper(document=kind, fields=document.model_dump(mode="json"))
    if kept is not None:
        work.change(kept, body)
    elif not document.is_empty:
        work.add(body, project_id)


def _ask_again(work: Work, project_id: str, gate: GateState, names: Iterable[str]) -> None:
    left = tuple(each for each in gate.answers if each.criterion not in set(names))
    kept = work.keyed(GateState, project_id, gate.phase)
    if kept is not None and left != gate.answers:
        work.change(kept, gate.model_copy(update={"answers": left}))


def sentence(project: Stored[Project], wish: Wish, plan: Plan) -> str:
    """What an update did, in one sentence.

    Args:
        project: before it.
        wish: where to.
        plan: what was done.
    """
    mark, name = project.body.template, printable(project.body.name, 60)
    same = mark.package == wish.resolved.hash
    to = f"{wish.resolved.name} {wish.resolved.version}"
    brought = f'Filled {to} anew for "{name}"' if same else f'Brought "{name}" to {to}'
    kept = sum(move.how == "kept" for each in plan.papers.values() for move in each.merge.moves)
    stays = f"; {plural(kept, 'change')} of the team's {'stays' if kept == 1 else 'stay'}"
    return f"{brought}{stays if kept else ''}."


def source_of(project: Stored[Project], word: str | None) -> str:
    """Where the newer version of a project's template is looked for.

    Args:
        project: any.
        word: what the person named, or None.
    """
    mark = project.body.template
    return word or mark.source or mark.name


def answered_anew(
    project: Stored[Project],
    resolved: Resolved,
    answers: Mapping[str, Any],
    settled: Mapping[str, Side],
    rest: Side | None,
) -> Wish:
    """The same template with other answers.

    Args:
        project: that follows it.
        resolved: the template.
        answers: key -> new answer.
        settled: path of a clash -> whose word counts.
        rest: whose word counts elsewhere.
    """
    before = said(resolved.questions, project.body.template.answers)
    return Wish(resolved, {**before, **answers}, settled, rest)
