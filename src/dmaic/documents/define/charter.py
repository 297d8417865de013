"""The project charter: what hurts, what it costs, what shall be reached, by whom and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar

from dmaic import number
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask


class Milestone(Line):
    """A date to be kept."""

    PREFIX: ClassVar[str] = "M"
    name: Text = ask("Milestone", "What is reached.", example="Measure tollgate", needed=True)
    due: date | None = ask("Due", "By which day.", example="2025-02-28", needed=True, default=None)
    done: date | None = ask("Done", "When it was reached.", default=None)


class Charter(Document):
    """The agreement between the sponsor and the team."""

    KIND: ClassVar[str] = "charter"
    TITLE: ClassVar[str] = "Project charter"
    PHASE: ClassVar[Phase] = "define"
    PURPOSE: ClassVar[str] = (
        "The charter is the agreement between the sponsor and the team: what hurts, what it "
        "costs, what shall be reached and by when. Everything later is measured against it."
    )
    EXAMPLE: ClassVar[Mapping[str, Any]] = MappingProxyType(
        {
            "problem": "2.2 % of our customers cancel every month. We do not know which segments, "
            "because sign-up asks for contact data only.",
            "business_case": "Cancelled subscriptions cost $5.0M a year, more than new features "
            "win.",
            "annual_cost": 5_000_000,
            "metric": "monthly logo churn",
            "unit": "%",
            "baseline": 2.2,
            "target": 1.4,
            "by": "2025-12-31",
            "in_scope": ["sign-up", "onboarding", "support"],
            "out_of_scope": ["prices"],
            "milestones": [
                {"id": "M1", "name": "Define tollgate", "due": "2025-01-31"},
                {"id": "M2", "name": "Measure tollgate", "due": "2025-03-31"},
                {"id": "M3", "name": "Analyze tollgate", "due": "2025-05-31"},
                {"id": "M4", "name": "Improve tollgate", "due": "2025-09-30"},
                {"id": "M5", "name": "Control tollgate", "due": "2025-12-31"},
            ],
            "risks": ["No market segment is known for most customers."],
        }
    )

    problem: Text = ask(
        "Problem",
        "What hurts, since when, how much. No causes and no solutions yet.",
        example="2.2 % of our customers cancel every month; we do not know which segments.",
        needed=True,
        long=True,
    )
    business_case: Text = ask(
        "Business case",
        "Why now: what the problem costs and what solving it is worth.",
        example="Cancelled subscriptions cost $5.0M a year, more than we win with new features.",
        needed=True,
        long=True,
    )
    annual_cost: float | None = ask(
        "Cost a year",
        "What the problem costs in a year, in the project's currency.",
        example=5_000_000,
        needed=True,
        default=None,
        ge=0,
    )
    metric: Text = ask(
        "Metric",
        "What is measured, in a name that Finance knows.",
        example="monthly logo churn",
        needed=True,
    )
    unit: Text = ask("Unit", "Unit of the metric.", example="%")
    baseline: float | None = ask(
        "Baseline", "The metric today.", example=2.2, needed=True, default=None
    )
    target: float | None = ask(
        "Target", "The metric at the end.", example=1.4, needed=True, default=None
    )
    by: date | None = ask(
        "By", "The day by which the target is reached.", example="2025-12-31", needed=True,
        default=None,
    )  # fmt: skip
    in_scope: tuple[Text, ...] = ask(
        "In scope", "What the team may change.", example=["sign-up", "onboarding", "support"],
        needed=True, default=(),
    )  # fmt: skip
    out_of_scope: tuple[Text, ...] = ask(
        "Out of scope", "What it leaves alone.", example=["prices"], needed=True, default=()
    )
    milestones: tuple[Milestone, ...] = ask(
        "Milestones", "The dates to be kept.", least=1, default=()
    )
    risks: tuple[Text, ...] = ask(
        "Risks", "What could stop the project.",
        example=["No market segment is known for most customers."], default=(),
    )  # fmt: skip

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """The goal is SMART: a metric with a baseline, a different target and a date."""
        del papers
        gaps = []
        if self.baseline is not None and self.baseline == self.target:
            gaps.append(Gap(field="target", message="The target is the baseline: nothing to do."))
        if self.by is not None and any(each.due and each.due > self.by for each in self.milestones):
            gaps.append(
                Gap(
                    field="milestones",
                    message=f"A milestone lies after the goal's date, {self.by}.",
                    level="weak",
                )
            )
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """The change that the goal asks for, and the goal as one sentence."""
        del papers
        if not self.baseline or self.target is None:
            return ()
        change = self.target / self.baseline - 1
        return (
            Figure(
                name="change",
                label="Change asked for",
                value=change,
                text=f"{number.percent(change, sign=True)} %",
                formula="target / baseline − 1",
            ),
        )
