"""The pilot plan: a trial with a question, a threshold and a stop rule, and what came out."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

from dmaic.documents import reference
from dmaic.documents.base import Document, Figure, Gap, Papers, Phase, Text, ask
from dmaic.documents.reference import Ref
from dmaic.text import plural

Direction = Literal["at most", "at least"]
Choice = Literal["", "roll out", "change and repeat", "stop"]


class PilotPlan(Document):
    """A trial of the solutions before everybody gets them."""

    KIND: ClassVar[str] = "pilot"
    TITLE: ClassVar[str] = "Pilot plan"
    PHASE: ClassVar[Phase] = "improve"
    PURPOSE: ClassVar[str] = (
        "A pilot tries the solutions on a few customers and compares them with others who go on as "
        "before. What counts as success is written down before it starts."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "question": "Does a call within a day keep new estimators through their first months?",
        "hypothesis": "Of estimators who are called within a day fewer than 4 % cancel in eight "
                      "weeks; of those who are not, about one in ten.",
        "solutions": ["S3", "S4"],
        "segment": "New auto body estimators in Texas",
        "units": "customers who signed up in the first four weeks",
        "control_group": "New estimators in Florida and Georgia, served as before",
        "sample": 150,
        "control_sample": 150,
        "start": "2025-04-07",
        "end": "2025-05-30",
        "measure": "customers who cancelled within the pilot",
        "unit": "%",
        "direction": "at most",
        "threshold": 4,
        "risks": ["Customers who are not called hear of those who are"],
        "stop_rule": "Stop when general tickets wait more than 72 hours for a week.",
        "measured": 2.7,
        "measured_control": 9.3,
        "learned": "Calls before nine in the morning reach shops; later ones do not.",
        "decision": "roll out",
        "decided_by": "Project lead",
        "decided_on": "2025-06-03",
    }  # fmt: skip

    question: Text = ask(
        "Question", "What the pilot shall answer.", needed=True,
        example="Does a call within a day keep new estimators through their first months?",
    )  # fmt: skip
    hypothesis: Text = ask(
        "Hypothesis", "What is expected, with a figure.", needed=True, long=True,
        example="Of estimators who are called within a day fewer than 4 % cancel in eight weeks.",
    )  # fmt: skip
    solutions: tuple[Ref, ...] = ask(
        "Solutions", "Which are tried, by their ids.", example=["S3", "S4"], needed=True,
        default=(), refers="solutions",
    )  # fmt: skip
    segment: Text = ask(
        "Segment", "Who takes part.", example="New auto body estimators in Texas", needed=True
    )
    units: Text = ask(
        "Units", "What one case is.", example="customers who signed up in the first four weeks"
    )
    control_group: Text = ask(
        "Control group", "Who goes on as before, for comparison; or why nobody can.", needed=True,
        example="New estimators in Florida and Georgia, served as before",
    )  # fmt: skip
    sample: int | None = ask(
        "Sample", "How many take part.", example=150, needed=True, default=None, ge=1, le=1e12
    )
    control_sample: int | None = ask(
        "Control sample", "How many are compared with.", example=150, default=None, ge=0, le=1e12
    )
    start: date | None = ask(
        "Start", "First day.", example="2025-04-07", needed=True, default=None
    )  # fmt: skip
    end: date | None = ask("End", "Last day.", example="2025-05-30", needed=True, default=None)
    measure: Text = ask(
        "Success measure", "What is measured.", needed=True,
        example="customers who cancelled within the pilot",
    )  # fmt: skip
    unit: Text = ask("Unit", "Unit of the measure.", example="%")
    direction: Direction = ask(
        "It is a success at", "Whether small or large figures are good.", example="at most",
        default="at most",
    )  # fmt: skip
    threshold: float | None = ask(
        "Threshold", "The figure from which on it is a success.", example=4, needed=True,
        default=None, ge=-1e15, le=1e15,
    )  # fmt: skip
    risks: tuple[Text, ...] = ask(
        "Risks", "What could go wrong or spoil the comparison.",
        example=["Customers who are not called hear of those who are"], default=(),
    )  # fmt: skip
    stop_rule: Text = ask(
        "Stop rule", "What ends the pilot early.", needed=True,
        example="Stop when general tickets wait more than 72 hours for a week.",
    )  # fmt: skip
    measured: float | None = ask(
        "Measured", "What came out; filled in after the pilot.", example=2.7, default=None,
        ge=-1e15, le=1e15,
    )  # fmt: skip
    measured_control: float | None = ask(
        "Measured in the control group", "The same measure there.", example=9.3, default=None,
        ge=-1e15, le=1e15,
    )  # fmt: skip
    learned: Text = ask(
        "Learned", "What the pilot taught beside the figure.", long=True,
        example="Calls before nine in the morning reach shops; later ones do not.",
    )  # fmt: skip
    decision: Choice = ask("Decision", "Roll out, change and repeat, or stop.", example="roll out")
    decided_by: Text = ask("Decided by", "Who decided.", example="Project lead")
    decided_on: date | None = ask("Decided on", "When.", example="2025-06-03", default=None)

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Dates are in order, solutions exist, and the decision has a result behind it."""
        gaps = reference.unknown(
            "solutions", self.solutions, reference.names(papers, "solutions"), "solutions"
        )
        if self.start and self.end and self.end < self.start:
            gaps.append(Gap(field="end", message=f"It ends before it starts, on {self.end}."))
        if self.decision and self.measured is None:
            message = f'"{self.decision}" was decided and no result is written down.'
            gaps.append(Gap(field="measured", message=message))
        if self.measured is not None and not (self.decision and self.decided_by):
            message = "There is a result: say what was decided, by whom and when."
            gaps.append(Gap(field="decision", message=message))
        if self.decision == "roll out" and self.success is False:
            message = "It is rolled out although the threshold was missed: say why under Learned."
            level: Literal["missing", "weak"] = "weak" if self.learned else "missing"
            gaps.append(Gap(field="learned", message=message, level=level))
        if self.control_group and not self.control_sample:
            message = "Nobody is compared with: a change may have come by itself."
            gaps.append(Gap(field="control_sample", message=message, level="weak"))
        return tuple(gaps)

    @property
    def success(self) -> bool | None:
        """The threshold was met; None before there is a result."""
        if self.measured is None or self.threshold is None:
            return None
        if self.direction == "at most":
            return self.measured <= self.threshold
        return self.measured >= self.threshold

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """How long it runs, what came out, and the difference to the control group."""
        del papers
        found = []
        if self.start and self.end and self.end >= self.start:
            days = (self.end - self.start).days + 1
            found.append(
                Figure(name="days", label="Duration", value=days, text=plural(days, "day"))
            )
        if self.success is not None:
            word = "met" if self.success else "missed"
            text = (
                f"{word}: {self._told(self.measured)}, {self.direction} "
                f"{self._told(self.threshold)} was asked for"
            )
            found.append(
                Figure(name="success", label="Threshold", value=float(self.success), text=text)
            )
        if self.measured is not None and self.measured_control is not None:
            difference = self.measured - self.measured_control
            points = "points" if self.unit == "%" else self.unit
            found.append(
                Figure(
                    name="difference",
                    label="Against the control group",
                    value=difference,
                    text=f"{difference:+,.6g} {points}".rstrip(),
                    formula="measured − measured in the control group",
                )
            )
        return tuple(found)

    def _told(self, figure: float | None) -> str:
        return "–" if figure is None else f"{figure:,.10g} {self.unit}".rstrip()
