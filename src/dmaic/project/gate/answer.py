"""Answering the questions of a tollgate, and letting a criterion pass by a waiver."""

from __future__ import annotations

from datetime import date

from dmaic.errors import ConflictError, NotFoundError
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.change import Desk, desk, made, required, told
from dmaic.project.gate.check import check_of, judge_criterion
from dmaic.project.gate.state import GateAnswer, GateWaiver
from dmaic.project.people.role import find_member
from dmaic.project.people.team import Member
from dmaic.project.store.work import Work
from dmaic.reply import Change
from dmaic.text import printable


def answer(
    work: Work,
    project: Stored[Project],
    word: str,
    *,
    yes: bool,
    note: str | None,
    by: str | None,
    today: date,
) -> Change:
    """Answer a question of a tollgate; the newest answer counts.

    Args:
        work: to write with.
        project: the project.
        word: name of the criterion.
        yes: the answer.
        note: what it rests on.
        by: who answers; None takes the person at the keyboard.
        today: the day on which overdue things are judged.

    Raises:
        UsageError: `usage.missing`, there is no note.
        NotFoundError: `criterion.not-found`.
        ConflictError: `gate.not-a-question`, evidence judges it; `gate.may-not-answer`, it is
            another's to answer; `gate.approved`, `project.closed`.
    """
    at = desk(work, project, today)
    phase, criterion = at.criterion(word)
    at.ensure_undecided(phase)
    check = check_of(criterion)
    if not check.ASKS:
        verdict = check.judge(at.at(phase.name), criterion.name)
        hint = f"It stands so: {verdict.reason}"
        raise ConflictError(
            f'"{criterion.title}" is judged on evidence; nobody answers it.',
            "gate.not-a-question",
            f"{hint} {verdict.command}".strip(),
        )
    words = required(note, "--note", "An answer needs a note that says what it rests on.")
    who = person(at, by)
    role = getattr(check, "role", "")
    if role and not check.may_answer(at.at(phase.name), who):  # type: ignore[attr-defined]
        raise ConflictError(
            f"{printable(who, 60)} may not answer this: it takes somebody who is {role}.",
            "gate.may-not-answer",
            f"Say who answers with --as NAME. {_who_may(at, role)}".strip(),
        )
    gate = at.gate(phase.name)
    old = gate.answer(criterion.name)
    new = made(GateAnswer, criterion=criterion.name, yes=yes, note=words, by=who, at=work.at)
    kept = at.keep(
        gate.model_copy(
            update={
                "answers": (
                    *(each for each in gate.answers if each.criterion != criterion.name),
                    new,
                )
            }
        )
    )
    return told(
        work,
        f"{printable(who, 60)} answered {'yes' if yes else 'no'}: {criterion.title}.",
        kept,
        {criterion.name: (_said(old) if old else "–", _said(new))},
        next=("dmaic gate check",),
    )


def waive(
    work: Work,
    project: Stored[Project],
    word: str,
    *,
    reason: str | None,
    by: str | None,
    today: date,
) -> Change:
    """Let a criterion pass without evidence. The waiver is shown with the gate for ever.

    Args:
        work: to write with.
        project: the project.
        word: name of the criterion.
        reason: why.
        by: who takes it upon themselves; None takes the person at the keyboard.
        today: the day on which overdue things are judged.

    Raises:
        UsageError: `usage.missing`, there is no reason.
        NotFoundError: `criterion.not-found`.
        ConflictError: `gate.passes`, there is nothing to waive; `gate.waived`, it is already;
            `gate.approved`, `gate.previous`, `project.closed`.
    """
    at = desk(work, project, today)
    phase, criterion = at.criterion(word)
    at.ensure_undecided(phase)
    words = required(reason, "--reason", "A waiver needs a written reason.")
    stands = judge_criterion(at.at(phase.name), criterion)
    if stands.outcome == "pass":
        raise ConflictError(
            f'"{criterion.title}" is met; there is nothing to waive.', "gate.passes", stands.reason
        )
    if stands.outcome == "waived" and stands.waiver is not None:
        raise ConflictError(
            f"{printable(stands.waiver.by, 60)} waived it on {stands.waiver.at[:10]}: "
            f"{printable(stands.waiver.reason, 200)}",
            "gate.waived",
            "One waiver is enough.",
        )
    who = person(at, by)
    gate = at.gate(phase.name)
    waiver = made(
        GateWaiver,
        criterion=criterion.name,
        title=criterion.title,
        reason=words,
        by=who,
        at=work.at,
    )
    kept = at.keep(gate.model_copy(update={"waivers": (*gate.waivers, waiver)}))
    return told(
        work,
        f"{printable(who, 60)} waived: {criterion.title}.",
        kept,
        {criterion.name: (stands.outcome, "waived")},
        next=("dmaic gate check",),
        more=("The waiver and its reason are shown with the tollgate and in every report.",),
    )


def person(at: Desk, word: str | None) -> str:
    """Who does it: the member that is named, or whoever sits at the keyboard.

    Somebody who is not on the team is named as they were written: a waiver may come from outside.

    Args:
        at: the project's gates.
        word: what the person wrote, or None.
    """
    said = required(at.work.actor if word is None else word, "--as", "It must be said who does it.")
    try:
        return find_member(at.work.all(Member, at.project.id), said).name
    except NotFoundError as error:
        if error.code.endswith("not-found"):
            return said
        raise


def _who_may(at: Desk, role: str) -> str:
    from dmaic.project.people.role import holds, split_role

    names = [each.name for each in at.evidence.team if holds(each, role)]
    if names:
        return f"It may be {', '.join(printable(each, 60) for each in names)}."
    plain, function = split_role(role)
    more = f' --function "{function}"' if function else ""
    return f'Nobody on the team is: dmaic team add NAME --role "{plain}"{more}.'


def _said(answer: GateAnswer) -> str:
    return f"{'yes' if answer.yes else 'no'}, {answer.by}: {printable(answer.note, 120)}"
