"""Estimates with their intervals, one below the other: what each is, and how sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic.charts import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = 0.36
"""Height of a row in inches."""


@dataclass(frozen=True, slots=True)
class Estimated:
    """One row.

    Attributes:
        name: what is estimated.
        value: the estimate; None where there is none.
        low, high: its interval, or None.
        label: the estimate in words.
        strong: it is the answer.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    label: str = ""
    strong: bool = False


def draw_forest(axes: Axes, rows: Sequence[Estimated], *, heading: str, wrap: int = 30) -> None:
    """Points with their intervals, the first row at the top.

    Args:
        axes: the panel.
        rows: at least one.
        heading: what the estimates are.
        wrap: letters of a name on a line.
    """
    for at, row in enumerate(rows):
        if row.value is None:
            continue
        color = style.VITAL if row.strong else style.LINE
        if row.low is not None and row.high is not None:
            axes.plot(
                [row.low, row.high], [at, at], color=color, linewidth=2.4 if row.strong else 1.5,
                solid_capstyle="butt", zorder=3,
            )  # fmt: skip
        axes.scatter([row.value], [at], s=52 if row.strong else 30, color=color,
                     marker="D" if row.strong else "o", zorder=4)  # fmt: skip
        if row.label:
            end = row.value if row.high is None else max(row.value, row.high)
            axes.annotate(
                row.label, (end, at), (6, 0), textcoords="offset points", ha="left", va="center",
                fontsize=8.5, fontweight="bold" if row.strong else "normal", zorder=5,
            )  # fmt: skip
    axes.set_ylim(len(rows) - 0.4, -0.6)
    names = [style.wrap(style.shown(row.name, 80), wrap, 2) for row in rows]
    labels = axes.set_yticks(range(len(rows)), labels=names, fontsize=8.5)
    for label, row in zip(labels, rows, strict=True):
        label.label1.set_fontweight("bold" if row.strong else "normal")
    axes.set_xlabel(heading)
    low, high = axes.get_xlim()
    axes.set_xlim(low, high + 0.08 * (high - low))
    axes.xaxis.grid(visible=True, color=style.GRID)
    axes.spines[["right"]].set_visible(False)
    style.clean(axes)
