"""How well fitted risks tell the lost from the others: the area under the ROC curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.result import Frozen
from dmaic.stats.drivers.pattern import added

if TYPE_CHECKING:
    from dmaic.stats.drivers.partial import RiskSets
    from dmaic.stats.drivers.pattern import Array

Z = 1.959963984540054


class Area(Frozen):
    """Area under the ROC curve: chance that a lost customer has the higher risk; ties count half.

    Attributes:
        value: 0.5 tells nothing, 1 all.
        low, high: 95 % interval by DeLong's variance; None where it has none.
    """

    value: float
    low: float | None = None
    high: float | None = None


def area(risk: Array, rows: Array, lost: Array) -> Area:
    """The area of counted customers.

    Source of the variance: DeLong, E. R., DeLong, D. M. and Clarke-Pearson, D. L. (1988),
    Biometrics 44, 837-845.

    Args:
        risk: of each pattern, on any scale.
        rows: customers of each pattern.
        lost: those of them who are lost.
    """
    import numpy as np

    # Risks that differ by rounding alone are one.
    known, place = np.unique(np.round(risk, 12), return_inverse=True)
    gone = added(place, lost, len(known))
    kept = added(place, rows - lost, len(known))
    cases, others = gone.sum(), kept.sum()
    below = (np.cumsum(kept) - kept / 2) / others
    above = 1 - (np.cumsum(gone) - gone / 2) / cases
    value = float(gone @ below / cases)
    if cases < 2 or others < 2:
        return Area(value=value)
    spread = gone @ (below - value) ** 2 / (cases - 1) / cases
    spread += kept @ (above - value) ** 2 / (others - 1) / others
    half = Z * float(spread) ** 0.5
    return Area(value=value, low=max(0.0, value - half), high=min(1.0, value + half))


MOST_COMPARED = 2_000_000_000
"""Ages of a loss times patterns; comparing more takes minutes."""


def concordance(risk: Array, sets: RiskSets, rows: Array, lost: Array) -> float | None:
    """Harrell's C: of two customers at risk at the same age, how often the one who leaves first
    has the higher risk; ties of risk count half.

    Source: Harrell, F. E., Lee, K. L. and Mark, D. B. (1996), Statistics in Medicine 15, 361-387.

    Args:
        risk: of each pattern.
        sets: who is at risk when.
        rows: customers of each pattern.
        lost: those of them who are lost.

    Returns:
        The share; None where nobody can be compared, or too many.
    """
    import numpy as np

    if len(sets.ages) * len(risk) > MOST_COMPARED:
        return None
    known, level = np.unique(np.round(risk, 12), return_inverse=True)
    # Those who are there later than a loss: all still there, less those who have not come yet.
    # From one age to the next only a few of both change.
    there = np.zeros(len(known) + 1)
    leaving = np.argsort(sets.exit, kind="stable")
    coming = np.argsort(sets.entry, kind="stable")
    agreed = pairs = 0.0
    ends = np.searchsorted(sets.exit[leaving], np.arange(len(sets.ages) + 2))
    begins = np.searchsorted(sets.entry[coming], np.arange(len(sets.ages) + 2))
    for age in range(1, len(sets.ages) + 1):
        came = coming[begins[age - 1] : begins[age]]
        there[:-1] += added(level[came], rows[came], len(known))
        left = leaving[ends[age - 1] : ends[age]]
        there[:-1] -= added(level[left], rows[left], len(known))
        here = leaving[ends[age] : ends[age + 1]]
        gone = here[lost[here] > 0]
        if not len(gone):
            continue
        later = there[:-1] - added(level[gone], lost[gone], len(known))
        below = np.cumsum(later) - later / 2
        agreed += float(lost[gone] @ below[level[gone]])
        pairs += float(lost[gone].sum() * later.sum())
    return agreed / pairs if pairs else None
