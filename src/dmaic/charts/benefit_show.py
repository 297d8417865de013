"""The chart of one benefit: planned against realised by month, and added up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from dmaic.charts.planned_realised import Month, draw_months

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Line(Protocol):
    """What is asked of a month."""

    @property
    def month(self) -> str:
        """Such as `2025-03`."""

    @property
    def planned(self) -> float | None:
        """Money, or None."""

    @property
    def realised(self) -> float | None:
        """Money, or None."""


class Shown(Protocol):
    """What is asked of the reply that shows a benefit."""

    @property
    def title(self) -> str:
        """Of the benefit."""

    @property
    def currency(self) -> str:
        """Of all figures."""

    @property
    def today(self) -> date:
        """Tells which months are over."""

    @property
    def lines(self) -> Sequence[Line]:
        """The months."""

    @property
    def facts(self) -> Sequence[str]:
        """What is said below the headline."""


def draw(reply: Shown) -> Figure:
    """Planned and realised money of one benefit.

    Args:
        reply: that shows it.
    """
    months = [Month(each.month, each.planned, each.realised) for each in reply.lines]
    now = f"{reply.today:%Y-%m}"
    return draw_months(months, now, reply.currency, reply.title, reply.facts)
