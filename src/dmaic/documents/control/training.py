"""The training plan: who learns what from whom, and who came."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from dmaic import number
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask

ENOUGH = 0.8
"""Below this share of the people a new way of working does not hold."""


class Session(Line):
    """One training."""

    PREFIX: ClassVar[str] = "TR"
    audience: Text = ask(
        "Audience", "Who has to know it.", example="Support, all shifts", needed=True
    )
    topic: Text = ask(
        "Topic", "What they can do afterwards.", example="Sort a ticket by segment", needed=True
    )
    owner: Text = ask("Owner", "Who holds it.", example="Head of Support", needed=True)
    held: date | None = ask("Date", "When.", example="2025-05-12", needed=True, default=None)
    planned: int | None = ask(
        "Planned", "How many people should come.", example=14, needed=True, default=None, ge=1,
        le=1e9,
    )  # fmt: skip
    attended: int | None = ask(
        "Attended", "How many came; filled in afterwards.", example=13, default=None, ge=0, le=1e9
    )


class TrainingPlan(Document):
    """Trainings and who came."""

    KIND: ClassVar[str] = "training"
    TITLE: ClassVar[str] = "Training plan"
    PHASE: ClassVar[Phase] = "control"
    PURPOSE: ClassVar[str] = (
        "People keep to the new way only when they were shown it. The plan counts who was trained, "
        "so that a gap is seen before customers see it."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "sessions": [
            {"id": "TR1", "audience": "Support, all shifts", "topic": "Sort a ticket by segment",
             "owner": "Head of Support", "held": "2025-05-12", "planned": 14, "attended": 13},
            {"id": "TR2", "audience": "Customer Success", "topic": "Lead the first-day call",
             "owner": "Sam", "held": "2025-05-02", "planned": 4, "attended": 4},
            {"id": "TR3", "audience": "Sales and Marketing",
             "topic": "Tell estimators what the app does in the shop", "owner": "Head of Sales",
             "held": "2025-06-17", "planned": 11, "attended": 10},
        ]
    }  # fmt: skip

    sessions: tuple[Session, ...] = ask(
        "Trainings", "Who is shown what, by whom and when.", least=1, default=()
    )

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Enough of those who should know came."""
        del papers
        gaps = [
            Gap(
                field=f"sessions.{each.id}.attended",
                message=f"{each.id}: nobody wrote down how many came.",
            )
            for each in self.sessions
            if each.attended is None
        ]
        coverage = self._coverage()
        if coverage is not None and coverage < ENOUGH:
            message = (
                f"{number.percent(coverage)} % of the people were trained; "
                f"below {ENOUGH:.0%} the new way does not hold."
            )
            gaps.append(Gap(field="sessions", message=message, level="weak"))
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """Which part of the people planned for came."""
        del papers
        coverage = self._coverage()
        if coverage is None:
            return ()
        counted = self._counted()
        aside = (
            f" ({len(counted)} of {len(self.sessions)} trainings counted)"
            if len(counted) < len(self.sessions)
            else ""
        )
        return (
            Figure(name="coverage", label="Coverage", value=coverage,
                   text=f"{number.percent(coverage)} %{aside}",
                   formula="Σ attended / Σ planned, at most the planned of each training"),
        )  # fmt: skip

    def _counted(self) -> list[tuple[int, int]]:
        return [
            (each.attended, each.planned)
            for each in self.sessions
            if each.attended is not None and each.planned is not None
        ]

    def _coverage(self) -> float | None:
        # A full room does not make up for an empty one.
        counted = self._counted()
        planned = sum(planned for _, planned in counted)
        return sum(min(pair) for pair in counted) / planned if planned else None
