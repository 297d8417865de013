"""What no evidence can tell: questions that a person answers, with a note."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from dmaic.project.criterion.base import Check, Evidence, Verdict, shown
from dmaic.project.people.role import holds

_ROLE = "only an answer of somebody with this role counts; without it anybody's does"


class Question(Check):
    """A person answers yes, with a note that says what the answer rests on."""

    ASKS: ClassVar[bool] = True

    role: str = Field(default="", max_length=200, description=_ROLE)

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the newest answer."""
        answer = evidence.gate.answer(criterion)
        who = [each.name for each in evidence.team if holds(each, self.role)] if self.role else []
        name = f' --as "{shown(who[0] if who else "NAME")}"' if self.role else ""
        command = f'dmaic gate answer {criterion} yes --note "..."{name}'
        if answer is None:
            asked = f"Somebody who is {self.role} must" if self.role else "A person must"
            return Verdict("fail", f"{asked} answer this; nobody has yet.", command)
        told = f"{shown(answer.by)} on {answer.at[:10]}: {shown(answer.note, 300)}"
        if not answer.yes:
            return Verdict("fail", f"Answered no by {told}", command)
        if not self.may_answer(evidence, answer.by):
            return Verdict(
                "fail", f"{shown(answer.by)} answered, and is not {self.role} any more.", command
            )
        return Verdict("pass", f"Answered yes by {told}")

    def may_answer(self, evidence: Evidence, name: str) -> bool:
        """Whether somebody's answer counts.

        Args:
            evidence: of the project.
            name: of a person.
        """
        key = name.casefold()
        return not self.role or any(
            each.key == key and holds(each, self.role) for each in evidence.team
        )
