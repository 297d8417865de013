"""Whether signals are more than chance alone makes on a chart of so many points."""

from __future__ import annotations

from math import exp

from dmaic.stats.control.part import FalseAlarm

RARE = 0.05
"""More signals than that chance makes are no chance."""


def is_chance(found: int, alarm: FalseAlarm | None) -> bool:
    """Whether a stable process would show as many signals more often than 1 time in 20.

    Asked only of charts so long that chance alone signals more often than not; on a shorter one any
    signal is worth a look.

    Args:
        found: signals.
        alarm: how often chance alone signals.
    """
    if not found or alarm is None or alarm.probability <= 0.5:
        return False
    return chance_of(found, alarm.expected) > RARE


def chance_of(found: int, expected: float) -> float:
    """Chance of so many signals or more, where chance alone makes so many (Poisson).

    Args:
        found: signals.
        expected: that chance alone makes.
    """
    fewer, term = 0.0, exp(-expected)
    for count in range(found):
        fewer += term
        term *= expected / (count + 1)
    return 1 - fewer
