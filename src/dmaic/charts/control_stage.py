"""The stages of a control chart: where limits begin anew, with the reason written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.stats.control.result import ControlResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LETTERS = 140
"""Letters of a remark that fit beside each other over the whole panel."""


def draw_stages(axes: Axes, result: ControlResult) -> None:
    """Show where limits begin anew, and why; and where those of a baseline go on.

    Args:
        axes: the panel.
        result: the chart.
    """
    starts = [at for at, point in enumerate(result.points)
              if at == 0 or point.stage != result.points[at - 1].stage]  # fmt: skip
    said: list[tuple[float, str]] = []
    for start, stage in zip(starts, result.stages, strict=True):
        if start:
            _rule(axes, start - 0.5, "-")
            said.append((start - 0.4, stage.reason or f"stage {stage.number}"))
        if stage.frozen:
            end = max(
                at for at, point in enumerate(result.points)
                if point.label == stage.baseline_last and point.stage == stage.number
            )  # fmt: skip
            _rule(axes, end + 0.5, (0, (2, 2)))
            said += [] if start else [(-0.4, "baseline")]
            said.append((end + 0.6, "limits of the baseline"))
    whole = len(result.points) + 0.2
    ends = [*(at for at, _ in said[1:]), whole]
    for (at, text), after in zip(said, ends, strict=False):
        _above(axes, at, text, letters=int((after - at) / whole * _LETTERS))


def _rule(axes: Axes, at: float, dashes: object) -> None:
    axes.axvline(at, color=style.INK, linewidth=0.9, linestyle=dashes, zorder=1)


def _above(axes: Axes, at: float, text: str, *, letters: int) -> None:
    axes.annotate(
        style.wrap(style.shown(text, 90), max(8, min(letters, 28)), 3), (at, 1.0), (0, -3),
        xycoords=("data", "axes fraction"), textcoords="offset points", va="top", ha="left",
        fontsize=8, color=style.INK, style="italic", zorder=6,
    )  # fmt: skip
