"""Checks of the working documents, by their own rules."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, field_validator

from dmaic.block import Check as Judged
from dmaic.documents.registry import KINDS
from dmaic.errors import suggest
from dmaic.project.criterion.base import Check, Evidence, Verdict, shown
from dmaic.text import plural

_MOST = 3
"""Gaps that are told in one reason."""


class DocumentComplete(Check):
    """A working document is complete: its needed fields are filled and its own rules hold."""

    document: str = Field(description="kind of document, such as `charter`")

    @field_validator("document")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError(
                f'there is no document "{shown(kind)}". {suggest(kind, KINDS)}'.strip()
            )
        return kind

    @property
    def reads(self) -> tuple[str, ...]:
        """The document."""
        return (self.document,)

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the document's gaps."""
        del criterion
        return judge_document(evidence, self.document)


def judge_document(evidence: Evidence, kind: str) -> Verdict:
    """Whether a document is complete, and if not what it lacks.

    Args:
        evidence: of the project.
        kind: such as `charter`.
    """
    document = evidence.document(kind)
    command = f"dmaic doc edit {kind}"
    if document is None:
        # Its model is not loaded only to tell its title: a young project has many of these.
        return Verdict("fail", f"The document {kind} is not begun yet.", command)
    title = document.TITLE
    gaps = document.gaps(evidence.papers)
    missing = [gap.message for gap in gaps if gap.level == "missing"]
    if missing:
        return Verdict("fail", f"{title}: {_told(missing)}", command)
    weak = [gap.message for gap in gaps]
    if weak:
        return Verdict("warn", f"{title}: complete, yet: {_told(weak)}", command)
    return Verdict("pass", f"{title}: complete.")


def _told(messages: list[str]) -> str:
    more = len(messages) - _MOST
    rest = f" And {plural(more, 'more gap')}." if more > 0 else ""
    return " ".join(messages[:_MOST]) + rest


class SmartGoal(Check):
    """The goal is SMART: a metric with a baseline, another target, and a date still to come."""

    READS: ClassVar[tuple[str, ...]] = ("charter",)

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the charter's goal."""
        del criterion
        from dmaic.documents.define.charter import Charter

        charter = evidence.papers.get(Charter)
        command = "dmaic doc edit charter"
        letters = charter.smart()
        lacking = [_letter(each) for each in letters if each.sign in ("todo", "bad")]
        start = evidence.project.body.start
        if charter.by and start and charter.by <= start:
            lacking.append(f"Time-bound: {charter.by} is not after the project's start, {start}.")
        if lacking:
            return Verdict("fail", " ".join(lacking), command)
        goal = (
            f"{shown(charter.metric)} from {charter.baseline:g} to {charter.target:g}"
            f"{f' {shown(charter.unit)}' if charter.unit else ''} by {charter.by}"
        )
        doubts = [_letter(each) for each in letters if each.sign == "warn"]
        if charter.by and charter.by < evidence.today:
            doubts.append("Its date is over.")
        if doubts:
            return Verdict("warn", f"The goal is {goal}. {' '.join(doubts)}", command)
        return Verdict("pass", f"The goal is {goal}.")


def _letter(check: Judged) -> str:
    """`Measurable: Needs the metric, the baseline and the target.`"""
    return f"{check.text.partition(':')[0]}: {check.detail}"
