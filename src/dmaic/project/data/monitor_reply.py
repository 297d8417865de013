"""What `dmaic monitor` answers: each metric of the control plan, and what is to be done."""

from __future__ import annotations

from typing import Any, Literal

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Sign, Table
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.stats.control.watch import Alarm
from dmaic.text import printable

State = Literal["alarm", "in control", "not watched", "not read"]

_SIGNS: dict[State, Sign] = {
    "alarm": "bad", "in control": "good", "not watched": "todo", "not read": "warn",
}  # fmt: skip


class Reaction(Frozen):
    """What is done when a metric slips.

    Attributes:
        id: line of the response plan, or empty where the control plan says it in words.
        trigger: what sets it off.
        action: what is done first.
        owner: who does it.
        hours: how soon, or None.
        escalation: who is told when it does not help.
    """

    id: str = ""
    trigger: str = ""
    action: str = ""
    owner: str = ""
    hours: float | None = None
    escalation: str = ""


class Watched(Frozen):
    """One line of the control plan.

    Attributes:
        control: its id.
        ctq: which CTQ it keeps.
        metric: what is measured.
        state: how it stands.
        owner: who watches it.
        chart: kind of chart, or empty where there is none.
        dataset: whose figures.
        baseline: whose points make the limits, in words.
        points: how many were watched.
        last: label of the newest.
        value: at it.
        value_text: the same as people read it.
        center, lower, upper: of the chart at that point.
        limits_text: the control limits as people read them.
        target: of the plan.
        met: the newest value is on the better side of the target; None where nobody can tell.
        alarms: why to react.
        improved: special causes for the better, which are no alarm.
        reaction: what is done.
        problem: why nothing could be watched, or empty.
        command: what mends it, or draws the chart.
    """

    control: str
    ctq: str = ""
    metric: str
    state: State
    owner: str = ""
    chart: str = ""
    dataset: str = ""
    baseline: str = ""
    points: int = 0
    last: str = ""
    value: float | None = None
    value_text: str = ""
    center: float | None = None
    lower: float | None = None
    upper: float | None = None
    limits_text: str = ""
    target: float | None = None
    met: bool | None = None
    alarms: tuple[Alarm, ...] = ()
    improved: tuple[Alarm, ...] = ()
    reaction: Reaction = Reaction()
    problem: str = ""
    command: str = ""


class Monitoring(Page):
    """The control plan on the figures of today.

    Attributes:
        project: its name.
        source: what the figures came from where a file was named, or empty.
        controls: a line each.
        alarms: how many lines ask for a reaction.
        unread: how many could not be read.
    """

    kind: str = "monitor"
    project: str
    source: str = ""
    controls: tuple[Watched, ...]
    alarms: int
    unread: int

    def blocks(self) -> tuple[Block, ...]:
        """The sentence, the lines, and for each alarm what is done and by whom."""
        told: list[Block] = [
            Heading("Monitor", 1, aside=printable(self.project, 60)),
            Note(self.headline(), strong=True),
            _table(self.controls),
        ]
        for each in self.controls:
            if each.state == "alarm":
                told += [Heading(f"{each.control} {printable(each.metric, 60)}"), _reaction(each)]
            elif each.state == "not read":
                told.append(Note(f"{each.control}: {each.problem} {each.command}".strip()))
            told += [
                Note(f"{each.control}: for the better, {alarm.text}.")
                for alarm in each.improved[-1:]
            ]
        unwatched = [each for each in self.controls if each.state == "not watched"]
        if unwatched:
            ids = ", ".join(each.control for each in unwatched)
            told.append(Note(f"{ids}: {unwatched[0].problem} {unwatched[0].command}"))
        return tuple(told)

    def headline(self) -> str:
        """How things stand, in a sentence."""
        seen = [each for each in self.controls if each.state in ("alarm", "in control")]
        names = ", ".join(
            f"{each.control} {printable(each.metric, 40)}"
            for each in self.controls
            if each.state == "alarm"
        )
        if self.alarms:
            asks = "asks" if self.alarms == 1 else "ask"
            of = "" if len(seen) == self.alarms else f" of {len(seen)}"
            many = f"{self.alarms}{of} {'metric' if len(seen) == 1 else 'metrics'}"
            return f"{many} {asks} for a reaction: {names}."
        if not seen:
            return "No metric could be watched."
        if len(seen) == 1:
            return f"{seen[0].metric[:1].upper()}{printable(seen[0].metric, 60)[1:]} is in control."
        return f"All {len(seen)} metrics that are watched are in control."

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a line of the control plan."""
        header = ("control", "metric", "state", "last", "value", "lower", "upper", "target",
                  "why", "owner", "reaction")  # fmt: skip
        return header, [
            (each.control, each.metric, each.state, each.last, each.value, each.lower, each.upper,
             each.target, "; ".join(alarm.text for alarm in each.alarms) or each.problem,
             each.owner, each.reaction.action)
            for each in self.controls
        ]  # fmt: skip


def _table(controls: tuple[Watched, ...]) -> Table:
    return Table(
        (
            Cells("", tuple(each.control for each in controls)),
            Cells("metric", tuple(printable(each.metric, 60) for each in controls), wrap=True),
            Cells("state", tuple(each.state for each in controls)),
            Cells("last", tuple(printable(each.last, 20) for each in controls), keep=60),
            Cells("value", tuple(each.value_text for each in controls), right=True),
            Cells("limits", tuple(each.limits_text for each in controls), right=True, keep=50),
            Cells("owner", tuple(printable(each.owner, 30) for each in controls), keep=40),
        ),
        signs=tuple(_SIGNS[each.state] for each in controls),
        empty="The control plan has no lines.",
    )


def _reaction(each: Watched) -> Fields:
    rows = [("why", "; ".join(alarm.text for alarm in each.alarms[-4:]))]
    more = len(each.alarms) - 4
    if more > 0:
        rows[0] = ("why", f"{rows[0][1]}; and {more} before")
    reaction = each.reaction
    name = f"reaction {reaction.id}".strip()
    within = f" (within {number.amount(reaction.hours, places=0)} h)" if reaction.hours else ""
    rows += [
        (name, f"{reaction.action}{within}"),
        ("who does it", reaction.owner or each.owner),
        ("who watches", each.owner),
    ]
    if reaction.trigger:
        rows.insert(1, ("trigger", reaction.trigger))
    if reaction.escalation:
        rows.append(("escalation", reaction.escalation))
    rows.append(("limits", f"{each.limits_text}; {each.baseline}"))
    rows += [("look", each.command)] if each.command else []
    return Fields(tuple((label, printable(text, 400)) for label, text in rows))
