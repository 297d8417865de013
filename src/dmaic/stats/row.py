"""The figures of one category: rate, risk against the rest, excess, places in the rankings."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from dmaic.stats.cell import Cell, parts, scaled
from dmaic.stats.proportion import relative_risk, wilson


def rate(cell: Cell) -> tuple[float | None, float | None, float | None]:
    """Churn rate with its 95 % Wilson interval; None without customers at risk."""
    if not cell.exposure:
        return None, None, None
    return (cell.churned / cell.exposure, *wilson(cell.churned, cell.exposure))


def risk(cell: Cell, total: Cell) -> tuple[float | None, float | None, float | None]:
    """Churn rate over the rate of all others together, with its 95 % Katz interval."""
    if cell.exposure is None or total.exposure is None:
        return None, None, None
    # Sums of fractional counts may miss by a rounding what must not be negative.
    rest = max(0.0, total.churned - cell.churned)
    others = total.exposure - cell.exposure
    return relative_risk(cell.churned, cell.exposure, min(rest, others), others)


def excess(cell: Cell, total: Cell) -> float | None:
    """Churned customers above what the average rate would lose: a − n A/N."""
    if cell.exposure is None or not total.exposure:
        return None
    # One division at the end, so that equal rates give exactly 0.
    return (cell.churned * total.exposure - cell.exposure * total.churned) / total.exposure


def excess_value(cell: Cell, total: Cell) -> float | None:
    """Value lost above what the average rate of value lost would lose: v − w V/W."""
    if cell.value is None or cell.exposure_value is None:
        return None
    if total.value is None or total.exposure_value is None or total.exposure_value <= 0:
        return None
    above = cell.value - cell.exposure_value * total.value / total.exposure_value
    return above if abs(above) > 1e-12 * total.exposure_value else 0.0


def shares(figures: Sequence[float]) -> list[float | None]:
    """Each figure's share of the whole, negative ones having none; None when all are nothing."""
    positive, whole = parts(figures)
    return [part / whole if whole > 0 else None for part in positive]


def together(shares_: Sequence[float | None]) -> float | None:
    """The sum of shares."""
    known = [share for share in shares_ if share is not None]
    return min(1.0, fsum(known)) if known else None


def places(figures: Sequence[float]) -> list[tuple[int, int]]:
    """First and last place of each figure among all, the greatest being first.

    Equal figures share their places: of 9, 5, 5 the last two hold 2 to 3.
    """
    keys = scaled(figures)
    order = sorted(range(len(keys)), key=lambda index: -keys[index])
    held = [(0, 0)] * len(keys)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and keys[order[end + 1]] == keys[order[start]]:
            end += 1
        for index in order[start : end + 1]:
            held[index] = (start + 1, end + 1)
        start = end + 1
    return held


def disagree(held: Sequence[tuple[int, int]]) -> bool:
    """Whether no single place fits what the rankings give."""
    return max(first for first, _ in held) > min(last for _, last in held)
