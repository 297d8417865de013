"""The capability of attributes: defects a million opportunities beside the sigma levels."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.result import Result
from dmaic.stats.capability.attribute import MILLION, Step
from dmaic.stats.capability.attribute_result import AttributeCapability
from dmaic.stats.capability.stability import told
from dmaic.stats.capability.word import attribute_headline
from dmaic.text import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_STEPS = 40
"""Steps that are drawn; of more the worst ones."""


def draw(result: Result) -> Figure:
    """Defects a million with their exact intervals, on a scale that bears the sigma levels.

    Args:
        result: an `AttributeCapability`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, AttributeCapability):
        raise TypeError(f"not a capability of attributes: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: AttributeCapability) -> Figure:
    rows: list[AttributeCapability | Step] = [*result.steps]
    if len(rows) > MOST_STEPS:
        worst = {id(row) for row in sorted(rows, key=lambda row: -row.dpmo)[:MOST_STEPS]}
        rows = [row for row in rows if id(row) in worst]
    rows.append(result)
    names = [printable(row.name, 40) if isinstance(row, Step) else "all" for row in rows]
    figure = style.make_figure(10.0, 2.7 + 0.32 * len(rows))
    axes = figure.subplots()
    low, high = _reach(rows)
    for at, row in enumerate(rows):
        color = style.LINE if row is result else style.PERIODS[0]
        _row(axes, at, row, color, low)
    _levels(axes, result.shift, low, high)
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [style.shown(name, 40) for name in names])
    axes.set_xlabel("defects a million opportunities (DPMO)")
    axes.xaxis.set_major_formatter(lambda figure, _: f"{figure:,.12g}")
    axes.minorticks_off()
    axes.xaxis.grid(visible=True, color=style.GRID)
    axes.spines[["right", "left"]].set_visible(False)
    style.clean(axes)
    style.frame(figure, attribute_headline(result), _facts(result), [])
    return figure


def _reach(rows: Sequence[AttributeCapability | Step]) -> tuple[float, float]:
    """Whole powers of ten about all rates and the ends of their intervals."""
    ends = [
        each
        for row in rows
        for each in (row.dpmo, row.dpmo_low, row.dpmo_high)
        if each is not None and each > 0
    ]
    low = 10.0 ** floor(log10(min(ends, default=1.0) / 1.5))
    high = 10.0 ** -floor(-log10(max(ends, default=MILLION) * 1.2))
    # Less than three powers of ten would hold too few sigma levels to compare with.
    return min(low, high / 1000), high


def _row(axes: Axes, at: int, row: AttributeCapability | Step, color: str, least: float) -> None:
    if row.dpmo_low is not None and row.dpmo_high is not None:
        axes.plot([max(row.dpmo_low, least), row.dpmo_high], [at, at], color=color, linewidth=2.4,
                  solid_capstyle="butt", zorder=3)  # fmt: skip
    if row.dpmo > 0:
        axes.plot([row.dpmo], [at], "o", color=color, markersize=7, zorder=4)
    level = "" if row.sigma_level is None else f"{row.sigma_level:.2f} sigma"
    axes.annotate(
        level or "no defect", (row.dpmo_high or row.dpmo or least, at), xytext=(7, 0),
        textcoords="offset points", va="center", fontsize=9, color=color, zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1},
    )  # fmt: skip


def _levels(axes: Axes, shift: float, low: float, high: float) -> None:
    """Where the whole sigma levels stand, with the shift that makes them."""
    from statistics import NormalDist

    for level in range(1, 8):
        at = MILLION * NormalDist().cdf(shift - level)
        if low < at < high:
            axes.axvline(at, color=style.FAINT, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
            axes.annotate(
                f"{level}σ", (at, 1.0), xycoords=axes.get_xaxis_transform(), xytext=(0, 2),
                textcoords="offset points", ha="center", va="bottom", fontsize=9,
                color=style.FAINT,
            )  # fmt: skip


def _facts(result: AttributeCapability) -> list[str]:
    shift = f"Sigma levels with a shift of {result.shift:g}" if result.shift else "No shift"
    told_of = [f"{shift}; bars are exact {100 * result.confidence:g} % intervals."]
    if result.units is None:
        told_of = [f"{shift}."]
    if result.steps:
        told_of.append(f"{len(result.steps)} steps, in the order of the process.")
    elif result.units is not None:
        told_of.append(f"Stable: {told(result.stability)}.")
    return told_of
