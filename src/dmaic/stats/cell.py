"""The aggregate of one category, as the scan of an export gives it, and sums of such cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import fsum, isfinite

from dmaic.errors import DataError
from dmaic.text import BLANK, printable


@dataclass(frozen=True, slots=True)
class Cell:
    """What was counted and summed for one category. `None` means: not known in this input.

    Attributes:
        category: values of the `--by` columns.
        churned: churned customers, or the count of a finished frequency table.
        value: value lost with them.
        exposure: customers at risk, churned ones included.
        exposure_value: their value.
        measure: sum of the column named as the measure.
    """

    category: tuple[str, ...]
    churned: float
    value: float | None = None
    exposure: int | None = None
    exposure_value: float | None = None
    measure: float | None = None

    def amount(self, measure: str) -> float:
        """The figure that the shares are of: `customers`, `value`, or the named column."""
        if measure == "customers":
            return self.churned
        figure = self.value if measure == "value" else self.measure
        return figure or 0.0

    @property
    def order(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Key of the alphabetical order: without case first, then exact."""
        return tuple(value.casefold() for value in self.category), self.category

    @property
    def is_blank(self) -> bool:
        """Nothing is known of this category: all its values are blank."""
        return all(value == BLANK for value in self.category)

    @property
    def label(self) -> str:
        """The category in a sentence, harmless to print."""
        return printable(" / ".join(self.category), 40)


def add(cells: Sequence[Cell], category: tuple[str, ...]) -> Cell:
    """The sum of cells as one cell. Unknown stays unknown; exposure is known only if all are."""
    exposures = [cell.exposure for cell in cells if cell.exposure is not None]
    return Cell(
        category,
        fsum(cell.churned for cell in cells),
        _sum(cell.value for cell in cells),
        sum(exposures) if exposures and len(exposures) == len(cells) else None,
        _sum(cell.exposure_value for cell in cells),
        _sum(cell.measure for cell in cells),
    )


def merge(cells: Iterable[Cell]) -> tuple[list[Cell], Cell]:
    """Cells with one cell a category, in alphabetical order, and their total.

    Where a sum is known for any category, a category without one has none of it: 0. An exposure
    must be known for all, or it is taken as unknown.

    Raises:
        DataError: a figure is not finite, or more are lost than there were.
    """
    merged = []
    for category, group in groupby(sorted(cells, key=lambda cell: cell.order), _category):
        same = list(group)
        merged.append(same[0] if len(same) == 1 else add(same, category))
    for cell in merged:
        _check(cell)
    total = add(merged, ())
    blanks = {
        "value": None if total.value is None else 0.0,
        "exposure_value": None if total.exposure_value is None else 0.0,
        "measure": None if total.measure is None else 0.0,
    }
    return [_fill(cell, total, blanks) for cell in merged], total


def _category(cell: Cell) -> tuple[str, ...]:
    return cell.category


def _fill(cell: Cell, total: Cell, blanks: dict[str, float | None]) -> Cell:
    changes: dict[str, float | None] = {
        name: blank
        for name, blank in blanks.items()
        if blank is not None and getattr(cell, name) is None
    }
    if total.exposure is None and cell.exposure is not None:
        changes["exposure"] = None
    return replace(cell, **changes) if changes else cell  # type: ignore[arg-type]


def _check(cell: Cell) -> None:
    figures = (cell.churned, cell.value, cell.exposure_value, cell.measure)
    if not all(isfinite(figure) for figure in figures if figure is not None):
        raise DataError(
            f'A sum for "{cell.label}" is not a finite number.',
            code="data.not-finite",
            hint="Look in the value columns for cells such as inf or NaN, or for absurd amounts.",
        )
    if cell.exposure is not None and not 0 <= cell.churned <= cell.exposure:
        raise DataError(
            f'For "{cell.label}" {cell.churned:,.10g} are lost of {cell.exposure:,}, '
            "which cannot be.",
            code="data.more-lost-than-exposed",
            hint="Is the column of counts the right one?",
        )


def _sum(figures: Iterable[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return fsum(known) if known else None


def scaled(figures: Sequence[float]) -> list[float]:
    """Figures as keys to sort by, equal where they differ by no more than rounding does.

    Sums of the same amounts in another order differ in the last digits; such figures must tie.
    """
    scale = fsum(abs(figure) for figure in figures)
    if scale == 0:
        return [0.0] * len(figures)
    return [round(figure / scale, 12) for figure in figures]


def parts(figures: Sequence[float]) -> tuple[list[float], float]:
    """The figures that make the whole, negative ones as nothing, and the whole."""
    positive = [max(figure, 0.0) for figure in figures]
    return positive, fsum(positive)


def reach(figures: Sequence[float], fraction: float) -> int:
    """How many of the first figures together reach a fraction of the sum of all, at least one.

    A sum that misses it by a billionth of the whole, as rounding does, has reached it.

    Args:
        figures: 0 or more each; with nothing in all of them the answer is 0.
        fraction: of one.
    """
    whole = fsum(figures)
    if whole <= 0:
        return 0
    for index, sum_ in enumerate(running(figures), 1):
        if sum_ >= whole * (fraction - 1e-9):
            return index
    return len(figures)


def running(figures: Sequence[float]) -> list[float]:
    """Running sums, without the drift of repeated rounding (Neumaier's compensated sum, 1974)."""
    sums = []
    total = lost = 0.0
    for figure in figures:
        new = total + figure
        lost += (total - new) + figure if abs(total) >= abs(figure) else (figure - new) + total
        total = new
        sums.append(total + lost)
    return sums
