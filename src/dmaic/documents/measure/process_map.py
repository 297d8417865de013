"""The process map: what really happens step by step, who has it, and where the time goes."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from dmaic.block import Block, Cells, Table
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.form import figure_blocks, filled_blocks
from dmaic.documents.measure import flow
from dmaic.documents.name import as_id, by_id, short

HOURS = 1e6
CASES = 1e12


class ProcessStep(Line):
    """One step as it is today."""

    PREFIX: ClassVar[str] = "P"
    step: Text = ask("Step", "What is done: a verb and a noun.", example="Answer", needed=True)
    function: Text = ask("Function", "Who has it in hand.", example="Support", needed=True)
    type: Literal["", "step", "decision", "wait", "inspection"] = ask(
        "Type",
        "A step changes something, a decision sends cases different ways, an inspection only "
        "looks, and in a wait nothing is done.",
        example="step",
        needed=True,
    )
    value_adding: bool | None = ask(
        "Value-adding",
        "Would the customer pay for it? It changes something, and right the first time.",
        example=True,
        default=None,
    )
    touch: float | None = ask(
        "Touch time", "Hours of work on one case.", example=0.3, unit="h", default=None,
        ge=0, le=HOURS,
    )  # fmt: skip
    wait: float | None = ask(
        "Wait time", "Hours a case lies before the step, or in the wait itself.", example=3,
        unit="h", default=None, ge=0, le=HOURS,
    )  # fmt: skip
    first_pass: float | None = ask(
        "First-pass yield", "Of the cases, how many leave it right the first time.", example=70,
        unit="%", default=None, ge=0, le=100,
    )  # fmt: skip
    volume: float | None = ask(
        "Volume",
        "Cases that come through it in the period; a step that few cases take weighs less.",
        example=275, default=None, ge=0, le=CASES,
    )  # fmt: skip
    next: tuple[Text, ...] = ask(
        "Next", "Ids of the steps after it; the following one where nothing is said.",
        example=["P5", "P6"], default=(), refers="process-map",
    )  # fmt: skip


class ProcessMap(Document):
    """The process as it is, with its times and yields."""

    KIND: ClassVar[str] = "process-map"
    TITLE: ClassVar[str] = "Process map"
    PHASE: ClassVar[Phase] = "measure"
    HAS_CHART: ClassVar[bool] = True
    PURPOSE: ClassVar[str] = (
        "The map shows what really happens to a case, who has it and how long it lies. Most of "
        "the time is waiting and most trouble sits where one function hands over to the next."
    )

    process: Text = ask(
        "Process", "Its name.", example="An estimator's question, from e-mail to solved",
        needed=True,
    )  # fmt: skip
    case: Text = ask("Case", "What goes through it.", example="ticket", needed=True)
    period: Text = ask("Period", "In which the volume is counted.", example="month")
    steps: tuple[ProcessStep, ...] = ask(
        "Steps", "In the order in which a case meets them.", least=2, default=()
    )

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "process": "An estimator's question, from e-mail to solved",
        "case": "ticket",
        "period": "month",
        "steps": [
            {"id": "P1", "step": "Write an e-mail", "function": "Customer", "type": "step",
             "value_adding": False, "touch": 0.2, "wait": 0, "first_pass": 80, "volume": 275},
            {"id": "P2", "step": "Lie in the general queue", "function": "Support",
             "type": "wait", "wait": 37.9, "volume": 275},
            {"id": "P3", "step": "Read and sort", "function": "Support", "type": "inspection",
             "value_adding": False, "touch": 0.1, "wait": 0, "first_pass": 90, "volume": 275},
            {"id": "P4", "step": "Answer known?", "function": "Support", "type": "decision",
             "value_adding": False, "touch": 0.1, "wait": 2, "first_pass": 95, "volume": 275,
             "next": ["P5", "P6"]},
            {"id": "P5", "step": "Look into the code", "function": "Development",
             "type": "step", "value_adding": True, "touch": 1.5, "wait": 30, "first_pass": 85,
             "volume": 55, "next": ["P6"]},
            {"id": "P6", "step": "Write the answer", "function": "Support", "type": "step",
             "value_adding": True, "touch": 0.3, "wait": 0.9, "first_pass": 75, "volume": 275},
            {"id": "P7", "step": "Try the answer", "function": "Customer", "type": "step",
             "value_adding": True, "touch": 0.2, "wait": 5, "first_pass": 70, "volume": 275},
        ],
    }  # fmt: skip

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Every next step is one there is, and times and yields are known."""
        del papers
        gaps = []
        steps = by_id(self.steps)
        for each in self.steps:
            for word in each.next:
                if as_id(word) not in steps:
                    gaps.append(
                        Gap(
                            field=f"steps.{each.id}.next",
                            message=f'{each.id} goes on to "{short(word, 20)}", '
                            "which is not there.",
                        )
                    )
            if each.type == "wait" and each.value_adding:
                gaps.append(
                    Gap(
                        field=f"steps.{each.id}.value_adding",
                        message=f"{each.id} is a wait: no customer pays for waiting.",
                    )
                )
        for names, what, end in (
            (self._without_time(), "touch or wait time", "the lead time leaves them out"),
            (
                [e.id for e in self.steps if e.first_pass is None and e.type != "wait"],
                "first-pass yield",
                "the rolled throughput yield leaves them out",
            ),
        ):
            if names:
                gaps.append(
                    Gap(
                        field="steps",
                        message=f"No {what} for {', '.join(names)}: {end}.",
                        level="weak",
                    )
                )
        return tuple(gaps)

    def _without_time(self) -> list[str]:
        return [each.id for each in self.steps if flow.times(each) is None]

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """Lead time, touch time, efficiency, rolled yield, hand-offs and the longest wait."""
        del papers
        return flow.figures(self)

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """The fields and steps as they were filled, where the time goes, and the figures."""
        return (*filled_blocks(self), *self._time_table(), *figure_blocks(self, papers))

    def _time_table(self) -> tuple[Block, ...]:
        parts = flow.shares(self)
        if not parts:
            return ()
        most = max(share for _, _, share in parts)
        return (
            Table(
                (
                    Cells("", tuple(step.id for step, _, _ in parts)),
                    Cells("Step", tuple(step.step for step, _, _ in parts), wrap=True),
                    Cells("Function", tuple(step.function for step, _, _ in parts)),
                    Cells("Hours", tuple(f"{hours:,.4g}" for _, hours, _ in parts), right=True),
                    Cells("Share", tuple(f"{100 * s:.1f} %" for _, _, s in parts), right=True),
                ),
                title="Where the time goes",
                signs=tuple("warn" if share == most else "plain" for _, _, share in parts),
            ),
        )
