"""The reason taxonomy: why customers leave, and which answer of the exit survey means what."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from dmaic import number
from dmaic.block import Block, Note
from dmaic.documents import reference
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.reference import Ref
from dmaic.text import plural

Top = Literal["", "expectations unmet", "no attachment", "easy to switch"]
TOPS: tuple[Top, ...] = ("expectations unmet", "no attachment", "easy to switch")

ENOUGH = 0.8
"""Share of the answers that must be mapped before the shares of the reasons mean anything."""


class Reason(Line):
    """A sub-reason under one of the three reasons for switching."""

    PREFIX: ClassVar[str] = "R"
    name: Text = ask(
        "Sub-reason",
        "Why a customer leaves, in the customer's eyes.",
        example="The app does not fit the tools of the trade",
        needed=True,
    )
    top: Top = ask(
        "Under",
        "Which of the three reasons for switching it belongs to.",
        example="expectations unmet",
        needed=True,
    )
    meaning: Text = ask(
        "Meaning",
        "What counts as this and what does not, so that two people sort alike.",
        example="Work has to be done twice; not: a feature is missing.",
    )


class Answer(Line):
    """A reason as it stands in the survey or in the cancellation form."""

    PREFIX: ClassVar[str] = "A"
    raw: Text = ask(
        "Raw reason",
        "The answer, exactly as the export shows it.",
        example="Photos re-typed into the quoting system",
        needed=True,
    )
    count: int | None = ask(
        "Count", "How often it was given.", example=26, default=None, ge=0, le=1e12
    )
    reason: Ref = ask(
        "Means", "The sub-reason it stands for, by its id.", example="R1", refers="reasons.reasons"
    )


class ReasonTaxonomy(Document):
    """Three reasons, their sub-reasons, and the survey's answers sorted under them."""

    KIND: ClassVar[str] = "reasons"
    TITLE: ClassVar[str] = "Reason taxonomy"
    PHASE: ClassVar[Phase] = "analyze"
    PURPOSE: ClassVar[str] = (
        "Customers switch when expectations are unmet, when nothing ties them to us and when "
        "leaving is easy. The taxonomy sorts every answer of the exit survey under these three, so "
        "that they can be counted."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "reasons": [
            {"id": "R1", "name": "The app does not fit the tools of the trade",
             "top": "expectations unmet", "meaning": "Work has to be done twice."},
            {"id": "R2", "name": "A function is missing or fails", "top": "expectations unmet",
             "meaning": "The app itself lacks something or does not work."},
            {"id": "R3", "name": "Price above value", "top": "expectations unmet",
             "meaning": "Named the price without naming a competitor."},
            {"id": "R4", "name": "Left alone in the first days", "top": "no attachment",
             "meaning": "Never got the app to work for a job."},
            {"id": "R5", "name": "Answers come too late", "top": "no attachment",
             "meaning": "Support was asked and was slow."},
            {"id": "R6", "name": "Nobody knows the customer's trade", "top": "no attachment",
             "meaning": "Was answered, and felt not understood."},
            {"id": "R7", "name": "A free substitute will do", "top": "easy to switch",
             "meaning": "Uses what the phone has."},
            {"id": "R8", "name": "A competitor made an offer", "top": "easy to switch",
             "meaning": "Names another paid app."},
            {"id": "R9", "name": "Nothing is lost by leaving", "top": "easy to switch",
             "meaning": "No work, data or people are left behind."},
        ],
        "answers": [
            {"id": "A1", "raw": "Support took days to answer", "count": 30, "reason": "R5"},
            {"id": "A2", "raw": "Photos re-typed into the quoting system", "count": 26,
             "reason": "R1"},
            {"id": "A3", "raw": "Missing feature", "count": 20, "reason": "R2"},
            {"id": "A4", "raw": "The phone's camera is enough", "count": 20, "reason": "R7"},
            {"id": "A5", "raw": "Not worth the price", "count": 17, "reason": "R3"},
            {"id": "A6", "raw": "No help getting started", "count": 16, "reason": "R4"},
            {"id": "A7", "raw": "Nobody knew our trade", "count": 15, "reason": "R6"},
            {"id": "A8", "raw": "Another app made an offer", "count": 11, "reason": "R8"},
            {"id": "A9", "raw": "Nothing kept us", "count": 10, "reason": "R9"},
            {"id": "A10", "raw": "Uploads slow or failing", "count": 6, "reason": "R2"},
        ],
    }  # fmt: skip

    reasons: tuple[Reason, ...] = ask(
        "Sub-reasons", "Why customers leave, sorted under the three reasons.", least=3, default=()
    )
    answers: tuple[Answer, ...] = ask(
        "Raw reasons",
        "Every answer of the exit survey with its count and the sub-reason it stands for.",
        least=1,
        default=(),
    )

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Every reason has sub-reasons, answers point to them, and most answers are mapped."""
        del papers
        known = {each.id for each in self.reasons}
        gaps = [
            gap
            for each in self.answers
            for gap in reference.unknown(
                f"answers.{each.id}.reason", [each.reason], known, "sub-reasons"
            )
        ]
        used = {each.top for each in self.reasons}
        for top in TOPS:
            if self.reasons and top not in used:
                message = f'No sub-reason stands under "{top}": look for one, or say why not.'
                gaps.append(Gap(field="reasons", message=message, level="weak"))
        share = self._mapped()
        if share is not None and share < ENOUGH:
            message = (
                f"{number.percent(share)} % of the answers are mapped; "
                f"below {ENOUGH:.0%} the shares of the reasons say little."
            )
            gaps.append(Gap(field="answers", message=message))
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """How much of the survey is mapped, and each reason's share of what is."""
        del papers
        share = self._mapped()
        if share is None:
            return ()
        unknown = sum(each.count is None for each in self.answers)
        aside = f"; {plural(unknown, 'answer')} without a count left out" if unknown else ""
        counts = self._counts()
        total = sum(counts.values())
        given = sum(each.count or 0 for each in self.answers)
        found = [
            Figure(
                name="mapped",
                label="Answers mapped",
                value=share,
                text=f"{number.percent(share)} % ({total:,} of {given:,}{aside})",
                formula="counts of the answers with a sub-reason / counts of all answers",
            )
        ]
        for top in TOPS:
            part = counts[top] / total if total else None
            found.append(
                Figure(
                    name=f"share_{top.replace(' ', '_')}",
                    label=top.capitalize(),
                    value=part,
                    text=f"{number.percent(part)} % of the mapped answers" if total else "–",
                )
            )
        return tuple(found)

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """The lists and the figures; where all three reasons are given, what that means."""
        shown = super().blocks(papers)
        if all(self._counts().values()):
            return (
                *shown,
                Note(
                    "All three reasons are given. Where they meet in one segment, its customers "
                    "leave: take away at least one of the three."
                ),
            )
        return shown

    def _counts(self) -> dict[Top, int]:
        """Answers counted under each of the three reasons."""
        tops = {each.id: each.top for each in self.reasons if each.top}
        counts = dict.fromkeys(TOPS, 0)
        for each in self.answers:
            if each.reason in tops:
                counts[tops[each.reason]] += each.count or 0
        return counts

    def _mapped(self) -> float | None:
        """Share of the counted answers that stand for a sub-reason."""
        given = sum(each.count or 0 for each in self.answers)
        return sum(self._counts().values()) / given if given else None
