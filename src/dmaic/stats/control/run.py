"""Finding the runs that the rules speak of, in one series or in many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import TYPE_CHECKING, Any

from dmaic.stats.control.part import RuleId
from dmaic.stats.control.rule import CROSSINGS, RUN

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.int8]

ABOVE, BELOW, BOTH = 1, -1, 2
"""What a point completes a pattern on: above, rising; below, falling; or neither alone."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Series that are judged: one a row, a column a point; nothing is missing.

    Attributes:
        values: plotted figures, series x points.
        centers: centre line at each point.
        lower: limit at each point, -inf where there is none.
        upper: limit, inf where there is none.
        scales: standard deviation of what is plotted; nan where it has no meaning.
    """

    values: Floats
    centers: Floats
    lower: Floats
    upper: Floats
    scales: Floats


def find(rule: RuleId, k: float | None, judged: Judged) -> Codes:
    """Where a rule is completed: 0, or `ABOVE`, `BELOW`, `BOTH` a point.

    Args:
        rule: its number.
        k: its K.
        judged: the series.
    """
    if rule == 1:
        return _beyond(judged)
    count = int(k or 0)
    finders: Mapping[RuleId, Callable[[], Any]] = {
        2: lambda: _one_side(judged, count),
        3: lambda: _trend(judged, count),
        4: lambda: _alternating(judged, count),
        5: lambda: _most_of(judged, count, 3, 2.0),
        6: lambda: _most_of(judged, count, 5, 1.0),
        7: lambda: _near(judged, count),
        8: lambda: _far(judged, count),
        RUN: lambda: _long_run(judged),
        CROSSINGS: lambda: _few_crossings(judged),
    }
    found: Codes = finders[rule]()
    return found


def _slack(values: Floats, other: Floats, scale: Floats | float = 0.0) -> Floats:
    """How far apart two figures may be that are one but for the last digits of floats."""
    import numpy as np

    # Twelve digits of the figures, nine of the spread.
    slack: Floats = 1e-12 * np.maximum(np.abs(values), np.abs(other)) + 1e-9 * np.abs(scale)
    return slack


def _beyond(judged: Judged) -> Codes:
    import numpy as np

    codes = np.zeros(judged.values.shape, dtype=np.int8)
    for limit, side in ((judged.upper, ABOVE), (judged.lower, BELOW)):
        known = np.isfinite(limit)
        bound = np.where(known, limit, 0.0)
        out = side * (judged.values - bound) > _slack(
            judged.values, bound, np.where(known, bound - judged.centers, 0.0)
        )
        codes[out & known] = side
    return codes


def sides(judged: Judged) -> Codes:
    """1 above the centre line, -1 below it, 0 on it."""
    return zones(judged, 0.0)


def zones(judged: Judged, sigmas: float) -> Codes:
    """1 beyond so many sigma above the centre line, -1 below it, 0 within."""
    import numpy as np

    scales = np.nan_to_num(judged.scales)
    away = judged.values - judged.centers
    bound = sigmas * scales + _slack(judged.values, judged.centers, scales)
    codes: Codes = (away > bound).astype(np.int8) - (away < -bound).astype(np.int8)
    return codes


def _lengths(kept: Any) -> Any:  # noqa: ANN401  arrays of booleans and of whole numbers
    """How many true ones in a row end at each column."""
    import numpy as np

    lengths = np.zeros(kept.shape, dtype=np.int32)
    run = np.zeros(kept.shape[0], dtype=np.int32)
    for at in range(kept.shape[1]):
        run = (run + 1) * kept[:, at]
        lengths[:, at] = run
    return lengths


def _one_side(judged: Judged, count: int) -> Codes:
    import numpy as np

    side = sides(judged)
    codes = np.zeros(side.shape, dtype=np.int8)
    for each in (ABOVE, BELOW):
        codes[_lengths(side == each) >= count] = each
    return codes


def _steps(judged: Judged) -> Codes:
    """1 where a point is higher than the one before, -1 lower, 0 a tie or the first."""
    import numpy as np

    values = judged.values
    steps = np.zeros(values.shape, dtype=np.int8)
    rise = values[:, 1:] - values[:, :-1]
    slack = _slack(values[:, 1:], values[:, :-1])
    steps[:, 1:] = (rise > slack).astype(np.int8) - (rise < -slack).astype(np.int8)
    return steps


def _trend(judged: Judged, count: int) -> Codes:
    import numpy as np

    steps = _steps(judged)
    codes = np.zeros(steps.shape, dtype=np.int8)
    for each in (ABOVE, BELOW):
        codes[_lengths(steps == each) >= count - 1] = each
    return codes


def _alternating(judged: Judged, count: int) -> Codes:
    import numpy as np

    steps = _steps(judged)
    turned = np.zeros(steps.shape, dtype=bool)
    turned[:, 1:] = steps[:, 1:] * steps[:, :-1] == -1
    # Points that turn: two fewer than the points of the pattern.
    codes: Codes = np.where(_lengths(turned) >= count - 2, BOTH, 0).astype(np.int8)
    return codes


def _most_of(judged: Judged, count: int, of: int, sigmas: float) -> Codes:
    import numpy as np

    zone = zones(judged, sigmas)
    codes = np.zeros(zone.shape, dtype=np.int8)
    for each in (ABOVE, BELOW):
        there = zone == each
        seen = np.cumsum(there, axis=1)
        before = np.zeros_like(seen)
        before[:, of:] = seen[:, :-of]
        codes[there & (seen - before >= count)] = each
    return codes


def _near(judged: Judged, count: int) -> Codes:
    import numpy as np

    scales = np.nan_to_num(judged.scales)
    away = np.abs(judged.values - judged.centers)
    # Within is less than a sigma: what is one sigma away is not.
    near = away < scales - _slack(judged.values, judged.centers, scales)
    codes: Codes = np.where(_lengths(near) >= count, BOTH, 0).astype(np.int8)
    return codes


def _far(judged: Judged, count: int) -> Codes:
    import numpy as np

    far = zones(judged, 1.0) != 0
    codes: Codes = np.where(_lengths(far) >= count, BOTH, 0).astype(np.int8)
    return codes


def _long_run(judged: Judged) -> Codes:
    import numpy as np

    side = sides(judged)
    useful = np.count_nonzero(side, axis=1)
    longest = np.array([longest_usual(int(each)) for each in useful])
    codes = np.zeros(side.shape, dtype=np.int8)
    last = np.zeros(side.shape[0], dtype=np.int8)
    run = np.zeros(side.shape[0], dtype=np.int32)
    for at in range(side.shape[1]):
        here = side[:, at]
        # A point on the centre line is passed over: neither ends a run nor adds to it.
        run = np.where(here == 0, run, np.where(here == last, run + 1, 1))
        last = np.where(here == 0, last, here)
        codes[:, at] = np.where((here != 0) & (run > longest), here, 0)
    return codes


def _few_crossings(judged: Judged) -> Codes:
    import numpy as np

    side = sides(judged)
    useful = np.count_nonzero(side, axis=1)
    fewest = np.array([fewest_usual(int(each)) for each in useful])
    last = np.zeros(side.shape[0], dtype=np.int8)
    crossed = np.zeros(side.shape[0], dtype=np.int32)
    end = np.zeros(side.shape[0], dtype=np.int64)
    for at in range(side.shape[1]):
        here = side[:, at]
        crossed += here * last == -1
        last = np.where(here == 0, last, here)
        end = np.where(here == 0, end, at)
    codes = np.zeros(side.shape, dtype=np.int8)
    rows = np.flatnonzero((useful > 1) & (crossed < fewest))
    codes[rows, end[rows]] = BOTH
    return codes


def longest_usual(useful: int) -> int:
    """Longest run that chance makes usual: log2(n) + 3, rounded.

    Args:
        useful: points that are not on the centre line.
    """
    return round(log2(useful) + 3) if useful else 3


@lru_cache(maxsize=1024)
def fewest_usual(useful: int) -> int:
    """Fewest crossings that chance makes usual: 5 % point of a binomial of n - 1 and one half.

    Args:
        useful: points that are not on the centre line.
    """
    if useful < 2:
        return 0
    steps = useful - 1
    whole, ways, seen = 2**steps, 1, 0
    for crossings in range(steps):
        # Ways to cross so often: the binomial coefficient, from the one before.
        seen += ways
        if 20 * seen >= whole:
            return crossings
        ways = ways * (steps - crossings) // (crossings + 1)
    return steps


def judged_row(
    values: Sequence[float],
    centers: Sequence[float],
    lower: Sequence[float | None],
    upper: Sequence[float | None],
    scales: Sequence[float | None],
) -> Judged:
    """One series as `find` takes it.

    Args:
        values: of the points.
        centers: at the points.
        lower: limits, None where there are none.
        upper: the same.
        scales: standard deviations of what is plotted.
    """
    import numpy as np

    def row(figures: Sequence[float | None], missing: float) -> Floats:
        return np.array([missing if each is None else each for each in figures], dtype=float)

    return Judged(
        values=row(values, 0.0)[None, :],
        centers=row(centers, 0.0),
        lower=row(lower, -np.inf),
        upper=row(upper, np.inf),
        scales=row(scales, np.nan),
    )
