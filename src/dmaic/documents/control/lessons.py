"""The lessons learned: what happened, why, and what the next team should do."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask

When = Literal["", "define", "measure", "analyze", "improve", "control"]


class Lesson(Line):
    """One lesson."""

    PREFIX: ClassVar[str] = "LL"
    what: Text = ask(
        "What happened",
        "What went better or worse than expected.",
        example="Half of Measure went into finding out who the customers are",
        needed=True,
    )
    why: Text = ask(
        "Why", "What lay behind it.", example="Sign-up stored contact data only", needed=True
    )
    recommendation: Text = ask(
        "Recommendation",
        "What the next team should do.",
        example="Ask for the segment at sign-up, before any project begins",
        needed=True,
    )
    for_whom: Text = ask("For whom", "Who should read it.", example="Product, Marketing")
    phase: When = ask("Phase", "In which phase it happened.", example="measure")
    standardised: Text = ask(
        "Standardised where",
        "The handbook, form or system in which it now stands.",
        example="Sign-up form and data dictionary",
    )


class LessonsLearned(Document):
    """Lessons for the next cycle."""

    KIND: ClassVar[str] = "lessons"
    TITLE: ClassVar[str] = "Lessons learned"
    PHASE: ClassVar[Phase] = "control"
    PURPOSE: ClassVar[str] = (
        "Lessons are written for the team that takes up the next Pareto group. One that stands in "
        "no handbook or system is forgotten by then."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "lessons": [
            {"id": "LL1", "what": "Half of Measure went into finding out who the customers are",
             "why": "Sign-up stored contact data only",
             "recommendation": "Ask for the segment at sign-up, before any project begins",
             "for_whom": "Product, Marketing", "phase": "measure",
             "standardised": "Sign-up form and data dictionary"},
            {"id": "LL2", "what": "Every department had a fix of its own, and none had moved churn",
             "why": "Nobody had looked at churn by segment",
             "recommendation": "Begin with a Pareto by segment; ask for fixes afterwards",
             "for_whom": "Sponsors", "phase": "analyze",
             "standardised": "Charter template"},
            {"id": "LL3", "what": "Triage cost almost nothing and worked within a week",
             "why": "It changed an order, not a workload",
             "recommendation": "Look for rules of order before asking for people",
             "for_whom": "Support", "phase": "improve",
             "standardised": "Queue rules in the help desk"},
        ]
    }  # fmt: skip

    lessons: tuple[Lesson, ...] = ask("Lessons", "One each.", least=1, default=())

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Every lesson stands where it will be found again."""
        del papers
        return tuple(
            Gap(
                field=f"lessons.{each.id}.standardised",
                message=f"{each.id} stands in no handbook, form or system: it will be forgotten.",
                level="weak",
            )
            for each in self.lessons
            if not each.standardised
        )

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """How many lessons are standardised."""
        del papers
        if not self.lessons:
            return ()
        kept = sum(bool(each.standardised) for each in self.lessons)
        return (
            Figure(name="standardised", label="Standardised", value=kept / len(self.lessons),
                   text=f"{kept} of {len(self.lessons)}"),
        )  # fmt: skip
