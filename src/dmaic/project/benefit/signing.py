"""Who of Finance may sign benefits, and from when on a plan is frozen."""

from __future__ import annotations

from dmaic.engagements.template import Criterion, Template
from dmaic.errors import ConflictError
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.check import gate_states
from dmaic.project.people.role import find_member, holds, split_role
from dmaic.project.people.team import Member
from dmaic.project.store.view import View
from dmaic.text import name_list, printable

FINANCE = "approver (Finance)"
"""The role that signs benefits, where the template names no other."""

AGREED, REALISED = "benefits-agreed", "benefits-realised"
"""Names of the checks that look at benefits."""


def finance_role(template: Template) -> str:
    """The role that signs benefits.

    Args:
        template: that the project follows.
    """
    asked = [each.parameters.get("role") for each in _criteria(template)]
    return next((str(role) for role in asked if role), FINANCE)


def agreeing_phase(template: Template) -> str:
    """Name of the phase at whose tollgate the plan is agreed to; empty where there is none.

    It is the first that asks for it, or the one called `improve`.

    Args:
        template: that the project follows.
    """
    for phase in template.phases:
        if any(each.check == AGREED for each in phase.gate.criteria):
            return phase.name
    return "improve" if any(each.name == "improve" for each in template.phases) else ""


def frozen_since(view: View, project: Stored[Project]) -> str:
    """The day on which the tollgate that froze the plans was approved; empty while it is not.

    Args:
        view: to read from.
        project: any.
    """
    gate = gate_states(view, project.id).get(agreeing_phase(template_of(view, project)))
    approval = gate.approval if gate else None
    if approval is None:
        return ""
    return max((each.at for each in approval.signatures), default=approval.at)[:10]


def signer(view: View, project: Stored[Project], word: str) -> tuple[Member, str]:
    """Who signs for Finance, and the role that gives the right to.

    Args:
        view: to read from.
        project: any.
        word: name, as the person wrote it.

    Raises:
        NotFoundError: `member.not-found`, `member.ambiguous`, `member.other`.
        ConflictError: `benefit.may-not-lock`.
    """
    role = finance_role(template_of(view, project))
    team = view.all(Member, project.id)
    member = find_member(team, word)
    if holds(member, role):
        return member, role
    may = [each.body.name for each in team if holds(each.body, role)]
    plain, function = split_role(role)
    more = f' --function "{function}"' if function else ""
    raise ConflictError(
        f"{printable(member.name, 60)} may not lock a benefit: it takes somebody who is {role}.",
        "benefit.may-not-lock",
        f"It may be {name_list(may)}."
        if may
        else f'Nobody on the team is: dmaic team add NAME --role "{plain}"{more}.',
    )


def _criteria(template: Template) -> list[Criterion]:
    every = [each for phase in template.phases for each in phase.gate.criteria]
    return [each for each in every if each.check in (AGREED, REALISED)]
