"""The mutual action plan: what we and the customer have promised, by whom and by when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Literal

from dmaic.project.entity import Entity, Name, Text
from dmaic.result import Frozen

Side = Literal["ours", "customer"]
State = Literal["open", "done", "dropped"]


class Move(Frozen):
    """An action was given another date.

    Attributes:
        on: the day on which that was agreed.
        due: the date before.
        to: the date after.
        reason: why.
    """

    on: date
    due: date
    to: date
    reason: Text


class Action(Entity):
    """One commitment.

    Attributes:
        title: what is to be done.
        owner: who promised it.
        due: the day by which it is to be done, as agreed now.
        first_due: the day as it was agreed first; promises are judged by it.
        side: whose promise it is.
        phase: phase it belongs to, or empty.
        state: whether it is still to be done.
        done_on: the day on which it was done.
        dropped_on: the day on which it was given up.
        reason: why it was dropped.
        moved: every change of the date.
    """

    kind: ClassVar[str] = "action"
    title: Name
    owner: Name
    due: date
    first_due: date
    side: Side = "ours"
    phase: Text = ""
    state: State = "open"
    done_on: date | None = None
    dropped_on: date | None = None
    reason: Text = ""
    moved: tuple[Move, ...] = ()

    @property
    def label(self) -> str:
        """The title."""
        return self.title

    def is_overdue(self, today: date) -> bool:
        """Still to be done, and its day is over.

        Args:
            today: the day on which it is judged.
        """
        return self.state == "open" and self.due < today


FORMULA = (
    "promises kept = done by the first agreed date / (done, or that date has passed); dropped in "
    "time does not count, dropped later was not kept"
)
"""How the rate is computed, in words."""


class Promises(Frozen):
    """How many promises were kept on time.

    Attributes:
        kept: actions done by the first date agreed on.
        due: actions that are decided: done, or past that date without being done.
        rate: kept / due, or None where nothing is decided yet.
    """

    kept: int
    due: int
    rate: float | None


def promises(actions: Iterable[Action], today: date) -> Promises:
    """Promises kept on time.

    A promise is decided once it is done or its first agreed day is over; moving the date does not
    change that day. Dropping an action in time takes the promise back by agreement, so it does not
    count; dropped later it was broken before.

    Args:
        actions: of an owner, a side or a project.
        today: the day on which it is judged; what is due today may still be kept.
    """
    kept = due = 0
    for action in actions:
        if action.state == "done":
            due += 1
            kept += action.done_on is not None and action.done_on <= action.first_due
        elif action.state == "dropped":
            due += action.dropped_on is not None and action.dropped_on > action.first_due
        else:
            due += action.first_due < today
    return Promises(kept=kept, due=due, rate=kept / due if due else None)
