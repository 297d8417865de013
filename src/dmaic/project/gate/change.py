"""Writing a tollgate: what all of its changes share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from dmaic.engagements.template import Criterion, TemplatePhase
from dmaic.errors import ConflictError, NotFoundError, UsageError, suggest
from dmaic.project.checked import checked, flag
from dmaic.project.criterion.base import Evidence
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project, refuse_closed
from dmaic.project.entity import Stored
from dmaic.project.gate.check import PREVIOUS, gate_states, open_phase, phase_named
from dmaic.project.gate.state import GateState, Round, RoundState
from dmaic.project.store.work import Work
from dmaic.reply import Change, Touched
from dmaic.result import Frozen
from dmaic.text import printable, says_something

F = TypeVar("F", bound=Frozen)


@dataclass(frozen=True)
class Desk:
    """A project's tollgates while one of them is changed.

    Attributes:
        work: to write with.
        project: the project.
        today: the day on which overdue things are judged.
        evidence: of the project, at the gate of the phase that it is in.
        gates: by phase, as they were read.
        current: name of that phase; empty once every gate is approved.
    """

    work: Work
    project: Stored[Project]
    today: date
    evidence: Evidence
    gates: dict[str, GateState]
    current: str

    def phase(self, word: str | None) -> TemplatePhase:
        """The phase that is meant; the current one where none is said.

        Raises:
            NotFoundError: `phase.not-found`.
            ConflictError: `gate.finished`, every gate is approved and none is said.
        """
        if word:
            return phase_named(self.evidence.template, word)
        if not self.current:
            raise ConflictError(
                "Every tollgate of the project is approved.",
                "gate.finished",
                "Go on with `dmaic project next-cycle`, or return to a phase: "
                'dmaic gate return PHASE --reason "...".',
            )
        return self.evidence.template.phase(self.current)

    def at(self, phase: str) -> Evidence:
        """The evidence at the gate of a phase."""
        return self.evidence.at(phase)

    def gate(self, phase: str) -> GateState:
        """The gate of a phase; a blank one where nothing was done about it."""
        return self.gates.get(phase) or GateState(phase=phase)

    def keep(self, gate: GateState) -> Stored[GateState]:
        """Write a gate."""
        old = self.work.keyed(GateState, self.project.id, gate.phase)
        if old is None:
            return self.work.add(gate, self.project.id)
        return self.work.change(old, gate)

    def criterion(self, word: str) -> tuple[TemplatePhase, Criterion]:
        """The criterion that is meant, and the phase whose gate asks for it.

        Raises:
            NotFoundError: `criterion.not-found`.
            ConflictError: `gate.previous`, it is the order of the phases, which nobody waives.
        """
        name = word.strip().casefold()
        if name == PREVIOUS:
            raise ConflictError(
                "Phases follow one another; that one waits for another cannot be let pass.",
                "gate.previous",
                "Approve the gate before it.",
            )
        found = {
            each.name: (phase, each)
            for phase in self.evidence.template.phases
            for each in phase.gate.criteria
        }
        if name not in found:
            here = [each for each, (phase, _) in found.items() if phase.name == self.current]
            raise NotFoundError(
                f'There is no criterion "{printable(word, 60)}".',
                "criterion.not-found",
                suggest(name, found) or f"This gate asks for {', '.join(here or found)}.",
            )
        return found[name]

    def ensure_undecided(self, phase: TemplatePhase) -> None:
        """Refuse to change what an approved gate rested on.

        Raises:
            ConflictError: `gate.approved`.
        """
        if self.gate(phase.name).approval is not None:
            raise ConflictError(
                f"The {phase.title} tollgate is approved; what it rested on stays as it was.",
                "gate.approved",
                f'Return to the phase first: dmaic gate return {phase.name} --reason "...".',
            )


def desk(work: Work, project: Stored[Project], today: date) -> Desk:
    """Open a project's tollgates to change one of them.

    Args:
        work: to write with.
        project: the project.
        today: the day on which overdue things are judged.

    Raises:
        ConflictError: `project.closed`.
    """
    refuse_closed(project)
    template = template_of(work, project)
    gates = gate_states(work, project.id)
    current = open_phase(template, gates)
    evidence = Evidence(work, project, template, current or template.phases[-1].name, today)
    return Desk(work, project, today, evidence, gates, current)


def required(text: str | None, flag: str, why: str) -> str:
    """Words that must be given.

    Args:
        text: what was given.
        flag: where.
        why: it must be given.

    Raises:
        UsageError: `usage.missing`.
    """
    told = (text or "").strip()
    if says_something(told):
        return told
    raise UsageError(f"{why} Nothing was written.", "usage.missing", f'Add {flag} "...".')


def made(kind: type[F], **fields: Any) -> F:  # noqa: ANN401  checked by the model
    """One entry of a gate, of what a person said.

    Args:
        kind: its model.
        **fields: of it.

    Raises:
        UsageError: `field.value`, with every field that cannot be so.
    """
    return checked(kind, fields, where=lambda field: "--as" if field == "by" else flag(field))


def ended(
    rounds: tuple[Round, ...], state: RoundState, reason: str, work: Work, by: str = ""
) -> tuple[Round, ...]:
    """The submissions of a gate with the newest one ended.

    Args:
        rounds: of a gate.
        state: how it ended.
        reason: why.
        work: to write with.
        by: who ended it; empty takes the person at the keyboard.
    """
    last = made(
        Round,
        **{
            **dict(rounds[-1]),
            "state": state,
            "reason": reason,
            "ended_by": by or work.actor,
            "ended_at": work.at,
        },
    )
    return (*rounds[:-1], last)


def told(
    work: Work,
    done: str,
    gate: Stored[GateState],
    fields: dict[str, tuple[str | None, str | None]],
    *,
    next: tuple[str, ...] = (),
    more: tuple[str, ...] = (),
) -> Change:
    """What a command answers that changed a gate: in words, not in lists of lists.

    Args:
        work: that wrote it.
        done: what happened.
        gate: as it is now.
        fields: what changed, before and after.
        next: commands that likely follow.
        more: further sentences.
    """
    reply = work.reply(done, gate, next=next, more=more)
    if not work.changes():
        return reply
    touched = Touched(what="gate", id=gate.id, name=gate.body.phase, fields=fields)
    return reply.model_copy(update={"touched": (touched,)})
