"""The chart of survival: curves with bands, the customers at risk beneath, and the hazard."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.result import Result
from dmaic.stats.survival.age import month
from dmaic.stats.survival.hazard import rate
from dmaic.stats.survival.make import ALL
from dmaic.stats.survival.result import Curve, Group, SurvivalResult
from dmaic.stats.survival.word import LEAST_TIME, early_sentence, headline

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_CURVES = 8
"""Curves that can be told apart; of more groups the two that the headline names and the largest."""

MOST_BANDS = 4
"""With more curves than this their bands would cover each other."""

_TIMES = (1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60, 84, 120)
"""Months of life at which rates of several groups end: single months would cover each other."""


def draw(result: Result) -> Figure:
    """Step curves of survival with their bands and a risk table, and the hazard by month of life.

    Args:
        result: a `SurvivalResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, SurvivalResult):
        raise TypeError(f"not a survival: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: SurvivalResult) -> Figure:
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    drawn = _drawn(result)
    curves = [result.curves[at] for at in drawn]
    rows = [result.rows()[at] for at in drawn]
    lines = len(curves)
    figure = style.make_figure(12.0, 5.6 + 0.22 * lines)
    grid = figure.add_gridspec(2, 2, width_ratios=(3, 2), height_ratios=(20, 1 + lines))
    left = figure.add_subplot(grid[0, 0])
    risk = figure.add_subplot(grid[1, 0], sharex=left)
    right = figure.add_subplot(grid[0, 1])
    step = month(result.unit)
    last = max((row.last for row in rows), default=1.0) / step or 1.0
    for color, curve, row in zip(_colors(lines), curves, rows, strict=True):
        _curve(left, curve, row, step, color, band=lines <= MOST_BANDS)
        _hazard(right, row, color, single=lines == 1)
    left.axhline(50, color=style.FAINT, linewidth=0.8, linestyle=(0, (2, 3)))
    left.set_ylim(0, 104)
    left.set_xlim(0, last * 1.02)
    left.set_ylabel("still there (%)")
    left.set_xlabel("age in months; beneath: customers at risk")
    right.set_ylabel("lost a month (%)")
    right.set_xlabel("month of life")
    right.set_xlim(0, last * 1.02)
    right.set_ylim(bottom=0)
    for axes in (left, right):
        axes.yaxis.grid(visible=True, color=style.GRID)
        axes.spines[["right"]].set_visible(False)
        style.clean(axes)
    _ticks(left, last)
    _ticks(right, last)
    _risk_table(risk, rows, left)
    title, *rest = headline(result).split(". ", 1)
    told = [*rest, early_sentence(result.overall.early)]
    if len(result.curves) > lines:
        named = ", with those named" if result.extremes is not None else ""
        told.append(f"The largest of {len(result.curves)} groups are drawn{named}.")
    style.frame(figure, title.rstrip(".") + ".", told, [])
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(hspace=0.0)  # the risk table belongs to the curves above it
    return figure


def _drawn(result: SurvivalResult) -> list[int]:
    """Places of the groups that are drawn: those that the headline names, then the largest."""
    names = [row.group for row in result.rows()]
    pair = result.extremes
    first = [names.index(name) for name in (pair.first, pair.second)] if pair is not None else []
    rest = [at for at in range(len(names)) if at not in first]
    return sorted([*first, *rest[: MOST_CURVES - len(first)]])


def _colors(count: int) -> tuple[str, ...]:
    # The yellow of the palette cannot be seen as a thin line on white.
    seen = [color for color in style.PERIODS if color != "#F0E442"]
    return tuple((*seen, style.FAINT)[:count])


def _curve(axes: Axes, curve: Curve, row: Group, step: float, color: str, *, band: bool) -> None:
    """A curve as steps, up to the last age at which anybody was seen."""
    ages = [age / step for age in (*curve.time, row.last)]
    left = [100 * share for share in (*curve.survival, curve.survival[-1])]
    axes.plot(ages, left, color=color, linewidth=1.8, drawstyle="steps-post", zorder=3)
    if band:
        lower = [0.0 if each is None else 100 * each for each in (*curve.lower, curve.lower[-1])]
        upper = [0.0 if each is None else 100 * each for each in (*curve.upper, curve.upper[-1])]
        axes.fill_between(ages, lower, upper, step="post", color=color, alpha=0.18, linewidth=0)


def _hazard(axes: Axes, row: Group, color: str, *, single: bool) -> None:
    """Losses a month by month of life; of several groups over longer and longer times."""
    last = len(row.hazard)
    ends = range(1, last + 1) if single else [*(end for end in _TIMES if end < last), last]
    edges, rates, lows, highs = [0.0], [], [], []
    for start, end in pairwise((0, *ends)):
        months = row.hazard[start:end]
        found = rate(sum(each.lost for each in months), sum(each.time for each in months))
        if found.value is None or found.time < LEAST_TIME:
            break
        edges.append(float(end))
        rates.append(100 * found.value)
        lows.append(100 * (found.low or 0))
        highs.append(100 * (found.high or 0))
    if not rates:
        return
    # The last step needs an end of its own.
    for figures in (rates, lows, highs):
        figures.append(figures[-1])
    axes.plot(edges, rates, color=color, linewidth=1.5, drawstyle="steps-post", zorder=3)
    if single:
        axes.fill_between(edges, lows, highs, step="post", color=color, alpha=0.18, linewidth=0)


def _ticks(axes: Axes, last: float) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, steps=[1, 2, 3, 6, 10]))


def _risk_table(axes: Axes, rows: Sequence[Group], above: Axes) -> None:
    """Customers at risk at the marks of the axis, a line a group under its name."""
    axes.set_ylim(len(rows) - 0.3, -0.7)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelbottom=False)
    names = ["at risk" if row.group == ALL else style.shown(row.group, 30) for row in rows]
    axes.set_yticks(range(len(rows)), labels=names, fontsize=8.5)
    for label, color in zip(axes.get_yticklabels(), _colors(len(rows)), strict=True):
        label.set_color(color)
        label.set_fontweight("bold")
    low, high = above.get_xlim()
    ages = [age for age in above.get_xticks() if low <= age <= high]
    for line, (color, row) in enumerate(zip(_colors(len(rows)), rows, strict=True)):
        for age in ages:
            count = row.hazard[int(age)].at_risk if age < len(row.hazard) else 0
            axes.text(age, line, f"{count:,}", ha="left" if age == 0 else "center",
                      va="center", fontsize=8.5, color=color)  # fmt: skip
