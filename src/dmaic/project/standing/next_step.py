"""The single next thing to do in a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dmaic.project.criterion.base import Evidence
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.check import approve_command
from dmaic.project.gate.reply import GateReply
from dmaic.result import Frozen

if TYPE_CHECKING:
    from dmaic.project.standing.progress import PhaseProgress


class NextStep(Frozen):
    """The single next thing to do.

    Attributes:
        kind: what sort of thing it is.
        title: what to do, short.
        why: why it is next, one or two sentences.
        command: what does it, as it is typed.
        phase, step: where it belongs, or empty.
    """

    kind: Literal["step", "criterion", "submit", "sign", "cycle", "closed"]
    title: str
    why: str
    command: str
    phase: str = ""
    step: str = ""


def find_next(
    evidence: Evidence, phase: PhaseProgress, gate: GateReply, *, finished: bool
) -> NextStep:
    """The single next thing to do.

    An unfinished step comes first, then what the tollgate still asks for, then its submission and
    its signatures, and in the end the next cycle.

    Args:
        evidence: of the project, at the current phase's gate.
        phase: the current phase with its steps.
        gate: how its gate stands.
        finished: every gate is approved.
    """
    project = evidence.project
    if project.body.state == "closed":
        return NextStep(
            kind="closed",
            title="Nothing: the project is closed",
            why=project.body.reason or "It was closed.",
            command=f'dmaic project reopen {project.id} --reason "..."',
        )
    if finished:
        return _after(project)
    if gate.state == "submitted" and gate.passes:
        return _signature(evidence, gate)
    # What was sent back or is out of date comes with its reason, whatever is next.
    ended = f"{gate.reason}\n" if gate.reason else ""
    todo = [each for each in phase.steps if each.state == "open" and not each.optional]
    if todo and gate.state != "submitted":
        step = todo[0]
        return NextStep(
            kind="step",
            title=step.title,
            why=f"{ended}{step.explain}\nNow: {step.reason}",
            command=step.command,
            phase=phase.name,
            step=step.name,
        )
    if gate.failing:
        first = gate.failing[0]
        return NextStep(
            kind="criterion",
            title=first.title,
            why=f"{ended}The {gate.title} tollgate asks for it. {first.reason} {first.why}".strip(),
            command=first.command or f"dmaic gate check {gate.phase}",
            phase=phase.name,
        )
    why = f"Every criterion of the {gate.title} tollgate is met or waived."
    if gate.state == "rejected":
        why = f"{ended}Mend that first, then submit it again."
    elif gate.state == "out of date":
        why = f"{ended}Its approval is out of date; every criterion is met now."
    return NextStep(
        kind="submit",
        title=f"Submit the {gate.title} tollgate",
        why=why,
        command="dmaic gate submit",
        phase=phase.name,
    )


def _signature(evidence: Evidence, gate: GateReply) -> NextStep:
    from dmaic.project.gate.evidence import changes

    submission = evidence.gate.submission
    changed = changes(evidence, submission.evidence) if submission else []
    if changed:
        return NextStep(
            kind="submit",
            title=f"Submit the {gate.title} tollgate again",
            why=f"The evidence changed since it was submitted. {changed[0]}",
            command="dmaic gate submit",
            phase=gate.phase,
        )
    signer = gate.missing[0]
    who = " or ".join(signer.candidates)
    return NextStep(
        kind="sign",
        title=f"Have the {gate.title} tollgate signed by {who or f'a {signer.role}'}",
        why=f"It waits for the signature of the {signer.role}. "
        + (f"{who} may sign." if who else "Nobody on the team has this role yet."),
        command=approve_command(signer),
        phase=gate.phase,
    )


def _after(project: Stored[Project]) -> NextStep:
    if project.body.following:
        return NextStep(
            kind="cycle",
            title="Close the project",
            why="Every tollgate is approved, and the next cycle has begun.",
            command="dmaic project close",
        )
    return NextStep(
        kind="cycle",
        title="Begin the next cycle",
        why="Every tollgate is approved. The next Pareto group is the next project; team, scope "
        "and baseline are carried over.",
        command="dmaic project next-cycle",
    )
