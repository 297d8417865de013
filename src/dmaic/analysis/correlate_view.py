"""What charts of picked columns are made of: bars of a histogram, boxes, places of a scatter."""

from __future__ import annotations

from math import ceil, floor, log10, sqrt
from typing import TYPE_CHECKING

from dmaic.analysis.correlate_scan import Asked
from dmaic.analysis.picked import PICKED
from dmaic.stats.correlate.result import Bin, Box, ColumnSummary, Place

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

MOST_PLACES = 1_500
"""More places than these are taken together in hexagons."""

_ACROSS = 40
_MOST_BINS = 60
_WHOLE = 40
"""Whole numbers that lie closer together than this have a bar each."""

_TAIL = 4
"""Interquartile ranges beyond the quartiles that a histogram's bars reach; the rest is one bar."""


def histogram(table: ChurnTable, asked: Asked, summary: ColumnSummary) -> tuple[Bin, ...]:
    """Bars of a histogram.

    Their width is that of Freedman and Diaconis (1981), 2 IQR / n^(1/3), rounded to a round
    figure; whole numbers of few values have a bar each. What lies very far out is one bar.

    Args:
        table: the opened file, picked.
        asked: a number.
        summary: of it.
    """
    if summary.least is None or summary.greatest is None or not summary.count:
        return ()
    v, least, greatest = asked.cell, summary.least, summary.greatest
    if least == greatest:
        return (Bin(low=least, high=greatest, count=summary.count),)
    lower, upper = summary.lower_quartile or 0.0, summary.upper_quartile or 0.0
    iqr = upper - lower
    width = 2 * iqr / summary.count ** (1 / 3) if iqr > 0 else (
        (greatest - least) / (ceil(sqrt(summary.count)) if summary.count < 900 else 30)
    )  # fmt: skip
    start = max(least, lower - _TAIL * iqr) if iqr > 0 else least
    end = min(greatest, upper + _TAIL * iqr) if iqr > 0 else greatest
    width = _round(max(width, (end - start) / _MOST_BINS))
    ((whole,),) = table.engine.rows(f"SELECT bool_and({v} = floor({v})) FROM {PICKED}")
    if whole:
        width = 1.0 if greatest - least < _WHOLE else max(1.0, float(ceil(width)))
    first = floor(start / width)
    last = max(first, ceil(end / width) - 1)
    if end / width == floor(end / width) and (whole or end < greatest):
        last = max(first, floor(end / width))
    place = f"least({last}, greatest({first}, floor({v} / {width!r})))"
    counts = dict(
        table.engine.rows(
            f"SELECT CAST({place} AS BIGINT), count(*) FROM {PICKED} WHERE {v} IS NOT NULL "
            "GROUP BY ALL"
        )
    )
    edges = range(first, last + 1)
    return tuple(
        Bin(
            low=min(least, at * width) if at == first else at * width,
            high=max(greatest, (at + 1) * width) if at == last else (at + 1) * width,
            count=int(counts.get(at, 0)),
        )
        for at in edges
    )


def _round(width: float) -> float:
    """The next of 1, 2, 2.5, 5 and 10, times a power of ten."""
    power = 10.0 ** floor(log10(width))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= width * 0.999999)


def boxes(table: ChurnTable, number: Asked, group: Asked) -> tuple[Box, ...]:
    """A number in each group, in their order where they have one, else the greatest median first.

    Args:
        table: the opened file, picked.
        number: the number.
        group: the groups.
    """
    v, g = number.cell, group.cell
    found = table.engine.rows(
        f"WITH box AS (SELECT {g} AS g, count(*) AS n, favg({v}) AS m, min({v}) AS lo, "
        f"max({v}) AS hi, quantile_cont({v}, [0.25, 0.5, 0.75]) AS q FROM {PICKED} "
        f"WHERE {v} IS NOT NULL AND {g} IS NOT NULL GROUP BY {g}), "
        "fence AS (SELECT *, q[1] - 1.5 * (q[3] - q[1]) AS low, q[3] + 1.5 * (q[3] - q[1]) AS high "
        "FROM box) "
        f"SELECT g, any_value(n), any_value(m), any_value(q), min({v}) FILTER ({v} >= low), "
        f"max({v}) FILTER ({v} <= high), count(*) FILTER ({v} < low OR {v} > high), "
        f"any_value(lo), any_value(hi) FROM {PICKED} JOIN fence ON {g} = g "
        f"WHERE {v} IS NOT NULL GROUP BY g"
    )
    made = [
        Box(
            name=str(name), count=n, mean=mean, lower_quartile=q[0], median=q[1],
            upper_quartile=q[2], lower_whisker=low, upper_whisker=high, outside=outside,
            least=least, greatest=greatest,
        )
        for name, n, mean, q, low, high, outside, least, greatest in found
    ]  # fmt: skip
    if group.order is None:
        return tuple(sorted(made, key=lambda box: (-box.median, -box.mean, box.name)))
    place = {name: at for at, name in enumerate(group.order)}
    return tuple(sorted(made, key=lambda box: (place.get(box.name, len(place)), box.name)))


def places(
    table: ChurnTable, first: Asked, second: Asked
) -> tuple[tuple[Place, ...], float | None, float | None]:
    """Where rows lie: their values, or hexagons where these are many.

    Hexagons are two grids, one shifted by half a step; a row is in the nearer one (Carr et al.
    1987, Journal of the American Statistical Association 82, 424-436).

    Args:
        table: the opened file, picked.
        first: number on the horizontal axis.
        second: number on the vertical axis.

    Returns:
        The places, and width and height of a hexagon; None where each place is a value.
    """
    x, y, ask = first.cell, second.cell, table.engine.rows
    both = f"FROM {PICKED} WHERE {x} IS NOT NULL AND {y} IS NOT NULL"
    alike = ask(
        f"SELECT {x}, {y}, count(*) {both} GROUP BY ALL ORDER BY ALL LIMIT {MOST_PLACES + 1}"
    )
    if len(alike) <= MOST_PLACES:
        return tuple(Place(x=a, y=b, count=n) for a, b, n in alike), None, None
    ((left, right, bottom, top),) = ask(f"SELECT min({x}), max({x}), min({y}), max({y}) {both}")
    wide = (right - left) / _ACROSS or 1.0
    high = (top - bottom) / (_ACROSS * 0.42) or 1.0
    found = ask(
        f"WITH scaled AS (SELECT ({x} - {left!r}) / {wide!r} AS a, "
        f"({y} - {bottom!r}) / {high!r} AS b {both}), "
        "near AS (SELECT round(a) AS i, round(b) AS j, floor(a) + 0.5 AS k, floor(b) + 0.5 AS l, "
        "a, b FROM scaled), "
        "hexagon AS (SELECT (a - i) ** 2 + 3 * (b - j) ** 2 <= (a - k) ** 2 + 3 * (b - l) ** 2 "
        "AS whole, i, j, k, l FROM near) "
        "SELECT CASE WHEN whole THEN i ELSE k END AS p, CASE WHEN whole THEN j ELSE l END AS q, "
        "count(*) FROM hexagon GROUP BY ALL ORDER BY ALL"
    )
    made = tuple(Place(x=left + p * wide, y=bottom + q * high, count=n) for p, q, n in found)
    return made, wide, high
