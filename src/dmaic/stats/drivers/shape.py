"""Whether risk goes one way with a number, or turns: heavy users may leave more than others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from dmaic.result import Frozen
from dmaic.stats.chisquare import survival
from dmaic.stats.drivers.design import Design
from dmaic.stats.drivers.model import Model
from dmaic.stats.drivers.pattern import Patterns, folded
from dmaic.stats.drivers.screening import cuts, holm
from dmaic.stats.proportion import wilson

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
        before, before_p: slope of the log-odds below the turn, and its p-value.
        after, after_p: the same above it.
        spread: standard deviation over customers of what the spline adds to the log-odds.
        whole_statistic, whole_df, whole_p: likelihood ratio of the spline against nothing.
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
    before: float | None = None
    before_p: float | None = None
    after: float | None = None
    after_p: float | None = None
    spread: float = 0.0
    whole_statistic: float = 0.0
    whole_df: int = 0
    whole_p: float = 1.0
    bands: tuple[ShapeBand, ...] = ()
    curve: tuple[tuple[float, float], ...] = ()


def shapes(patterns: Patterns, design: Design, model: Model, screened: int) -> tuple[Shape, ...]:
    """Look for bends in every number of a model.

    A restricted cubic spline with four knots at the 5th, 35th, 65th and 95th percentile (three at
    the 10th, 50th and 90th where values repeat) stands in for the line (Harrell, F. E. 2015,
    Regression Modeling Strategies, 2nd edition, section 2.4). Where it is better and has a turn,
    two lines that meet at the turn must both be sloped, against each other (after Simonsohn, U.
    2018, Advances in Methods and Practices in Psychological Science 1, 538-555).

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
    knots = _knots(known, rows)
    if len(knots) < 3:
        return None
    others = np.delete(design.standard, place, axis=1)
    own = design.standard[:, place]
    basis, center, scale = _standard(_spline(own, knots), patterns.rows)
    fit = model.fit(np.column_stack((others, basis)))
    if fit.extreme:
        return None
    statistic = max(0.0, 2 * (fit.log_likelihood - log_likelihood))
    df = basis.shape[1] - 1
    beta = fit.coefficients[model.lead + others.shape[1] :]
    low, high = _percentiles(known, rows, (0.05, 0.95))
    grid = np.linspace(low, high, POINTS)
    curve = (_spline(grid, knots) - center) / scale @ beta
    turn, direction = _turn(grid, curve)
    told = {} if turn is None else _two_lines(patterns.rows, own - turn, others, model, unit)
    p_value = survival(statistic, df)
    whole = max(0.0, 2 * (fit.log_likelihood - model.fit(others).log_likelihood))
    part = basis @ beta
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
        whole_statistic=whole,
        whole_df=df + 1,
        whole_p=survival(whole, df + 1),
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
    pair, _, scale = _standard(lines, rows)
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


def _turn(grid: Array, curve: Array) -> tuple[float | None, Literal["", "lowest", "highest"]]:
    """Where the curve is lowest or highest, if not at an end; of both the more marked one."""
    best: tuple[float, float | None, Literal["", "lowest", "highest"]] = (0.0, None, "")
    for at, direction in ((int(curve.argmin()), "lowest"), (int(curve.argmax()), "highest")):
        if 0 < at < len(curve) - 1:
            depth = min(abs(curve[0] - curve[at]), abs(curve[-1] - curve[at]))
            if depth > best[0]:
                best = (float(depth), float(grid[at]), direction)  # type: ignore[assignment]
    return best[1], best[2]


def _knots(values: Array, rows: Array) -> Array:
    import numpy as np

    for shares in ((0.05, 0.35, 0.65, 0.95), (0.1, 0.5, 0.9)):
        knots = np.unique(_percentiles(values, rows, shares))
        if len(knots) == len(shares):
            return knots
    return np.zeros(0)


def _percentiles(values: Array, rows: Array, shares: Sequence[float]) -> Array:
    """The least value that at least so large a share of the customers do not exceed."""
    import numpy as np

    seen = np.cumsum(rows) / rows.sum()
    places = np.searchsorted(seen, np.asarray(shares) - 1e-12)
    found: Array = values[np.minimum(places, len(values) - 1)]
    return found


def _spline(values: Array, knots: Array) -> Array:
    """A line and restricted cubic terms: straight below the first knot and above the last."""
    import numpy as np

    last, before = knots[-1], knots[-2]
    unit = (last - knots[0]) ** 2
    columns = [values]
    for knot in knots[:-2]:
        columns.append(
            (
                np.maximum(values - knot, 0) ** 3
                - np.maximum(values - before, 0) ** 3 * (last - knot) / (last - before)
                + np.maximum(values - last, 0) ** 3 * (before - knot) / (last - before)
            )
            / unit
        )
    return np.column_stack(columns)


def _standard(columns: Array, rows: Array) -> tuple[Array, Array, Array]:
    import numpy as np

    center = rows @ columns / rows.sum()
    scale = np.sqrt(rows @ (columns - center) ** 2 / rows.sum())
    return (columns - center) / np.where(scale > 0, scale, 1.0), center, scale


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
