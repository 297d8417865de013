"""How much of a change of the overall churn rate is churn, how much who the customers are."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Part:
    """What one segment adds to the change of the overall rate, in points a month.

    Attributes:
        rate: because its own rate changed.
        mix: because its share of the customers changed.
    """

    rate: float
    mix: float


def decompose(
    segments: Mapping[K, tuple[Sequence[float], Sequence[float]]],
) -> dict[K, Part]:
    """Split the change of the overall rate into a rate effect and a mix effect, exactly.

    With shares w and rates r of the segments, before and after, the rate effect of a segment is
    (r' - r) (w' + w) / 2 and its mix effect (w' - w) ((r' + r) / 2 - R), where R is the mean of the
    two overall rates: growth of a segment with less churn than average lowers the overall rate. All
    parts add up to the change of the overall rate; no interaction is left (Kitagawa, E. M. 1955,
    Journal of the American Statistical Association 50, 1168-1194; R cancels in the sum). A segment
    that is there on one side only changes the mix alone.

    Args:
        segments: name -> (base, lost) before and (base, lost) after, of all segments.

    Returns:
        The parts by name; empty where nobody was there before, or after.
    """
    bases = [fsum(each[side][0] for each in segments.values()) for side in (0, 1)]
    if not all(bases):
        return {}
    overall = [fsum(each[side][1] for each in segments.values()) / bases[side] for side in (0, 1)]
    middle = (overall[0] + overall[1]) / 2
    parts = {}
    for name, sides in segments.items():
        share = [base / whole for (base, _), whole in zip(sides, bases, strict=True)]
        rates = [lost / base if base else None for base, lost in sides]
        known = [rate for rate in rates if rate is not None]
        was, now = (known[0] if rate is None and known else rate or 0.0 for rate in rates)
        parts[name] = Part(
            rate=(now - was) * (share[0] + share[1]) / 2,
            mix=(share[1] - share[0]) * ((now + was) / 2 - middle),
        )
    return parts
