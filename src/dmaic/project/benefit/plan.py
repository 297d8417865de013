"""What a person said about a plan, as the fields of a benefit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dmaic.errors import UsageError, suggest
from dmaic.number import money
from dmaic.project.benefit.benefit import Benefit
from dmaic.project.benefit.change import plan
from dmaic.project.benefit.entry import amount_of, from_file
from dmaic.project.benefit.estimate import estimated, find_estimate
from dmaic.project.benefit.month import after, month_of, parse_month
from dmaic.project.benefit.roll_up import Claim, roll_up
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.people.team import Member
from dmaic.project.store.view import pick
from dmaic.project.store.work import Work
from dmaic.text import folded, printable

_FEWEST = 0.005
"""Money; below it there is no cent."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about a plan.

    Attributes:
        fields: of the benefit, as they are; the title is among them.
        target: amount, or None.
        starts: month, or None.
        forecast: file of months, or None.
        from_analysis: id of an estimate, `latest`, or None.
        evidence: id of an analysis, or None.
        owner: beginning of a name, or None.
    """

    fields: Mapping[str, Any]
    target: str | None = None
    starts: str | None = None
    forecast: Path | None = None
    from_analysis: str | None = None
    evidence: str | None = None
    owner: str | None = None


def plan_benefit(
    work: Work, project: Stored[Project], said: Said, *, reason: str, today: date
) -> tuple[Stored[Benefit], tuple[str, ...]]:
    """Plan a benefit, or change the plan of the one with this title.

    Args:
        work: to write in.
        project: any.
        said: about it.
        reason: why a plan that is signed or frozen is changed; or empty.
        today: when it is done; without another month the forecast begins with the next.

    Returns:
        The benefit, and what a reader should know.

    Raises:
        DmaicError: something of it cannot be so; nothing is written.
    """
    title = " ".join(str(said.fields["title"]).split())
    every = work.all(Benefit, project.id)
    old = next((each.body for each in every if each.body.key == folded(title)), None)
    fields = _fields(work, project, said, old, today)
    made = plan(work, project, fields, reason=reason, today=today)
    body, code = made.body, project.body.currency
    told = [_told(body, code)]
    if old is None:
        near = suggest(title, [each.body.title for each in every])
        told += [f"It is a new one. {near}"] if near else []
    elif (old.agreed and not body.agreed) or (old.validated and not body.validated):
        told.append("It waits for the signature of Finance again.")
    claims = [Claim.of(each.body, today) for each in work.all(Benefit, project.id)]
    over = [each for each in roll_up(claims).overlaps if body.title in (each.name, each.counted_in)]
    told += [
        f'"{printable(each.name, 60)}" and "{printable(each.counted_in, 60)}" claim the same '
        "customers; the larger target counts."
        for each in over
        if each.what == "target"
    ]
    return made, tuple(told)


def _told(body: Benefit, currency: str) -> str:
    months = list(body.forecast.items())
    target = f"{money(body.target, currency)} {'a year' if body.rhythm == 'recurring' else 'once'}"
    first, last = months[0], months[-1]
    if len(months) == 1:
        return f"{target}; forecast: {money(first[1], currency)} in {first[0]}."
    whole = sum(each for _, each in months)
    return (
        f"{target}; forecast: {money(first[1], currency)} in {first[0]} to "
        f"{money(last[1], currency)} in {last[0]}, together {money(whole, currency)}."
    )


def _fields(
    work: Work, project: Stored[Project], said: Said, old: Benefit | None, today: date
) -> dict[str, Any]:
    fields = dict(said.fields)
    code = project.body.currency
    if said.starts is not None:
        fields["starts"] = parse_month(said.starts, "--starts")
    starts = fields.get("starts") or (old.starts if old else after(month_of(today), 1))
    spread = {"starts", "ramp", "months", "rhythm"} & fields.keys() or said.target is not None
    if said.from_analysis is not None:
        found = find_estimate(work, project.id, said.from_analysis)
        taken = estimated(found, starts)
        if old is not None and old.segment:
            taken.pop("segment", None)
        fields = {**taken, **fields}
    elif said.forecast is not None:
        fields["given"] = _given(said.forecast, code)
        starts = fields.setdefault("starts", min(fields["given"]))
    elif old is not None and old.given and spread:
        # What is said of the spread is meant; a forecast of before would hide it.
        fields["given"] = {}
    if said.target is not None:
        fields["target"] = amount_of(said.target, "--target", code)
    if old is None:
        fields.setdefault("starts", starts)
    if "target" not in fields and old is None:
        raise UsageError(
            "A new benefit needs a target.",
            "usage.missing",
            "Add --target AMOUNT, or --from-analysis latest.",
        )
    if fields.get("target", 1.0) < _FEWEST:
        raise UsageError(
            "A target is above zero.", "benefit.target", "Such as 120000, 120k or $1.5M.",
            f"--target {printable(said.target or '', 40)}",
        )  # fmt: skip
    if said.evidence is not None:
        fields["evidence"] = work.find(SavedAnalysis, said.evidence, project.id).id
    if said.owner is not None:
        members = work.all(Member, project.id)
        fields["owner"] = pick(members, said.owner, "member").body.name if said.owner else ""
    return fields


def _given(path: Path, currency: str) -> dict[str, float]:
    entries = from_file(path, currency)
    return {each.month: each.amount for each in entries if each.amount is not None}
