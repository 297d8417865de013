"""Adding actions and taking them to their end."""

from __future__ import annotations

from datetime import date

from dmaic.errors import ConflictError, NotFoundError, UsageError
from dmaic.project.checked import checked
from dmaic.project.entity import Stored
from dmaic.project.people.team import Member
from dmaic.project.plan.action import Action, Move, Side
from dmaic.project.store.view import pick
from dmaic.project.store.work import Work
from dmaic.text import folded, printable


def owner_named(members: list[Stored[Member]], word: str, side: Side) -> str:
    """The owner that a person means: of the team, or anybody on the customer's side.

    Args:
        members: the team.
        word: what the person wrote; on our side the beginning of a name will do.
        side: whose promise it is.

    Raises:
        NotFoundError: `member.not-found` or `member.ambiguous`.
        UsageError: `field.value`, it is empty.
    """
    if not word.strip():
        raise UsageError("it is empty.", "field.value", "", "--owner")
    if side == "customer":
        # "Dan" of the customer is not our Dana.
        said = folded(word)
        return next((each.body.name for each in members if each.body.key == said), word.strip())
    try:
        return pick(members, word, "member").body.name
    except NotFoundError as error:
        if error.code != "member.not-found":
            raise
        who = printable(word, 60).replace('"', "'")
        raise NotFoundError(
            error.message,
            error.code,
            f'{error.hint} Add somebody with `dmaic team add "{who}"`; people of the customer '
            "own actions with --side customer.",
        ) from error


def finish(work: Work, action: Stored[Action], on: date, today: date) -> Stored[Action]:
    """Mark an action as done.

    Args:
        work: to write in.
        action: as read; a dropped one may still be done after all.
        on: the day on which it was done.
        today: nothing is done in the future.

    Raises:
        ConflictError: `action.is-done`.
        UsageError: `action.future`.
    """
    if action.body.state == "done" and on == action.body.done_on:
        raise ConflictError(f"It was done on {on}.", "action.is-done")
    if on > today:
        raise UsageError(
            f"{on} has not come yet.", "action.future", "Say when it was done with --on DATE."
        )
    changes = {"state": "done", "done_on": on, "dropped_on": None, "reason": ""}
    return work.change(action, action.body.model_copy(update=changes))


def move(work: Work, action: Stored[Action], due: date, reason: str, today: date) -> Stored[Action]:
    """Agree on another date; the first one stays what the promise is judged by.

    Args:
        work: to write in.
        action: an open one.
        due: the new date.
        reason: why.
        today: when it is agreed.

    Raises:
        ConflictError: `action.not-open`.
        UsageError: `action.same-date`.
    """
    _open(action)
    if due == action.body.due:
        raise UsageError(f"It is due on {due} already.", "action.same-date")
    moved = Move(on=today, due=action.body.due, to=due, reason=reason)
    changes = {"due": due, "moved": (*action.body.moved, moved)}
    return work.change(action, action.body.model_copy(update=changes))


def drop(work: Work, action: Stored[Action], reason: str, today: date) -> Stored[Action]:
    """Give an action up.

    Args:
        work: to write in.
        action: an open one.
        reason: why.
        today: when it is given up.

    Raises:
        ConflictError: `action.not-open`.
    """
    _open(action)
    changes = {"state": "dropped", "dropped_on": today, "reason": reason}
    return work.change(action, checked(Action, {**action.body.model_dump(), **changes}))


def _open(action: Stored[Action]) -> None:
    if action.body.state != "open":
        raise ConflictError(
            f'"{printable(action.body.title, 60)}" is {action.body.state}.',
            "action.not-open",
            "`dmaic undo` takes the last operation back.",
        )
