"""Rare losses: where most periods have next to none, the time between losses tells more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dmaic.analysis.series import read_series
from dmaic.analysis.series_question import SeriesQuestion, Taken
from dmaic.churn.summary import summary_of
from dmaic.errors import DataError

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

QUIET, FEW = 0.25, 2.0
"""Gaps are charted where so large a share of the periods has no loss, and a period no more losses
than so many on average; a convention of ours."""

LEAST_GAPS = 8
"""Fewer gaps make no limits worth the name."""

GROWN = 1.25
"""Where most customers at a start are so many times the fewest, days between losses mislead."""


def instead_of_counts(table: ChurnTable, asked: SeriesQuestion, taken: Taken) -> tuple[Taken, str]:
    """Gaps in place of counts where losses are rare; and why.

    Args:
        table: the opened export.
        asked: which series was asked for.
        taken: what was read.

    Returns:
        The series to chart, and a sentence; empty where it is what was read.
    """
    counts = taken.series.values
    quiet = sum(not count for count in counts)
    if not taken.flows or taken.series.data == "measure" or summary_of(table):
        return taken, ""
    if quiet < QUIET * len(counts) or not LEAST_GAPS < sum(counts) <= FEW * len(counts):
        return taken, ""
    # Without sizes nobody knows how many were at risk.
    there = [size for size in taken.series.sizes if size]
    grown = bool(there) and max(there) >= GROWN * min(there)
    known = table.roles.get("signup") is not None
    try:
        gaps = read_series(
            table, replace(asked, figures="exposure" if grown and known else "days", data="gap")
        )
    except DataError:
        return taken, ""
    if any(each.code == "gaps-of-nought" for each in gaps.findings):
        return taken, ""
    period = taken.series.period
    why = f"Losses are rare: {quiet} of {len(counts)} {period}s have none"
    if gaps.figures == "exposure":
        return gaps, (
            f"{why}, and customers at risk change from {min(there):,.0f} to {max(there):,.0f}, so "
            "customer-months from one loss to the next are charted."
        )
    return gaps, f"{why}, so the days from one loss to the next are charted."
