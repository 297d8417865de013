"""The likelihood of a logistic regression, plain or penalised, maximised by Newton's steps.

The regression that is told is fitted by statsmodels. The many small ones beside it (screening,
cross-validation, profiles, splines) start here: on counted patterns a step costs one product.
Firth's penalty is in no library that we have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array

_STEPS = 60
_LARGEST = 5.0
"""A step moves no coefficient of a standard column by more."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A maximum.

    Attributes:
        coefficients: of the columns given.
        covariance: inverse of the information there.
        log_likelihood: there; with the penalty where it is penalised.
        converged: the steps came to rest.
        extreme: some customer's chance of leaving came as close to 0 or 1 as makes no difference,
            as where categories part the lost from the others.
    """

    coefficients: Array
    covariance: Array
    log_likelihood: float
    converged: bool
    extreme: bool


def with_intercept(columns: Array) -> Array:
    """The columns with one of ones in front.

    Args:
        columns: (patterns, terms).
    """
    import numpy as np

    return np.column_stack((np.ones(len(columns)), columns))


def log_likelihood(columns: Array, rows: Array, lost: Array, coefficients: Array) -> float:
    """Of single customers, so that it is the same however they are counted together.

    Args:
        columns: with the intercept.
        rows: customers of each pattern.
        lost: those of them who are lost.
        coefficients: of the columns.
    """
    import numpy as np

    score = columns @ coefficients
    return float(lost @ score - rows @ np.logaddexp(0.0, score))


def maximise(
    columns: Array,
    rows: Array,
    lost: Array,
    *,
    penalised: bool = False,
    start: Array | None = None,
    fixed: Sequence[int] = (),
) -> Fit:
    """Fit a logistic regression.

    With Firth's penalty the score of a coefficient gets h (1/2 - p) of each pattern on top, where
    h is its part of the hat matrix; this maximises the likelihood times the root of the information
    (Jeffreys' prior), is finite under any separation, and for two by two counts it is what adding
    1/2 to each gives.

    Source: Firth, D. (1993), Biometrika 80, 27-38; Heinze, G. and Schemper, M. (2002), Statistics
    in Medicine 21, 2409-2419.

    Args:
        columns: with the intercept; none a combination of others.
        rows: customers of each pattern.
        lost: those of them who are lost.
        penalised: with Firth's penalty.
        start: first coefficients.
        fixed: places of coefficients that stay as they start.
    """
    import numpy as np

    beta = np.zeros(columns.shape[1]) if start is None else start.astype(np.float64).copy()
    free = np.array([at for at in range(len(beta)) if at not in fixed], dtype=np.intp)
    value, chances, information, covariance = _at(columns, rows, lost, beta, penalised)
    converged = False
    for _ in range(_STEPS):
        expected = rows * chances
        excess = lost - expected
        if penalised:
            hat = (
                expected
                * (1 - chances)
                * np.einsum("ij,jk,ik->i", columns, covariance, columns, optimize=True)
            )
            excess = excess + hat * (0.5 - chances)
        slope = columns[:, free].T @ excess
        inner = covariance if len(free) == len(beta) else _inverse(information[np.ix_(free, free)])
        step = inner @ slope
        step *= min(1.0, _LARGEST / max(float(np.abs(step).max(initial=0.0)), 1e-300))
        gain = float(slope @ step)
        for _ in range(30):
            moved = beta.copy()
            moved[free] += step
            after = _at(columns, rows, lost, moved, penalised)
            if after[0] >= value - 1e-9 * (1 + abs(value)):
                break
            step = step / 2
        beta = moved
        value, chances, information, covariance = after
        if gain < 1e-10 and float(np.abs(step).max(initial=0.0)) < 1e-6:
            converged = True
            break
    tiny = float(np.minimum(chances, 1 - chances).min(initial=1.0))
    return Fit(beta, covariance, value, converged, not converged or tiny < 1e-7)


def _at(
    columns: Array, rows: Array, lost: Array, beta: Array, penalised: bool
) -> tuple[float, Array, Array, Array]:
    """Log-likelihood, chance of each pattern, information and its inverse."""
    import numpy as np

    score = columns @ beta
    value = float(lost @ score - rows @ np.logaddexp(0.0, score))
    chances = 1 / (1 + np.exp(-np.clip(score, -700, 700)))
    weights = rows * chances * (1 - chances)
    information = columns.T @ (columns * weights[:, None])
    if penalised:
        sign, size = np.linalg.slogdet(information)
        value += size / 2 if sign > 0 else -np.inf
    return value, chances, information, _inverse(information)


def _inverse(matrix: Array) -> Array:
    import numpy as np

    try:
        return np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.pinv(matrix), dtype=np.float64)


def profile_interval(
    columns: Array,
    rows: Array,
    lost: Array,
    best: Fit,
    at: int,
    *,
    penalised: bool,
    limit: float,
) -> tuple[float | None, float | None]:
    """Where the likelihood, maximised over all other coefficients, has fallen by `limit` / 2.

    Args:
        columns: with the intercept.
        rows: customers of each pattern.
        lost: those of them who are lost.
        best: the maximum.
        at: place of the coefficient.
        penalised: with Firth's penalty.
        limit: quantile of chi-square with one degree of freedom.

    Returns:
        Lower and upper bound; None where it does not fall so far.
    """
    error = max(float(best.covariance[at, at]) ** 0.5, 1e-6)

    def drop(value: float, start: Array) -> tuple[float, Array]:
        moved = start.copy()
        moved[at] = value
        fit = maximise(columns, rows, lost, penalised=penalised, start=moved, fixed=(at,))
        return 2 * (best.log_likelihood - fit.log_likelihood) - limit, fit.coefficients

    def bound(side: int) -> float | None:
        near, far = float(best.coefficients[at]), 0.0
        start = best.coefficients
        below, above = -limit, 0.0
        for step in range(1, 40):
            far = float(best.coefficients[at]) + side * error * (limit**0.5) * 1.15**step
            above, start = drop(far, start)
            if above >= 0:
                break
            near, below = far, above
        else:
            return None
        # Of a curve that is nearly a parabola its root is nearly a line.
        for _ in range(60):
            low, high = (below + limit) ** 0.5 if below > -limit else 0.0, (above + limit) ** 0.5
            share = (limit**0.5 - low) / (high - low) if high > low else 0.5
            middle = float(near + (far - near) * min(max(share, 0.02), 0.98))
            figure, start = drop(middle, start)
            if abs(figure) < 1e-7 or abs(far - near) < 1e-9:
                return middle
            if figure >= 0:
                far, above = middle, figure
            else:
                near, below = middle, figure
        return middle

    return bound(-1), bound(1)
