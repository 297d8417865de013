"""How the selection is shown: each of its three judgements as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.block import Cells, Table
from dmaic.documents import reference
from dmaic.documents.improve import ranking

if TYPE_CHECKING:
    from dmaic.documents.improve.selection import Option, Selection


def scores(selection: Selection, names: dict[str, str]) -> Table:
    """Every score and the weighted ones, the highest first.

    Args:
        selection: with its criteria and solutions.
        names: of the solutions.
    """
    options = {each.solution or each.id: each for each in selection.options}
    rows = [(each, options[each.id]) for each in selection.ranked()]
    return Table(
        (
            Cells(
                "Solution",
                tuple(reference.told(score.id, names, 200) for score, _ in rows),
                wrap=True,
                keep=1000,
            ),
            *(
                Cells(
                    criterion.id,
                    tuple(_figure(option.scores.get(criterion.id)) for _, option in rows),
                    right=True,
                    keep=500,
                )
                for criterion in selection.criteria
            ),
            Cells(
                "Score",
                tuple("–" if each.score is None else f"{each.score:.2f}" for each, _ in rows),
                right=True,
                keep=900,
            ),
        ),
        title="Σ weight × score / Σ weight, highest first",
    )


def pugh(selection: Selection, names: dict[str, str]) -> Table:
    """How often each solution is better and worse than the datum, the best balance first.

    Args:
        selection: with signs.
        names: of the solutions.
    """
    balances = sorted(
        ((each, ranking.net(each.pugh)) for each in selection.options if each.pugh),
        key=lambda pair: -pair[1].net,
    )
    return Table(
        (
            Cells(
                "Solution",
                tuple(reference.told(each.solution, names, 200) for each, _ in balances),
                wrap=True,
                keep=1000,
            ),
            Cells("Better", tuple(str(net.plus) for _, net in balances), right=True),
            Cells("Same", tuple(str(net.same) for _, net in balances), right=True),
            Cells("Worse", tuple(str(net.minus) for _, net in balances), right=True),
            Cells(
                "Net",
                tuple(f"{net.net:+d}" if net.net else "0" for _, net in balances),
                right=True,
                keep=900,
            ),
        ),
        title=f"Pugh, against {reference.told(selection.datum or 'the datum', names)}",
    )


def quadrants(options: list[Option], names: dict[str, str]) -> Table:
    """Where each solution stands between impact and effort, the best relation first.

    Args:
        options: with impact and effort.
        names: of the solutions.
    """
    rows = sorted(options, key=lambda each: (each.effort or 0) - (each.impact or 0))
    return Table(
        (
            Cells(
                "Solution",
                tuple(reference.told(each.solution, names, 200) for each in rows),
                wrap=True,
                keep=1000,
            ),
            Cells("Impact", tuple(_figure(each.impact) for each in rows), right=True),
            Cells("Effort", tuple(_figure(each.effort) for each in rows), right=True),
            Cells(
                "It is a",
                tuple(ranking.quadrant(each.impact or 0, each.effort or 0) for each in rows),
                keep=900,
            ),
        ),
        title="Impact against effort",
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
