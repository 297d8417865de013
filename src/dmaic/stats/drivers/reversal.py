"""Simpson's reversal: a difference between two categories that turns round within a third thing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from math import erfc, exp, fsum, log, sqrt
from typing import TYPE_CHECKING

from dmaic.result import Frozen
from dmaic.stats.drivers.pattern import Patterns, added
from dmaic.stats.drivers.screening import cuts

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from dmaic.stats.drivers.pattern import Array, Variable

    Place = NDArray[numpy.intp]

MOST_SHOWN = 3
MOST_LEVELS = 30
BANDS = 4

_LEAST = 5
"""Customers that a stratum must have of each category."""


class Stratum(Frozen):
    """Customers who are alike in the third thing.

    Attributes:
        name: its level, or the band of a number.
        lost, of: lost and all customers of the first category.
        other_lost, other_of: the same of the second.
    """

    name: str
    lost: int
    of: int
    other_lost: int
    other_of: int

    @property
    def difference(self) -> float:
        """Rate of the first category less that of the second."""
        return self.lost / self.of - self.other_lost / self.other_of


class Reversal(Frozen):
    """Two categories whose difference turns round.

    Attributes:
        name: the variable that they are categories of.
        level, other: the two.
        within: the variable that turns it.
        lost, of, other_lost, other_of: over all.
        odds_ratio: over all, of the first against the second.
        p_value: of that.
        within_odds_ratio: within the strata, by Mantel and Haenszel.
        within_low, within_high: its 95 % interval by Robins, Breslow and Greenland.
        within_p_value: by the Mantel-Haenszel test without correction for continuity.
        every_stratum: it turns round in every one of them, and not only on the whole.
        strata: the small table.
    """

    name: str
    level: str
    other: str
    within: str
    lost: int
    of: int
    other_lost: int
    other_of: int
    odds_ratio: float
    p_value: float
    within_odds_ratio: float
    within_low: float
    within_high: float
    within_p_value: float
    every_stratum: bool
    strata: tuple[Stratum, ...]


def find_reversals(patterns: Patterns) -> tuple[tuple[Reversal, ...], int]:
    """Look at every pair of a category and the reference, within every other variable.

    A reversal is told where the odds ratio over all and that within the strata (Mantel, N. and
    Haenszel, W. 1959, Journal of the National Cancer Institute 22, 719-748) lie on different sides
    of 1, and the one over all is beyond chance or every stratum turns round. Numbers are cut into
    quarters. Strata with fewer than five customers of either category are left out.

    Args:
        patterns: of everything that is in the model.

    Returns:
        The most marked reversals, and how many pairs were looked at.
    """
    found: list[Reversal] = []
    looked = 0
    strata = [_strata(patterns, at) for at in range(len(patterns.variables))]
    for first, third in permutations(range(len(patterns.variables)), 2):
        variable = patterns.variables[first]
        names, place = strata[third]
        if variable.is_number or max(len(variable.levels), len(names)) > MOST_LEVELS:
            continue
        rows, lost = _table(patterns, first, place, len(names))
        for level in range(len(variable.levels)):
            if level == variable.reference:
                continue
            looked += 1
            pair = (level, variable.reference)
            each = _reversal(variable, patterns.variables[third].name, pair, names, rows, lost)
            if each is not None:
                found.append(each)
    found.sort(key=lambda each: (-_mark(each), each.name, each.level, each.within))
    return tuple(found[:MOST_SHOWN]), looked


def _mark(each: Reversal) -> float:
    """How marked it is: the lesser of both distances from 1, in standard errors."""
    return min(_quantile(each.p_value), _quantile(each.within_p_value))


def _quantile(p_value: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(1 - max(min(p_value, 1.0 - 1e-12), 1e-15) / 2)


def _strata(patterns: Patterns, at: int) -> tuple[tuple[str, ...], Place]:
    """Names of the strata, and the index of that of each pattern."""
    import numpy as np

    variable, values = patterns.variables[at], patterns.values[at]
    if not variable.is_number:
        return variable.levels, values.astype(np.intp)
    known, place = np.unique(values, return_inverse=True)
    edges = cuts(known, added(place, patterns.rows, len(known)), BANDS)
    band = np.searchsorted(edges, values, side="right")
    names = []
    for each in range(len(edges) + 1):
        here = values[band == each]
        names.append(f"{here.min():g} to {here.max():g}" if len(here) else "")
    return tuple(names), band


def _table(patterns: Patterns, first: int, place: Place, strata: int) -> tuple[Array, Array]:
    """Customers and lost, (levels, strata)."""
    import numpy as np

    levels = len(patterns.variables[first].levels)
    cell = patterns.values[first].astype(np.intp) * strata + place
    shape = (levels, strata)
    return (
        added(cell, patterns.rows, levels * strata).reshape(shape),
        added(cell, patterns.lost, levels * strata).reshape(shape),
    )


def _reversal(
    variable: Variable,
    third: str,
    pair: tuple[int, int],
    names: tuple[str, ...],
    rows: Array,
    lost: Array,
) -> Reversal | None:
    one, two = pair
    told = [
        Stratum(
            name=names[at],
            lost=round(lost[one, at]),
            of=round(rows[one, at]),
            other_lost=round(lost[two, at]),
            other_of=round(rows[two, at]),
        )
        for at in range(len(names))
        if min(rows[one, at], rows[two, at]) >= _LEAST
    ]
    if len(told) < 2:
        return None
    # Strata without one of the categories compare nothing; so neither does the whole with them.
    gone, of = sum(each.lost for each in told), sum(each.of for each in told)
    other_gone, other_of = sum(e.other_lost for e in told), sum(e.other_of for e in told)
    if not (0 < gone < of and 0 < other_gone < other_of):
        return None
    crude = log(gone / (of - gone)) - log(other_gone / (other_of - other_gone))
    error = sqrt(1 / gone + 1 / (of - gone) + 1 / other_gone + 1 / (other_of - other_gone))
    pooled = mantel_haenszel(told)
    if pooled is None or crude * pooled[0] >= 0:
        return None
    inside, spread, chance = pooled
    p_value = erfc(abs(crude / error) / sqrt(2))
    every = all(each.difference * crude < 0 for each in told)
    if not every and p_value >= 0.05:
        return None
    return Reversal(
        name=variable.name,
        level=variable.levels[one],
        other=variable.levels[two],
        within=third,
        lost=gone,
        of=of,
        other_lost=other_gone,
        other_of=other_of,
        odds_ratio=exp(crude),
        p_value=p_value,
        within_odds_ratio=exp(inside),
        within_low=exp(inside - 1.959963984540054 * spread),
        within_high=exp(inside + 1.959963984540054 * spread),
        within_p_value=chance,
        every_stratum=every,
        strata=tuple(told),
    )


def mantel_haenszel(strata: list[Stratum]) -> tuple[float, float, float] | None:
    """Common odds ratio of the strata.

    Args:
        strata: at least one.

    Returns:
        Its logarithm, the standard error of that (Robins, Breslow and Greenland 1986, Biometrics
        42, 311-323), and the p-value of the test (without correction); None where it is not finite.
    """
    cells = list(_cells(strata))
    up = [a * d / n for a, b, c, d, n in cells]
    down = [b * c / n for a, b, c, d, n in cells]
    r, s = fsum(up), fsum(down)
    variance = fsum((a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
                    for a, b, c, d, n in cells)  # fmt: skip
    if r <= 0 or s <= 0 or variance <= 0:
        return None
    p = [(a + d) / n for a, b, c, d, n in cells]
    q = [(b + c) / n for a, b, c, d, n in cells]
    spread = (
        fsum(x * y for x, y in zip(p, up, strict=True)) / (2 * r * r)
        + fsum(x * w + z * y for x, y, z, w in zip(p, up, q, down, strict=True)) / (2 * r * s)
        + fsum(z * w for z, w in zip(q, down, strict=True)) / (2 * s * s)
    )
    excess = fsum(a - (a + b) * (a + c) / n for a, b, c, d, n in cells)
    return log(r / s), sqrt(spread), erfc(sqrt(excess * excess / variance / 2))


def _cells(strata: list[Stratum]) -> Iterator[tuple[float, float, float, float, float]]:
    for each in strata:
        a, b = each.lost, each.of - each.lost
        c, d = each.other_lost, each.other_of - each.other_lost
        yield a, b, c, d, a + b + c + d
