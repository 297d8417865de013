"""The chart of all benefits of a project: planned against realised by month, and added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.charts import benefit_show

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(reply: benefit_show.Shown) -> Figure:
    """Planned and realised money of all hard benefits, no customer counted twice.

    Where all benefits are soft, those are drawn.

    Args:
        reply: that lists them.
    """
    return benefit_show.draw(reply)
