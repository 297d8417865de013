"""The partial likelihood of Cox regression, on customers counted together.

The regression that is told is fitted by statsmodels, which takes no counts and goes through the
ages one by one. The many beside it (screening, cross-validation, splines) start here: sums over
those at risk are running sums, so that a step costs a few products whatever the number of ages.

Ties are taken by Efron's approximation (Efron, B. 1977, Journal of the American Statistical
Association 72, 557-565). A customer who came into view at some age is at risk after it: the
interval is open at its entry and closed at its exit, as in R's survival package.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic.stats.drivers.likelihood import Fit
from dmaic.stats.drivers.pattern import Patterns, added

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from dmaic.stats.drivers.pattern import Array

    Places = NDArray[numpy.intp]

_STEPS = 40
_FAR = 8.0
"""A coefficient of a standard column, or its standard error, beyond this has no end."""


@dataclass(frozen=True, slots=True)
class RiskSets:
    """Who is at risk at which age: at risk at the k-th age of a loss are those with
    entry < k <= exit.

    Attributes:
        ages: at which somebody left, in order.
        entry: ages of a loss that lie at or before the entry of each pattern.
        exit: the same of its exit.
    """

    ages: Array
    entry: Places
    exit: Places


def risk_sets(patterns: Patterns) -> RiskSets:
    """The risk sets of customers with ages.

    Args:
        patterns: with ages.
    """
    import numpy as np

    assert patterns.exit is not None
    ages = np.unique(patterns.exit[patterns.lost > 0])
    exit_ = np.searchsorted(ages, patterns.exit, side="right")
    entry = np.zeros(patterns.size, dtype=np.intp)
    # Where nobody came in late, a loss at age 0 has everybody at risk.
    if patterns.entry is not None and bool((patterns.entry > 0).any()):
        entry = np.searchsorted(ages, patterns.entry, side="right")
    return RiskSets(ages, np.minimum(entry, exit_), exit_)


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over those at risk, of one set of coefficients.

    Attributes:
        place: age of each loss, counted from 0; the tied one behind the other.
        share: part of the tied that have left before it.
        total: weight at risk at each loss.
        mean: mean of the columns at risk at each loss.
    """

    place: Places
    share: Array
    total: Array
    mean: Array


def sums_at_risk(sets: RiskSets, columns: Array, rows: Array, lost: Array, weight: Array) -> Sums:
    """Sums over those at risk at each loss.

    Args:
        sets: who is at risk when.
        columns: (patterns, terms).
        rows: customers of each pattern.
        lost: those of them who are lost.
        weight: exp of the linear predictor of each pattern.
    """
    import numpy as np

    size = len(sets.ages) + 1

    def at_risk(figures: Array) -> Array:
        """Sums of those with entry < k <= exit, for k from 1."""
        change = added(sets.exit, figures, size) - added(sets.entry, figures, size)
        return np.asarray(np.cumsum(change[::-1])[::-1][1:])

    def leaving(figures: Array) -> Array:
        return added(sets.exit, figures, size)[1:]

    here, gone = rows * weight, lost * weight
    deaths = np.rint(leaving(lost)).astype(np.int64)
    place = np.repeat(np.arange(len(deaths)), deaths)
    first = np.concatenate(([0], np.cumsum(deaths)[:-1]))
    share = (np.arange(len(place)) - first[place]) / deaths[place]
    total = at_risk(here)[place] - share * leaving(gone)[place]
    mean = np.empty((len(place), columns.shape[1]))
    for at in range(columns.shape[1]):
        column = columns[:, at]
        mean[:, at] = at_risk(here * column)[place] - share * leaving(gone * column)[place]
    return Sums(place, share, total, mean / total[:, None])


def maximise_partial(sets: RiskSets, columns: Array, rows: Array, lost: Array) -> Fit:
    """Fit by Newton's steps.

    Args:
        sets: who is at risk when.
        columns: (patterns, terms), centred and scaled; none a combination of others.
        rows: customers of each pattern.
        lost: those of them who are lost.
    """
    import numpy as np

    beta = np.zeros(columns.shape[1])
    value, slope, information = _at(sets, columns, rows, lost, beta)
    covariance = _inverse(information)
    converged = not len(beta)
    for _ in range(_STEPS):
        if converged:
            break
        step = covariance @ slope
        step *= min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-300))
        gain = float(slope @ step)
        for _ in range(30):
            after = _at(sets, columns, rows, lost, beta + step)
            if after[0] >= value - 1e-9 * (1 + abs(value)):
                break
            step = step / 2
        beta = beta + step
        value, slope, information = after
        covariance = _inverse(information)
        converged = gain < 1e-10 and float(np.abs(step).max()) < 1e-6
        if float(np.abs(beta).max()) > 3 * _FAR:
            break
    errors = np.sqrt(np.maximum(np.diag(covariance), 0))
    far = bool((np.abs(beta) > _FAR).any()) or bool((errors > _FAR).any())
    return Fit(beta, covariance, value, converged, not converged or far)


def _at(
    sets: RiskSets, columns: Array, rows: Array, lost: Array, beta: Array
) -> tuple[float, Array, Array]:
    """Log partial likelihood, its slope, and the information."""
    import numpy as np

    score = columns @ beta if len(beta) else np.zeros(len(rows))
    weight = np.exp(np.clip(score, -500, 500))
    sums = sums_at_risk(sets, columns, rows, lost, weight)
    value = float(lost @ score - np.log(sums.total).sum())
    slope = lost @ columns - sums.mean.sum(axis=0)
    size = len(sets.ages)
    # How much each pattern counts in the second moments, over all the losses it was at risk at.
    running = np.concatenate(([0.0], np.cumsum(added(sums.place, 1 / sums.total, size))))
    tied = np.concatenate(([0.0], added(sums.place, sums.share / sums.total, size)))
    counted = rows * (running[sets.exit] - running[sets.entry]) - lost * tied[sets.exit]
    information = columns.T @ (columns * (weight * counted)[:, None]) - sums.mean.T @ sums.mean
    return value, slope, information


def _inverse(matrix: Array) -> Array:
    import numpy as np

    if not len(matrix):
        return matrix
    try:
        return np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.pinv(matrix), dtype=np.float64)
