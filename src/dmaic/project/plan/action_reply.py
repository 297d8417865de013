"""Actions as people see them: a line each, overdue ones first, and how promises are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dmaic.block import Block, Cells, Fields, Heading, Note, Sign, Table
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.plan.action import FORMULA, Action, Side, State
from dmaic.project.plan.promise import PromiseReport, promise_report, told
from dmaic.project.store.view import View
from dmaic.reply import Page
from dmaic.text import plural

COLUMNS = ("id", "title", "owner", "side", "phase", "due", "first_due", "state", "done_on",
           "dropped_on", "reason", "moved")  # fmt: skip
"""Columns of the CSV, in and out."""

_OWNERS = 10
"""Owners whose rates are shown, the lowest; the data has all."""

_STATES = ("open", "done", "dropped")


class ActionReply(Action):
    """An action with its id, and how it stands today.

    Attributes:
        id: of the action.
        overdue: days since its date, or 0.
    """

    id: str
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions are asked for.

    Attributes:
        owner: whole name, in any case, or the beginning of one; or None.
        side, phase, state: or None for any.
        overdue: only those.
    """

    owner: str | None = None
    side: Side | None = None
    phase: str | None = None
    state: State | None = None
    overdue: bool = False

    def fits(self, action: Action, today: date) -> bool:
        """Whether an action is among them.

        Args:
            action: any.
            today: the day on which it is judged.
        """
        owner = self.owner is None or action.owner.casefold().startswith(self.owner.casefold())
        return (
            owner
            and self.side in (None, action.side)
            and self.phase in (None, action.phase)
            and self.state in (None, action.state)
            and (not self.overdue or action.is_overdue(today))
        )


class ActionList(Page):
    """The mutual action plan.

    Attributes:
        project: name of the project.
        today: the day on which it is judged.
        actions: overdue ones first, then by date; ended ones last.
        all: how many there are, whatever was asked for.
        promises: kept on time, of all actions of the project.
        formula: how that is computed.
    """

    kind: str = "action-list"
    project: str
    today: date
    actions: tuple[ActionReply, ...]
    all: int
    promises: PromiseReport
    formula: str = FORMULA

    def blocks(self) -> tuple[Block, ...]:
        """A line an action, then the promises."""
        late = sum(each.overdue > 0 for each in self.actions)
        title = plural(len(self.actions), "action")
        phases = tuple(each.phase for each in self.actions)
        columns = (
            Cells("Action", tuple(each.title for each in self.actions), wrap=True),
            Cells("Owner", tuple(_owner(each) for each in self.actions), wrap=True, keep=95),
            Cells("Due", tuple(str(each.due) for each in self.actions), keep=98),
            Cells("State", tuple(stands(each) for each in self.actions), keep=96),
            Cells("Id", tuple(each.id for each in self.actions), keep=97),
            *((Cells("Phase", phases, keep=50),) if len({*phases}) > 1 else ()),
        )
        empty = "No action fits." if self.all else "Nothing is promised yet."
        return (
            Heading(f"{title}, {late} overdue" if late else title, 1, self.project),
            Table(columns, signs=tuple(_sign(each) for each in self.actions), empty=empty),
            *promise_blocks(self.promises, {each.owner for each in self.actions}),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row an action, in the columns that `action import` reads."""
        return COLUMNS, [
            (*(getattr(each, name) for name in COLUMNS[:-1]), len(each.moved))
            for each in self.actions
        ]


def promise_blocks(report: PromiseReport, owners: set[str]) -> tuple[Block, ...]:
    """How promises are kept, with the formula.

    Args:
        report: of the project.
        owners: who is shown.
    """
    if report.project.rate is None:
        return ()
    sides = ", ".join(
        f"{'customer' if side == 'customer' else side} {told(each)}"
        for side, each in report.sides.items()
        if each.rate is not None
    )
    rates = [f"{owner} {told(each)}" for owner, each in report.owners.items() if owner in owners]
    left = len(rates) - _OWNERS
    people = ", ".join(rates[:_OWNERS]) + (f" and {left} more" if left > 0 else "")
    return (
        Note(f"Promises kept on time: {told(report.project)}; {sides}.", strong=True),
        *((Note(f"By owner: {people}."),) if people else ()),
        Note(f"{FORMULA[:1].upper()}{FORMULA[1:]}."),
    )


def stands(each: ActionReply) -> str:
    """How an action stands, in a few words.

    Args:
        each: any.
    """
    if each.overdue:
        return f"{plural(each.overdue, 'day')} overdue"
    late = (each.done_on - each.first_due).days if each.done_on is not None else 0
    return f"done {plural(late, 'day')} late" if late > 0 else each.state


def _owner(each: ActionReply) -> str:
    return f"{each.owner} (customer)" if each.side == "customer" else each.owner


def _sign(each: ActionReply) -> Sign:
    if each.overdue:
        return "bad"
    return {"open": "todo", "done": "good", "dropped": "plain"}[each.state]  # type: ignore[return-value]


def replied(action: Stored[Action], today: date) -> ActionReply:
    """An action with its id, and how it stands today.

    Args:
        action: any.
        today: the day on which it is judged.
    """
    late = (today - action.body.due).days if action.body.is_overdue(today) else 0
    return ActionReply(id=action.id, overdue=late, **action.body.model_dump())


def in_order(actions: Sequence[ActionReply]) -> list[ActionReply]:
    """Overdue ones first, the longest before the others; then open ones by date, then ended ones.

    Args:
        actions: any.
    """
    return sorted(actions, key=lambda each: (_STATES.index(each.state), each.due, each.title))


def action_list(view: View, project: Stored[Project], wanted: Wanted, today: date) -> ActionList:
    """The actions that are asked for.

    Args:
        view: to read from.
        project: any.
        wanted: which.
        today: the day on which they are judged.
    """
    actions = view.all(Action, project.id)
    shown = [replied(each, today) for each in actions if wanted.fits(each.body, today)]
    return ActionList(
        project=project.body.name,
        today=today,
        actions=tuple(in_order(shown)),
        all=len(actions),
        promises=promise_report([each.body for each in actions], today),
        next=() if actions else ('dmaic action add "TITLE" --owner NAME --due DATE',),
    )


class ActionPage(Page):
    """One action.

    Attributes:
        action: its fields.
        made_at, made_by: when it was agreed, and who wrote it down.
    """

    kind: str = "action"
    action: ActionReply
    made_at: str
    made_by: str

    def blocks(self) -> tuple[Block, ...]:
        """Every fact, and every change of the date."""
        each = self.action
        moves = tuple(f"{one.due} to {one.to} on {one.on}: {one.reason}" for one in each.moved)
        facts = (
            ("State", stands(each)),
            ("Reason", each.reason),
            ("Owner", each.owner),
            ("Side", each.side),
            ("Phase", each.phase),
            ("Due", str(each.due)),
            ("First agreed", str(each.first_due)),
            ("Moved", "\n".join(moves)),
            ("Done", str(each.done_on or "")),
            ("Dropped", str(each.dropped_on or "")),
            ("Id", each.id),
            ("Written down", f"{self.made_at[:10]} by {self.made_by}"),
        )
        return (
            Heading(each.title, 1),
            Fields(tuple((label, text) for label, text in facts if text)),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row."""
        fields = self.action.model_dump(mode="json", exclude={"moved"})
        return tuple(fields), [tuple(fields.values())]
