"""Looking at a comparison more than once: what a look must show so that chance is not believed.

Whoever tests at 5 % after every month finds an effect where there is none far more often than 5 %
of the time. With K planned looks at equal steps of information the limits here keep the chance of
ever being wrong at alpha.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import erfc, pi, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Literal

from dmaic.result import Frozen

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, numpy.dtype[numpy.float64]]

Boundary = Literal["obrien-fleming", "pocock"]

MOST_LOOKS = 24

_NODES = 160


class Look(Frozen):
    """One planned look.

    Attributes:
        look: its number, from 1.
        fraction: of all the information that is there by then.
        z: what the statistic must reach, either way.
        p_value: the same as a two-sided p-value.
    """

    look: int
    fraction: float
    z: float
    p_value: float


def plan(looks: int, alpha: float, boundary: Boundary) -> tuple[Look, ...]:
    """The limits of all looks.

    O'Brien and Fleming: z_k = C √(K / k), strict at first and all but unchanged at the end;
    Pocock: z_k = C at every look. C is such that the chance of crossing at any look is alpha where
    there is no effect, by the recursive integration of Armitage, McPherson and Rowe (1969, Journal
    of the Royal Statistical Society A 132, 235-244).

    Sources: O'Brien, P. C. and Fleming, T. R. (1979), Biometrics 35, 549-556; Pocock, S. J. (1977),
    Biometrika 64, 191-199; Jennison, C. and Turnbull, B. W. (2000), Group Sequential Methods,
    tables 2.1 and 2.3.

    Args:
        looks: K, 1 to `MOST_LOOKS`, at equal steps of information.
        alpha: two-sided.
        boundary: which.
    """
    constant = _constant(looks, alpha, boundary)
    found = []
    for look in range(1, looks + 1):
        z = constant * _shape(look, looks, boundary)
        found.append(Look(look=look, fraction=look / looks, z=z, p_value=erfc(z / sqrt(2))))
    return tuple(found)


def inflation(looks: int, alpha: float, boundary: Boundary, power: float) -> float:
    """How many times as many customers the last look needs, against a test with one look.

    Args:
        looks: planned.
        alpha: two-sided.
        boundary: which.
        power: wanted.
    """
    if looks == 1:
        return 1.0
    normal = NormalDist()
    fixed = normal.inv_cdf(1 - alpha / 2) + normal.inv_cdf(power)
    limits = [each.z for each in plan(looks, alpha, boundary)]
    low, high = fixed, 2 * fixed
    for _ in range(48):
        middle = (low + high) / 2
        if crossed(limits, middle / sqrt(looks)) < power:
            low = middle
        else:
            high = middle
    return (high / fixed) ** 2


def crossed(limits: Sequence[float], drift: float = 0.0) -> float:
    """Chance that the statistic crosses its limits, either way, at any look.

    Args:
        limits: of z at each look.
        drift: what the sum of the steps grows by at each look, in standard deviations of a step.
    """
    import numpy as np
    from scipy.special import ndtr

    points, weights = _gauss()
    edge = limits[0]
    whole = float(ndtr(drift - edge) + ndtr(-drift - edge))
    nodes = edge * points
    density = np.exp(-0.5 * (nodes - drift) ** 2) / sqrt(2 * pi) * weights * edge
    for look, limit in enumerate(limits[1:], 2):
        edge = limit * sqrt(look)
        whole += float(density @ (ndtr(nodes + drift - edge) + ndtr(-nodes - drift - edge)))
        following = edge * points
        step = np.exp(-0.5 * (following[:, None] - nodes[None, :] - drift) ** 2) / sqrt(2 * pi)
        density = (step @ density) * weights * edge
        nodes = following
    return whole


@lru_cache(maxsize=1)
def _gauss() -> tuple[Array, Array]:
    """Nodes and weights of Gauss and Legendre on -1 to 1, which cost more than all they serve."""
    import numpy as np

    points, weights = np.polynomial.legendre.leggauss(_NODES)
    return points, weights


@lru_cache(maxsize=32)
def _constant(looks: int, alpha: float, boundary: Boundary) -> float:
    start = NormalDist().inv_cdf(1 - alpha / 2)
    if looks == 1:
        return start
    low, high = start / 2, 2 * start + 2
    for _ in range(48):
        middle = (low + high) / 2
        limits = [middle * _shape(look, looks, boundary) for look in range(1, looks + 1)]
        if crossed(limits) > alpha:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _shape(look: int, looks: int, boundary: Boundary) -> float:
    return sqrt(looks / look) if boundary == "obrien-fleming" else 1.0
