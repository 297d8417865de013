"""One panel of a Pareto chart: its bars, their labels, the cumulative line and the cutoff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 0.82
"""Width of a bar where the distance between bars is one."""

_INCH = 72
_LABEL = 8.5
_LETTER = 0.6
"""Mean width of a letter as a part of the font size."""
_ROTATED = 34
_LINES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        name: its category.
        height: its figure.
        share: of the whole, a fraction, or None.
        vital: among the vital few.
        other: holds folded categories.
        blank: stands for blank cells.
    """

    name: str
    height: float
    share: float | None
    vital: bool = False
    other: bool = False
    blank: bool = False


def draw_bars(
    axes: Axes, bars: Sequence[Bar], *, heading: str, prefix: str = "", money: bool = False
) -> None:
    """Bars from the left, each with its figure and its share above it.

    Args:
        axes: the panel.
        bars: in order.
        heading: what the heights are.
        prefix: currency sign of the figures.
        money: the heights are amounts of money.
    """
    heights = [bar.height for bar in bars]
    # Only excess can be below 0; it is an estimate and needs no more than one decimal.
    places = min(number.places(heights, money=money), 1 if min(heights) < 0 else 2)
    longest = max(len(number.amount(height, places=places, prefix=prefix)) for height in heights)
    short = longest > min(12, _letters(axes, len(bars), _LABEL - 0.5))
    for x, bar in enumerate(bars):
        color = style.VITAL if bar.vital else style.OTHER if bar.other else style.PLAIN
        axes.bar(
            x, bar.height, WIDTH, color=color, edgecolor=style.FAINT if bar.other else color,
            linewidth=0.8, hatch="////" if bar.other else None,
        )  # fmt: skip
        figure = (
            number.compact(bar.height, prefix=prefix)
            if short
            else number.amount(bar.height, places=places, prefix=prefix)
        )
        share = "" if bar.share is None else f"\n{100 * bar.share:.1f} %"
        axes.annotate(
            figure + share, (x, max(bar.height, 0.0)), (0, 3), textcoords="offset points",
            ha="center", va="bottom", fontsize=_LABEL - 0.5, linespacing=1.15,
            fontweight="bold" if bar.vital else "normal", zorder=4,
        )  # fmt: skip
    plain_axes(axes, len(bars), heading)
    axes.yaxis.set_major_formatter(lambda figure, _: tick(figure, prefix))
    if min(heights) < 0:
        axes.axhline(0, color=style.FAINT, linewidth=0.8)


def plain_axes(axes: Axes, count: int, heading: str) -> None:
    """Room for so many bars, what their heights are, and a quiet grid.

    Args:
        axes: the panel.
        count: bars, or groups of bars.
        heading: what the heights are.
    """
    # One or two bars shall not fill the panel.
    margin = 0.6 + max(0, 3 - count) / 2
    axes.set_xlim(-margin, count - 1 + margin)
    axes.set_ylabel(style.wrap(style.shown(heading, 80), 34, 2))
    axes.yaxis.grid(visible=True, color=style.GRID)
    style.clean(axes)


def tick(figure: float, prefix: str = "") -> str:
    """A figure of the axis, as short as it can be without rounding: `$1.25M`, `750`.

    Args:
        figure: what stands there.
        prefix: currency sign.
    """
    size = abs(figure)
    sign = "-" if figure < 0 else ""
    for step, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")):
        if 10 * step <= size < 1e15 or (size >= step > 1e3 and size < 1e15):
            return f"{sign}{prefix}{size / step:.6g}{letter}"
    return f"{sign}{prefix}{size:,.6g}"


def draw_names(axes: Axes, bars: Sequence[Bar]) -> None:
    """The categories under the bars: in several lines, or slanted where there is no room.

    Args:
        axes: the panel.
        bars: in order.
    """
    names = [style.shown(bar.name) for bar in bars]
    letters = _letters(axes, len(bars), _LABEL)
    words = max((len(word) for name in names for word in name.split()), default=0)
    slanted = letters < min(words, 13) or any(len(name) > letters * _LINES for name in names)
    axes.set_xticks(range(len(bars)))
    if slanted and len(bars) > 4:
        labels = axes.set_xticklabels(
            [style.shown(name, _ROTATED) for name in names], rotation=35, ha="right",
            rotation_mode="anchor", fontsize=_LABEL,
        )  # fmt: skip
    else:
        labels = axes.set_xticklabels(
            [style.wrap(name, letters, _LINES) for name in names], fontsize=_LABEL
        )
    for label, bar in zip(labels, bars, strict=True):
        if bar.blank:
            label.set_fontstyle("italic")
        if bar.vital:
            label.set_fontweight("bold")


def draw_cumulative(axes: Axes, bars: Sequence[Bar], *, cutoff: float) -> None:
    """The line of cumulative shares and the cutoff, on a right axis where 100 % is the whole.

    The line is anchored: it leaves the top right corner of the first bar, as both axes have the
    same scale.

    Args:
        axes: the panel with the bars.
        bars: in order; negative heights add nothing.
        cutoff: in per cent.
    """
    heights = [max(bar.height, 0.0) for bar in bars]
    whole = sum(heights)
    low = min(0.0, *(bar.height for bar in bars))
    ends = (1.12 * low / whole, 1.13)
    axes.set_ylim(ends[0] * whole, ends[1] * whole)
    right = axes.twinx()
    right.set_ylim(100 * ends[0], 100 * ends[1])
    right.set_yticks(range(0, 101, 20))
    right.set_yticklabels([f"{tick} %" for tick in range(0, 101, 20)])
    right.set_ylabel("cumulative share")
    style.clean(right)
    sums = [sum(heights[: index + 1]) for index in range(len(heights))]
    edges = [index + WIDTH / 2 for index in range(len(heights))]
    axes.plot(
        edges, sums, color=style.LINE, marker="o", markersize=4, linewidth=1.6, zorder=5,
        clip_on=False,
    )  # fmt: skip
    box = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
    # Where nothing is added any more the figure is not repeated.
    for index in (i for i in range(1, len(sums)) if heights[i] > 0):
        axes.annotate(
            f"{100 * sums[index] / whole:.1f} %", (edges[index], sums[index]), (0, 5),
            textcoords="offset points", ha="right", va="bottom", fontsize=_LABEL - 0.5,
            color=style.LINE, bbox=box, zorder=6,
        )  # fmt: skip
    axes.axhline(cutoff * whole / 100, color=style.INK, linestyle="--", linewidth=1, zorder=3)
    axes.annotate(
        f"cutoff {cutoff:g} %", (1, cutoff * whole / 100), (-4, -3),
        xycoords=("axes fraction", "data"), textcoords="offset points", ha="right", va="top",
        fontsize=_LABEL, fontweight="bold", bbox=box, zorder=6,
    )  # fmt: skip


def _letters(axes: Axes, count: int, size: float) -> int:
    """Letters that fit between the middles of two bars."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    spec = axes.get_subplotspec()
    columns = spec.get_gridspec().ncols if spec is not None else 1
    room = 0.84 * figure.get_figwidth() / columns / (count + 0.2)
    return max(3, int(room * _INCH / (size * _LETTER)))
