"""The arithmetic of choosing: weighted sums, how firm the winner is, Pugh's net, quadrants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dmaic.result import Frozen

Quadrant = Literal["quick win", "big bet", "fill-in", "money pit"]

MIDDLE = 5.5
"""Half way from 1 to 10."""

SWING = 0.2
"""How far a weight is moved to see whether the winner changes."""

_SAME = 1e-9


class Score(Frozen):
    """The weighted score of one solution.

    Attributes:
        id: of the solution.
        score: weighted mean over the criteria that it was scored on, or None.
        given: criteria that it was scored on.
    """

    id: str
    score: float | None
    given: int


@dataclass(frozen=True, slots=True)
class Net:
    """The balance of one solution against the datum.

    Attributes:
        plus: criteria on which it is better.
        minus: criteria on which it is worse.
        same: criteria on which it is as good.
    """

    plus: int
    minus: int
    same: int

    @property
    def net(self) -> int:
        """Better less worse."""
        return self.plus - self.minus


def weighted(weights: Mapping[str, float], scores: Mapping[str, float]) -> float | None:
    """Weighted mean of the scores that are given, on the scale of the scores.

    Only the proportions of the weights count. A score without a weight and a weight without a
    score are left out.

    Args:
        weights: criterion -> weight, none below 0.
        scores: criterion -> score.
    """
    shared = [(weights[name], score) for name, score in scores.items() if name in weights]
    heaviest = max((weight for weight, _ in shared), default=0)
    if heaviest <= 0:
        return None
    # Divided by the heaviest first, so that no weight is too large to be added up.
    parts = [(weight / heaviest, score) for weight, score in shared]
    return sum(weight * score for weight, score in parts) / sum(weight for weight, _ in parts)


def ranked(
    weights: Mapping[str, float], options: Sequence[tuple[str, Mapping[str, float]]]
) -> list[Score]:
    """Solutions by weighted score, the highest first; those without a score last.

    Args:
        weights: criterion -> weight.
        options: id of the solution and its scores.
    """
    found = [
        Score(id=id, score=weighted(weights, scores), given=sum(name in weights for name in scores))
        for id, scores in options
    ]
    return sorted(found, key=lambda each: -(each.score if each.score is not None else -1.0))


def winners(
    weights: Mapping[str, float], options: Sequence[tuple[str, Mapping[str, float]]]
) -> frozenset[str]:
    """The solution with the highest score; several where they are equal.

    Args:
        weights: criterion -> weight.
        options: id of the solution and its scores.
    """
    scores = [each for each in ranked(weights, options) if each.score is not None]
    if not scores:
        return frozenset()
    best = scores[0].score or 0.0
    return frozenset(each.id for each in scores if best - (each.score or 0.0) <= _SAME)


def turning(
    weights: Mapping[str, float], options: Sequence[tuple[str, Mapping[str, float]]]
) -> tuple[str, ...]:
    """Criteria whose weight, moved by a fifth up or down, makes another solution win.

    Args:
        weights: criterion -> weight.
        options: id of the solution and its scores.
    """
    first = winners(weights, options)
    scored = {name for _, scores in options for name in scores}
    return tuple(
        name
        for name, weight in weights.items()
        if name in scored
        and any(
            winners({**weights, name: weight * (1 + swing)}, options) != first
            for swing in (-SWING, SWING)
        )
    )


def net(signs: Mapping[str, float]) -> Net:
    """Pugh's balance of a solution.

    Args:
        signs: criterion -> 1 better than the datum, 0 the same, -1 worse.
    """
    values = list(signs.values())
    return Net(
        plus=sum(value > 0 for value in values),
        minus=sum(value < 0 for value in values),
        same=sum(value == 0 for value in values),
    )


def quadrant(impact: float, effort: float) -> Quadrant:
    """Where a solution stands between impact and effort.

    Args:
        impact: from 1 to 10.
        effort: from 1 to 10.
    """
    if impact > MIDDLE:
        return "quick win" if effort <= MIDDLE else "big bet"
    return "fill-in" if effort <= MIDDLE else "money pit"
