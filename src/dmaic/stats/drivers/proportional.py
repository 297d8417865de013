"""Whether a hazard ratio is the same at every age, as Cox regression takes it to be."""

from __future__ import annotations

from math import erfc, sqrt
from typing import TYPE_CHECKING

from dmaic.result import Frozen
from dmaic.stats.chisquare import survival
from dmaic.stats.drivers.design import Design
from dmaic.stats.drivers.model import Cox
from dmaic.stats.drivers.partial import sums_at_risk
from dmaic.stats.drivers.pattern import added

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array


class Proportionality(Frozen):
    """Test of one term, or of all together.

    Attributes:
        name: of the term; `(all)` for all together.
        correlation: of the scaled Schoenfeld residuals with the rank of age; None for all.
        statistic: chi-square.
        df: its degrees of freedom.
        p_value: small where the ratio changes with age.
    """

    name: str
    correlation: float | None
    statistic: float
    df: int
    p_value: float


def proportionality(model: Cox, design: Design, coefficients: Array, covariance: Array,
                    ) -> tuple[Proportionality, ...]:  # fmt: skip
    """Correlation of scaled Schoenfeld residuals with age.

    With r the residuals of the d losses, g the rank of their age less its mean and V the covariance
    of the coefficients, the statistic of a term is (Σ g (r V)_k)² d / (V_kk Σ g²); of all
    (Σ g r)' V (Σ g r) d / Σ g².

    Source: Grambsch, P. M. and Therneau, T. M. (1994), Biometrika 81, 515-526, with ranks of age
    for g(t), ties sharing theirs; as R's `cox.zph` computed it before version 3 of survival.

    Args:
        model: that was fitted.
        design: its columns.
        coefficients: of the standard columns.
        covariance: of the same.
    """
    import numpy as np

    residuals, ages = _residuals(model, design, coefficients)
    if len(ages) < 5:
        return ()
    _, place, count = np.unique(ages, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    rank = (last - (count - 1) / 2)[place]
    centred = rank - rank.mean()
    square = float(centred @ centred)
    if square == 0:
        return ()
    pull = centred @ residuals
    deaths = len(ages)
    told = []
    scaled = deaths * residuals @ covariance
    for at, name in enumerate(design.names):
        z = float(pull @ covariance[at]) * sqrt(deaths / (float(covariance[at, at]) * square))
        spread = float(((scaled[:, at] - scaled[:, at].mean()) ** 2).sum())
        told.append(
            Proportionality(
                name=name,
                correlation=float(centred @ scaled[:, at]) / sqrt(square * spread)
                if spread
                else None,
                statistic=z * z,
                df=1,
                p_value=erfc(abs(z) / sqrt(2)),
            )
        )
    whole = float(pull @ covariance @ pull) * deaths / square
    if len(design.names) > 1:
        told.append(
            Proportionality(
                name="(all)",
                correlation=None,
                statistic=whole,
                df=len(design.names),
                p_value=survival(max(0.0, whole), len(design.names)),
            )
        )
    return tuple(told)


def _residuals(model: Cox, design: Design, coefficients: Array) -> tuple[Array, Array]:
    """Schoenfeld residuals of the lost: columns less their mean over those at risk, and the ages.

    Of ties the mean is Efron's, over the rounds in which the tied leave.
    """
    import numpy as np

    rows, lost = model.patterns.rows, model.patterns.lost
    columns = design.standard
    weight = np.exp(np.clip(columns @ coefficients, -500, 500))
    sums = sums_at_risk(model.sets, columns, rows, lost, weight)
    size = len(model.sets.ages)
    deaths = added(sums.place, np.ones(len(sums.place)), size)
    mean = np.column_stack(
        [added(sums.place, sums.mean[:, at], size) / deaths for at in range(columns.shape[1])]
    )
    who = np.repeat(np.arange(len(lost)), np.rint(lost).astype(np.int64))
    place = model.sets.exit[who] - 1
    return columns[who] - mean[place], model.sets.ages[place]
