"""The heat map of a retention triangle: a row a cohort, a column an age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.result import Result
from dmaic.stats.survival.cohort_word import headline
from dmaic.stats.survival.retention import CohortResult
from dmaic.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_COHORTS = 36
"""Cohorts that fit on one picture; of more the latest are drawn."""

MOST_AGES = 36
"""The same of ages."""

_LETTERED = 24
"""With more cohorts or ages than this their figures would be too small to be read."""


def draw(result: Result) -> Figure:
    """Each cohort's share left, darker where more are; cells that are not yet seen stay white.

    Args:
        result: a `CohortResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, CohortResult):
        raise TypeError(f"not a triangle of cohorts: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: CohortResult) -> Figure:
    cohorts = result.cohorts[-MOST_COHORTS:]
    width = min(MOST_AGES, max(len(each.retention) for each in cohorts))
    figure = style.make_figure(12.0, 2.2 + 0.27 * max(len(cohorts), 6))
    axes = figure.subplots()
    cells = [[*each.retention[:width]] for each in cohorts]
    grid = [[*row, *[float("nan")] * (width - len(row))] for row in cells]
    lowest = min(share for row in cells for share in row)
    # The scale begins at the lowest share, rounded down, so that cohorts are told apart.
    floor = int(10 * lowest) / 10
    picture = axes.imshow(
        grid, aspect="auto", cmap="cividis_r", vmin=floor, vmax=1.0, interpolation="nearest"
    )
    if len(cohorts) <= _LETTERED and width <= _LETTERED:
        _figures(axes, cells, floor)
    axes.set_yticks(
        range(len(cohorts)), labels=[f"{each.cohort}  ({each.customers:,})" for each in cohorts],
        fontsize=8.5,
    )  # fmt: skip
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=min(width, 14), integer=True))
    axes.set_xlabel(f"{result.period}s after the {result.period} of sign-up")
    axes.set_ylabel(f"{result.period} of sign-up (customers)")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    # The layout is made when all is drawn, and takes no grid within a grid.
    bar = figure.colorbar(picture, ax=axes, pad=0.01, fraction=0.03, use_gridspec=False)
    bar.ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
    bar.outline.set_visible(False)
    told = [
        f"Share of those who signed up that is still there at the end of the {result.period} "
        f"({result.inputs.source})."
    ]
    if len(cohorts) < len(result.cohorts):
        told.append(f"The last {len(cohorts)} of {len(result.cohorts)} cohorts are drawn.")
    if result.earlier:
        told.append(
            f"{plural(result.earlier, result.counted[:-1], result.counted)} who signed up before "
            f"{result.first} are in no cohort."
        )
    style.frame(figure, headline(result), told, [])
    return figure


def _figures(axes: Axes, cells: list[list[float]], floor: float) -> None:
    """The share in every cell, white on dark ground."""
    for row, shares in enumerate(cells):
        for age, share in enumerate(shares):
            # The colours reversed run from light, few left, to dark, many.
            dark = share > (1 + floor) / 2
            axes.text(
                age, row, f"{100 * share:.0f}", ha="center", va="center", fontsize=8.5,
                color="white" if dark else style.INK,
            )  # fmt: skip
