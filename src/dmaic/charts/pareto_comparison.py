"""The chart of a Pareto comparison: one group of bars a category, one bar a period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style
from dmaic.charts.bars import WIDTH, Bar, draw_names, plain_axes, tick
from dmaic.result import Result
from dmaic.stats.pareto import ComparisonRow, ParetoComparison, PeriodCell
from dmaic.stats.pareto_word import (
    amount,
    change_words,
    comparison_facts,
    label,
    measured,
    prefix,
    row_label,
)
from dmaic.text import BLANK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

GROUPS = 12
"""More categories than these are not drawn; the headline of the chart says so."""

_LABELLED = 26
"""Up to so many bars each carries its figure."""


def draw(result: Result) -> Figure:
    """The chart of a comparison: the measure by category and period, and below it the rates.

    The categories stand in the order of the first period. Rates carry their 95 % interval.

    Args:
        result: a `ParetoComparison`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, ParetoComparison):
        raise TypeError(f"not a Pareto comparison: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: ParetoComparison) -> Figure:
    rows = result.rows
    if len(rows) > GROUPS:
        rows = (*rows[: GROUPS - 1], rows[-1]) if rows[-1].other else rows[:GROUPS]
    has_rates = any(cell.rate is not None for row in rows for cell in row.cells)
    bars = len(rows) * len(result.periods)
    width = 12.0 if bars > 14 else 9.5
    figure = style.make_figure(width, 8.2 if has_rates else 5.6)
    shape = {"height_ratios": [3, 2] if has_rates else [1]}
    panels = list(figure.subplots(2 if has_rates else 1, 1, squeeze=False, gridspec_kw=shape).flat)
    colors = _colors(len(result.periods))
    _draw_amounts(panels[0], result, rows, colors)
    if has_rates:
        _draw_rates(panels[1], rows, colors)
        panels[0].set_xticks(range(len(rows)), labels=[""] * len(rows))
    draw_names(
        panels[-1],
        [Bar(row_label(row), 0.0, None, other=row.other, blank=BLANK in row.category)
         for row in rows],
    )  # fmt: skip
    for panel in panels:
        panel.spines[["right"]].set_visible(False)
    lines = list(comparison_facts(result))
    if len(rows) < len(result.rows):
        lines.append(f"Drawn are {len(rows)} of {len(result.rows)} rows; the table has all.")
    head = f"{measured(result.results[0])} by {label(result.by)}: {change_words(result)}"
    legend = [(color, style.shown(period, 40))
              for color, period in zip(colors, result.periods, strict=True)]  # fmt: skip
    style.frame(figure, head[0].upper() + head[1:], lines, legend)
    return figure


def _colors(count: int) -> list[str]:
    """Colours of the periods; many periods run from light to dark."""
    if count <= len(style.PERIODS):
        return list(style.PERIODS[:count])
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    shades = colormaps["cividis_r"]
    return [to_hex(shades(index / (count - 1))) for index in range(count)]


def _places(group: int, count: int) -> list[float]:
    """Middles of the bars of one group."""
    return [group - WIDTH / 2 + WIDTH * (index + 0.5) / count for index in range(count)]


def _draw_amounts(
    axes: Axes, result: ParetoComparison, rows: Sequence[ComparisonRow], colors: Sequence[str]
) -> None:
    money = result.measure == "value"
    sign = prefix(result.currency) if money else ""
    count = len(result.periods)
    figures = [amount(result, cell) or 0.0 for row in rows for cell in row.cells]
    places = number.places(figures, money=money)
    for group, row in enumerate(rows):
        for x, cell, color in zip(_places(group, count), row.cells, colors, strict=True):
            height = amount(result, cell) or 0.0
            axes.bar(
                x, height, WIDTH / count * 0.94, color=color,
                hatch="////" if row.other else None, edgecolor="white" if row.other else color,
            )  # fmt: skip
            if len(figures) <= _LABELLED:
                text = number.amount(height, places=places, prefix=sign)
                if len(text) * len(figures) > _LABELLED * 5:
                    text = number.compact(height, prefix=sign)
                share = "" if cell.share is None else f"\n{100 * cell.share:.1f} %"
                axes.annotate(
                    text + share, (x, max(height, 0.0)), (0, 3), textcoords="offset points",
                    ha="center", va="bottom", fontsize=7.5,
                )  # fmt: skip
    heading = measured(result.results[0])
    plain_axes(axes, len(rows), f"{heading} ({result.currency})" if money and result.currency
               else heading)  # fmt: skip
    axes.margins(y=0.16)
    axes.yaxis.set_major_formatter(lambda figure, _: tick(figure, sign))


def _draw_rates(axes: Axes, rows: Sequence[ComparisonRow], colors: Sequence[str]) -> None:
    for group, row in enumerate(rows):
        for x, cell, color in zip(_places(group, len(colors)), row.cells, colors, strict=True):
            if cell.rate is not None:
                axes.errorbar(
                    x, 100 * cell.rate, yerr=_error(cell, cell.rate), fmt="o", color=color,
                    markersize=5, capsize=2.5, elinewidth=1.2,
                )  # fmt: skip
    plain_axes(axes, len(rows), "churn rate, 95 % interval")
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(lambda figure, _: f"{figure:g} %")


def _error(cell: PeriodCell, rate: float) -> list[list[float]] | None:
    if cell.rate_low is None or cell.rate_high is None:
        return None
    # Rounding may put the rate a hair outside; a length below 0 is an error to matplotlib.
    return [[max(0.0, 100 * (rate - cell.rate_low))], [max(0.0, 100 * (cell.rate_high - rate))]]
