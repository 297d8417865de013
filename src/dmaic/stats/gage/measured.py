"""Measurements of a crossed study: every operator measures every part equally often."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class Measured:
    """Balanced measurements.

    Attributes:
        parts: names of what was measured, in order.
        operators: names of those who measured, in order.
        values: part -> operator -> measurements, as many in each.
    """

    parts: tuple[str, ...]
    operators: tuple[str, ...]
    values: tuple[tuple[tuple[float, ...], ...], ...]

    @property
    def trials(self) -> int:
        """How often an operator measured a part."""
        return len(self.values[0][0])

    @property
    def mean(self) -> float:
        """Of all measurements."""
        count = len(self.parts) * len(self.operators) * self.trials
        return fsum(each for part in self.values for cell in part for each in cell) / count

    def part_means(self) -> list[float]:
        """Mean of each part, over all operators."""
        count = len(self.operators) * self.trials
        return [fsum(each for cell in part for each in cell) / count for part in self.values]

    def operator_means(self) -> list[float]:
        """Mean of each operator, over all parts."""
        count = len(self.parts) * self.trials
        return [
            fsum(each for part in self.values for each in part[at]) / count
            for at in range(len(self.operators))
        ]

    def cell_means(self) -> list[list[float]]:
        """Mean of each part (first) by each operator."""
        return [[fsum(cell) / self.trials for cell in part] for part in self.values]

    def ranges(self) -> list[list[float]]:
        """Largest less smallest measurement of each part (first) by each operator."""
        return [[max(cell) - min(cell) for cell in part] for part in self.values]
