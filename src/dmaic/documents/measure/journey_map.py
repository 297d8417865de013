"""The journey map: each step as the customer lives it, and where the customer is let down."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from dmaic.block import Block, Cells, Fields, Table
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.form import figure_blocks, form
from dmaic.documents.form import told as value_told
from dmaic.documents.measure import journey
from dmaic.documents.measure.journey_example import EXAMPLE
from dmaic.documents.name import short

Moment = Literal["connection", "power", "proof", "wow", "truth"]
Stage = Literal["early days", "first disagreement", "long term"]

SCORE = "-2 (hurts) to 2 (lifts); leave it empty where nobody knows."


class JourneyStep(Line):
    """One step from the customer's side."""

    PREFIX: ClassVar[str] = "J"
    step: Text = ask(
        "Step", "What the customer does or lives through.", example="Ask for help", needed=True
    )
    function: Text = ask(
        "Function",
        "The function that owns the moment; empty where nobody does.",
        example="Support",
    )
    practical: Text = ask(
        "Practical need",
        "What the customer has to get done.",
        example="An answer while the car is still in the shop.",
        needed=True,
    )
    emotional: Text = ask(
        "Emotional need", "How the customer wants to feel.", example="To be taken seriously."
    )
    hand_off: Text = ask(
        "Hand-off",
        "What this function passes on to the next one, and how.",
        example="Answers are not shared with Customer Success.",
    )
    moment: Literal["", Moment] = ask(
        "Critical moment",
        "One of the five: "
        + ", ".join(f"{name} ({what})" for name, what in journey.MOMENTS.items())
        + ".",
        example="truth",
    )
    stage: Literal["", Stage] = ask(
        "Lifecycle stage", "Where in the customer's life it is.", example="first disagreement"
    )
    status: int | None = ask(
        "Status", f"Am I somebody here? {SCORE}", example=-2, default=None, ge=-2, le=2
    )
    certainty: int | None = ask(
        "Certainty", f"Do I know what comes? {SCORE}", example=-2, default=None, ge=-2, le=2
    )
    autonomy: int | None = ask(
        "Autonomy", f"Do I have it in hand? {SCORE}", example=-1, default=None, ge=-2, le=2
    )
    relatedness: int | None = ask(
        "Relatedness", f"Are they on my side? {SCORE}", example=-1, default=None, ge=-2, le=2
    )
    fairness: int | None = ask(
        "Fairness", f"Is it fair? {SCORE}", example=-2, default=None, ge=-2, le=2
    )
    satisfaction: float | None = ask(
        "Satisfaction", "As measured or judged, 0 to 10.", example=3, default=None, ge=0, le=10
    )
    hurts: Text = ask(
        "What hurts", "In the customer's words.", example="Two days for an answer by e-mail."
    )
    pain: float | None = ask(
        "Pain", "How much it hurts, 0 (not at all) to 10 (they leave for it).", example=9,
        default=None, ge=0, le=10,
    )  # fmt: skip
    reach: float | None = ask(
        "Reach", "How many customers it reaches, in the unit of the map.", example=45,
        default=None, ge=0, le=1e12,
    )  # fmt: skip

    def scores(self) -> dict[str, int | None]:
        """The five SCARF scores, None where one was not given."""
        return {name: getattr(self, name) for name in journey.SCARF}


class JourneyMap(Document):
    """The customer's way through all functions."""

    KIND: ClassVar[str] = "journey-map"
    TITLE: ClassVar[str] = "Journey map"
    PHASE: ClassVar[Phase] = "measure"
    HAS_CHART: ClassVar[bool] = True
    PURPOSE: ClassVar[str] = (
        "The map follows one kind of customer through every function and scores how each step "
        "feels. It shows where customers are let down, where nobody owns a moment, and what to "
        "mend first."
    )

    customer: Text = ask(
        "Customer", "One kind of customer, as narrow as the data allow.",
        example="Estimator at a small auto body shop", needed=True,
    )  # fmt: skip
    goal: Text = ask(
        "Goal", "What the customer wants to reach by it all.",
        example="Estimates out the same day, with photos, without typing twice", needed=True,
    )  # fmt: skip
    reach_unit: Literal["", "% of customers", "customers"] = ask(
        "Reach is in", "Per cent of the customers, or their number.", example="% of customers"
    )
    steps: tuple[JourneyStep, ...] = ask(
        "Steps", "In the order in which the customer lives them.", least=3, default=()
    )

    EXAMPLE: ClassVar[dict[str, Any]] = EXAMPLE

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Scores are there to draw a curve, reach has its unit, and no hand-off is left open."""
        del papers
        gaps = []
        if self.steps and all(journey.emotion(each) is None for each in self.steps):
            gaps.append(
                Gap(field="steps", message="No step has a SCARF score: there is no curve to see.")
            )
        reached = [each for each in self.steps if each.reach is not None]
        if reached and not self.reach_unit:
            gaps.append(
                Gap(
                    field="reach_unit",
                    message="Reach is given and not its unit: per cent or number of customers?",
                )
            )
        if self.reach_unit == "% of customers":
            gaps += [
                Gap(
                    field=f"steps.{each.id}.reach",
                    message=f"{each.id} reaches {each.reach:g} % of the customers.",
                )
                for each in reached
                if (each.reach or 0) > 100
            ]
        gaps += [
            Gap(
                field=f"steps.{before.id}.hand_off",
                message=f"{before.id} hands over from {short(before.function, 30)} to "
                f"{short(after.function, 30)}: say what is passed on, and how.",
                level="weak",
            )
            for before, after in journey.hand_offs(self)
            if not before.hand_off
        ]
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """The emotional curve and what is to be mended, from the scores that are there."""
        del papers
        return journey.figures(self)

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """The steps in three narrow tables, the ranking, and the figures."""
        head = [each for each in form(JourneyMap) if each.shape != "lines"]
        fields = Fields(tuple((e.label, value_told(getattr(self, e.name), e)) for e in head))
        if not self.steps:
            return (fields, Table((), title="Steps", empty="Nothing yet."))
        return (fields, *self._tables(), *figure_blocks(self, papers))

    def _tables(self) -> tuple[Block, ...]:
        steps = self.steps
        ids = Cells("", tuple(each.id for each in steps), keep=1000)
        names = Cells("Step", tuple(each.step for each in steps), wrap=True, keep=500)

        def text(title: str, field: str) -> Cells:
            return Cells(title, tuple(getattr(each, field) for each in steps), wrap=True)

        def figure(title: str, values: list[str], keep: int = 300) -> Cells:
            return Cells(title, tuple(values), right=True, keep=keep)

        feelings = [journey.emotion(each) for each in steps]
        return (
            Table(
                (ids, names, text("Function", "function"), text("Moment", "moment"),
                 text("Stage", "stage")),
                title="Steps",
                signs=tuple("plain" if each.function else "warn" for each in steps),
            ),
            Table(
                (ids, text("Practical need", "practical"), text("Emotional need", "emotional"),
                 text("What hurts", "hurts"), text("Hand-off", "hand_off")),
                title="Needs and pains",
            ),
            Table(
                (
                    ids,
                    names,
                    *(
                        figure(
                            name[0].upper(),
                            [journey.signed(each.scores()[name]) for each in steps],
                        )
                        for name in journey.SCARF
                    ),
                    figure("Curve", [journey.signed(each, 1) for each in feelings], 400),
                    figure("Satisfied", [_plain(each.satisfaction) for each in steps], 200),
                ),
                title="Emotional curve (S C A R F: status, certainty, autonomy, relatedness, "
                "fairness)",
                signs=tuple(
                    "todo" if each is None else "bad" if each <= -1 else "warn" if each < 0
                    else "good"
                    for each in feelings
                ),
            ),
            *self._ranking(),
        )  # fmt: skip

    def _ranking(self) -> tuple[Block, ...]:
        ranked = journey.ranking(self)
        if not ranked:
            return ()
        return (
            Table(
                (
                    Cells("", tuple(step.id for step, _ in ranked), keep=1000),
                    Cells("Step", tuple(step.step for step, _ in ranked), wrap=True),
                    Cells("Function", tuple(step.function or "nobody" for step, _ in ranked),
                          wrap=True),
                    Cells("Pain", tuple(_plain(step.pain) for step, _ in ranked), right=True),
                    Cells("Reach", tuple(_plain(step.reach) for step, _ in ranked), right=True),
                    Cells("Pain × reach", tuple(_plain(rank) for _, rank in ranked), right=True),
                ),
                title="What to mend first",
            ),
        )  # fmt: skip


def _plain(figure: float | None) -> str:
    return "" if figure is None else f"{figure:,.6g}"
