"""Whether the categories tell who was at risk, or only who was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dmaic.stats.cell import Cell
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


def without_exposure(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of those lost alone, nobody being known to be at risk."""
    return [replace(cell, exposure=None, exposure_value=None) for cell in cells if cell.churned > 0]
