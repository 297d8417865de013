"""What a gamble is worth to people who feel a loss more than a gain: cumulative prospect theory.

Tversky and Kahneman (1992), Advances in prospect theory: cumulative representation of uncertainty,
Journal of Risk and Uncertainty 5, 297-323. An outcome counts by what it adds to or takes from what
one has; its probability is weighted by its rank among the gains, or among the losses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import fsum

from pydantic import Field

from dmaic.result import Frozen

RULE_OF_THUMB = 2.0
"""Gain over loss that people ask for at even odds, as the experiments found it."""

Outcome = tuple[float, float]
"""Probability and amount."""


class Attitude(Frozen):
    """How gains, losses and their probabilities are felt; the defaults are the medians of 1992.

    Attributes:
        loss_aversion: how much more a loss is felt than a gain of the same size.
        curvature: exponent of the value; below 1 twice the money is less than twice as good.
        gain_weight: exponent of the weight of the probability of a gain; 1 takes it as it is.
            At 0.27 and below the weight would not always rise with the probability (Rieger and Wang
            2006; Ingersoll 2008).
        loss_weight: the same for a loss.
    """

    loss_aversion: float = Field(default=2.25, gt=0, le=100)
    curvature: float = Field(default=0.88, ge=0.1, le=1)
    gain_weight: float = Field(default=0.61, ge=0.28, le=1)
    loss_weight: float = Field(default=0.69, ge=0.28, le=1)

    def value(self, amount: float) -> float:
        """How good or bad an amount feels: v(x) = x^a, or -b (-x)^a for a loss.

        Args:
            amount: of money, as a change.
        """
        if amount < 0:
            return -self.loss_aversion * float((-amount) ** self.curvature)
        return float(amount**self.curvature)

    def amount(self, value: float) -> float:
        """The amount for sure that feels so: the inverse of `value`."""
        if value < 0:
            return -float((-value / self.loss_aversion) ** (1 / self.curvature))
        return float(value ** (1 / self.curvature))

    @property
    def even_odds_ratio(self) -> float:
        """The gain that a loss of 1 needs at even odds to be accepted: 2.74 by default."""
        loss = self.loss_aversion * weight(0.5, self.loss_weight)
        return float((loss / weight(0.5, self.gain_weight)) ** (1 / self.curvature))


class Worth(Frozen):
    """What a gamble is worth, by both views.

    Attributes:
        expected_value: mean of the outcomes, weighted by their probabilities.
        felt_gain: prospect value of the gains.
        felt_loss: prospect value of the losses, as a positive figure.
        prospect_value: the former less the latter.
        certainty_equivalent: the amount for sure that is worth as much, by prospect theory.
    """

    expected_value: float
    felt_gain: float
    felt_loss: float
    prospect_value: float
    certainty_equivalent: float


def weight(probability: float, exponent: float) -> float:
    """The weight of a probability: w(p) = p^g / (p^g + (1-p)^g)^(1/g).

    Args:
        probability: between 0 and 1.
        exponent: g.
    """
    if probability <= 0 or probability >= 1:
        return 0.0 if probability <= 0 else 1.0
    up, down = probability**exponent, (1 - probability) ** exponent
    return float(up / (up + down) ** (1 / exponent))


def merged(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes, worst first, those of one amount together, probabilities adding to one.

    Args:
        outcomes: in any order.
    """
    by_amount: dict[float, list[float]] = {}
    for probability, amount in outcomes:
        # -0.0 and 0.0 are one key.
        by_amount.setdefault(amount, []).append(probability)
    sums = {amount: fsum(each) for amount, each in by_amount.items()}
    whole = fsum(sums.values())
    return [(sums[amount] / whole, amount) for amount in sorted(sums)]


def weights(outcomes: Iterable[Outcome], attitude: Attitude) -> list[tuple[float, float]]:
    """The decision weight of each outcome with its amount, worst first.

    The weight of a gain is w(chance of it or better) - w(chance of better), that of a loss
    w(chance of it or worse) - w(chance of worse).

    Args:
        outcomes: in any order.
        attitude: whose weights.
    """
    every = merged(outcomes)
    losses = [each for each in every if each[1] < 0]
    gains = [each for each in reversed(every) if each[1] > 0]
    found = [
        *_ranked(losses, lambda chance: weight(chance, attitude.loss_weight)),
        *((0.0, amount) for _, amount in every if amount == 0),
        *_ranked(gains, lambda chance: weight(chance, attitude.gain_weight)),
    ]
    return sorted(found, key=lambda each: each[1])


def _ranked(
    extreme_first: list[Outcome], weigh: Callable[[float], float]
) -> list[tuple[float, float]]:
    chances = [each for each, _ in extreme_first]
    up_to = [weigh(min(fsum(chances[:number]), 1.0)) for number in range(len(chances) + 1)]
    return [
        (after - before, amount)
        for (before, after), (_, amount) in zip(pairwise(up_to), extreme_first, strict=True)
    ]


def worth(outcomes: Iterable[Outcome], attitude: Attitude) -> Worth:
    """What a gamble is worth, on average and as it is felt.

    Args:
        outcomes: in any order; the probabilities add to one.
        attitude: how it is felt.
    """
    every = merged(outcomes)
    weighted = weights(every, attitude)
    gain = fsum(each * attitude.value(amount) for each, amount in weighted if amount > 0)
    loss = fsum(-each * attitude.value(amount) for each, amount in weighted if amount < 0)
    return Worth(
        expected_value=fsum(probability * amount for probability, amount in every),
        felt_gain=gain,
        felt_loss=loss,
        prospect_value=gain - loss,
        # What is sure is worth itself, to the last digit.
        certainty_equivalent=attitude.amount(gain - loss) if len(every) > 1 else every[0][1],
    )
