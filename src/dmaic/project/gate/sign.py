"""Submitting a tollgate, and signing it."""

from __future__ import annotations

from datetime import date

from dmaic.errors import ConflictError, NotFoundError, Problem
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.answer import person
from dmaic.project.gate.change import Desk, desk, ended, made, told
from dmaic.project.gate.check import approve_command, judge_gate
from dmaic.project.gate.evidence import changes, fingerprint
from dmaic.project.gate.reply import GateReply
from dmaic.project.gate.state import Round, Signature
from dmaic.project.people.role import find_member, holds
from dmaic.project.people.team import Member
from dmaic.project.report_command import report_command
from dmaic.project.store.work import Work
from dmaic.reply import Change
from dmaic.text import plural, printable


def submit(
    work: Work,
    project: Stored[Project],
    word: str | None,
    *,
    note: str = "",
    by: str | None = None,
    today: date,
) -> Change:
    """Put the tollgate of the current phase before those who sign.

    The submission keeps a fingerprint of what it rests on. Submitting again, after something
    changed, takes the place of the submission before and needs all signatures anew.

    Args:
        work: to write with.
        project: the project.
        word: the phase, which must be the current one; None takes it.
        note: words for those who sign.
        by: who submits; None takes the person at the keyboard.
        today: the day on which overdue things are judged.

    Raises:
        NotFoundError: `phase.not-found`.
        ConflictError: `gate.not-current`, `gate.not-passed` with every reason,
            `gate.submitted`, `gate.finished`, `project.closed`.
    """
    at = desk(work, project, today)
    phase = at.phase(word)
    if phase.name != at.current:
        state = at.gate(phase.name)
        message = (
            f"The {phase.title} tollgate is approved already."
            if state.approval
            else f"The project is not in {phase.title} yet: phases follow one another."
        )
        hint = f"Submit the current one: dmaic gate submit {at.current}." if at.current else ""
        raise ConflictError(message, "gate.not-current", hint)
    stands = judge_gate(at.evidence)
    _ensure_passing(stands, "cannot be submitted")
    gate = at.gate(phase.name)
    rounds, renewed = gate.rounds, False
    if gate.submission is not None:
        changed = changes(at.evidence, gate.submission.evidence)
        if not changed:
            raise ConflictError(
                f"{printable(gate.submission.by, 60)} submitted the {phase.title} tollgate on "
                f"{gate.submission.at[:10]}, and nothing changed since.",
                "gate.submitted",
                who_signs(stands),
            )
        rounds, renewed = ended(rounds, "withdrawn", " ".join(changed), work), True
    who = person(at, by)
    new = made(Round, by=who, at=work.at, note=note, evidence=fingerprint(at.evidence))
    kept = at.keep(gate.model_copy(update={"rounds": (*rounds, new)}))
    more = [
        f"Nobody on the team is {each.role} yet." for each in stands.signers if not each.candidates
    ]
    if renewed:
        more.append("Every signature is needed anew, because the evidence changed.")
    roles = ", ".join(each.role for each in stands.signers)
    return told(
        work,
        f"Submitted the {phase.title} tollgate. It waits for the signature of: {roles}.",
        kept,
        {"state": (gate.standing, "submitted")},
        # Who signs is seldom at a terminal, and reads the report first.
        next=(
            *(approve_command(each) for each in stands.signers[:1]),
            report_command(phase.name),
        ),
        more=tuple(more),
    )


def approve(
    work: Work,
    project: Stored[Project],
    word: str | None,
    *,
    name: str | None,
    role: str | None = None,
    note: str = "",
    today: date,
) -> Change:
    """Sign the submitted tollgate; once every role has signed, the next phase opens.

    Args:
        work: to write with.
        project: the project.
        word: the phase; None takes the current one.
        name: who signs, as `Dana` or `Dana (Finance)`; None takes the person at the keyboard.
        role: which the person signs for; None signs for every required role that they have.
        note: words with the signature.
        today: the day on which overdue things are judged.

    Raises:
        NotFoundError: `phase.not-found`, `member.not-found`, `member.ambiguous`, `member.other`.
        ConflictError: `gate.not-submitted`, `gate.changed` with every change since the
            submission, `gate.not-passed`, `gate.may-not-sign`, `gate.signed`, `project.closed`.
    """
    at = desk(work, project, today)
    phase, submission, stands = submitted(at, word)
    changed = changes(at.evidence, submission.evidence)
    if changed:
        raise ConflictError.of(
            [
                Problem(
                    "gate.changed",
                    f"The evidence changed since the {phase} tollgate was submitted on "
                    f"{submission.at[:10]}: {each}",
                    "" if number else "Look at it, then submit it again: dmaic gate submit.",
                )
                for number, each in enumerate(changed)
            ]
        )
    _ensure_passing(stands, "cannot be signed any more")
    member, roles = signing(at, stands, name, role)
    signed = tuple(
        made(Signature, role=each, by=member.name, note=note, at=work.at, actor=work.actor)
        for each in roles
    )
    signatures = (*submission.signatures, *signed)
    done = {each.role for each in signatures}
    left = [each for each in stands.signers if each.role not in done]
    gate = at.gate(at.current)
    new = submission.model_copy(
        update={"signatures": signatures, "state": "submitted" if left else "approved"}
    )
    kept = at.keep(gate.model_copy(update={"rounds": (*gate.rounds[:-1], new)}))
    more = []
    if len(roles) > 1:
        more.append(
            f"{printable(member.name, 60)} has {len(roles)} of the roles and signed for each."
        )
    follow: tuple[str, ...]
    if left:
        more.append(f"Still to sign: {', '.join(each.role for each in left)}.")
        follow = (approve_command(left[0]),)
    else:
        opened, follow = _opened(at)
        more.append(opened)
    return told(
        work,
        f"{printable(member.name, 60)} signed the {phase} tollgate as {' and '.join(roles)}.",
        kept,
        dict.fromkeys(roles, ("–", member.name)),
        next=follow,
        more=tuple(more),
    )


def submitted(at: Desk, word: str | None) -> tuple[str, Round, GateReply]:
    """Title of the phase, its submission, and how its gate stands."""
    phase = at.phase(word)
    submission = at.gate(phase.name).submission
    if submission is None:
        approved = at.gate(phase.name).approval is not None
        raise ConflictError(
            f"The {phase.title} tollgate is approved already."
            if approved
            else f"The {phase.title} tollgate is not submitted.",
            "gate.not-submitted",
            "`dmaic gate show` says who signed." if approved else "Submit it: dmaic gate submit.",
        )
    return phase.title, submission, judge_gate(at.at(phase.name))


def _ensure_passing(stands: GateReply, what: str) -> None:
    if stands.passes:
        return
    count = plural(len(stands.failing), "criterion", "criteria")
    raise ConflictError(
        f"The {stands.title} tollgate {what}: {count} not met.",
        "gate.not-passed",
        'Mend them, or have them waived: dmaic gate waive CRITERION --reason "...".',
        more=[
            Problem("gate.not-passed", f"{each.title} [{each.name}]. {each.reason}", each.command)
            for each in stands.failing
        ],
    )


def signing(
    at: Desk, stands: GateReply, name: str | None, role: str | None, *, again: bool = False
) -> tuple[Member, list[str]]:
    """Who signs, and the required roles that they sign for.

    Args:
        at: the project's gates.
        stands: the gate that is signed.
        name: who signs; None takes the person at the keyboard.
        role: only this one of the person's roles.
        again: also roles that have signed.
    """
    try:
        member = find_member(
            at.work.all(Member, at.project.id), at.work.actor if name is None else name
        )
    except NotFoundError as error:
        if name is None:
            error.hint = f"Say who you are with --as NAME. {who_signs(stands)}"
        raise
    wanted = [each.role for each in stands.signers]
    mine = [each for each in wanted if holds(member, each)]
    if role is not None:
        said = role.strip().casefold()
        mine = [each for each in mine if said in (each.casefold(), each.split(" (")[0].casefold())]
    shown = printable(member.name, 60)
    if not mine:
        have = ", ".join(member.roles) or "no role"
        of = f" of {member.function}" if member.function else ""
        as_what = f" as {printable(role, 60)}" if role is not None else ""
        raise ConflictError(
            f"{shown}{of} may not sign the {stands.title} tollgate{as_what}: it takes "
            f"{', '.join(wanted)}, and {shown} has {have}.",
            "gate.may-not-sign",
            who_signs(stands),
        )
    left = [each for each in mine if not _signed(stands, each)]
    if not left and not again:
        first = next(each for each in stands.signers if each.role == mine[0])
        raise ConflictError(
            f"{printable(first.by, 60)} signed the {stands.title} tollgate as {first.role} on "
            f"{first.at[:10]}.",
            "gate.signed",
            who_signs(stands),
        )
    return member, mine if again else left


def _signed(stands: GateReply, role: str) -> bool:
    return any(each.role == role and each.by for each in stands.signers)


def who_signs(stands: GateReply) -> str:
    """`Still to sign: sponsor: Ada; approver (Finance): nobody yet.`"""
    left = []
    for each in stands.missing:
        names = " or ".join(printable(name, 60) for name in each.candidates)
        left.append(f"{each.role}: {names or 'nobody yet'}")
    return f"Still to sign: {'; '.join(left)}." if left else ""


def _opened(at: Desk) -> tuple[str, tuple[str, ...]]:
    """What an approval opens, and what follows."""
    phases = at.evidence.template.phases
    later = [
        phase
        for phase in phases
        if phase.name != at.current and at.gate(phase.name).approval is None
    ]
    if not later:
        return "Every tollgate is approved: the project can be closed.", (
            'dmaic project close --reason "..."',
            "dmaic project next-cycle",
        )
    return f"Every role has signed. {later[0].title} is open.", (
        f"dmaic walk --phase {later[0].name}",
    )
