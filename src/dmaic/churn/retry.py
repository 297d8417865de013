"""Count, and count again where the rows contradict what was assumed from the first of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from dmaic.churn.column import Column
from dmaic.churn.tally import Question, Tally, count

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

P = TypeVar("P")

TRIES = 4
"""Each try decides at least one more column on all rows; more columns than this never fail."""


def hold(
    table: ChurnTable,
    plan: Callable[[], P],
    ask: Callable[[P], Question],
    identity: Column | None = None,
) -> tuple[P, Tally]:
    """Plan and count, and again where cells contradict a reading made from the first rows.

    Args:
        table: the opened export.
        plan: makes a plan with the readings as they are now.
        ask: the question of a plan.
        identity: column of the customer id, to look for duplicates.

    Returns:
        The plan that held and its tally; the misfits left are cells that cannot be read.
    """
    for _ in range(TRIES):
        made = plan()
        tally = count(table, ask(made), identity)
        doubted = [part for part in tally.misfits if part.column is not None]
        again = [table.decide_again(part.column, part.wanted) for part in doubted if part.column]
        if not any(again):
            break
    return made, tally
