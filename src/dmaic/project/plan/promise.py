"""Promises kept on time, by owner and by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dmaic import number
from dmaic.project.plan.action import Action, Promises, promises
from dmaic.result import Frozen


class PromiseReport(Frozen):
    """Promises kept on time in a project.

    Attributes:
        project: of all actions.
        sides: ours and the customer's.
        owners: of each owner who has one that is decided, the lowest rate first.
    """

    project: Promises
    sides: dict[str, Promises]
    owners: dict[str, Promises]


def promise_report(actions: Sequence[Action], today: date) -> PromiseReport:
    """Promises kept on time, by owner and by side.

    Args:
        actions: of a project.
        today: the day on which it is judged.
    """
    owners = {
        owner: promises([each for each in actions if each.owner == owner], today)
        for owner in dict.fromkeys(each.owner for each in actions)
    }
    decided = {owner: each for owner, each in owners.items() if each.rate is not None}
    return PromiseReport(
        project=promises(actions, today),
        sides={
            side: promises([each for each in actions if each.side == side], today)
            for side in ("ours", "customer")
        },
        owners=dict(sorted(decided.items(), key=lambda pair: (pair[1].rate or 0, -pair[1].due))),
    )


def told(each: Promises) -> str:
    """`83 % (n = 12)`: the rate with the count behind it.

    Args:
        each: of an owner, a side or a project.
    """
    if each.rate is None:
        return f"{number.DASH} (n = 0)"
    return f"{100 * each.rate:.0f} % (n = {each.due})"
