"""The control chart: points, centre line, limits, stages with their reasons, special causes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.charts.bars import tick
from dmaic.charts.control_point import ControlLine, draw_line, special_color
from dmaic.charts.control_stage import draw_stages
from dmaic.result import Result
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.word import figure as told
from dmaic.stats.control.word import headline, is_share
from dmaic.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dmaic.stats.control.part import SpreadPoint, Stage

LIMIT = style.PERIODS[1]

_SPREAD = {
    "moving-range": "moving range", "range": "range", "standard-deviation": "standard deviation",
}  # fmt: skip
_SHORT = {"moving-range": "MR", "range": "R", "standard-deviation": "S"}


def draw(result: Result) -> Figure:
    """The chart of a process over time, and below it that of its spread where there is one.

    Limits are stepped where they change from point to point, and begin anew with each stage. A
    point with a special cause is marked and bears the lowest number of its rules; a point that was
    left out is hollow.

    Args:
        result: a `ControlResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, ControlResult):
        raise TypeError(f"not a control chart: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: ControlResult) -> Figure:
    figure = style.make_figure(11.0, 7.4 if result.spread else 5.4)
    if result.spread is not None:
        top, below = figure.subplots(2, 1, sharex=True, height_ratios=(5, 2))
    else:
        top, below = figure.subplots(), None
    _location(top, result)
    draw_stages(top, result)
    if below is not None:
        _spread(below, result)
    for axes in (top, below):
        if axes is not None:
            _axes(axes, result)
    _names(below or top, result)
    style.frame(figure, headline(result), [*_facts(result)], _legend(result))
    return figure


def draw_panel(axes: Axes, result: ControlResult) -> None:
    """The process over time alone, as one panel of another chart.

    Args:
        axes: the panel.
        result: a control chart.
    """
    _location(axes, result)
    draw_stages(axes, result)
    _axes(axes, result)
    _names(axes, result)


def _location(axes: Axes, result: ControlResult) -> None:
    scale = 100.0 if is_share(result) else 1.0
    heights = _measured(axes, result)
    beside: list[tuple[float, str]] = []
    for stage in result.stages:
        points = [
            (at, point) for at, point in enumerate(result.points) if point.stage == stage.number
        ]
        style_of = (0, (5, 2)) if stage.trial else "-"
        for name in ("lower", "upper"):
            limits = [(at, scale * limit) for at, point in points
                      if (limit := getattr(point, name)) is not None]  # fmt: skip
            heights += _step(axes, limits, LIMIT, 1.4, style_of)
        centers = [(at, scale * point.center) for at, point in points if point.center is not None]
        heights += _step(axes, centers, style.FAINT, 1.1, "-")
    if result.target is not None and result.chart != "cusum":
        axes.axhline(scale * result.target, color=special_color(better=True), linewidth=1.2,
                     linestyle=(0, (1, 1.6)), zorder=2)  # fmt: skip
        beside.append((scale * result.target, f"target {told(result, result.target)}"))
        heights.append(scale * result.target)
    line = ControlLine(
        values=[None if point.value is None else scale * point.value for point in result.points],
        marks=[point.mark for point in result.points],
        better=[point.better for point in result.points],
        hollow=[point.excluded is not None for point in result.points],
        stages=[point.stage for point in result.points],
    )
    if result.chart == "cusum":
        high = [point.sum_high for point in result.points]
        low = [None if point.sum_low is None else -point.sum_low for point in result.points]
        heights += draw_line(axes, line.replaced(high))
        heights += draw_line(axes, line.replaced(low))
    else:
        heights += draw_line(axes, line)
    _room(axes, heights)
    last = result.points[-1]
    for name, word in (("upper", "UCL"), ("center", "CL"), ("lower", "LCL")):
        limit = getattr(last, name)
        if limit is not None and (result.chart != "cusum" or name != "center"):
            beside.append((scale * limit, f"{word} {told(result, limit)}"))
    _at_right(axes, beside)
    axes.set_ylabel(style.wrap(style.shown(_quantity(result), 80), 40, 2))
    _figures(axes, result)


def _measured(axes: Axes, result: ControlResult) -> list[float]:
    """Single measures behind a weighted mean, faint."""
    if result.chart != "ewma":
        return []
    known = [
        (at, point.observed) for at, point in enumerate(result.points)
        if point.observed is not None
    ]  # fmt: skip
    axes.scatter([at for at, _ in known], [value for _, value in known], s=9, color=style.PLAIN,
                 zorder=2)  # fmt: skip
    return [value for _, value in known]


def _step(
    axes: Axes, points: Sequence[tuple[int, float]], color: str, width: float, dashes: object
) -> list[float]:
    """A limit that is level over each point and steps between them."""
    x: list[float] = []
    y: list[float] = []
    for at, height in points:
        x += [at - 0.5, at + 0.5]
        y += [height, height]
    if x:
        axes.plot(x, y, color=color, linewidth=width, linestyle=dashes, zorder=2)
    return y


def _at_right(axes: Axes, lines: Sequence[tuple[float, str]]) -> None:
    """What lines mean, at their right ends; moved apart where they would lie over each other."""
    low, high = axes.get_ylim()
    inches = float(axes.get_position().height * axes.figure.get_size_inches()[1])  # type: ignore[union-attr]
    apart = 0.15 / inches * (high - low)
    free = float("-inf")
    for height, text in sorted(lines):
        at = max(height, free)
        free = at + apart
        axes.annotate(
            style.shown(text, 40), (1.0, at), (5, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", va="center", ha="left", fontsize=8, color=style.FAINT,
            annotation_clip=False,
        )  # fmt: skip


def _spread(axes: Axes, result: ControlResult) -> None:
    assert result.spread is not None
    scale = 100.0 if is_share(result) else 1.0
    heights: list[float] = [0.0]
    numbered = [*enumerate(result.spread.points)]
    for _, each in groupby(numbered, key=lambda pair: result.points[pair[0]].stage):
        points: list[tuple[int, SpreadPoint]] = [*each]
        for name, color in (("lower", LIMIT), ("upper", LIMIT),
                            ("center", style.FAINT)):  # fmt: skip
            limits = [(at, scale * limit) for at, point in points
                      if (limit := getattr(point, name)) is not None]  # fmt: skip
            heights += _step(axes, limits, color, 1.0, "-")
    heights += draw_line(
        axes,
        ControlLine(
            values=[
                None if point.value is None else scale * point.value
                for point in result.spread.points
            ],
            marks=[point.signals[0] if point.signals else None for point in result.spread.points],
            better=[None] * len(result.points),
            hollow=[point.excluded is not None for point in result.points],
            stages=[point.stage for point in result.points],
        ),
    )
    _room(axes, heights)
    last = next((each for each in reversed(result.spread.points) if each.center is not None), None)
    if last is not None:
        short = _SHORT[result.spread.chart]
        beside: list[tuple[float, str]] = []
        for limit, word in ((last.upper, "UCL"), (last.center, f"mean {short}")):
            if limit is not None:
                beside.append((scale * limit, f"{word} {told(result, limit)}"))
        _at_right(axes, beside)
    axes.set_ylabel(_SPREAD[result.spread.chart])
    _figures(axes, result)


def _room(axes: Axes, heights: Sequence[float]) -> None:
    """A fifth above for what is written there, and numbers below the lowest point."""
    low, high = min(heights), max(heights)
    space = high - low or abs(high) or 1.0
    floor = low - 0.08 * space
    axes.set_ylim(max(floor, 0.0) if low >= 0 and floor < 0 else floor, high + 0.2 * space)


def _axes(axes: Axes, result: ControlResult) -> None:
    axes.set_xlim(-0.6, max(len(result.points) - 0.4, 2.4))
    axes.yaxis.grid(visible=True, color=style.GRID)
    axes.spines[["right"]].set_visible(False)
    style.clean(axes)


def _names(axes: Axes, result: ControlResult) -> None:
    names = [style.shown(point.label, 20) for point in result.points]
    every = -(-len(names) // 26)
    slanted = len(names) > 9 and max(map(len, names)) > 3
    axes.set_xticks(range(0, len(names), every))
    axes.set_xticklabels(
        names[::every], rotation=35 if slanted else 0, ha="right" if slanted else "center",
        rotation_mode="anchor", fontsize=8.5,
    )  # fmt: skip


def _figures(axes: Axes, result: ControlResult) -> None:
    """How the figures of the axis are written: shares all with as many decimals."""

    def share(figure: float, _: object) -> str:
        places = max(len(f"{each:.6g}".partition(".")[2]) for each in axes.get_yticks())
        return f"{figure:.{places}f} %"

    prefix = "$" if result.unit == "USD" else ""
    axes.yaxis.set_major_formatter(
        share if is_share(result) else lambda figure, _: tick(figure, prefix)
    )


def _quantity(result: ControlResult) -> str:
    name = result.name
    if result.chart == "cusum":
        return f"cumulative sum of {name}"
    if result.chart == "ewma":
        return f"{name}, weighted mean"
    if result.chart in ("xbar-r", "xbar-s"):
        return f"mean {name}"
    return f"{name} a {result.period}" if is_share(result) and result.period != "point" else name


def _facts(result: ControlResult) -> Iterator[str]:
    from dmaic.stats.control.choice import NAMES

    kind = NAMES[result.chart]
    stages: Sequence[Stage] = result.stages
    made = stages[-1].baseline
    told_limits = f"limits of {plural(made, result.period)}" if made else "standard given"
    if stages[-1].trial:
        told_limits = f"trial {told_limits}"
    yield f"{kind[:1].upper()}{kind[1:]}; {told_limits}; {style.shown(result.inputs.source, 60)}"
    left_out = [f"{point.label}: {point.excluded}" for point in result.points if point.excluded]
    if left_out:
        yield "Left out: " + "; ".join(left_out[:4])


def _legend(result: ControlResult) -> list[tuple[str, str]]:
    legend = [(style.LINE, style.shown(result.name, 60)), (style.FAINT, "centre line"),
              (LIMIT, "control limits")]  # fmt: skip
    rules = sorted({str(use.id) for use in result.rules} & {
        str(point.mark) for point in result.points if point.mark is not None
    })  # fmt: skip
    names = {str(use.id): use.name for use in result.rules}
    worse = {str(point.mark) for point in result.points if point.mark and not point.better}
    legend += [
        (special_color(better=rule not in worse), f"{rule}: {style.shown(names[rule], 70)}")
        for rule in rules
    ]
    if any(point.better for point in result.points):
        legend.append((special_color(better=True), "for the better"))
    return legend
