"""Restricted cubic splines of a number.

Source: Harrell, F. E. (2015), Regression Modeling Strategies, 2nd edition, section 2.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array


def knots(values: Array, rows: Array) -> Array:
    """Knots at the 5th, 35th, 65th and 95th percentile; where values repeat at the 10th, 50th and
    90th; none where even those do.

    Args:
        values: in order, each once.
        rows: customers of each.
    """
    import numpy as np

    for shares in ((0.05, 0.35, 0.65, 0.95), (0.1, 0.5, 0.9)):
        found: Array = np.unique(percentiles(values, rows, shares))
        if len(found) == len(shares):
            return found
    return np.zeros(0)


def percentiles(values: Array, rows: Array, shares: Sequence[float]) -> Array:
    """The least value that at least so large a share of the customers do not exceed.

    Args:
        values: in order, each once.
        rows: customers of each.
        shares: fractions of one.
    """
    import numpy as np

    seen = np.cumsum(rows) / rows.sum()
    places = np.searchsorted(seen, np.asarray(shares) - 1e-12)
    found: Array = values[np.minimum(places, len(values) - 1)]
    return found


def spline(values: Array, knots: Array) -> Array:
    """A line and restricted cubic terms: straight below the first knot and above the last.

    Args:
        values: of customers.
        knots: three at least.
    """
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


def standardised(columns: Array, rows: Array) -> tuple[Array, Array, Array]:
    """Columns centred on their mean and scaled, with both.

    Args:
        columns: (patterns, columns).
        rows: customers of each pattern.
    """
    import numpy as np

    center = rows @ columns / rows.sum()
    scale = np.sqrt(rows @ (columns - center) ** 2 / rows.sum())
    return (columns - center) / np.where(scale > 0, scale, 1.0), center, scale
