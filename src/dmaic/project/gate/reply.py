"""A tollgate as people see it: each criterion with its verdict, and who signed."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from dmaic.block import Block, Check, Checks, Heading, Note, Sign
from dmaic.project.gate.state import GateWaiver, Standing
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.text import plural

Outcome = Literal["pass", "warn", "fail", "waived"]

SIGNS: dict[str, Sign] = {"pass": "good", "warn": "warn", "fail": "bad", "waived": "warn"}


class CriterionReply(Frozen):
    """One criterion and how it stands.

    Attributes:
        name, title, why: of the criterion.
        check: name of the check, or empty where a person answers.
        level: `must` fails the gate, `should` warns.
        outcome: the verdict; a waived criterion would fail or warn.
        reason: why the verdict is so.
        command: what mends it, as it is typed, or empty.
        waiver: the newest one ever given, whatever the verdict is now.
    """

    name: str
    title: str
    why: str = ""
    check: str = ""
    level: Literal["must", "should"] = "must"
    outcome: Outcome
    reason: str
    command: str = ""
    waiver: GateWaiver | None = None


class SignerReply(Frozen):
    """One role that must sign.

    Attributes:
        role: such as `sponsor` or `approver (Finance)`.
        candidates: members who may sign for it.
        by, at, note: who did, when, and what they said; empty where nobody did.
    """

    role: str
    candidates: tuple[str, ...] = ()
    by: str = ""
    at: str = ""
    note: str = ""


class GateReply(Page):
    """How a tollgate stands.

    Attributes:
        project: name of the project.
        phase, title: of the phase.
        state: `open`, or the state of its newest submission.
        is_current: it is the gate that the project works towards.
        passes: no criterion fails; warnings and waivers do not hold it up.
        criteria: in the template's order.
        signers: the roles that must sign.
        reason: why the newest submission ended, where it did not end well.
    """

    TELLS_ALL: ClassVar[bool] = False
    """Also what met the criteria that pass."""

    kind: str = "gate-check"
    project: str
    phase: str
    title: str
    state: Standing = "open"
    is_current: bool = True
    passes: bool
    criteria: tuple[CriterionReply, ...]
    signers: tuple[SignerReply, ...] = ()
    reason: str = ""

    def count(self, outcome: Outcome) -> int:
        """How many criteria have this verdict."""
        return sum(each.outcome == outcome for each in self.criteria)

    @property
    def failing(self) -> tuple[CriterionReply, ...]:
        """The criteria that hold the gate up."""
        return tuple(each for each in self.criteria if each.outcome == "fail")

    @property
    def missing(self) -> tuple[SignerReply, ...]:
        """The roles that have not signed."""
        return tuple(each for each in self.signers if not each.by)

    @property
    def summary(self) -> str:
        """The verdict in a sentence."""
        if self.state == "approved":
            return f"The {self.title} tollgate is approved."
        failing = self.count("fail")
        if failing:
            told = f"{failing} of {plural(len(self.criteria), 'criterion', 'criteria')}"
            return f"The {self.title} tollgate does not pass: {told} not met."
        extra = [
            f"{count} {word}"
            for count, word in (
                (self.count("warn"), plural(self.count("warn"), "warning").split()[1]),
                (self.count("waived"), "waived"),
            )
            if count
        ]
        told = f" ({', '.join(extra)})" if extra else ""
        return f"The {self.title} tollgate passes{told}."

    def blocks(self) -> tuple[Block, ...]:
        """The verdict, the criteria, and who signs."""
        return (
            Heading(f"{self.title} tollgate", 1, self.project),
            Note(self.summary, strong=True),
            *((Note(self.reason),) if self.reason else ()),
            Checks(tuple(criterion_check(each, whole=self.TELLS_ALL) for each in self.criteria)),
            *self.signing(),
        )

    def signing(self) -> tuple[Block, ...]:
        """Who signed and who must."""
        rows = tuple(
            Check(
                "good" if each.by else "todo",
                each.role,
                f"{each.by}, {each.at[:10]}{f': {each.note}' if each.note else ''}"
                if each.by
                else ", ".join(each.candidates) or "nobody on the team has this role",
            )
            for each in self.signers
        )
        return (Heading("Signatures"), Checks(rows)) if rows else ()

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a criterion."""
        header = ("phase", "criterion", "title", "level", "outcome", "reason", "command")
        return header, [
            (self.phase, each.name, each.title, each.level, each.outcome, each.reason, each.command)
            for each in self.criteria
        ]


def criterion_check(each: CriterionReply, *, whole: bool = False) -> Check:
    """A criterion as a judged line.

    Args:
        each: the criterion.
        whole: with the reason also where it passes.
    """
    waiver = each.waiver
    told = each.reason
    if waiver is not None:
        word = "Waived" if each.outcome == "waived" else "Was waived"
        told = f"{told} {word} by {waiver.by}, {waiver.at[:10]}: {waiver.reason}".strip()
    return Check(
        SIGNS[each.outcome],
        f"{each.title} [{each.name}]",
        "" if each.outcome == "pass" and waiver is None and not whole else told,
        each.command if each.outcome in ("fail", "warn") else "",
    )
