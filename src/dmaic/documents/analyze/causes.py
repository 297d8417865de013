"""The cause list: what is suspected, what is verified and by which evidence, what is rejected."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from dmaic.documents import reference
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.reference import Ref
from dmaic.text import printable

Status = Literal["suspected", "verified", "rejected"]


class Cause(Line):
    """One cause; it is not verified without evidence."""

    PREFIX: ClassVar[str] = "C"
    cause: Text = ask(
        "Cause",
        "What makes customers leave, as a fact that can be checked.",
        example="Photos are re-typed into quoting systems",
        needed=True,
    )
    fishbone: Ref = ask(
        "Fishbone", "Where it stands on the fishbone, by its id.", example="B1", refers="fishbone"
    )
    reason: Ref = ask(
        "Reason", "The sub-reason of the taxonomy it explains, by its id.", example="R1",
        refers="reasons.reasons",
    )  # fmt: skip
    evidence: tuple[Text, ...] = ask(
        "Evidence",
        "Ids of the saved analyses that show it; `dmaic analysis list` has them.",
        default=(),
    )
    other_evidence: tuple[Text, ...] = ask(
        "Other evidence",
        "What else shows it: an observation, a count of tickets, a document.",
        example=["363 of 1,012 tickets of estimators ask how to get photos into another system"],
        default=(),
    )
    status: Status = ask(
        "Status",
        "Suspected until evidence verifies or rejects it; evidence comes first.",
        example="suspected",
        default="suspected",
    )
    note: Text = ask(
        "Note", "What the evidence says; for a rejected cause, why.",
        example="Estimators name it in 23 of 86 exit answers.",
    )  # fmt: skip
    decided_by: Text = ask("Decided by", "Who verified or rejected it.", example="Project lead")
    decided_on: date | None = ask(
        "Decided on", "When it was verified or rejected.", example="2025-03-20", default=None
    )

    @model_validator(mode="after")
    def _has_evidence(self) -> Self:
        if self.status == "verified" and not (any(self.evidence) or any(self.other_evidence)):
            raise ValueError(
                f"{self.id or 'A cause'} cannot be verified: a cause is not verified without "
                "evidence. Name a saved analysis in `evidence`, or write in `other_evidence` what "
                "shows it"
            )
        return self


class CauseList(Document):
    """Causes with their evidence."""

    KIND: ClassVar[str] = "causes"
    TITLE: ClassVar[str] = "Cause list"
    PHASE: ClassVar[Phase] = "analyze"
    PURPOSE: ClassVar[str] = (
        "The cause list separates what the team believes from what the data show. Only a cause "
        "that is verified by evidence may carry a solution."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "causes": [
            {"id": "C1", "cause": "Photos are re-typed into quoting systems: no exchange format",
             "fishbone": "B1", "reason": "R1", "status": "verified",
             "other_evidence": ["363 of 1,012 tickets of estimators in 2024 ask how to get photos "
                                "into another system; 132 of 2,285 of all others do"],
             "note": "The most frequent exit answer of estimators: 23 of 86.",
             "decided_by": "Project lead", "decided_on": "2025-03-18"},
            {"id": "C2", "cause": "Nobody takes new estimators through their first job",
             "fishbone": "B2", "reason": "R4", "status": "verified",
             "other_evidence": ["Twelve new estimators watched in January 2025: nine gave up "
                                "before the first finished job"],
             "note": "Churn is highest in the first three months.",
             "decided_by": "Project lead", "decided_on": "2025-03-18"},
            {"id": "C3", "cause": "Support answers by e-mail only, after two days",
             "fishbone": "B3", "reason": "R5", "status": "verified",
             "other_evidence": ["3,297 tickets of 2024: 47.6 hours to the first answer on average, "
                                "all by e-mail"],
             "note": "The second most frequent exit answer of estimators: 18 of 86.",
             "decided_by": "Sam", "decided_on": "2025-03-20"},
            {"id": "C4", "cause": "Tickets are answered first come, first served",
             "fishbone": "B4", "reason": "R5", "status": "verified",
             "other_evidence": ["Tickets of 2024: urgent ones waited 46.6 hours, low ones 48.8; "
                                "estimators 47.8, all 47.6"],
             "note": "Neither urgency nor segment changes the wait.",
             "decided_by": "Sam", "decided_on": "2025-03-20"},
            {"id": "C5", "cause": "Sign-up does not ask what the customer does",
             "fishbone": "B5", "reason": "R6", "status": "verified",
             "other_evidence": ["The sign-up form until September 2024 has contact data only"],
             "note": "Without it no step can treat estimators in their own way.",
             "decided_by": "Project lead", "decided_on": "2025-03-20"},
            {"id": "C6", "cause": "The price is above a competitor's",
             "fishbone": "B7", "reason": "R3", "status": "rejected",
             "other_evidence": ["Exit survey of 2024: 5 of 86 estimators name the price"],
             "note": "Estimators name the price less often than all others do, 12 of 85.",
             "decided_by": "Dana", "decided_on": "2025-03-21"},
            {"id": "C7", "cause": "Uploads fail on weak mobile networks",
             "fishbone": "B8", "reason": "R2", "status": "suspected",
             "note": "2 of 86 exit answers; looked at again with the next Pareto group."},
        ]
    }  # fmt: skip

    causes: tuple[Cause, ...] = ask(
        "Causes", "Each possible cause worth a check, with its evidence.", least=1, default=()
    )

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Evidence exists and is current, decisions have a name and a date, rejections a reason."""
        ribs = reference.names(papers, "fishbone")
        reasons = reference.names(papers, "reasons.reasons")
        gaps: list[Gap] = []
        for each in self.causes:
            path = f"causes.{each.id}"
            gaps += reference.unknown(f"{path}.fishbone", [each.fishbone], ribs, "fishbone")
            gaps += reference.unknown(f"{path}.reason", [each.reason], reasons, "reason taxonomy")
            gaps += _evidence_gaps(each, papers)
            if each.status == "rejected" and not each.note:
                message = f"{each.id} is rejected without a reason: write it in the note."
                gaps.append(Gap(field=f"{path}.note", message=message))
            if each.status != "suspected" and not (each.decided_by and each.decided_on):
                message = f"{each.id} is {each.status}: say by whom and when."
                gaps.append(Gap(field=f"{path}.decided_by", message=message, level="weak"))
        if self.causes and not any(each.status == "verified" for each in self.causes):
            message = "No cause is verified yet: no solution can stand on it."
            gaps.append(Gap(field="causes", message=message))
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """How many causes are verified, suspected and rejected."""
        del papers
        if not self.causes:
            return ()
        of = len(self.causes)
        counts = {
            status: sum(each.status == status for each in self.causes)
            for status in ("verified", "suspected", "rejected")
        }
        return tuple(
            Figure(name=status, label=status.capitalize(), value=count, text=f"{count} of {of}")
            for status, count in counts.items()
        )

    def verified(self) -> tuple[Cause, ...]:
        """The causes that may carry a solution."""
        return tuple(each for each in self.causes if each.status == "verified")


def is_proven(cause: Cause, papers: Papers) -> bool:
    """A saved analysis that is current shows the cause.

    Args:
        cause: any.
        papers: with the saved analyses.
    """
    facts = [papers.analysis(word) for word in cause.evidence]
    return any(fact is not None and not fact.stale for fact in facts)


def _evidence_gaps(cause: Cause, papers: Papers) -> list[Gap]:
    """What is wrong with the evidence; wrong evidence is told for every status."""
    gaps = []
    path = f"causes.{cause.id}.evidence"
    for word in cause.evidence:
        fact = papers.analysis(word)
        shown = printable(word, 40)
        if fact is None:
            message = (
                f'{cause.id}: there is no saved analysis "{shown}"; '
                "what is no analysis belongs under other evidence."
            )
            gaps.append(Gap(field=path, message=message))
        elif fact.stale:
            message = (
                f"{cause.id}: the data behind {fact.kind} {fact.id} changed; "
                f"run `dmaic analysis rerun {fact.id}`."
            )
            gaps.append(Gap(field=path, message=message))
    if cause.status == "verified" and not is_proven(cause, papers) and cause.other_evidence:
        message = f"{cause.id} is verified by other evidence only: no current analysis shows it."
        gaps.append(Gap(field=path, message=message, level="weak"))
    return gaps
