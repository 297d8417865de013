"""Figures of picked columns, asked by SQL: summaries, coefficients, and what charts are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import TYPE_CHECKING

from dmaic.analysis.picked import PICKED
from dmaic.churn.loss import Part, check_range
from dmaic.stats.correlate import coefficient
from dmaic.stats.correlate.result import (
    ColumnSummary,
    CorrelatedPair,
    Crossing,
    Kind,
    Line,
    Share,
)
from dmaic.stats.test import contingency

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

_DRAWS = 5_000
"""Tables that are drawn for a pair of columns, of whom there may be many."""

MOST = 1e100
"""Beyond this squares of squares leave what a float holds."""

_SHOWN = 40
_NOISE = 1e-13
"""What floats add to values that are all the same, as a part of them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One column as it was picked.

    Attributes:
        name: of the column.
        type: number or category.
        cell: its name in the picked table.
        part: the reading of a number.
        order: labels of bands in their order; empty where names tell it, as those of months do;
            None for categories without an order.
    """

    name: str
    type: Kind
    cell: str
    part: Part | None = None
    order: tuple[str, ...] | None = None


def summarise(table: ChurnTable, asked: Asked, rows: int) -> ColumnSummary:
    """One column by itself.

    Args:
        table: the opened file, picked.
        asked: the column.
        rows: all rows looked at.

    Raises:
        DataError: numbers are too large for their squares.
    """
    return _number(table, asked, rows) if asked.type == "number" else _category(table, asked, rows)


def _number(table: ChurnTable, asked: Asked, rows: int) -> ColumnSummary:
    v, ask = asked.cell, table.engine.rows
    ((count, different, mean, least, greatest, quartiles),) = ask(
        f"SELECT count({v}), count(DISTINCT {v}), favg({v}), min({v}), max({v}), "
        f"quantile_cont({v}, [0.25, 0.5, 0.75]) FROM {PICKED}"
    )
    plain = ColumnSummary(
        name=asked.name, type="number", count=count, blank=rows - count, different=different
    )
    if not count:
        return plain
    assert asked.part is not None
    check_range(asked.part, max(abs(least), abs(greatest)), MOST)
    ((square, cube),) = ask(
        f"SELECT fsum(({v} - {mean!r}) ** 2), fsum(({v} - {mean!r}) ** 3) FROM {PICKED}"
    )
    varies = least < greatest
    lower, middle, upper = quartiles
    return plain.model_copy(
        update={
            "mean": mean,
            "deviation": sqrt(square / (count - 1)) if count > 1 and varies else (
                0.0 if count > 1 else None
            ),
            "least": least,
            "lower_quartile": lower,
            "median": middle,
            "upper_quartile": upper,
            "greatest": greatest,
            "skewness": cube / count / (square / count) ** 1.5 if varies and square > 0 else None,
        }
    )  # fmt: skip


def _category(table: ChurnTable, asked: Asked, rows: int) -> ColumnSummary:
    g = asked.cell
    shares = table.engine.rows(
        f"SELECT {g}, count(*) FROM {PICKED} WHERE {g} IS NOT NULL GROUP BY {g} "
        f"ORDER BY count(*) DESC, {g}"
    )
    count = sum(int(n) for _, n in shares)
    return ColumnSummary(
        name=asked.name, type="category", count=count, blank=rows - count, different=len(shares),
        shares=tuple(Share(name=str(name), count=int(n)) for name, n in shares[:_SHOWN]),
    )  # fmt: skip


def relate(table: ChurnTable, first: Asked, second: Asked) -> tuple[CorrelatedPair, Line | None]:
    """The coefficient of two columns, over the rows that have both.

    Args:
        table: the opened file, picked.
        first: the one column.
        second: the other.

    Returns:
        The pair, and of two numbers that vary the least-squares line of the second on the first.
    """
    if first.type == second.type == "number":
        return _two_numbers(table, first, second)
    rank = None
    if first.type == second.type:
        count, found = _two_categories(table, first, second)
    else:
        number, group = (first, second) if first.type == "number" else (second, first)
        count, found = _number_by_group(table, number, group)
    pair = CorrelatedPair(
        first=first.name, second=second.name, count=count, coefficient=found, rank=rank
    )
    return pair, None


def _two_numbers(
    table: ChurnTable, first: Asked, second: Asked
) -> tuple[CorrelatedPair, Line | None]:
    x, y, ask = first.cell, second.cell, table.engine.rows
    both = f"FROM {PICKED} WHERE {x} IS NOT NULL AND {y} IS NOT NULL"
    ((count, mx, my, px, py),) = ask(
        f"SELECT count(*), favg({x}), favg({y}), max(abs({x})), max(abs({y})) {both}"
    )
    r = rho = None
    line = None
    if count > 1:
        ((sxx, syy, sxy),) = ask(
            f"SELECT fsum(({x} - {mx!r}) ** 2), fsum(({y} - {my!r}) ** 2), "
            f"fsum(({x} - {mx!r}) * ({y} - {my!r})) {both}"
        )
        if sxx > count * (_NOISE * px) ** 2 and syy > count * (_NOISE * py) ** 2:
            r = sxy / sqrt(sxx) / sqrt(syy)
            line = Line(slope=sxy / sxx, intercept=my - sxy / sxx * mx, explained=min(1.0, r * r))
            rho = _rho(table, x, y, both)
    pair = CorrelatedPair(
        first=first.name, second=second.name, count=count,
        coefficient=coefficient.pearson(r, count), rank=coefficient.spearman(rho, count),
    )  # fmt: skip
    return pair, line


def _rho(table: ChurnTable, x: str, y: str, both: str) -> float:
    """Pearson's correlation of the mid-ranks; doubled ranks less their mean are whole numbers."""

    def ranks(of: str) -> str:
        return (
            f"(SELECT {of}, (2 * (sum(n) OVER (ORDER BY {of}) - n) + n + 1 "
            f"- (SELECT count(*) + 1 FROM pair))::HUGEINT AS r "
            f"FROM (SELECT {of}, count(*)::HUGEINT AS n FROM pair GROUP BY {of}))"
        )

    ((xx, yy, xy),) = table.engine.rows(
        f"WITH pair AS (SELECT {x} AS x, {y} AS y {both}), rx AS {ranks('x')}, ry AS {ranks('y')}, "
        "cell AS (SELECT x, y, count(*)::HUGEINT AS n FROM pair GROUP BY x, y) "
        "SELECT sum(n * rx.r * rx.r), sum(n * ry.r * ry.r), sum(n * rx.r * ry.r) "
        "FROM cell JOIN rx USING (x) JOIN ry USING (y)"
    )
    return float(xy) / sqrt(float(xx)) / sqrt(float(yy))


def _number_by_group(
    table: ChurnTable, number: Asked, group: Asked
) -> tuple[int, coefficient.Coefficient]:
    v, g, ask = number.cell, group.cell, table.engine.rows
    both = f"FROM {PICKED} WHERE {v} IS NOT NULL AND {g} IS NOT NULL"
    found = ask(
        f"WITH centre AS (SELECT {g} AS g, count(*) AS n, favg({v}) AS m {both} GROUP BY {g}) "
        f"SELECT g, any_value(n), any_value(m), fsum(({v} - m) ** 2), max(abs({v})) "
        f"FROM {PICKED} JOIN centre ON {g} = g WHERE {v} IS NOT NULL GROUP BY g ORDER BY g"
    )
    count = sum(int(n) for _, n, *_ in found)
    if len(found) < 2:
        return count, coefficient.Coefficient(name="eta", value=None)
    middle = fsum(n * m for _, n, m, *_ in found) / count
    between = fsum(n * (m - middle) ** 2 for _, n, m, *_ in found)
    within = fsum(square for *_, square, _ in found)
    peak = max(float(row[4]) for row in found)
    if between + within <= count * (_NOISE * peak) ** 2:
        return count, coefficient.Coefficient(name="eta", value=None)
    if len(found) == 2:
        r = sqrt(between / (between + within))
        r = r if found[1][2] >= found[0][2] else -r
        return count, coefficient.pearson(r, count, "point-biserial")
    return count, coefficient.eta(between, within, len(found), count)


def crossings(table: ChurnTable, first: Asked, second: Asked) -> list[Crossing]:
    """Rows of each category of the one and the other column.

    Args:
        table: the opened file, picked.
        first: a column of categories.
        second: another.
    """
    a, b = first.cell, second.cell
    found = table.engine.rows(
        f"SELECT {a}, {b}, count(*) FROM {PICKED} WHERE {a} IS NOT NULL AND {b} IS NOT NULL "
        "GROUP BY ALL ORDER BY ALL"
    )
    return [Crossing(first=str(x), second=str(y), count=int(n)) for x, y, n in found]


def _two_categories(
    table: ChurnTable, first: Asked, second: Asked
) -> tuple[int, coefficient.Coefficient]:
    cells = crossings(table, first, second)
    count = sum(cell.count for cell in cells)
    rows, columns = _sums(cells, "first"), _sums(cells, "second")
    # Σ (O − E)² / E is n (Σ O² / (row x column) − 1), and cells without rows need not be told.
    parts = [cell.count**2 / (rows[cell.first] * columns[cell.second]) for cell in cells]
    statistic = max(0.0, count * (fsum(parts) - 1)) if count else 0.0
    found = coefficient.cramers_v(statistic, count, len(rows), len(columns))
    if found.p_value is not None and contingency.is_sparse(list(rows.values()),
                                                           list(columns.values())):  # fmt: skip
        found = found.model_copy(update={"p_value": _exact(cells, rows, columns)})
    return count, found


def _exact(
    cells: Sequence[Crossing], rows: Mapping[str, int], columns: Mapping[str, int]
) -> float | None:
    """Fisher's p-value of a table of two rows or two columns; None of a larger one."""
    side, other, groups, two = "second", "first", columns, rows
    if len(rows) > 2:
        side, other, groups, two = "first", "second", rows, columns
    if len(two) > 2:
        return None
    one = next(iter(two))
    lost = dict.fromkeys(groups, 0)
    for cell in cells:
        if getattr(cell, other) == one:
            lost[getattr(cell, side)] += cell.count
    return contingency.fisher(list(lost.values()), list(groups.values()), _DRAWS).p_value


def _sums(cells: Sequence[Crossing], side: str) -> Mapping[str, int]:
    sums: dict[str, int] = {}
    for cell in cells:
        name = getattr(cell, side)
        sums[name] = sums.get(name, 0) + cell.count
    return sums
