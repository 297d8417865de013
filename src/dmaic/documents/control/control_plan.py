"""The control plan: how each CTQ is watched and what is done when it slips."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from dmaic.documents import reference
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.reference import Ref


class Control(Line):
    """How one CTQ is watched."""

    PREFIX: ClassVar[str] = "CP"
    ctq: Ref = ask("CTQ", "Which CTQ it keeps, by its id.", example="CTQ2", needed=True,
                   refers="ctq.ctqs")  # fmt: skip
    metric: Text = ask(
        "Metric", "What is measured.", example="time to first answer, estimators", needed=True
    )
    unit: Text = ask("Unit", "Unit of target and limits.", example="hours")
    target: float | None = ask("Target", "Where it should be.", example=2, default=None)
    lower: float | None = ask(
        "Lower limit", "Below this the reaction begins.", example=75, default=None
    )
    upper: float | None = ask(
        "Upper limit", "Above this the reaction begins.", example=8, default=None
    )
    method: Text = ask(
        "Method", "How it is measured and on which chart it is watched.",
        example="help desk report; individuals chart", needed=True,
    )  # fmt: skip
    sample: Text = ask("Sample", "How many, or all.", example="all tickets of the week",
                       needed=True)  # fmt: skip
    frequency: Text = ask("Frequency", "How often.", example="weekly", needed=True)
    owner: Text = ask("Owner", "Who watches it.", example="Head of Support", needed=True)
    reaction: Text = ask(
        "Reaction",
        "What is done out of limits: a line of the response plan by its id, or words.",
        example="RP1",
        needed=True,
        refers="response-plan",
    )
    better: Literal["", "lower", "higher"] = ask(
        "Better", "Which way is better; a change for the better is then no alarm.",
        example="lower",
    )  # fmt: skip
    chart: Text = ask(
        "Chart",
        "How `dmaic monitor` charts it: options of `dmaic control`, as they are typed.",
        example="--by week --value first_response_hours --freeze-until 2025-03",
    )
    dataset: Text = ask(
        "Dataset", "Whose figures are charted; the default one where it is blank.",
        example="tickets",
    )  # fmt: skip
    baseline: Text = ask(
        "Baseline", "Dataset whose points make the limits, where it is another one.",
        example="tickets 2024",
    )  # fmt: skip


class ControlPlan(Document):
    """A line for each CTQ."""

    KIND: ClassVar[str] = "control-plan"
    TITLE: ClassVar[str] = "Control plan"
    PHASE: ClassVar[Phase] = "control"
    PURPOSE: ClassVar[str] = (
        "The control plan keeps the gain: each CTQ is measured in a set way, by somebody named, "
        "with limits. When it slips, the reaction is already written down."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "controls": [
            {"id": "CP1", "ctq": "CTQ1", "metric": "estimates sent through the exchange format",
             "unit": "%", "target": 90, "lower": 75, "method": "API log; p chart",
             "sample": "all estimates of the week", "frequency": "weekly",
             "owner": "Head of Development",
             "reaction": "RP1"},
            {"id": "CP2", "ctq": "CTQ2", "metric": "time to first answer, estimators",
             "unit": "hours", "target": 2, "upper": 8,
             "method": "help desk report; individuals chart", "sample": "all tickets of the week",
             "frequency": "weekly", "owner": "Head of Support", "reaction": "RP2"},
            {"id": "CP3", "ctq": "CTQ3", "metric": "new estimators called within a day",
             "unit": "%", "target": 100, "lower": 95, "method": "call list against sign-ups",
             "sample": "all new estimators", "frequency": "weekly", "owner": "Sam",
             "reaction": "RP3"},
        ]
    }  # fmt: skip

    controls: tuple[Control, ...] = ask(
        "Controls", "One line for each CTQ at least.", least=1, default=()
    )

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Every CTQ has a line with owner and reaction; limits are there and in order."""
        ctqs = reference.names(papers, "ctq.ctqs")
        responses = reference.names(papers, "response-plan")
        gaps: list[Gap] = []
        for each in self.controls:
            path = f"controls.{each.id}"
            gaps += reference.unknown(f"{path}.ctq", [each.ctq], ctqs, "CTQ tree")
            if reference.is_id(each.reaction, "RP"):
                gaps += reference.unknown(
                    f"{path}.reaction", [each.reaction.upper()], responses, "response plan"
                )
            if each.lower is None and each.upper is None:
                message = f"{each.id} has no limit: nobody knows when to react."
                gaps.append(Gap(field=f"{path}.upper", message=message))
            elif each.lower is not None and each.upper is not None and each.lower >= each.upper:
                message = f"{each.id}: the lower limit is not below the upper one."
                gaps.append(Gap(field=f"{path}.lower", message=message))
            elif each.target is not None and not _within(each):
                message = f"{each.id}: the target lies outside the limits."
                gaps.append(Gap(field=f"{path}.target", message=message))
        kept = {each.ctq for each in self.controls if each.owner and each.reaction}
        gaps += [
            Gap(
                field="controls",
                message=f"{reference.told(id, ctqs)} has no line with owner and reaction.",
            )
            for id in ctqs
            if id not in kept
        ]
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """How many CTQs are kept."""
        ctqs = reference.names(papers, "ctq.ctqs")
        if not ctqs:
            return ()
        kept = len({each.ctq for each in self.controls if each.owner and each.reaction} & set(ctqs))
        return (
            Figure(name="kept", label="CTQs with owner and reaction", value=kept / len(ctqs),
                   text=f"{kept} of {len(ctqs)}"),
        )  # fmt: skip


def _within(control: Control) -> bool:
    target = control.target or 0.0
    return (control.lower is None or target >= control.lower) and (
        control.upper is None or target <= control.upper
    )
