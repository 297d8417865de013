"""Checks of the team: functions that it covers, roles that are filled."""

from __future__ import annotations

from pydantic import Field, field_validator

from dmaic.errors import suggest
from dmaic.project.criterion.base import Check, Evidence, Verdict, shown
from dmaic.project.people.role import holds, split_role
from dmaic.project.people.team import ROLES


class TeamCovers(Check):
    """The team covers every function that the template names, or says why one is left out."""

    functions: tuple[str, ...] = Field(
        default=(), description="functions to cover; empty takes those of the template"
    )

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the members' functions and at the waivers."""
        del criterion
        wanted = self.functions or evidence.template.functions
        there = {each.function.casefold() for each in evidence.team}
        waived = evidence.functions_waived
        lacking = [
            each
            for each in wanted
            if each.casefold() not in there and each.casefold() not in waived
        ]
        if lacking:
            first = lacking[0]
            return Verdict(
                "fail",
                f"Nobody of {', '.join(lacking)} is on the team. Losses are made where one "
                "function hands over to the next; where one is left out, say why: "
                f'dmaic team waive "{first}" --reason "...".',
                f'dmaic team add NAME --function "{first}"',
            )
        without = [
            f"{waiver.function} (left out by {shown(waiver.by)}: {shown(waiver.reason, 200)})"
            for each in wanted
            if each.casefold() not in there and (waiver := waived.get(each.casefold()))
        ]
        if without:
            return Verdict("pass", f"Covered, without {'; '.join(without)}.")
        if not wanted:
            return Verdict("pass", "The template names no functions.")
        return Verdict("pass", f"The team covers {', '.join(wanted)}.")


class RoleFilled(Check):
    """Somebody on the team has a role, such as sponsor or process owner."""

    role: str = Field(description="such as `sponsor` or `approver (Finance)`")

    @field_validator("role")
    @classmethod
    def _known(cls, word: str) -> str:
        role, _ = split_role(word)
        if role not in ROLES:
            hint = suggest(role, ROLES) or f"Roles are {', '.join(ROLES)}."
            raise ValueError(f'there is no role "{shown(role)}". {hint}')
        return word

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the members' roles."""
        del criterion
        names = [shown(each.name) for each in evidence.team if holds(each, self.role)]
        if names:
            return Verdict("pass", f"{self.role}: {', '.join(names)}.")
        role, function = split_role(self.role)
        more = f' --function "{function}"' if function else ""
        return Verdict(
            "fail",
            f"Nobody on the team is {self.role}.",
            f'dmaic team add NAME --role "{role}"{more}',
        )
