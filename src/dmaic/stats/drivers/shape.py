"""Whether risk goes one way with a number, or turns: heavy users may leave more than others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from dmaic.result import Frozen
from dmaic.stats.chisquare import survival
from dmaic.stats.drivers.design import Design
from dmaic.stats.drivers.model import Model
from dmaic.stats.drivers.pattern import Patterns, folded
from dmaic.stats.drivers.screening import cuts
from dmaic.stats.drivers.spline import knots, percentiles, spline, standardised
from dmaic.stats.proportion import wilson
from dmaic.stats.test.adjust import holm

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array

BANDS = 5
POINTS = 41
LEVEL = 0.05

_LEAST_VALUES = 5
_LEAST_LOST = 20


class ShapeBand(Frozen):
    """Customers between two values of a number.

    Attributes:
        lowest, highest: least and greatest value found there.
        customers: how many.
        lost: those of them who are lost.
        rate: share of them who are lost.
        low, high: its 95 % Wilson interval.
    """

    lowest: float
    highest: float
    customers: int
    lost: int
    rate: float
    low: float
    high: float


class Shape(Frozen):
    """How risk goes with a number.

    Attributes:
        name: of the variable.
        shape: `straight`: no bend can be seen; `bends`: not in a line, yet no turn is sure;
            `turns`: it falls and rises again, or the other way.
        statistic, df, p_value: likelihood ratio of the spline against the line, the other
            variables held.
        p_adjusted: the same by Holm's method over all numbers.
        turn: the value where it turns; None where it does not.
        direction: `lowest` or `highest` risk at the turn; empty without.
        ends_p: the greater p-value of the band of the turn against the first and the last band,
            the other variables held; None where it is one of them.
        before, before_p: slope of the log-odds below the turn, and its p-value.
        after, after_p: the same above it.
        spread: standard deviation over customers of what the spline adds to the log-odds.
        whole_statistic, whole_df, whole_p: likelihood ratio of the spline against nothing, where it
            has a turn.
        bands: five bands of about as many customers, not adjusted for anything.
        curve: (value, log-odds against the mean customer) along the spline, from the 5th to the
            95th percentile.
    """

    name: str
    shape: Literal["straight", "bends", "turns"]
    statistic: float
    df: int
    p_value: float
    p_adjusted: float
    turn: float | None = None
    direction: Literal["", "lowest", "highest"] = ""
    ends_p: float | None = None
    before: float | None = None
    before_p: float | None = None
    after: float | None = None
    after_p: float | None = None
    spread: float = 0.0
    whole_statistic: float | None = None
    whole_df: int | None = None
    whole_p: float | None = None
    bands: tuple[ShapeBand, ...] = ()
    curve: tuple[tuple[float, float], ...] = ()


def shapes(patterns: Patterns, design: Design, model: Model, screened: int) -> tuple[Shape, ...]:
    """Look for bends in every number of a model.

    A restricted cubic spline with four knots at the 5th, 35th, 65th and 95th percentile (three at
    the 10th, 50th and 90th where values repeat) stands in for the line (Harrell, F. E. 2015,
    Regression Modeling Strategies, 2nd edition, section 2.4). Where it is better and has a turn,
    two lines that meet at the turn must both be sloped, against each other (after Simonsohn, U.
    2018, Advances in Methods and Practices in Psychological Science 1, 538-555), and the band of
    the turn must differ from both the first and the last: a spline swings over at a mere step.

    Args:
        patterns: what the model is fitted to.
        design: its columns.
        model: fits columns.
        screened: numbers that these were chosen among.
    """
    if not any(variable.is_number for variable in patterns.variables):
        return ()
    log_likelihood = model.fit(design.standard).log_likelihood
    found = []
    for at, variable in enumerate(patterns.variables):
        if variable.is_number and at in design.owner:
            each = _shape(patterns, design, model, log_likelihood, at)
            if each is not None:
                found.append(each)
    adjusted = holm([each.p_value for each in found], screened)
    found = [_judged(each, p) for each, p in zip(found, adjusted, strict=True)]
    return tuple(found)


def _judged(shape: Shape, adjusted: float) -> Shape:
    kind: Literal["straight", "bends", "turns"] = "straight"
    if adjusted < LEVEL:
        sure = (
            shape.before is not None
            and shape.after is not None
            and shape.before * shape.after < 0
            and max(shape.before_p or 0.0, shape.after_p or 0.0) < LEVEL
            and shape.ends_p is not None
            and shape.ends_p < LEVEL
        )
        kind = "turns" if sure else "bends"
    update: dict[str, object] = {"p_adjusted": adjusted, "shape": kind}
    if kind != "turns":
        update |= {"turn": None, "direction": ""}
    return shape.model_copy(update=update)


def _shape(
    patterns: Patterns, design: Design, model: Model, log_likelihood: float, at: int
) -> Shape | None:
    import numpy as np

    values, rows, lost = folded(patterns.values[at], patterns.rows, patterns.lost)
    few = min(float(lost.sum()), float((rows - lost).sum())) < _LEAST_LOST
    if len(values) < _LEAST_VALUES or few:
        return None
    place = design.owner.index(at)
    # In units of the standard deviation, so that no cube of a figure overflows.
    middle, unit = float(design.center[place]), float(design.scale[place])
    known = (values - middle) / unit
    bends = knots(known, rows)
    if len(bends) < 3:
        return None
    others = np.delete(design.standard, place, axis=1)
    own = design.standard[:, place]
    basis, center, scale = standardised(spline(own, bends), patterns.rows)
    fit = model.fit(np.column_stack((others, basis)))
    if fit.extreme:
        return None
    statistic = max(0.0, 2 * (fit.log_likelihood - log_likelihood))
    df = basis.shape[1] - 1
    beta = fit.coefficients[model.lead + others.shape[1] :]
    low, high = percentiles(known, rows, (0.05, 0.95))
    grid = np.linspace(low, high, POINTS)
    curve = (spline(grid, bends) - center) / scale @ beta
    p_value = survival(statistic, df)
    # Where the spline is no better, nothing more is asked, so that many columns stay affordable.
    turn, direction = _turn(grid, curve) if p_value < LEVEL else (None, "")
    part = basis @ beta
    told: dict[str, Any] = {}
    if turn is not None:
        told = _two_lines(patterns.rows, own - turn, others, model, unit)
        sign = 1 if direction == "lowest" else -1
        told["ends_p"] = _against_ends(own, cuts(known, rows, BANDS), turn, sign, others, model)
        whole = max(0.0, 2 * (fit.log_likelihood - model.fit(others).log_likelihood))
        told |= {"whole_statistic": whole, "whole_df": df + 1, "whole_p": survival(whole, df + 1)}
    return Shape(
        name=patterns.variables[at].name,
        shape="straight",
        statistic=statistic,
        df=df,
        p_value=p_value,
        p_adjusted=p_value,
        turn=None if turn is None else middle + unit * turn,
        direction=direction,
        spread=float(patterns.rows @ part**2 / patterns.rows.sum()) ** 0.5,
        bands=_bands(values, rows, lost),
        curve=tuple(zip((middle + unit * grid).tolist(), curve.tolist(), strict=True)),
        **told,
    )


def _two_lines(
    rows: Array, away: Array, others: Array, model: Model, unit: float
) -> dict[str, Any]:
    """Slopes below and above the turn, for one more of the number, with their p-values (Wald)."""
    from math import erfc, sqrt

    import numpy as np

    lines = np.column_stack((np.minimum(away, 0), np.maximum(away, 0)))
    pair, _, scale = standardised(lines, rows)
    if (scale == 0).any():
        return {}
    fit = model.fit(np.column_stack((others, pair)))
    if fit.extreme:
        return {}
    told: dict[str, Any] = {}
    for side, name in enumerate(("before", "after")):
        place = model.lead + others.shape[1] + side
        slope = float(fit.coefficients[place])
        error = max(float(fit.covariance[place, place]), 1e-300) ** 0.5
        told[name] = slope / float(scale[side]) / unit
        told[f"{name}_p"] = erfc(abs(slope / error) / sqrt(2))
    return told


def _against_ends(
    own: Array, edges: Array, turn: float, sign: int, others: Array, model: Model
) -> float | None:
    """The greater p-value (Wald, two-sided) of the band of the turn against both end bands."""
    from math import erfc, sqrt

    import numpy as np

    band, last = np.searchsorted(edges, own, side="right"), len(edges)
    middle = int(np.searchsorted(edges, turn, side="right"))
    if middle in (0, last):
        return None
    rest = [at for at in range(last + 1) if at != middle]
    dummies = np.column_stack([(band == at).astype(np.float64) for at in rest])
    fit = model.fit(np.column_stack((others, dummies)))
    if fit.extreme:
        return None
    chances = []
    for place in (0, len(rest) - 1):
        at = model.lead + others.shape[1] + place
        z = sign * float(fit.coefficients[at]) / float(fit.covariance[at, at]) ** 0.5
        # On the wrong side of the turn it is no evidence of one.
        chances.append(erfc(z / sqrt(2)) if z > 0 else 1.0)
    return max(chances)


def _turn(grid: Array, curve: Array) -> tuple[float | None, Literal["", "lowest", "highest"]]:
    """Where the curve is lowest or highest, if not at an end; of both the more marked one."""
    best: tuple[float, float | None, Literal["", "lowest", "highest"]] = (0.0, None, "")
    for at, direction in ((int(curve.argmin()), "lowest"), (int(curve.argmax()), "highest")):
        if 0 < at < len(curve) - 1:
            depth = min(abs(curve[0] - curve[at]), abs(curve[-1] - curve[at]))
            if depth > best[0]:
                best = (float(depth), float(grid[at]), direction)  # type: ignore[assignment]
    return best[1], best[2]


def _bands(values: Array, rows: Array, lost: Array) -> tuple[ShapeBand, ...]:
    import numpy as np

    place = np.searchsorted(cuts(values, rows, BANDS), values, side="right")
    told = []
    for at in np.unique(place):
        here = place == at
        n, gone = float(rows[here].sum()), float(lost[here].sum())
        low, high = wilson(gone, n)
        told.append(
            ShapeBand(
                lowest=float(values[here].min()),
                highest=float(values[here].max()),
                customers=round(n),
                lost=round(gone),
                rate=gone / n,
                low=low,
                high=high,
            )
        )
    return tuple(told)
