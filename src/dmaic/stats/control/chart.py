"""One way from a series to its control chart."""

from __future__ import annotations

from dmaic.result import Inputs
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.series import Series, Wish


def make_chart(series: Series, wish: Wish, inputs: Inputs | None = None) -> ControlResult:
    """The control chart of a series.

    Args:
        series: figures in the order of time, two or more.
        wish: what kind of chart, which rules, which baseline.
        inputs: what the series was made of; the analysis adds its own findings to the result.

    Raises:
        UsageError: what is wished does not fit together, or names no point.
        DataError: the figures allow no such chart.
    """
    raise NotImplementedError
