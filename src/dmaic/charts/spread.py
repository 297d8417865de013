"""How numbers are spread: the bars of a histogram, and boxes by groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style
from dmaic.charts.bars import tick
from dmaic.charts.ranked import MOST
from dmaic.stats.correlate.result import Box, ColumnSummary, CorrelateResult
from dmaic.stats.test.word import figure as shown_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_histogram(axes: Axes, result: CorrelateResult) -> list[tuple[str, str]]:
    """One number: its bars, mean and median, and its figures.

    Args:
        axes: the panel.
        result: of one number.

    Returns:
        Colours and their meanings.
    """
    (column,) = result.columns
    bins = column.bins
    if not bins or column.mean is None or column.median is None:
        return nothing(axes)
    width = bins[0].high - bins[0].low
    if len(bins) > 1:
        width = min(each.high - each.low for each in bins) or 1.0
    width = width or 1.0
    # The first and the last bar may reach far; they are drawn as wide as the others.
    starts = [each.low for each in bins]
    starts[0] = bins[0].high - width if bins[0].high > bins[0].low else bins[0].low - width / 2
    beyond = {
        at for at, each in enumerate(bins) if each.high - each.low > 1.000001 * width
    }  # fmt: skip
    for at, (start, each) in enumerate(zip(starts, bins, strict=True)):
        axes.bar(
            start, each.count, width, align="edge", edgecolor="white", linewidth=0.6,
            color=style.OTHER if at in beyond else style.PLAIN, zorder=2,
            hatch="////" if at in beyond else None,
        )  # fmt: skip
    left, right = starts[0] - 0.5 * width, starts[-1] + 1.5 * width
    axes.axvline(column.mean, color=style.VITAL, linewidth=1.6, zorder=4)
    axes.axvline(column.median, color=style.LINE, linewidth=1.6, linestyle="--", zorder=4)
    axes.set_xlim(min(left, column.mean), max(right, column.mean))
    axes.set_xlabel(style.shown(column.name, 90))
    axes.set_ylabel("rows")
    axes.xaxis.set_major_formatter(lambda value, _: tick(value))
    axes.yaxis.set_major_formatter(lambda value, _: tick(value))
    axes.yaxis.grid(visible=True, color=style.GRID)
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)
    note(axes, _summary(column), right=column.mean <= (left + right) / 2)
    legend = [(style.VITAL, "mean"), (style.LINE, "median (dashed)")]
    return [*legend, *([(style.OTHER, "and beyond")] if beyond else [])]


def _summary(column: ColumnSummary) -> list[str]:
    rows = [
        f"n {column.count:,}" + (f", {column.blank:,} blank" if column.blank else ""),
        f"mean {shown_figure(column.mean)}",
        f"st. dev. {shown_figure(column.deviation)}",
        f"median {shown_figure(column.median)}",
        f"quartiles {shown_figure(column.lower_quartile)} to {shown_figure(column.upper_quartile)}",
        f"least {shown_figure(column.least)}, greatest {shown_figure(column.greatest)}",
    ]
    return [*rows, f"skewness {number.ratio(column.skewness)}"]


def draw_boxes(axes: Axes, result: CorrelateResult) -> list[tuple[str, str]]:
    """A number by groups: a box each, with its figures.

    Args:
        axes: the panel.
        result: with boxes.

    Returns:
        Colours and their meanings.
    """
    boxes = result.boxes[:MOST]
    if not boxes:
        return nothing(axes)
    for at, box in enumerate(boxes):
        axes.barh(at, box.upper_quartile - box.lower_quartile, 0.56, left=box.lower_quartile,
                  color=style.PLAIN, edgecolor=style.LINE, linewidth=0.8, zorder=3)  # fmt: skip
        for near, far in (
            (box.lower_quartile, box.lower_whisker),
            (box.upper_quartile, box.upper_whisker),
        ):
            axes.plot([near, far], [at, at], color=style.LINE, linewidth=1.2, zorder=2)
            axes.plot([far, far], [at - 0.14, at + 0.14], color=style.LINE, linewidth=1.2, zorder=2)
        axes.plot(
            [box.median] * 2, [at - 0.28, at + 0.28], color=style.INK, linewidth=2.2, zorder=4
        )
        axes.plot([box.mean], [at], marker="o", color=style.VITAL, markersize=5.5, zorder=5)
        axes.annotate(
            _box_label(box), (max(box.upper_whisker, box.mean), at), (7, 0), va="center",
            textcoords="offset points", fontsize=8, zorder=6,
        )  # fmt: skip
    low = min(min(box.lower_whisker, box.mean) for box in boxes)
    high = max(max(box.upper_whisker, box.mean) for box in boxes)
    span = (high - low) or abs(high) or 1.0
    axes.set_xlim(low - 0.03 * span, high + 0.5 * span)
    axes.set_yticks(range(len(boxes)))
    axes.set_yticklabels([style.shown(box.name, 34) for box in boxes], fontsize=9)
    axes.set_ylim(max(len(boxes), 3) - 0.4, -0.6)
    named = next(each.name for each in result.columns if each.type == "number")
    axes.set_xlabel(style.shown(named, 90))
    axes.xaxis.set_major_formatter(lambda value, _: tick(value))
    axes.xaxis.grid(visible=True, color=style.GRID)
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)
    return [(style.PLAIN, "middle half; whiskers: within 1.5 of its width"),
            (style.INK, "median"), (style.VITAL, "mean")]  # fmt: skip


def _box_label(box: Box) -> str:
    outside = f", {box.outside:,} outside" if box.outside else ""
    return (
        f"median {shown_figure(box.median)}, mean {shown_figure(box.mean)} · {box.count:,}{outside}"
    )


def note(axes: Axes, lines: list[str], *, right: bool) -> None:
    """Figures in a corner of a panel.

    Args:
        axes: the panel.
        lines: one below the other.
        right: in the right corner, else in the left one.
    """
    axes.text(
        0.985 if right else 0.015, 0.97, "\n".join(lines), transform=axes.transAxes, va="top",
        ha="right" if right else "left", fontsize=8.5, linespacing=1.35, zorder=6,
        bbox={"facecolor": "white", "edgecolor": style.GRID, "pad": 5, "alpha": 0.92},
    )  # fmt: skip


def nothing(axes: Axes) -> list[tuple[str, str]]:
    """A panel without values.

    Args:
        axes: the panel.
    """
    axes.text(0.5, 0.5, "no values", ha="center", va="center", color=style.FAINT)
    axes.set_axis_off()
    return []
