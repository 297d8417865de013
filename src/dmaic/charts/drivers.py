"""The chart of drivers: ratios with their intervals, and the number whose risk turns most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style
from dmaic.result import Result
from dmaic.stats.drivers.line import Line, lines
from dmaic.stats.drivers.result import DriversResult
from dmaic.stats.drivers.shape import Shape
from dmaic.stats.drivers.word import headline, span
from dmaic.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 30
"""More terms than these no reader tells apart."""

LOWER = style.PERIODS[0]
_ROW = 0.27
_FARTHEST = 1e4
"""Ratios beyond this, or below its inverse, are drawn as arrows."""


def draw(result: Result) -> Figure:
    """A forest plot of the terms; beside it the bands of the number whose risk turns or bends most.

    Terms whose interval lies above 1 are drawn in the strong colour, those below 1 in blue, the
    others pale; references are hollow.

    Args:
        result: a `DriversResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, DriversResult):
        raise TypeError(f"these are no drivers: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: DriversResult) -> Figure:
    every = lines(result)
    shown = every[:MOST]
    shape = telling(result.shapes)
    height = max(3.0 if shape else 1.2, _ROW * len(shown) + 0.3)
    figure = style.make_figure(12.0 if shape else 9.5, height + 2.2)
    if shape is not None:
        left, right = figure.subplots(1, 2, width_ratios=(3, 2))
        _bands(right, shape)
    else:
        left = figure.subplots()
    _forest(left, shown, "hazard ratio" if result.model == "cox" else "odds ratio")
    facts = [
        "Association, not cause. "
        + ("Cox" if result.model == "cox" else "Logistic")
        + f" regression of {plural(result.rows, 'row')}, {result.lost:,} lost "
        f"({result.inputs.source}); each term with the others held equal, 95 % intervals.",
    ]
    if len(every) > len(shown):
        facts.append(f"The first {len(shown)} of {len(every)} lines.")
    legend = [(style.VITAL, "leave more"), (LOWER, "leave less"),
              (style.PLAIN, "more or less cannot be told")]  # fmt: skip
    style.frame(figure, headline(result, brief=True), facts, legend)
    return figure


def telling(shapes: Sequence[Shape]) -> Shape | None:
    """The number that turns most surely, else the one that bends so; None where all are straight.

    Args:
        shapes: of all numbers.
    """
    bent = [each for each in shapes if each.shape != "straight"]
    return min(bent, key=lambda each: (each.shape != "turns", each.p_value), default=None)


def _forest(axes: Axes, shown: Sequence[Line], heading: str) -> None:
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    axes.set_xscale("log")
    low, high = _range(shown)
    for at, line in enumerate(shown):
        if line.is_reference:
            axes.plot([1], [at], marker="o", markersize=6, markerfacecolor="white",
                      markeredgecolor=style.FAINT, linestyle="", zorder=4)  # fmt: skip
            continue
        color = _color(line)
        begin, end = max(line.low or 0.0, low), min(line.high or high, high)
        axes.plot([begin, end], [at, at], color=color, linewidth=1.8, zorder=3)
        for edge, cut, mark in ((begin, (line.low or 0.0) < low, "<"),
                                (end, line.high is None or line.high > high, ">")):  # fmt: skip
            if cut:
                axes.plot([edge], [at], marker=mark, markersize=6, color=color, zorder=3)
        if line.ratio is not None and low <= line.ratio <= high:
            axes.plot([line.ratio], [at], marker="s", markersize=6, color=color, zorder=4)
    axes.axvline(1, color=style.FAINT, linewidth=1)
    axes.set_xlim(low / 1.05, high * 1.05)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_yticks(range(len(shown)))
    labels = axes.set_yticklabels([style.shown(line.name, 44) for line in shown], fontsize=9)
    for label, line in zip(labels, shown, strict=True):
        if line.is_reference:
            label.set_color(style.FAINT)
    for at, line in enumerate(shown):
        text = "reference" if line.is_reference else f"{line.told}  ({span(line.low, line.high)})"
        axes.annotate(
            text, (1.0, at), (6, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", ha="left", va="center", fontsize=8.5,
            color=style.FAINT if line.is_reference else style.INK, annotation_clip=False,
        )  # fmt: skip
    axes.xaxis.set_major_locator(
        FixedLocator([at for at in _ticks(low, high) if low <= at <= high])
    )
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set_xlabel(f"{heading} (logarithmic; right of 1 they leave more)")
    axes.xaxis.grid(visible=True, color=style.GRID)
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)


def _ticks(low: float, high: float) -> Sequence[float]:
    """Round ratios, the closer the shorter the axis."""
    if high / low > 300:
        return [10.0**power for power in range(-4, 5)]
    if high / low > 6:
        return [each * 10.0**power for power in range(-3, 4) for each in (1, 2, 5)]
    return (0.25, 0.33, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 4.0)


def _range(shown: Sequence[Line]) -> tuple[float, float]:
    """Ends of the axis: the ratios and most of their intervals, 1 among them."""
    ratios = [line.ratio for line in shown if line.ratio]
    ends = [end for line in shown for end in (line.low, line.high) if end]
    middle_low, middle_high = min([1.0, *ratios]), max([1.0, *ratios])
    low = max(min([1.0, *ratios, *ends]), middle_low / 8, 1 / _FARTHEST)
    high = min(max([1.0, *ratios, *ends]), middle_high * 8, _FARTHEST)
    return min(low, 0.8), max(high, 1.25)


def _color(line: Line) -> str:
    if line.low is not None and line.low > 1:
        return style.VITAL
    return LOWER if line.high is not None and line.high < 1 else style.PLAIN


def _bands(axes: Axes, shape: Shape) -> None:
    """Share lost in bands of the number, with intervals."""
    bands = shape.bands
    names = [f"{each.lowest:.4g} to\n{each.highest:.4g}" for each in bands]
    top = max(each.high for each in bands)
    for at, each in enumerate(bands):
        axes.bar(at, 100 * each.rate, 0.72, color=style.PLAIN, zorder=2)
        axes.plot([at, at], [100 * each.low, 100 * each.high], color=style.INK, linewidth=1.3,
                  zorder=3)  # fmt: skip
        axes.annotate(
            number.percent(each.rate), (at, 100 * each.high), (0, 3), textcoords="offset points",
            ha="center", va="bottom", fontsize=8.5,
        )  # fmt: skip
    axes.set_xticks(range(len(bands)))
    axes.set_xticklabels(names, fontsize=8.5)
    axes.set_ylim(0, 100 * top * 1.15)
    axes.set_ylabel("lost (%)")
    axes.set_xlabel(style.shown(shape.name, 60))
    turned = (
        f"lowest at about {shape.turn:.4g}"
        if shape.direction == "lowest" and shape.turn is not None
        else f"highest at about {shape.turn:.4g}"
        if shape.turn is not None
        else "not in a line"
    )
    title = f"{style.shown(shape.name, 40)}: churn {turned}"
    axes.set_title(style.wrap(title, 48, 2), fontsize=10, loc="left")
    axes.yaxis.grid(visible=True, color=style.GRID)
    axes.spines[["right"]].set_visible(False)
    style.clean(axes)
