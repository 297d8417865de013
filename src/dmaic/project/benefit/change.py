"""Planning a benefit, recording what it brought, signing it, and changing what was signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dmaic.errors import ConflictError, UsageError
from dmaic.project.benefit.benefit import PLAN, Actual, Benefit, Revision, Seal
from dmaic.project.benefit.entry import Entry
from dmaic.project.benefit.month import after, month_of
from dmaic.project.benefit.signing import frozen_since, signer
from dmaic.project.checked import argument, checked
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.difference import differences
from dmaic.project.store.work import Work
from dmaic.text import folded, plural, printable, some

EARLY = 24
"""Months before the plan begins; a record from before them is a slip in the year."""

_FLAGS = {"nature": "--hard or --soft", "rhythm": "--recurring or --one-off", "given": "--forecast",
          "title": "TITLE"}  # fmt: skip
_WORDS = {"nature": "hard or soft", "rhythm": "recurring or one-off", "given": "forecast"}
"""Fields that people call otherwise."""


def plan(
    work: Work, project: Stored[Project], fields: Mapping[str, Any], *, reason: str, today: date
) -> Stored[Benefit]:
    """Plan a benefit, or change the plan of the one with this title.

    Args:
        work: to write in.
        project: any.
        fields: of the benefit, its title among them; those that are left out stay as they are.
        reason: why a plan that is signed or frozen is changed; or empty.
        today: when it is done.

    Raises:
        UsageError: `field.value`.
        ConflictError: `benefit.locked` or `benefit.frozen`, without a reason.
    """
    old = work.keyed(Benefit, project.id, folded(" ".join(str(fields["title"]).split())))
    if old is None:
        return work.add(checked(Benefit, fields, where=_flag), project.id)
    # The title as it was written first stays.
    said = {name: each for name, each in fields.items() if name != "title"}
    new = checked(Benefit, {**old.body.model_dump(), **said}, where=_flag)
    changed = [name for name in said if getattr(new, name) != getattr(old.body, name)]
    planned = [name for name in changed if name in PLAN]
    if planned:
        frozen = frozen_since(work, project)
        ensure_reason(old.body, planned, reason, frozen)
        if old.body.agreed or old.body.validated or frozen:
            new = _revised(work, old.body, new, reason, today)
        new = new.model_copy(update={"agreed": None, "validated": None})
    elif changed and old.body.validated:
        ensure_reason(old.body, changed, reason, "")
        new = _revised(work, old.body, new, reason, today)
        new = new.model_copy(update={"validated": None})
    return work.change(old, new)


def _flag(field: str) -> str:
    return _FLAGS.get(field) or argument("title")(field)


def ensure_reason(body: Benefit, what: Sequence[str], reason: str, frozen: str) -> None:
    """Refuse to change what Finance signed, or what a tollgate froze, without a reason.

    Args:
        body: as it is.
        what: is to be changed, for the message.
        reason: as given.
        frozen: day on which the tollgate was approved, or empty.

    Raises:
        ConflictError: `benefit.locked` or `benefit.frozen`.
    """
    if reason:
        return
    seal = body.validated or body.agreed
    named = f'"{printable(body.title, 60)}"'
    touched = some([printable(_WORDS.get(each, each), 40) for each in what], 5)
    hint = 'Say why with --reason "WHY"; it is kept, and Finance signs again: dmaic benefit lock.'
    if seal is not None:
        raise ConflictError(
            f"{printable(seal.by, 60)} locked {named} on {seal.on}; this would change {touched}.",
            "benefit.locked",
            hint,
        )
    if frozen:
        raise ConflictError(
            f"The plan of {named} is frozen since the tollgate was approved on {frozen}; this "
            f"would change {touched}.",
            "benefit.frozen",
            hint,
        )


def record(
    work: Work,
    benefit: Stored[Benefit],
    entries: Sequence[Entry],
    *,
    note: str = "",
    evidence: str | None = None,
    reason: str = "",
    today: date,
) -> Stored[Benefit]:
    """Write down what a benefit brought; an entry for a month that is there corrects it.

    Args:
        work: to write in.
        benefit: as read.
        entries: months with amounts; one without takes its month back.
        note: for entries without one of their own.
        evidence: id of an analysis that shows it, or None.
        reason: why a month that Finance signed is changed; or empty.
        today: nothing is recorded before it happened.

    Raises:
        UsageError: `benefit.future`; `benefit.early`, long before it was planned to begin.
        ConflictError: `benefit.locked`, without a reason; `benefit.no-month`, a
            month is to be taken back that is not there.
    """
    body = benefit.body
    late = [each.month for each in entries if each.month > month_of(today)]
    if late:
        raise UsageError(
            f"{some(late, 5)} has not come yet; an actual is what came in.",
            "benefit.future",
            "What is expected belongs into the plan: dmaic benefit plan TITLE --forecast FILE.",
        )
    first = after(min(body.forecast, default=body.starts), -EARLY)
    early = [each.month for each in entries if each.month < first and each.amount is not None]
    if early:
        raise UsageError(
            f"{some(early, 5)} is more than {EARLY} months before the first month of the plan.",
            "benefit.early",
            "Mend the year; or, if it began earlier, the plan: dmaic benefit plan TITLE --starts "
            "MONTH.",
        )
    actuals = dict(body.actuals)
    for each in entries:
        if each.amount is not None:
            fields = {"amount": each.amount, "note": each.note or note}
            actuals[each.month] = checked(Actual, fields)
        elif actuals.pop(each.month, None) is None:
            raise ConflictError(
                f"{each.month} is not recorded, so it cannot be taken back.", "benefit.no-month"
            )
    new = body.model_copy(update={"actuals": dict(sorted(actuals.items()))})
    if evidence is not None:
        new = new.model_copy(update={"evidence": evidence})
    covered = body.validated.months if body.validated else ()
    touched = [each for each in covered if actuals.get(each) != body.actuals.get(each)]
    if touched:
        ensure_reason(body, touched, reason, "")
        new = _revised(work, body, new, reason, today)
        new = new.model_copy(update={"validated": None})
    return work.change(benefit, new)


def lock(
    work: Work, project: Stored[Project], benefit: Stored[Benefit], word: str, *, today: date
) -> Stored[Benefit]:
    """Sign what is there for Finance: the plan while nothing is recorded, then the actuals.

    Args:
        work: to write in.
        project: any.
        benefit: as read.
        word: who signs.
        today: when.

    Raises:
        NotFoundError: `member.not-found`, `member.ambiguous`, `member.other`.
        ConflictError: `benefit.may-not-lock`; `benefit.is-locked`, there is nothing new to sign.
    """
    member, role = signer(work, project, word)
    body = benefit.body
    seal = body.validated if body.actuals else body.agreed
    if seal is not None and not (body.actuals and body.unsigned):
        raise ConflictError(
            f"{printable(seal.by, 60)} locked it on {seal.on}, and nothing changed since.",
            "benefit.is-locked",
        )
    months = tuple(body.actuals)
    new = Seal(by=member.name, role=role, on=today, months=months)
    plan_seal = body.agreed or new.model_copy(update={"months": ()})
    changes = {"agreed": plan_seal, "validated": new if months else None}
    what = f"signed {plural(len(months), 'month')}, the last {months[-1]}" if months else _PLAN
    if months and body.agreed is None:
        what += ", and the plan"
    signed = Revision(on=today, by=member.name, what=what)
    revisions = (*body.revisions, signed)
    return work.change(benefit, body.model_copy(update={**changes, "revisions": revisions}))


_PLAN = "signed the plan"


def remove(work: Work, project: Stored[Project], benefit: Stored[Benefit], reason: str) -> None:
    """Remove a benefit.

    Args:
        work: to write in.
        project: any.
        benefit: as read.
        reason: why; needed once it is signed or frozen.

    Raises:
        ConflictError: `benefit.locked` or `benefit.frozen`, without a reason.
    """
    ensure_reason(benefit.body, ["all of it"], reason, frozen_since(work, project))
    work.remove(benefit)


def _revised(work: Work, old: Benefit, new: Benefit, reason: str, today: date) -> Benefit:
    """The new fields, with what was changed of the old ones, before and after, and why."""
    found = differences(old.model_dump(mode="json"), new.model_dump(mode="json"))
    what = some([f"{_named(each.path)}: {each.said}" for each in found], 8)
    fields = {"on": today, "by": work.actor, "what": f"changed {what}", "reason": reason}
    made = checked(Revision, fields)
    return new.model_copy(update={"revisions": (*new.revisions, made)})


def _named(path: str) -> str:
    field, _, month = path.partition(".")
    return (
        month if field == "actuals" and month else path.replace(field, _WORDS.get(field, field), 1)
    )
