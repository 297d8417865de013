"""Tollgates: which one a project works towards, and how it stands."""

from __future__ import annotations

from datetime import date

from dmaic.engagements.template import Criterion, Gate, Template, TemplatePhase
from dmaic.errors import NotFoundError, suggest
from dmaic.project.criterion.base import Check, Evidence
from dmaic.project.criterion.registry import make_check
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.reply import CriterionReply, GateReply, SignerReply
from dmaic.project.gate.state import GateState
from dmaic.project.people.role import holds
from dmaic.project.store.view import View
from dmaic.text import printable

__all__ = [
    "PREVIOUS",
    "CriterionReply",
    "GateReply",
    "GateState",
    "check_gate",
    "current_phase",
    "evidence_of",
    "gate_states",
    "judge_gate",
    "open_phase",
    "phase_named",
]

PREVIOUS = "previous-gate"
"""Name of the criterion that every gate but the first has: the gate before it is approved."""


def gate_states(view: View, project_id: str) -> dict[str, GateState]:
    """The gates of a project that anything was done about, by phase.

    Args:
        view: to read from.
        project_id: of the project.
    """
    return {each.body.phase: each.body for each in view.all(GateState, project_id)}


def current_phase(view: View, project: Stored[Project]) -> str:
    """The phase that a project is in: the first whose tollgate is not approved.

    Args:
        view: to read from.
        project: any.

    Returns:
        Its name; the last phase's once every gate is approved.
    """
    template = template_of(view, project)
    found = open_phase(template, gate_states(view, project.id))
    return found or template.phases[-1].name


def open_phase(template: Template, gates: dict[str, GateState]) -> str:
    """The first phase whose tollgate is not approved, or an empty text.

    Args:
        template: that the project follows.
        gates: by phase.
    """
    for phase in template.phases:
        gate = gates.get(phase.name)
        if gate is None or gate.approval is None:
            return phase.name
    return ""


def phase_named(template: Template, word: str) -> TemplatePhase:
    """The phase that a person means, by its name, its title or the beginning of one.

    Args:
        template: that the project follows.
        word: what the person wrote.

    Raises:
        NotFoundError: `phase.not-found`.
    """
    said = word.strip().casefold()
    begun = [
        phase
        for phase in template.phases
        if said and (phase.name.startswith(said) or phase.title.casefold().startswith(said))
    ]
    whole = [phase for phase in begun if said in (phase.name, phase.title.casefold())]
    if len(whole or begun) == 1:
        return (whole or begun)[0]
    names = [phase.name for phase in template.phases]
    raise NotFoundError(
        f'There is no phase "{printable(word, 60)}".',
        "phase.not-found",
        suggest(said, names) or f"The phases are {', '.join(names)}.",
    )


def evidence_of(view: View, project: Stored[Project], phase: str, today: date) -> Evidence:
    """What a project can show at the gate of a phase.

    Args:
        view: to read from.
        project: any.
        phase: name of the phase; empty takes the one that the project is in.
        today: the day on which overdue things are judged.
    """
    template = template_of(view, project)
    name = phase or open_phase(template, gate_states(view, project.id)) or template.phases[-1].name
    return Evidence(view, project, template, name, today)


def check_gate(view: View, project: Stored[Project], phase: str, today: date) -> GateReply:
    """How the tollgate of a phase stands, judged on evidence.

    Args:
        view: to read from.
        project: any.
        phase: name of the phase; empty takes the one that the project is in.
        today: the day on which overdue things are judged.
    """
    return judge_gate(evidence_of(view, project, phase, today))


def judge_gate(evidence: Evidence) -> GateReply:
    """How a tollgate stands.

    Args:
        evidence: of the project, at that gate.
    """
    template, gates = evidence.template, gate_states(evidence.view, evidence.project.id)
    phase = template.phase(evidence.phase)
    state = gates.get(phase.name) or GateState(phase=phase.name)
    current = open_phase(template, gates)
    criteria = [judge_criterion(evidence, each) for each in phase.gate.criteria]
    before = _previous(evidence, gates, current)
    if before is not None:
        criteria.insert(0, before)
    if state.approval is not None:
        # It is decided; whoever wants to mend something returns to the phase first.
        criteria = [each.model_copy(update={"command": ""}) for each in criteria]
    newest = state.rounds[-1] if state.rounds else None
    ended = newest is not None and newest.state in ("rejected", "withdrawn", "out of date")
    reply = GateReply(
        project=evidence.project.body.name,
        phase=phase.name,
        title=phase.title,
        state=state.standing,
        is_current=phase.name == current,
        passes=all(each.outcome != "fail" for each in criteria),
        criteria=tuple(criteria),
        signers=_signers(evidence, phase.gate, state),
        reason=f"{newest.state.capitalize()} by {newest.ended_by}, {newest.ended_at[:10]}: "
        f"{newest.reason}"
        if newest is not None and ended
        else "",
    )
    return reply.model_copy(update={"next": _next(reply)})


def check_of(criterion: Criterion) -> Check:
    """The check of a criterion with its parameters."""
    return make_check(criterion.check, criterion.parameters)


def judge_criterion(evidence: Evidence, criterion: Criterion) -> CriterionReply:
    """How one criterion stands.

    Args:
        evidence: of the project, at that gate.
        criterion: of the gate.
    """
    verdict = check_of(criterion).judge(evidence, criterion.name)
    waiver = evidence.gate.waiver(criterion.name)
    outcome = verdict.outcome
    if outcome == "fail" and criterion.level == "should":
        outcome = "warn"
    return CriterionReply(
        name=criterion.name,
        title=criterion.title,
        why=criterion.why,
        check=criterion.check,
        level=criterion.level,
        outcome="waived" if waiver is not None and outcome != "pass" else outcome,
        reason=verdict.reason,
        command=verdict.command,
        waiver=waiver,
    )


def _previous(
    evidence: Evidence, gates: dict[str, GateState], current: str
) -> CriterionReply | None:
    """The gate before must be approved: phases are not skipped."""
    names = [phase.name for phase in evidence.template.phases]
    place = names.index(evidence.phase)
    if not place:
        return None
    before = evidence.template.phases[place - 1]
    gate = gates.get(before.name)
    holds_still = gate is not None and gate.approval is not None
    return CriterionReply(
        name=PREVIOUS,
        title=f"The {before.title} tollgate is approved",
        why="A phase stands on the phases before it.",
        outcome="pass" if holds_still else "fail",
        reason=f"{before.title} is approved."
        if holds_still
        else f"The project is still in {evidence.template.phase(current).title}.",
        command="" if holds_still else f"dmaic gate check {current}",
    )


def _signers(evidence: Evidence, gate: Gate, state: GateState) -> tuple[SignerReply, ...]:
    newest = state.submission or state.approval
    signed = {each.role: each for each in newest.signatures} if newest else {}
    return tuple(
        SignerReply(
            role=role,
            candidates=tuple(each.name for each in evidence.team if holds(each, role)),
            by=signed[role].by if role in signed else "",
            at=signed[role].at if role in signed else "",
            note=signed[role].note if role in signed else "",
        )
        for role in gate.roles
    )


def _next(reply: GateReply) -> tuple[str, ...]:
    if reply.failing:
        return (reply.failing[0].command,) if reply.failing[0].command else ()
    if reply.state == "submitted" and reply.missing:
        return (approve_command(reply.missing[0]),)
    if reply.is_current and reply.state != "submitted":
        return ("dmaic gate submit",)
    return ()


def approve_command(signer: SignerReply) -> str:
    """What somebody types who signs for a role, or who finds somebody to do so.

    Args:
        signer: a role that must sign.
    """
    if signer.candidates:
        return f'dmaic gate approve --as "{signer.candidates[0]}"'
    from dmaic.project.people.role import split_role

    role, function = split_role(signer.role)
    more = f' --function "{function}"' if function else ""
    return f'dmaic team add NAME --role "{role}"{more}'
