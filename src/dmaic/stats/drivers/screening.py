"""One variable at a time: how each goes with churn by itself, before any model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic.result import Frozen
from dmaic.stats.chisquare import survival
from dmaic.stats.drivers.design import make_design
from dmaic.stats.drivers.discrimination import area
from dmaic.stats.drivers.model import Logistic, make_cox
from dmaic.stats.drivers.pattern import Patterns, added, folded
from dmaic.stats.test.adjust import holm

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array

BANDS = 5
"""A number is also looked at in so many bands of equal size, so that no bend is passed over."""


class Screened(Frozen):
    """One variable by itself.

    Attributes:
        name: of the variable.
        test: what was tested.
        statistic: likelihood ratio chi-square.
        df: its degrees of freedom.
        p_value: of that.
        p_adjusted: the same by Holm's method over all that were screened.
        bands_p_value: of a number in five bands; much smaller than `p_value` where it bends.
        auc: chance that a lost customer has the higher fitted risk than one who stays.
        entered: it is in the model.
    """

    name: str
    test: str
    statistic: float
    df: int
    p_value: float
    p_adjusted: float
    bands_p_value: float | None = None
    auc: float | None = None
    entered: bool = True

    @property
    def least(self) -> float:
        """The p-value by which it is ranked: the smaller one, where there are two twice that."""
        if self.bands_p_value is None:
            return self.p_value
        return min(1.0, 2 * min(self.p_value, self.bands_p_value))


def screen(patterns: Patterns, *, clock: bool) -> tuple[Screened, ...]:
    """Test each variable by itself, by the likelihood ratio.

    Args:
        patterns: with all candidates.
        clock: by Cox regression, else by logistic regression.

    Returns:
        One a variable, in their order; `p_adjusted` by Holm (1979, Scandinavian Journal of
        Statistics 6, 65-70).
    """
    found = [_single(patterns.only((at,)), clock) for at in range(len(patterns.variables))]
    adjusted = holm([each.least for each in found])
    return tuple(
        each.model_copy(update={"p_adjusted": p}) for each, p in zip(found, adjusted, strict=True)
    )


def _single(patterns: Patterns, clock: bool) -> Screened:
    variable = patterns.variables[0]
    values, rows, lost = folded(patterns.values[0], patterns.rows, patterns.lost)
    if clock:
        design = make_design(patterns)
        model = make_cox(patterns)
        statistic = 2 * (
            model.fit(design.standard).log_likelihood
            - model.fit(design.standard[:, :0]).log_likelihood
        )
        df, chance = len(design.names), None
    else:
        alone = Patterns((variable,), (values,), rows, lost)
        design = make_design(alone)
        df = len(design.names)
        null = grouped_log_likelihood(rows.sum(keepdims=True), lost.sum(keepdims=True))
        if variable.is_number:
            fit = Logistic(alone).fit(design.standard)
            statistic = 2 * (fit.log_likelihood - null)
            risk = design.standard[:, 0] * (fit.coefficients[1] if df else 0.0) if df else rows * 0
        else:
            statistic = 2 * (grouped_log_likelihood(rows, lost) - null)
            risk = lost / rows
        chance = area(risk, rows, lost).value
    statistic = max(0.0, statistic)
    p_value = survival(statistic, df) if df else 1.0
    return Screened(
        name=variable.name,
        test="likelihood ratio",
        statistic=statistic,
        df=df,
        p_value=p_value,
        p_adjusted=p_value,
        bands_p_value=_bands(values, rows, lost) if variable.is_number and not clock else None,
        auc=chance,
    )


def _bands(values: Array, rows: Array, lost: Array) -> float | None:
    """p-value of the likelihood ratio of bands against one rate for all."""
    import numpy as np

    edges = cuts(values, rows, BANDS)
    if len(edges) < 2:
        return None
    place = np.searchsorted(edges, values, side="right")
    there = added(place, rows, len(edges) + 1)
    gone = added(place, lost, len(edges) + 1)
    gone, there = gone[there > 0], there[there > 0]
    null = grouped_log_likelihood(rows.sum(keepdims=True), lost.sum(keepdims=True))
    statistic = 2 * (grouped_log_likelihood(there, gone) - null)
    return survival(max(0.0, statistic), len(there) - 1) if len(there) > 1 else None


def grouped_log_likelihood(rows: Array, lost: Array) -> float:
    """Of single customers, where each group has its own rate.

    Args:
        rows: customers of each group.
        lost: those of them who are lost.
    """
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(lost > 0, lost * np.log(lost / rows), 0.0)
        parts += np.where(rows > lost, (rows - lost) * np.log1p(-lost / rows), 0.0)
    return float(parts.sum())


def cuts(values: Array, rows: Array, bands: int) -> Array:
    """Lower edges of the bands above the first, so that each holds about as many customers.

    A cut lies halfway between two values; equal ones merge.

    Args:
        values: in order, each once.
        rows: customers of each.
        bands: how many.
    """
    import numpy as np

    seen = np.cumsum(rows)
    wanted = seen[-1] * np.arange(1, bands) / bands
    # The value behind which the running count comes closest to the share wanted.
    after = np.abs(seen[:-1, None] - wanted[None, :]).argmin(axis=0) if len(values) > 1 else []
    places = np.unique(np.asarray(after, dtype=np.intp))
    edges: Array = (values[places] + values[places + 1]) / 2 if len(places) else np.zeros(0)
    return edges


def strongest(screened: Sequence[Screened], widths: Sequence[int], most: int) -> list[int]:
    """Places of the variables that a model of so many terms has room for, the strongest first.

    Args:
        screened: one a variable.
        widths: terms of each.
        most: terms that there may be.
    """
    taken, room = [], most
    for at in sorted(range(len(screened)), key=lambda at: (screened[at].least, at)):
        if widths[at] <= room:
            taken.append(at)
            room -= widths[at]
    return sorted(taken)
