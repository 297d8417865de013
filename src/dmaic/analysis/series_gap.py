"""A series of gaps: days, or customer-months at risk, from one loss of a customer to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from dmaic.analysis.evidence import weigh
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import scan
from dmaic.analysis.series_ledger import count_only
from dmaic.analysis.series_question import SeriesQuestion, Taken
from dmaic.churn.check import settle
from dmaic.churn.loss import Part, churned_at, signup
from dmaic.churn.summary import summary_of
from dmaic.errors import DataError, UsageError
from dmaic.result import Finding, Inputs
from dmaic.stats.control.series import Series
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

MONTH = 365.25 / 12
"""Days of a customer-month."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Losses and customers at risk, day by day.

    Attributes:
        lost: day number -> customers lost on it.
        came: day number -> customers who signed up on it.
        before: customers who were there from the start.
    """

    lost: dict[int, int]
    came: dict[int, int]
    before: int

    def exposure(self) -> dict[int, int]:
        """Customer-days at risk from the first of all days up to each day of a loss."""
        there, since, days = self.before, min(self.lost), 0
        there += sum(count for day, count in self.came.items() if day < since)
        found = {}
        for day in sorted({*self.lost, *(each for each in self.came if each >= since)}):
            days += there * (day - since)
            since = day
            if day in self.lost:
                found[day] = days
            there += self.came.get(day, 0) - self.lost.get(day, 0)
        return found


def read_gaps(table: ChurnTable, asked: SeriesQuestion) -> Taken:
    """Gaps between the losses of an export, each named by the day of the loss that ends it.

    Losses of one day stand beside each other without a gap: all but one of them are nought.

    Args:
        table: the opened export.
        asked: which series; `figures` is `days`, `exposure` or `trials`.

    Raises:
        DataError: no column holds churn dates, nobody is lost, or the figures cannot be read.
        UsageError: `control.chart-data`, the losses are added up already.
    """
    if summary_of(table):
        raise UsageError(
            "The losses of a finished summary are added up, so the time between them is not in it.",
            "control.chart-data",
            "Leave --chart out, or give the export that the summary was made from.",
            table.source.name,
        )
    count_only(table)
    question = ParetoQuestion(
        where=asked.where, since=asked.since, until=asked.until, accept=asked.accept
    )

    def extra(table: ChurnTable, churned: Part) -> list[str]:
        at, begun = churned_at(table), signup(table)
        assert at is not None  # the window refuses to be dated without it
        day = "CAST(date_diff('day', DATE '0001-01-01', CAST({} AS DATE)) + 1 AS VARCHAR)".format
        return [
            f"CASE WHEN {churned.sql} THEN {day(at.sql)} END",
            day(begun.sql) if begun is not None else "NULL",
        ]

    try:
        plan, tally, findings = scan(table, question, extra)
    except DataError as error:
        if error.code != "pareto.too-many-categories":
            raise
        raise DataError(
            "There are too many losses for a chart of the gaps between them.",
            "control.too-many",
            "Gaps suit rare losses. Count them: --by month; or choose rows with --where.",
            table.source.name,
        ) from error
    evidence = weigh(table, question, plan, tally, findings)
    lost: dict[int, int] = {}
    came: dict[int, int] = {}
    before = 0
    for group in tally.known:
        left, begun = group.keys[-2], group.keys[-1]
        if left is not None:
            lost[int(left)] = lost.get(int(left), 0) + group.rows
        if begun is None or (left is not None and int(begun) > int(left)):
            before += group.rows
        else:
            came[int(begun)] = came.get(int(begun), 0) + group.rows
    losses = Losses(lost, came, before)
    settled = settle((*evidence.findings, *_dense(losses)), asked.accept)
    series = (
        _days(losses)
        if asked.figures == "days"
        else _exposure(losses, table.unit, whole=asked.figures == "trials")
    )
    ends = [date.fromordinal(day) for day in sorted(lost) for _ in range(lost[day])][1:]
    return Taken(
        series=replace(series, labels=tuple(day.isoformat() for day in ends)),
        inputs=_dated(evidence.inputs(table, fingerprint=False), plan.window.dates),
        findings=settled,
        figures=asked.figures,
        told="Days from one loss to the next; losses of one day have a gap of nought"
        if asked.figures == "days"
        else "Customers at risk, each for the days from one loss to the next, in months"
        + (", rounded down" if asked.figures == "trials" else ""),
    )


def _dated(inputs: Inputs, dates: Sequence[Part]) -> Inputs:
    """With the columns of the dates among the roles."""
    named = {
        role: part.column.name
        for role, part in zip(("churned_at", "signup"), dates, strict=False)
        if part.column is not None
    }
    return inputs.model_copy(update={"roles": {**inputs.roles, **named}})


def _days(losses: Losses) -> Series:
    every = [day for day in sorted(losses.lost) for _ in range(losses.lost[day])]
    gaps = tuple(float(after - before) for before, after in pairwise(every))
    return Series(
        (), gaps, data="gap", name="time between losses (days)", unit="days", period="gap"
    )


def _exposure(losses: Losses, unit: str, *, whole: bool) -> Series:
    """Customer-months between losses; as trials whole ones, rounded down."""
    if not losses.came:
        raise DataError(
            "Nothing tells when customers came, so nobody knows how many were at risk between two "
            "losses.",
            "control.no-exposure",
            "Name the column: --signup COL; or take the days between losses: --chart t.",
        )
    reached = losses.exposure()
    every = [reached[day] for day in sorted(reached) for _ in range(losses.lost[day])]
    gaps = tuple(
        float((after - before) // MONTH) if whole else (after - before) / MONTH
        for before, after in pairwise(every)
    )
    return Series(
        (), gaps, data="gap", name=f"time between losses ({unit[:-1]}-months)",
        unit=f"{unit[:-1]}-months", period="gap",
    )  # fmt: skip


def _dense(losses: Losses) -> list[Finding]:
    """Where many leave on one day, their gaps of nought tell nothing."""
    same = sum(count - 1 for count in losses.lost.values())
    every = sum(losses.lost.values())
    if every < 2 or same * 4 <= every - 1:
        return []
    return [
        Finding(
            code="gaps-of-nought",
            level="warning",
            message=f"{plural(same, 'loss', 'losses')} of {every:,} fall on the day of another "
            "one, so that their gap is nought; gaps suit rare losses.",
            hint="Count them: --by month.",
            count=same,
        )
    ]
