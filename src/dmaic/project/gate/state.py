"""What is kept of a tollgate: answers, waivers, and every submission with its signatures."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from dmaic.project.entity import Entity, Name, Text
from dmaic.result import Frozen


class GateAnswer(Frozen):
    """What a person answered to a question of the tollgate.

    Attributes:
        criterion: name in the template.
        yes: the answer.
        note: what it rests on.
        by: who answered.
        at: UTC, ISO 8601.
    """

    criterion: str
    yes: bool
    note: Text
    by: Name
    at: str


class GateWaiver(Frozen):
    """A criterion that somebody let pass without evidence. It is never taken off the list.

    Attributes:
        criterion: name in the template.
        title: what the criterion asked for.
        reason: why it was let pass.
        by: who takes it upon themselves.
        at: UTC, ISO 8601.
    """

    criterion: str
    title: str
    reason: Text
    by: Name
    at: str


class Signature(Frozen):
    """One role's approval.

    Attributes:
        role: which the gate asks for, such as `sponsor` or `approver (Finance)`.
        by: name of the member.
        note: what they said.
        at: UTC, ISO 8601.
        actor: who typed it, as the system knows them.
    """

    role: str
    by: Name
    note: Text = ""
    at: str
    actor: str = ""


RoundState = Literal["submitted", "approved", "rejected", "withdrawn", "out of date"]
Standing = Literal["open"] | RoundState


class Round(Frozen):
    """One submission of a tollgate, and what became of it.

    Attributes:
        by, at, note: who put it before those who sign, when, and with which words.
        evidence: what was judged -> its version or fingerprint.
        signatures: in the order in which they were given.
        state: where it stands: `withdrawn` when the project went back before it was decided,
            `out of date` when it went back after the approval.
        reason, ended_by, ended_at: why, by whom and when it was rejected, withdrawn or put out of
            date.
    """

    by: Name
    at: str
    note: Text = ""
    evidence: dict[str, str] = Field(default_factory=dict)
    signatures: tuple[Signature, ...] = ()
    state: RoundState = "submitted"
    reason: Text = ""
    ended_by: Text = ""
    ended_at: str = ""


class GateState(Entity):
    """A tollgate of a project.

    Attributes:
        phase: name of its phase.
        answers: the newest answer to each question.
        waivers: every waiver ever given.
        rounds: every submission, the newest last.
    """

    kind: ClassVar[str] = "gate"
    phase: Name
    answers: tuple[GateAnswer, ...] = ()
    waivers: tuple[GateWaiver, ...] = ()
    rounds: tuple[Round, ...] = ()

    @property
    def key(self) -> str:
        """The phase."""
        return self.phase

    @property
    def submission(self) -> Round | None:
        """The submission that waits for signatures, or None."""
        return self.rounds[-1] if self.rounds and self.rounds[-1].state == "submitted" else None

    @property
    def approval(self) -> Round | None:
        """The submission that every role signed and that still holds, or None."""
        return self.rounds[-1] if self.rounds and self.rounds[-1].state == "approved" else None

    @property
    def approved_on(self) -> date | None:
        """Day of the last signature of the approval, or None where it is not approved."""
        approval = self.approval
        if approval is None or not approval.signatures:
            return None
        return date.fromisoformat(max(each.at for each in approval.signatures)[:10])

    @property
    def standing(self) -> Standing:
        """`open`, or the state of the newest submission; a withdrawn one leaves it open."""
        if not self.rounds or self.rounds[-1].state == "withdrawn":
            return "open"
        return self.rounds[-1].state

    def answer(self, criterion: str) -> GateAnswer | None:
        """The newest answer to a question, or None."""
        return next((each for each in self.answers if each.criterion == criterion), None)

    def waiver(self, criterion: str) -> GateWaiver | None:
        """The newest waiver of a criterion, or None."""
        found = [each for each in self.waivers if each.criterion == criterion]
        return found[-1] if found else None
