"""Constants of control charts: what ranges and standard deviations of small samples come to.

With R the range and s the standard deviation of n independent normal values of sigma 1:
d2 = E(R), d3 = sd(R), c4 = E(s). The exact ones are integrated:
F(w) = P(R <= w) = n ∫ φ(x) (Φ(x + w) − Φ(x))^(n − 1) dx, E(R) = ∫ (1 − F) dw,
E(R²) = ∫ 2 w (1 − F) dw; c4 = √(2/(n − 1)) Γ(n/2) / Γ((n − 1)/2).

The rounded ones are those of the tables of ASTM (Manual on Presentation of Data and Control Chart
Analysis, MNL 7, table 49) and of Montgomery, Introduction to Statistical Quality Control,
appendix VI.
"""

from __future__ import annotations

from functools import lru_cache
from math import erf, exp, lgamma, pi, sqrt
from typing import Literal, NamedTuple

from dmaic.errors import DataError, UsageError

From = Literal["exact", "table"]

MOST_INTEGRATED = 1000
"""Largest subgroup whose range is integrated; ranges of large samples tell little."""

TABLE_LAST = 25
"""Largest subgroup of the printed tables."""


class Factors(NamedTuple):
    """Constants for one size of subgroup.

    Attributes:
        d2: mean range of n normal values, in sigma.
        d3: standard deviation of that range.
        c4: mean standard deviation of n normal values, in sigma.
        D3: lower limit of a range over its mean, 3 sigma.
        D4: upper one.
        B3: lower limit of a standard deviation over its mean, 3 sigma.
        B4: upper one.
    """

    d2: float
    d3: float
    c4: float
    D3: float
    D4: float
    B3: float
    B4: float


_TABLE = {
    2: (1.128, 0.853, 0.7979, 0, 3.267, 0, 3.267),
    3: (1.693, 0.888, 0.8862, 0, 2.574, 0, 2.568),
    4: (2.059, 0.880, 0.9213, 0, 2.282, 0, 2.266),
    5: (2.326, 0.864, 0.9400, 0, 2.114, 0, 2.089),
    6: (2.534, 0.848, 0.9515, 0, 2.004, 0.030, 1.970),
    7: (2.704, 0.833, 0.9594, 0.076, 1.924, 0.118, 1.882),
    8: (2.847, 0.820, 0.9650, 0.136, 1.864, 0.185, 1.815),
    9: (2.970, 0.808, 0.9693, 0.184, 1.816, 0.239, 1.761),
    10: (3.078, 0.797, 0.9727, 0.223, 1.777, 0.284, 1.716),
    11: (3.173, 0.787, 0.9754, 0.256, 1.744, 0.321, 1.679),
    12: (3.258, 0.778, 0.9776, 0.283, 1.717, 0.354, 1.646),
    13: (3.336, 0.770, 0.9794, 0.307, 1.693, 0.382, 1.618),
    14: (3.407, 0.763, 0.9810, 0.328, 1.672, 0.406, 1.594),
    15: (3.472, 0.756, 0.9823, 0.347, 1.653, 0.428, 1.572),
    16: (3.532, 0.750, 0.9835, 0.363, 1.637, 0.448, 1.552),
    17: (3.588, 0.744, 0.9845, 0.378, 1.622, 0.466, 1.534),
    18: (3.640, 0.739, 0.9854, 0.391, 1.608, 0.482, 1.518),
    19: (3.689, 0.734, 0.9862, 0.403, 1.597, 0.497, 1.503),
    20: (3.735, 0.729, 0.9869, 0.415, 1.585, 0.510, 1.490),
    21: (3.778, 0.724, 0.9876, 0.425, 1.575, 0.523, 1.477),
    22: (3.819, 0.720, 0.9882, 0.434, 1.566, 0.534, 1.466),
    23: (3.858, 0.716, 0.9887, 0.443, 1.557, 0.545, 1.455),
    24: (3.895, 0.712, 0.9892, 0.451, 1.548, 0.555, 1.445),
    25: (3.931, 0.708, 0.9896, 0.459, 1.541, 0.565, 1.435),
}


def factors(size: int, source: From = "exact", width: float = 3.0) -> Factors:
    """The constants for subgroups of a size.

    Args:
        size: members of a subgroup, 2 or more.
        source: `exact`, integrated; or `table`, rounded as in books.
        width: of the limits, in sigma; other limits than those of 3 sigma are made of d2, d3, c4.

    Raises:
        ValueError: the size is below 2.
        UsageError: `control.constants`, the printed tables end before.
        DataError: `control.subgroup-large`, no range is integrated for so many.
    """
    if size < 2:
        raise ValueError(f"a subgroup of {size} has no spread")
    if source == "table":
        if size not in _TABLE:
            raise UsageError(
                f"The printed tables of constants end at subgroups of {TABLE_LAST}; one here has "
                f"{size:,}.",
                "control.constants",
                "Use --constants exact.",
            )
        found = Factors(*map(float, _TABLE[size]))
        if width == 3.0:
            return found
        d2, d3, c4 = found[:3]
    else:
        d2, d3 = d2_d3(size)
        c4 = exact_c4(size)
    range_half = width * d3 / d2
    deviation_half = width * sqrt(1 - c4 * c4) / c4
    return Factors(
        d2, d3, c4,
        max(0.0, 1 - range_half), 1 + range_half,
        max(0.0, 1 - deviation_half), 1 + deviation_half,
    )  # fmt: skip


def c4(size: int, source: From = "exact") -> float:
    """Mean standard deviation of normal values, in sigma; exact above the printed tables' end.

    Args:
        size: members of a subgroup, 2 or more.
        source: see `factors`.
    """
    return factors(size, source).c4 if source == "table" else exact_c4(size)


def exact_c4(size: int) -> float:
    """c4 = √(2/(n − 1)) Γ(n/2) / Γ((n − 1)/2).

    Args:
        size: n, 2 or more.
    """
    return sqrt(2 / (size - 1)) * exp(lgamma(size / 2) - lgamma((size - 1) / 2))


@lru_cache(maxsize=64)
def d2_d3(size: int) -> tuple[float, float]:
    """Mean and standard deviation of the range, by integration.

    Args:
        size: n, 2 or more.

    Raises:
        DataError: `control.subgroup-large`.
    """
    if size == 2:
        return 2 / sqrt(pi), sqrt(2 - 4 / pi)
    if size > MOST_INTEGRATED:
        raise DataError(
            f"A subgroup has {size:,} members; no chart of ranges is drawn for more than "
            f"{MOST_INTEGRATED:,}.",
            "control.subgroup-large",
            "Use --chart xbar-s, which uses all of them.",
        )
    import numpy as np

    # One grid of Φ serves all x + w. The integrand over x falls off on both sides, so that the
    # trapezoidal rule is all but exact; that over w starts at 0 and takes Simpson's.
    step, half = 0.025, 320
    grid = np.array([0.5 * (1 + erf(at * step / sqrt(2))) for at in range(-half, 3 * half + 1)])
    x = np.arange(-half, half + 1)
    density = np.exp(-0.5 * (x * step) ** 2) / sqrt(2 * pi)
    w = np.arange(0, 2 * half + 1)
    window = grid[(x + half)[None, :] + w[:, None]] - grid[x + half][None, :]
    within = size * step * (density[None, :] * window ** (size - 1)).sum(axis=1)
    beyond = 1 - within
    weights = np.where(w % 2 == 1, 4.0, 2.0)
    weights[[0, -1]] = 1.0
    weights *= step / 3
    mean = float((weights * beyond).sum())
    square = float((weights * 2 * (w * step) * beyond).sum())
    return mean, sqrt(square - mean * mean)
