"""The capability of a measure: its values, its limits, and the curves the indices take."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, pi, sqrt
from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style
from dmaic.result import Result
from dmaic.stats.capability.block import show
from dmaic.stats.capability.result import CapabilityResult
from dmaic.stats.capability.stability import told
from dmaic.stats.capability.word import headline

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WITHIN, OVERALL = style.PERIODS[0], style.PERIODS[1]
LIMIT, TARGET = style.VITAL, style.PERIODS[2]


def draw(result: Result) -> Figure:
    """Histogram of the values with limits, mean and the two normal curves.

    Where only mean and standard deviation are known there is one curve and no values.

    Args:
        result: a `CapabilityResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, CapabilityResult):
        raise TypeError(f"not a capability: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: CapabilityResult) -> Figure:
    figure = style.make_figure(10.0, 5.4)
    axes = figure.subplots()
    width = _bars(axes, result)
    low, high = _reach(result)
    _curve(axes, result, result.sigma_overall, OVERALL, width, (low, high))
    if result.outside is not None:
        _curve(axes, result, result.sigma_within, WITHIN, width, (low, high))
    axes.set_xlim(low, high)
    axes.set_ylim(0, axes.get_ylim()[1] * 1.08)
    _lines(axes, result)
    _axes(axes, result)
    style.frame(figure, headline(result), list(_facts(result)), list(_legend(result)))
    return figure


def _bars(axes: Axes, result: CapabilityResult) -> float:
    """The values; returns what a density is multiplied by to stand beside them."""
    if not result.histogram:
        return 1.0
    bars = result.histogram
    axes.bar(
        [bar.low for bar in bars], [bar.count for bar in bars],
        width=[bar.high - bar.low for bar in bars], align="edge", color=style.PLAIN,
        edgecolor="white", linewidth=0.7, zorder=2,
    )  # fmt: skip
    return (bars[0].high - bars[0].low) * (result.n or 1)


def _reach(result: CapabilityResult) -> tuple[float, float]:
    """What of the scale is shown: the values, the limits, and the curves."""
    sigma = max(result.sigma_overall, result.sigma_within)
    ends = [result.mean - 3.6 * sigma, result.mean + 3.6 * sigma]
    ends += [
        each
        for each in (result.least, result.greatest, result.lsl, result.usl, result.target)
        if each is not None
    ]
    spare = 0.07 * (max(ends) - min(ends))
    return min(ends) - spare, max(ends) + spare


def _curve(
    axes: Axes, result: CapabilityResult, sigma: float, color: str, scale: float,
    reach: tuple[float, float],
) -> None:  # fmt: skip
    low, high = reach
    places = [low + (high - low) * at / 300 for at in range(301)]
    heights = [
        scale * exp(-0.5 * ((place - result.mean) / sigma) ** 2) / (sigma * sqrt(2 * pi))
        for place in places
    ]
    dashes = "-" if color == WITHIN or result.outside is None else (0, (5, 2.5))
    axes.plot(places, heights, color=color, linewidth=1.8, linestyle=dashes, zorder=3)


def _lines(axes: Axes, result: CapabilityResult) -> None:
    for name, at, color, dashes in (
        ("LSL", result.lsl, LIMIT, "-"),
        ("USL", result.usl, LIMIT, "-"),
        ("target", result.target, TARGET, (0, (1, 1.6))),
        ("mean", result.mean, style.INK, (0, (5, 2.5))),
    ):
        if at is None:
            continue
        axes.axvline(at, color=color, linewidth=1.6, linestyle=dashes, zorder=4)
        beside = at > result.mean or name == "mean"
        # The target stands lower, so that it is read where the mean is near it.
        axes.annotate(
            f"{name} {show(result, at)}", (at, 0.9 if name == "target" else 0.97),
            xycoords=axes.get_xaxis_transform(), xytext=(4 if beside else -4, 0),
            textcoords="offset points", ha="left" if beside else "right", va="top", fontsize=9,
            color=color, zorder=5,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
        )  # fmt: skip


def _axes(axes: Axes, result: CapabilityResult) -> None:
    unit = f" ({style.shown(result.unit, 20)})" if result.unit else ""
    axes.set_xlabel(style.wrap(style.shown(result.name, 80), 60, 1) + unit)
    if result.histogram:
        axes.set_ylabel("values")
        from matplotlib.ticker import MaxNLocator

        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    else:
        axes.set_yticks([])
    axes.spines[["right"]].set_visible(False)
    style.clean(axes)


def _facts(result: CapabilityResult) -> Iterator[str]:
    named = (("Cp", result.cp), ("Cpk", result.cpk), ("Pp", result.pp), ("Ppk", result.ppk),
             ("Cpm", result.cpm))  # fmt: skip
    yield ", ".join(f"{name} {number.ratio(each)}" for name, each in named if each is not None)
    yield f"Stable: {told(result.stability)}."


def _legend(result: CapabilityResult) -> Iterator[tuple[str, str]]:
    if result.outside is None:
        yield OVERALL, "normal curve"
        return
    yield style.PLAIN, "values"
    yield WITHIN, f"sigma within {show(result, result.sigma_within)}"
    yield OVERALL, f"sigma overall {show(result, result.sigma_overall)} (dashed)"
