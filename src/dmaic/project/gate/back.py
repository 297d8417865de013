"""Sending a tollgate back, and returning to an earlier phase."""

from __future__ import annotations

from datetime import date

from dmaic.errors import ConflictError
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.answer import person
from dmaic.project.gate.change import desk, ended, required, told
from dmaic.project.gate.sign import signing, submitted
from dmaic.project.gate.state import RoundState
from dmaic.project.store.work import Work
from dmaic.reply import Change
from dmaic.text import printable


def reject(
    work: Work,
    project: Stored[Project],
    word: str | None,
    *,
    name: str | None,
    note: str | None,
    today: date,
) -> Change:
    """Send a submitted tollgate back; its signatures are void.

    Args:
        work: to write with.
        project: the project.
        word: the phase; None takes the current one.
        name: who sends it back; None takes the person at the keyboard.
        note: why.
        today: the day on which overdue things are judged.

    Raises:
        UsageError: `usage.missing`, there is no reason.
        NotFoundError: `phase.not-found`, `member.not-found`, `member.ambiguous`, `member.other`.
        ConflictError: `gate.not-submitted`, `gate.may-not-sign`, `project.closed`.
    """
    at = desk(work, project, today)
    phase, submission, stands = submitted(at, word)
    words = required(note, "--note", "Who sends a tollgate back must say why.")
    member, _ = signing(at, stands, name, None, again=True)
    gate = at.gate(at.current)
    rounds = ended(gate.rounds, "rejected", words, work, member.name)
    kept = at.keep(gate.model_copy(update={"rounds": rounds}))
    void = [each.by for each in submission.signatures]
    more = [f"The signature of {', '.join(void)} is void."] if void else []
    return told(
        work,
        f"{printable(member.name, 60)} sent the {phase} tollgate back.",
        kept,
        {"state": ("submitted", "rejected"), "reason": ("–", printable(words, 200))},
        next=("dmaic gate check",),
        more=(*more, "Mend it and submit it again."),
    )


def go_back(
    work: Work,
    project: Stored[Project],
    word: str,
    *,
    reason: str | None,
    by: str | None = None,
    today: date,
) -> Change:
    """Return to an earlier phase; its approval and the later ones are out of date.

    Args:
        work: to write with.
        project: the project.
        word: the phase to return to.
        reason: why.
        by: who decides it; None takes the person at the keyboard.
        today: the day on which overdue things are judged.

    Raises:
        UsageError: `usage.missing`, there is no reason.
        NotFoundError: `phase.not-found`.
        ConflictError: `gate.not-earlier`, `project.closed`.
    """
    at = desk(work, project, today)
    phase = at.phase(word)
    words = required(reason, "--reason", "Going back needs a written reason.")
    if at.gate(phase.name).approval is None:
        where = at.evidence.template.phase(at.current).title
        raise ConflictError(
            f"{phase.title} is not an earlier phase: the project is in {where}.",
            "gate.not-earlier",
            f"Work on it: dmaic walk --phase {at.current}.",
        )
    who = person(at, by)
    names = [each.name for each in at.evidence.template.phases]
    outdated = []
    kept = None
    for name in names[names.index(phase.name) :]:
        gate = at.gate(name)
        if gate.approval is not None:
            state: RoundState = "out of date"
            outdated.append(at.evidence.template.phase(name).title)
        elif gate.submission is not None:
            state = "withdrawn"
        else:
            continue
        rounds = ended(gate.rounds, state, words, work, who)
        written = at.keep(gate.model_copy(update={"rounds": rounds}))
        kept = kept or written
    assert kept is not None
    return told(
        work,
        f"{printable(who, 60)} returned the project to {phase.title}.",
        kept,
        {"state": ("approved", "out of date"), "reason": ("–", printable(words, 200))},
        next=(f"dmaic gate check {phase.name}",),
        more=(
            f"Out of date and to be approved again: {', '.join(outdated)}. Their history stays.",
        ),
    )
