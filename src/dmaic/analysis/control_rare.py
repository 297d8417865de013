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

QUIET = 0.25
"""Share of periods without a loss from which on gaps are charted; a convention of ours."""

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
    counts, flows = taken.series.values, taken.flows
    quiet = sum(not count for count in counts)
    if not flows or taken.series.data not in ("defectives", "defects") or summary_of(table):
        return taken, ""
    if quiet < QUIET * len(counts) or sum(counts) < LEAST_GAPS + 1:
        return taken, ""
    there = [flow.customers_start for flow in flows if flow.customers_start]
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
            f"{why}, and customers at risk change from {min(there):,} to {max(there):,}, so "
            "customer-months from one loss to the next are charted."
        )
    return gaps, f"{why}, so the days from one loss to the next are charted."
