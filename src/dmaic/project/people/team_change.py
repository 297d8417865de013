"""Changing the team: people keep their promises, and their names follow them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmaic.errors import ConflictError
from dmaic.project.benefit.benefit import Benefit
from dmaic.project.checked import checked
from dmaic.project.entity import Stored
from dmaic.project.gate.state import GateState
from dmaic.project.people.team import FunctionWaiver, Member
from dmaic.project.plan.action import Action
from dmaic.project.plan.logbook import Issue, Risk
from dmaic.project.store.view import View
from dmaic.project.store.work import Work
from dmaic.text import name_list, plural, printable


def change_member(
    work: Work, project: str, member: Stored[Member], changes: Mapping[str, Any]
) -> Stored[Member]:
    """Give a member other facts; what the person owns follows a new name.

    Args:
        work: to write in.
        project: id of the project.
        member: as read.
        changes: field -> value.

    Raises:
        UsageError: `field.value`.
        ConflictError: `member.exists`, the name is taken.
    """
    body = checked(Member, {**member.body.model_dump(), **changes})
    changed = work.change(member, body)
    if body.name != member.body.name:
        owned: list[Stored[Any]] = [
            *_owned(work, project, member.body.name),
            *(each for each in work.all(Benefit, project) if each.body.owner == member.body.name),
        ]
        for each in owned:
            work.change(each, each.body.model_copy(update={"owner": body.name}))
    return changed


def _owned(view: View, project: str, name: str) -> list[Stored[Action | Risk | Issue]]:
    every: list[Stored[Action | Risk | Issue]] = [
        *view.all(Action, project),
        *view.all(Risk, project),
        *view.all(Issue, project),
    ]
    return [each for each in every if each.body.owner == name]


def remove_member(work: Work, project: str, member: Stored[Member]) -> tuple[str, ...]:
    """Take somebody off the team.

    Args:
        work: to write in.
        project: id of the project.
        member: as read.

    Returns:
        What a reader should know: signatures that stay.

    Raises:
        ConflictError: `member.owns`, somebody else has to take over what is open first.
    """
    name = member.body.name
    owned = [each for each in _owned(work, project, name) if each.body.state == "open"]
    if owned:
        first = owned[0]
        titles = name_list([each.body.title for each in owned], 3)
        raise ConflictError(
            f"{printable(name, 60)} still owns {plural(len(owned), 'open item')}: {titles}.",
            "member.owns",
            f"Give each to somebody else: dmaic {first.body.kind} set {first.id} --owner NAME.",
        )
    signed = signed_gates(work, project, name)
    work.remove(member)
    if not signed:
        return ()
    return (f"The signatures on {name_list(signed)} stay; they were given as a member.",)


def signed_gates(view: View, project: str, name: str) -> list[str]:
    """Phases whose tollgate somebody signed.

    Args:
        view: to read from.
        project: id of the project.
        name: of the member.
    """
    said = name.casefold()
    return [
        gate.body.phase
        for gate in view.all(GateState, project)
        if any(sign.by.casefold() == said for each in gate.body.rounds for sign in each.signatures)
    ]


def waive_function(work: Work, project: str, waiver: FunctionWaiver) -> Stored[FunctionWaiver]:
    """Write down why a function is not on the team, in place of an earlier reason.

    Args:
        work: to write in.
        project: id of the project.
        waiver: the function, the reason, and who says so.

    Raises:
        ConflictError: `team.covered`, somebody of it is on the team.
    """
    covering = [
        each.body.name
        for each in work.all(Member, project)
        if each.body.function.casefold() == waiver.key
    ]
    if covering:
        raise ConflictError(
            f"{printable(waiver.function, 60)} is on the team: {name_list(covering, 3)}.",
            "team.covered",
        )
    old = work.keyed(FunctionWaiver, project, waiver.key)
    return work.add(waiver, project) if old is None else work.change(old, waiver)
