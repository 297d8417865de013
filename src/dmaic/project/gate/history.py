"""A tollgate with everything that ever happened to it."""

from __future__ import annotations

from typing import ClassVar

from dmaic.block import Block, Check, Checks, Heading, Sign
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.check import gate_states
from dmaic.project.gate.reply import GateReply
from dmaic.project.gate.state import GateAnswer, GateState, GateWaiver, Round
from dmaic.project.store.view import View

_SIGNS: dict[str, Sign] = {
    "submitted": "todo",
    "approved": "good",
    "rejected": "bad",
    "withdrawn": "plain",
    "out of date": "warn",
}


class GateHistory(GateReply):
    """How a tollgate stands, and how it came to stand so.

    Attributes:
        answers: the newest answer to each question.
        waivers: every waiver ever given.
        rounds: every submission with its signatures, the newest last.
    """

    TELLS_ALL: ClassVar[bool] = True

    kind: str = "gate"
    answers: tuple[GateAnswer, ...] = ()
    waivers: tuple[GateWaiver, ...] = ()
    rounds: tuple[Round, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """As the check shows it, what met each criterion, and the submissions below."""
        shown = list(super().blocks())
        told = [each.waiver for each in self.criteria]
        rows = tuple(
            Check(
                "warn",
                f"{each.title} [{each.criterion}]",
                f"{each.by}, {each.at[:10]}: {each.reason}",
            )
            for each in self.waivers
            if each not in told
        )
        if rows:
            shown += [Heading("Earlier waivers"), Checks(rows)]
        if self.rounds:
            checks = tuple(
                Check(_SIGNS[each.state], f"{each.at[:10]} {each.by}: {each.state}", _story(each))
                for each in self.rounds
            )
            shown += [Heading("Submissions"), Checks(checks)]
        return tuple(shown)


def history(view: View, project: Stored[Project], reply: GateReply) -> GateHistory:
    """A tollgate with its history.

    Args:
        view: to read from.
        project: the project.
        reply: how the gate stands.
    """
    gate = gate_states(view, project.id).get(reply.phase) or GateState(phase=reply.phase)
    return GateHistory(
        **{
            **dict(reply),
            "kind": "gate",
            "answers": gate.answers,
            "waivers": gate.waivers,
            "rounds": gate.rounds,
        }
    )


def _story(each: Round) -> str:
    """Words, signatures and end of a submission."""
    told = [each.note] if each.note else []
    told += [
        f"{signature.by} signed as {signature.role} on {signature.at[:10]}{_noted(signature.note)}."
        for signature in each.signatures
    ]
    if each.reason:
        told.append(
            f"{each.state.capitalize()} by {each.ended_by} on {each.ended_at[:10]}: {each.reason}"
        )
    return " ".join(told)


def _noted(note: str) -> str:
    return f": {note.removesuffix('.')}" if note else ""
