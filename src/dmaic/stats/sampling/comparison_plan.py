"""Plan a comparison: how many customers show an effect, and which effect so many show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, exp, isfinite, log
from typing import Literal

from dmaic.stats.sampling.plan import SampleSizeRow, SizeCurve
from dmaic.stats.sampling.power import (
    MOST,
    Design,
    Hazards,
    Means,
    Shares,
    Terms,
    nearest_effect,
)
from dmaic.stats.sampling.survey_plan import steps

_LEAST_HAZARD = 1e-3
"""A pilot that slows churn to a thousandth is the greatest effect that is thought of."""

_MOST_DEVIATIONS = 1e3
"""The greatest difference of means that is thought of, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of two groups, or of one with what is known.

    Attributes:
        kind: what is compared.
        terms: as always.
        power: wanted.
        before: share of the control group lost, where shares are compared.
        deviation: standard deviation, where means are.
        lost: share of all customers lost while they are watched, where hazards are; None where it
            is not known, so that losses can be counted and no customers.
        continuity: correct shares for continuity.
    """

    kind: Literal["shares", "means", "hazards"]
    terms: Terms
    power: float
    before: float = 0.0
    deviation: float = 0.0
    lost: float | None = None
    continuity: bool = False

    def design(self, effect: float) -> Design:
        """The design for an effect: a share after, a difference, or a hazard ratio."""
        if self.kind == "shares":
            return Shares(self.before, effect, self.terms, self.continuity)
        if self.kind == "means":
            return Means(effect, self.deviation, self.terms)
        # Where the share is not known, a customer stands for a loss.
        return Hazards(effect, 1.0 if self.lost is None else self.lost, self.terms)

    def needed(self, effect: float) -> SampleSizeRow:
        """The least sample that shows an effect with the power wanted."""
        design = self.design(effect)
        size = design.size(self.power)
        told = design.events(self.power) if isinstance(design, Hazards) else size
        if not isfinite(size) or size > MOST:
            return self._row(effect, None, None, size=told if isfinite(told) else None)
        events = ceil(told - 1e-9) if self.kind == "hazards" else None
        if events is not None and self.lost is None:
            return self._row(effect, None, self.power, size=told, events=events)
        n = max(ceil(size - 1e-9), 2)
        return self._row(effect, n, design.power(n), size=told, events=events)

    def reached(self, effect: float, n: int) -> SampleSizeRow:
        """The power of so many customers."""
        return self._row(effect, n, self.design(effect).power(n), events=self._events(n))

    def shown(self, n: int) -> SampleSizeRow:
        """The smallest effect, a fall, that so many customers show with the power wanted."""
        effect_at, far = self._distances()
        found = nearest_effect(lambda x: self.design(effect_at(x)).power(n), self.power, far)
        effect = None if found is None else effect_at(found)
        power = None if found is None else self.power
        return self._row(effect, n, power, events=self._events(n))

    def curves(
        self, effects: Sequence[float | None], rows: Sequence[SampleSizeRow]
    ) -> tuple[SizeCurve, ...]:
        """The power against the size for each effect, around the sizes of the rows.

        Args:
            effects: those that are told apart.
            rows: samples for them.
        """
        known = [row.n for row in rows if row.n]
        if not known:
            return ()
        sizes = steps(max(2, min(known) // 8), max(max(known) * 3 // 2, 20))
        return tuple(
            SizeCurve(row=at, n=sizes, value=tuple(map(self.design(effect).power, sizes)))
            for at, effect in enumerate(effects)
            if effect is not None
        )

    def _distances(self) -> tuple[Callable[[float], float], float]:
        """An effect by its distance from none, and the greatest distance."""
        if self.kind == "shares":
            return (lambda x: self.before - x), self.before
        if self.kind == "means":
            return (lambda x: x), _MOST_DEVIATIONS * self.deviation
        return (lambda x: exp(-x)), -log(_LEAST_HAZARD)

    def _events(self, n: int) -> int | None:
        return None if self.lost is None else round(self.lost * (n + self.terms.pilot(n)))

    def _row(
        self,
        effect: float | None,
        n: int | None,
        power: float | None,
        *,
        size: float | None = None,
        events: int | None = None,
    ) -> SampleSizeRow:
        pilot = self.terms.pilot(n) if n is not None else 0
        return SampleSizeRow(
            from_rate=self.before if self.kind == "shares" else None,
            to_rate=effect if self.kind == "shares" else None,
            difference=effect if self.kind == "means" else None,
            hazard_ratio=effect if self.kind == "hazards" else None,
            n=n,
            pilot=pilot or None,
            total=n + pilot if n is not None and pilot else None,
            events=events,
            power=power,
            size=size,
        )
