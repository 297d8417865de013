"""The points of a control chart, joined by a line, with the rules that they break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dmaic.charts import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BETTER = style.PERIODS[2]
_MANY = 60


@dataclass(frozen=True, slots=True)
class ControlLine:
    """The points of one panel, in the order of time.

    Attributes:
        values: what is plotted; None leaves a gap.
        marks: the lowest rule that a point breaks, or None.
        better: the special cause is on the side that is better, on the worse, or on neither.
        hollow: the point makes no limits.
        stages: number of its stage; the line is broken between stages.
    """

    values: Sequence[float | None]
    marks: Sequence[int | str | None]
    better: Sequence[bool | None]
    hollow: Sequence[bool]
    stages: Sequence[int]

    def replaced(self, values: Sequence[float | None]) -> ControlLine:
        """The same with other values; marks stand where the value is the farther one.

        Args:
            values: as many.
        """
        marks = [
            mark if value is not None and value == own else None
            for value, own, mark in zip(values, self.values, self.marks, strict=True)
        ]
        return replace(self, values=values, marks=marks)


def special_color(*, better: bool | None) -> str:
    """The colour of a special cause.

    Args:
        better: it is on the side that is better.
    """
    return _BETTER if better else style.VITAL


def draw_line(axes: Axes, line: ControlLine) -> list[float]:
    """Draw the points and the line between them.

    Args:
        axes: the panel.
        line: what is drawn.

    Returns:
        The heights that were drawn.
    """
    many = len(line.values) > _MANY
    for stage in dict.fromkeys(line.stages):
        run = [
            (at, float("nan") if value is None or line.hollow[at] else value)
            for at, value in enumerate(line.values)
            if line.stages[at] == stage
        ]
        axes.plot([at for at, _ in run], [value for _, value in run], color=style.LINE,
                  linewidth=1.0 if many else 1.4, zorder=3)  # fmt: skip
    heights = []
    for at, value in enumerate(line.values):
        if value is None:
            continue
        heights.append(value)
        mark = line.marks[at]
        color = style.LINE if mark is None else special_color(better=line.better[at])
        size = (12 if many else 24) if mark is None else 46
        axes.scatter([at], [value], s=size, zorder=4 if mark is None else 5,
                     facecolor="white" if line.hollow[at] else color,
                     edgecolor=color, linewidth=1.2, clip_on=False)  # fmt: skip
        if mark is not None:
            above = _is_high(line.values, at)
            axes.annotate(
                _short(mark), (at, value), (0, 7 if above else -7), textcoords="offset points",
                ha="center", va="bottom" if above else "top", fontsize=9, fontweight="bold",
                color=color, zorder=6,
            )  # fmt: skip
    return heights


def _short(mark: int | str) -> str:
    return {"anhoej-run": "run", "anhoej-crossings": "cross"}.get(str(mark), str(mark))


def _is_high(values: Sequence[float | None], at: int) -> bool:
    """Whether the number of a point fits above it: it is no dip between its neighbours."""
    near = [values[other] for other in (at - 1, at + 1) if 0 <= other < len(values)]
    known = [value for value in near if value is not None]
    own = values[at] or 0.0
    return not known or own >= sum(known) / len(known)
