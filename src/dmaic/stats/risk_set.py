"""Whether the categories tell who was at risk, or only who was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dmaic.stats import row
from dmaic.stats.cell import Cell, add
from dmaic.stats.concentration import NO_EXPOSURE
from dmaic.stats.pareto import ParetoResult
from dmaic.text import BLANK


def of_lost_only(cells: Sequence[Cell]) -> int | None:
    """Position of a `--by` column that is filled in for lost customers only, or None.

    A reason for leaving, or a segment looked up after the loss: every customer who stayed is blank
    in it, so all that have a value are lost. Rates of 100 % then come from how the column was
    filled in and say nothing of the categories.

    Args:
        cells: one a category.
    """
    width = len(cells[0].category) if cells else 0
    for position in range(width):
        filled = [cell for cell in cells if cell.category[position] != BLANK and cell.exposure]
        stayed = any(
            cell.category[position] == BLANK and cell.churned < (cell.exposure or 0)
            for cell in cells
        )
        if filled and stayed and all(cell.churned == cell.exposure for cell in filled):
            return position
    return None


def with_rates(result: ParetoResult, cells: Sequence[Cell]) -> ParetoResult:
    """The result with the customers and the rate of each category, compared with nothing.

    For categories in which nobody can be said to be at risk, such as bands of tenure: how many of
    those found there are lost is worth knowing, but no category is better or worse by it.

    Args:
        result: ranked without exposure.
        cells: the same categories with exposure; those not shown are those in "Other".
    """
    known = {cell.category: cell for cell in cells}
    shown = {each.category for each in result.rows if not each.other}
    folded = add([cell for cell in cells if cell.category not in shown], ())
    rows = []
    for each in result.rows:
        cell = folded if each.other else known[each.category]
        rate, low, high = row.rate(cell)
        update = {
            "exposure": cell.exposure,
            "exposure_value": cell.exposure_value,
            "rate": rate,
            "rate_low": low,
            "rate_high": high,
        }
        rows.append(each.model_copy(update=update))
    total = add(list(cells), ())
    told = result.concentration
    unknown = NO_EXPOSURE.format(unit=result.unit)
    note = told.note.replace(unknown, "Rates are told, but not compared.")
    return result.model_copy(
        update={
            "concentration": told.model_copy(update={"note": note}),
            "rows": tuple(rows),
            "total_exposure": total.exposure,
            "total_exposure_value": total.exposure_value,
        }
    )


def without_exposure(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of those lost alone, nobody being known to be at risk."""
    return [replace(cell, exposure=None, exposure_value=None) for cell in cells if cell.churned > 0]
