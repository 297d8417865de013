"""Picked numbers by group, reduced by SQL: moments, quartiles and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dmaic.analysis.picked import PICKED
from dmaic.churn.column import literal
from dmaic.churn.loss import Part, check_range
from dmaic.stats.test.mean import Moments
from dmaic.stats.test.measure import Numbers, Sample
from dmaic.stats.test.rank import EXACT, Ranks

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

MOST = 1e100
"""Beyond this squares of squares leave what a float holds."""


def read_numbers(table: ChurnTable, at: int, part: Part, names: Sequence[str] = ()) -> Numbers:
    """The numbers of one column by group.

    Args:
        table: the opened file, picked.
        at: which of the numbers.
        part: that number.
        names: the groups in their order; empty: by name.
    """
    value = f"v{at}"
    kept = f"FROM {PICKED} WHERE {value} IS NOT NULL AND g0 IS NOT NULL"
    ask = table.engine.rows
    rows = ask(
        f"SELECT g0, count(*), favg({value}), quantile_cont({value}, [0.25, 0.5, 0.75]), "
        f"max(abs({value})) {kept} GROUP BY g0"
    )
    check_range(part, max((float(row[4]) for row in rows), default=0.0), MOST)
    found = {str(row[0]): row for row in rows}
    order = [name for name in names if name in found] if names else sorted(found)
    centres = ", ".join(f"({literal(name)}, {found[name][2]!r}::DOUBLE)" for name in order)
    spreads = {
        str(g): (float(square), float(cube))
        for g, square, cube in ask(
            f"SELECT p.g0, fsum(({value} - c) ** 2), fsum(({value} - c) ** 3) FROM {PICKED} p "
            f"JOIN (VALUES {centres}) AS centre(g, c) ON p.g0 = centre.g "
            f"WHERE {value} IS NOT NULL GROUP BY p.g0"
        )
    } if order else {}  # fmt: skip
    samples = tuple(_sample(name, found[name], *spreads[name]) for name in order)
    if len(order) == 2:
        return _two(table, value, kept, samples)
    return Numbers(samples, _many(table, value, kept, order, found))


def _sample(name: str, row: tuple[Any, ...], square: float, cube: float) -> Sample:
    count, mean = int(row[1]), float(row[2])
    # What floats leave of values that are all the same is no spread.
    if square <= count * (1e-13 * max(abs(mean), 1e-300)) ** 2:
        square = cube = 0.0
    variance = square / (count - 1) if count > 1 else 0.0
    skewness = cube / count / (square / count) ** 1.5 if square > 0 else None
    lower, middle, upper = map(float, row[3])
    return Sample(name, Moments(count, mean, variance, skewness), (lower, middle, upper))


def _two(table: ChurnTable, value: str, kept: str, samples: tuple[Sample, ...]) -> Numbers:
    """Ranks of two groups, and how many of the other group lie below each value."""
    first, second = (literal(each.name) for each in samples)
    alike = (
        f"SELECT {value} AS v, count(*) FILTER (g0 = {first})::HUGEINT AS a, "
        f"count(*) FILTER (g0 = {second})::HUGEINT AS b {kept} GROUP BY {value}"
    )
    ((double, other, ties, square, opposite),) = table.engine.rows(
        f"WITH alike AS ({alike}), below AS (SELECT a, b, "
        "(2 * (sum(a) OVER (ORDER BY v) - a) + a)::HUGEINT AS x, "
        "(2 * (sum(b) OVER (ORDER BY v) - b) + b)::HUGEINT AS y FROM alike) "
        "SELECT sum(a * (x + y + 1)), sum(b * (x + y + 1)), "
        "sum((a + b) * (a + b) * (a + b) - (a + b)), "
        "sum(a * y * y), sum(b * x * x) FROM below"
    )
    counts = (samples[0].moments.count, samples[1].moments.count)
    tied: list[tuple[int, int]] = []
    if sum(counts) <= EXACT:
        tied = [(int(a), int(b)) for _, a, b in table.engine.rows(f"{alike} ORDER BY v")]
    ranks = Ranks(counts, (int(double), int(other)), int(ties))
    return Numbers(samples, ranks, (int(square), int(opposite)), tuple(tied))


def _many(
    table: ChurnTable, value: str, kept: str, order: Sequence[str], found: dict[str, Any]
) -> Ranks:
    """Ranks of several groups."""
    alike = (
        f"each AS (SELECT {value} AS v, g0, count(*)::HUGEINT AS n {kept} GROUP BY {value}, g0), "
        "alike AS (SELECT v, sum(n) AS t FROM each GROUP BY v)"
    )
    sums = dict(
        table.engine.rows(
            f"WITH {alike}, ranked AS (SELECT v, "
            "(2 * (sum(t) OVER (ORDER BY v) - t) + t + 1)::HUGEINT AS r FROM alike) "
            "SELECT g0, sum(n * r) FROM each JOIN ranked USING (v) GROUP BY g0"
        )
    )
    ((ties,),) = table.engine.rows(f"WITH {alike} SELECT sum(t * t * t - t) FROM alike")
    return Ranks(
        tuple(int(found[name][1]) for name in order),
        tuple(int(sums[name]) for name in order),
        int(ties or 0),
    )
