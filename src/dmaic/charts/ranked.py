"""Ranked bars that lie: names at the left, the figure at the end, its interval on the bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic.charts import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 15
"""More bars than these no reader tells apart."""

ROW = 0.34
"""Height of a bar's row in inches."""


@dataclass(frozen=True, slots=True)
class Rank:
    """One bar.

    Attributes:
        name: what it stands for.
        length: its figure.
        label: the figure in words.
        low, high: its interval, or None.
        strong: drawn in the strong colour.
        rest: holds what was folded.
    """

    name: str
    length: float
    label: str
    low: float | None = None
    high: float | None = None
    strong: bool = False
    rest: bool = False


def draw_ranked(axes: Axes, ranks: Sequence[Rank], *, heading: str) -> None:
    """Bars from the top in the order given.

    Args:
        axes: the panel.
        ranks: at least one.
        heading: what the lengths are.
    """
    longest = max(max(each.length, each.high or 0.0) for each in ranks) or 1.0
    for at, each in enumerate(ranks):
        color = style.VITAL if each.strong else style.OTHER if each.rest else style.PLAIN
        axes.barh(
            at, each.length, 0.72, color=color, edgecolor=style.FAINT if each.rest else color,
            linewidth=0.8, hatch="////" if each.rest else None,
        )  # fmt: skip
        end = each.length
        if each.low is not None and each.high is not None:
            axes.plot([each.low, each.high], [at, at], color=style.INK, linewidth=1.3, zorder=4)
            for edge in (each.low, each.high):
                axes.plot([edge, edge], [at - 0.16, at + 0.16], color=style.INK, linewidth=1.3,
                          zorder=4)  # fmt: skip
            end = max(end, each.high)
        axes.annotate(
            each.label, (end, at), (5, 0), textcoords="offset points", ha="left", va="center",
            fontsize=8.5, fontweight="bold" if each.strong else "normal", zorder=5,
        )  # fmt: skip
    axes.set_yticks(range(len(ranks)))
    axes.set_yticklabels([style.shown(each.name, 34) for each in ranks], fontsize=9)
    # Two or three bars shall not fill the panel.
    axes.set_ylim(max(len(ranks), 3) - 0.4, -0.6)
    axes.set_xlim(0, longest * 1.3)
    axes.set_xlabel(style.shown(heading, 90))
    axes.xaxis.grid(visible=True, color=style.GRID)
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)
