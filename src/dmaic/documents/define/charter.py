"""The project charter: what hurts, what it costs, what shall be reached, by whom and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar

from dmaic import number
from dmaic.block import Block, Check, Checks, Heading
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask

_BOLD = 0.5
"""A goal that asks for more than this change of the metric needs an explanation."""


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
        """The goal must hold together: another target than the baseline, dates in their order."""
        del papers
        gaps = []
        if self.baseline is not None and self.baseline == self.target:
            gaps.append(Gap(field="target", message="The target is the baseline: nothing to do."))
        if self.by is not None:
            gaps += [
                Gap(
                    field=f"milestones.{each.id}.due",
                    message=f"Milestone {each.id} lies after the goal's date, {self.by}.",
                    level="weak",
                )
                for each in self.milestones
                if each.due and each.due > self.by
            ]
        return tuple(gaps)

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """The fields, the milestones, what is computed, and the goal letter by letter."""
        return (*super().blocks(papers), Heading("Is the goal SMART?"), Checks(self.smart()))

    def smart(self) -> tuple[Check, ...]:
        """The goal judged by its five letters, each in plain words."""
        change = self._change()
        asked = f"The goal asks for {number.percent(change, sign=True)} %." if change else ""
        bold = change is not None and abs(change) > _BOLD
        return (
            _letter(
                "Specific: it says what shall change, and where",
                bool(self.problem and self.metric and self.in_scope),
                "Needs the problem, the metric and what is in scope.",
            ),
            _letter(
                "Measurable: a metric, its figure today and its figure at the end",
                bool(self.metric) and self.baseline is not None and self.target is not None,
                "Needs the metric, the baseline and the target.",
            ),
            Check(
                "todo" if change is None else "bad" if not change else "warn" if bold else "good",
                "Achievable: far enough to matter, near enough to be believed",
                "Needs a baseline and a target."
                if change is None
                else "The target is the baseline."
                if not change
                else f"{asked} Few projects move a metric by more than half: say why this one can."
                if bold
                else asked,
            ),
            _letter(
                "Relevant: solving it is worth money to somebody who pays",
                bool(self.business_case and self.annual_cost),
                "Needs the business case and what the problem costs a year.",
            ),
            _letter(
                "Time-bound: a day by which it is reached, and dates on the way",
                self.by is not None and any(each.due for each in self.milestones),
                "Needs the goal's date and a milestone with a date.",
            ),
        )

    def _change(self) -> float | None:
        if not self.baseline or self.target is None:
            return None
        return self.target / self.baseline - 1

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """The change that the goal asks for."""
        del papers
        change = self._change()
        if change is None:
            return ()
        return (
            Figure(
                name="change",
                label="Change asked for",
                value=change,
                text=f"{number.percent(change, sign=True)} %",
                formula="target / baseline − 1",
            ),
        )


def _letter(text: str, holds: bool, lacks: str) -> Check:
    return Check("good", text) if holds else Check("todo", text, lacks)
