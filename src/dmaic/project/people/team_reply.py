"""The team as people see it: who is on it, and which functions it covers."""

from __future__ import annotations

from typing import Any, Literal

from dmaic.block import Block, Cells, Heading, Note, Sign, Table
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.people.team import FunctionWaiver, Member
from dmaic.project.store.view import View
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.text import plural

_SIGN: dict[str, Sign] = {"covered": "good", "waived": "warn", "missing": "bad"}


class MemberReply(Member):
    """A member with the id."""

    id: str


class FunctionReply(Frozen):
    """A function that the template asks for, or that somebody waived.

    Attributes:
        function: such as Marketing.
        state: somebody of it is on the team, it is left out for a reason, or neither.
        members: who is of it.
        reason, by: why it is left out, and who says so; or empty.
    """

    function: str
    state: Literal["covered", "waived", "missing"]
    members: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""


class TeamReply(Page):
    """The team of a project.

    Attributes:
        project: name of the project.
        members: in the order in which they came.
        functions: those that the template asks for, in its order.
    """

    kind: str = "team-list"
    project: str
    members: tuple[MemberReply, ...]
    functions: tuple[FunctionReply, ...]

    def blocks(self) -> tuple[Block, ...]:
        """A line a member, a line a function."""
        columns = (
            Cells("Name", tuple(each.name for each in self.members), wrap=True),
            Cells("Function", tuple(each.function for each in self.members), keep=90),
            Cells("Roles", tuple(", ".join(each.roles) for each in self.members), keep=80),
            Cells("E-mail", tuple(each.email for each in self.members), keep=50),
            Cells("Id", tuple(each.id for each in self.members), keep=40),
        )
        functions = Table(
            (
                Cells("Function", tuple(each.function for each in self.functions)),
                Cells("On the team", tuple(_told(each) for each in self.functions), wrap=True),
            ),
            signs=tuple(_SIGN[each.state] for each in self.functions),
        )
        missing = [each.function for each in self.functions if each.state == "missing"]
        return (
            Heading(plural(len(self.members), "member"), 1, self.project),
            Table(columns, empty="Nobody is on the team yet."),
            *((functions,) if self.functions else ()),
            *((Note(_mending(missing[0])),) if missing else ()),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a member."""
        return ("id", "name", "function", "roles", "email"), [
            (each.id, each.name, each.function, ", ".join(each.roles), each.email)
            for each in self.members
        ]


def _told(each: FunctionReply) -> str:
    if each.state == "waived":
        return f"left out, says {each.by}: {each.reason}"
    return ", ".join(each.members) or "nobody"


def _mending(function: str) -> str:
    return f'Add somebody, or say why not: dmaic team waive "{function}" --reason WHY'


def team_reply(view: View, project: Stored[Project]) -> TeamReply:
    """The team of a project.

    Args:
        view: to read from.
        project: any.
    """
    members = view.all(Member, project.id)
    waivers = {each.body.key: each.body for each in view.all(FunctionWaiver, project.id)}
    asked = {each.casefold(): each for each in template_of(view, project).functions}
    asked.update({key: each.function for key, each in waivers.items() if key not in asked})
    functions = []
    for key, function in asked.items():
        of_it = tuple(each.body.name for each in members if each.body.function.casefold() == key)
        waiver = waivers.get(key)
        functions.append(
            FunctionReply(
                function=function,
                state="covered" if of_it else "waived" if waiver else "missing",
                members=of_it,
                reason=waiver.reason if waiver else "",
                by=waiver.by if waiver else "",
            )
        )
    return TeamReply(
        project=project.body.name,
        members=tuple(MemberReply(id=each.id, **each.body.model_dump()) for each in members),
        functions=tuple(functions),
        next=() if members else ('dmaic team add "NAME" --function NAME --role ROLE',),
    )
