"""Plan a survey: how many answers tell a share or a mean to a margin, and what so many tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dmaic.stats.sampling import precision
from dmaic.stats.sampling.plan import SampleSizeRow, SizeCurve
from dmaic.stats.sampling.power import MOST

POINTS = 60
"""Points of a curve."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a survey shall tell.

    Attributes:
        share: expected; None where a mean is asked for.
        deviation: standard deviation expected of a mean.
        confidence: of the interval.
        population: customers there are, or None.
        response: of those asked, who answers, or None.
    """

    share: float | None
    deviation: float | None
    confidence: float
    population: int | None
    response: float | None

    def size(self, margin: float) -> int | None:
        """Answers that a margin needs; None where no number is large enough."""
        if self.deviation is not None:
            size = precision.for_mean(
                margin, deviation=self.deviation, confidence=self.confidence,
                population=self.population,
            )  # fmt: skip
        else:
            assert self.share is not None
            size = precision.for_share(
                margin, share=self.share, confidence=self.confidence, population=self.population
            )
        return size if size is not None and size <= MOST else None

    def margin(self, answers: int) -> float:
        """Margin of so many answers."""
        if self.deviation is not None:
            return precision.margin_of_mean(
                answers, deviation=self.deviation, confidence=self.confidence,
                population=self.population,
            )  # fmt: skip
        assert self.share is not None
        return precision.margin_of_share(
            answers, share=self.share, confidence=self.confidence, population=self.population
        )

    def row(self, margin: float | None, answers: int | None) -> SampleSizeRow:
        """A sample.

        Args:
            margin: wanted; None gives that of the answers.
            answers: at hand; None gives those that are needed.
        """
        needed = answers if margin is None else self.size(margin)
        told = self.margin(answers) if margin is None and answers else margin
        ask = None
        if needed and self.response:
            ask = precision.to_ask(needed, self.response)
        return SampleSizeRow(margin=told, n=needed, to_ask=ask)

    def curve(self, rows: Sequence[SampleSizeRow]) -> tuple[SizeCurve, ...]:
        """The margin against the answers, around those of the rows."""
        known = [row.n for row in rows if row.n]
        if not known:
            return ()
        most = max(2 * max(known), 20)
        if self.population is not None:
            most = min(most, self.population)
        least = max(1, min(known) // 6)
        sizes = steps(least, most)
        return (SizeCurve(row=0, n=sizes, value=tuple(map(self.margin, sizes))),)


def steps(least: int, most: int) -> tuple[int, ...]:
    """Whole numbers from the least to the most, both included, in steps of an even ratio.

    Args:
        least: 1 or more.
        most: not less.
    """
    ratio = most / least
    return tuple(dict.fromkeys(round(least * ratio ** (at / POINTS)) for at in range(POINTS + 1)))
