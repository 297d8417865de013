"""How far a project is: every step by its evidence, every phase, the next thing to do."""

from __future__ import annotations

from datetime import date
from typing import Literal

from dmaic.engagements.template import Step, TemplatePhase
from dmaic.project.criterion.base import Evidence, Verdict
from dmaic.project.criterion.registry import make_check
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.check import gate_states, judge_gate, open_phase
from dmaic.project.gate.reply import GateReply
from dmaic.project.gate.state import GateState
from dmaic.project.standing.next_step import NextStep, find_next
from dmaic.project.standing.step import StepMark, step_marks
from dmaic.project.store.view import View
from dmaic.result import Frozen

__all__ = ["NextStep", "PhaseProgress", "Progress", "StepProgress", "next_step", "progress"]

StepState = Literal["done", "open", "skipped"]
PhaseState = Literal["approved", "current", "submitted", "ahead", "out of date"]


class StepProgress(Frozen):
    """One step and how it stands.

    Attributes:
        phase, name, title, explain, example: of the step.
        document, analysis: what it is about, or empty.
        optional: it may be left out without a word.
        state: done by evidence, open, or skipped.
        reason: why it stands so.
        command: what does it, as it is typed.
    """

    phase: str
    name: str
    title: str
    explain: str = ""
    example: str = ""
    document: str = ""
    analysis: str = ""
    optional: bool = False
    state: StepState
    reason: str = ""
    command: str


class PhaseProgress(Frozen):
    """One phase and how far it is.

    Attributes:
        name, title: of the phase.
        state: `approved`, `current`, `submitted` (current, waiting for signatures), `ahead`, or
            `out of date` (ahead, was approved before the project went back).
        steps: in order.
    """

    name: str
    title: str
    state: PhaseState
    steps: tuple[StepProgress, ...]

    @property
    def counted(self) -> int:
        """Steps that there are to do: all but the optional ones that are open."""
        return sum(each.state != "open" or not each.optional for each in self.steps)

    @property
    def ready(self) -> int:
        """Steps that are done or skipped."""
        return sum(each.state != "open" for each in self.steps)


class Progress(Frozen):
    """How far a project is.

    Attributes:
        phases: in order.
        current: name of the phase it is in; the last one's once every gate is approved.
        finished: every gate is approved.
        gate: how the current phase's tollgate stands.
        next: the single next thing to do.
    """

    phases: tuple[PhaseProgress, ...]
    current: str
    finished: bool
    gate: GateReply
    next: NextStep

    @property
    def phase(self) -> PhaseProgress:
        """The phase it is in."""
        return next(each for each in self.phases if each.name == self.current)


def progress(
    view: View, project: Stored[Project], today: date, *, every_phase: bool = True
) -> Progress:
    """How far a project is, by its evidence.

    Args:
        view: to read from.
        project: any.
        today: the day on which overdue things are judged.
        every_phase: look at the steps of every phase; else only of the current one, which is
            quicker: the others then have no steps.
    """
    template = template_of(view, project)
    gates = gate_states(view, project.id)
    opened = open_phase(template, gates)
    current = opened or template.phases[-1].name
    evidence = Evidence(view, project, template, current, today)
    marks = step_marks(view, project.id)
    phases = tuple(
        _phase(
            evidence.at(phase.name),
            phase,
            gates.get(phase.name) or GateState(phase=phase.name),
            marks,
            is_current=phase.name == opened,
            look=every_phase or phase.name == current,
        )
        for phase in template.phases
    )
    gate = judge_gate(evidence)
    here = next(each for each in phases if each.name == current)
    return Progress(
        phases=phases,
        current=current,
        finished=not opened,
        gate=gate,
        next=find_next(evidence, here, gate, finished=not opened),
    )


def next_step(view: View, project: Stored[Project], today: date) -> NextStep:
    """The single next thing to do in a project.

    Args:
        view: to read from.
        project: any.
        today: the day on which overdue things are judged.
    """
    return progress(view, project, today, every_phase=False).next


def _phase(
    evidence: Evidence,
    phase: TemplatePhase,
    gate: GateState,
    marks: dict[str, StepMark],
    *,
    is_current: bool,
    look: bool,
) -> PhaseProgress:
    state: PhaseState = "ahead"
    if gate.approval is not None:
        state = "approved"
    elif is_current:
        state = "submitted" if gate.submission is not None else "current"
    elif gate.standing == "out of date":
        state = "out of date"
    if not look:
        return PhaseProgress(name=phase.name, title=phase.title, state=state, steps=())
    steps = tuple(
        _step(evidence, phase.name, each, marks.get(f"{phase.name}/{each.name}"))
        for each in phase.steps
    )
    return PhaseProgress(name=phase.name, title=phase.title, state=state, steps=steps)


def _step(evidence: Evidence, phase: str, step: Step, mark: StepMark | None) -> StepProgress:
    verdict = judge_step(evidence, step)
    state: StepState = "open" if verdict.outcome == "fail" else "done"
    reason = verdict.reason
    if state == "open" and mark is not None and mark.skipped:
        state = "skipped"
        reason = f"Skipped by {mark.by or 'somebody'}{f': {mark.reason}' if mark.reason else '.'}"
    return StepProgress(
        phase=phase,
        name=step.name,
        title=step.title,
        explain=step.explain,
        example=step.example,
        document=step.document,
        analysis=step.analysis,
        optional=step.optional,
        state=state,
        reason=reason,
        command=(verdict.command if state == "open" else "") or step.typed,
    )


def judge_step(evidence: Evidence, step: Step) -> Verdict:
    """Whether a step is done, by evidence.

    Args:
        evidence: of the project.
        step: of the template.
    """
    if step.document:
        from dmaic.project.criterion.document import judge_document

        return judge_document(evidence, step.document)
    if step.analysis:
        from dmaic.project.criterion.analysis import judge_analysis

        return judge_analysis(evidence, step.analysis)
    return make_check(step.done_when, step.done_with).judge(evidence, step.name)
