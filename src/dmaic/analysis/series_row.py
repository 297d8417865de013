"""A series of rows with dates: how many a period, a measure of theirs, or days between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from dmaic.analysis.column import Cells, Kind, blanks, read_cells
from dmaic.analysis.ledger_span import cover, ordinal, span
from dmaic.analysis.series_finished import find_label, holds_dates
from dmaic.analysis.series_question import PERIODS, SeriesQuestion, Taken, words
from dmaic.churn.column import Column
from dmaic.errors import DataError, UsageError
from dmaic.result import Finding
from dmaic.stats.control.series import Series
from dmaic.text import name_list

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

Row = tuple[datetime, float]
"""When, and the measure; nought where rows are counted."""

DAY = 86_400
"""Seconds of it."""


def read_rows(table: ChurnTable, asked: SeriesQuestion) -> Taken:
    """Rows by the date that each has.

    Args:
        table: the opened file.
        asked: with `value` a measure a period, its rows as a subgroup; without it rows are events.

    Raises:
        UsageError: nothing says what is charted, or there is no such column.
        DataError: no column holds dates, or no row has what is needed.
    """
    between = asked.figures != "counts" and asked.value is None
    if asked.by is None and not between:
        raise UsageError(
            "Nothing says what is charted: no column tells of lost customers.",
            "control.columns",
            "Finished figures: --count COL --size COL, or --value COL. Rows with dates: --by week "
            f"counts them. The columns are {name_list(table.names)}.",
            table.source.name,
        )
    wanted: dict[str, tuple[str, Kind]] = {"label": (_date_column(table, asked).name, "date")}
    if asked.value is not None:
        wanted["value"] = (asked.value, "number")
    cells = read_cells(table, wanted, where=asked.where, accept=asked.accept, fingerprint=False)
    rows = _rows(cells)
    if not rows:
        raise DataError(
            f"No row has what is needed in {name_list([*cells.names.values()])}.",
            "control.no-figures",
            "Check the columns and --where.",
            table.source.name,
        )
    told = blanks(cells, [*wanted])
    findings = [*cells.findings, *([told] if told is not None else [])]
    if between:
        return _between(cells, rows, findings)
    return _by_period(cells, rows, asked, findings)


def _rows(cells: Cells) -> list[Row]:
    moments = cells.moments("label")
    values = cells.numbers("value") if "value" in cells.columns else [0.0] * cells.rows
    return sorted(
        (moment, value)
        for moment, value in zip(moments, values, strict=True)
        if moment is not None and value is not None
    )


def _date_column(table: ChurnTable, asked: SeriesQuestion) -> Column:
    named = asked.subgroup or asked.label
    if named is not None:
        return table.column(named, "--subgroup" if asked.subgroup else "--label")
    used = [table.column(asked.value, "--value")] if asked.value else []
    found = find_label(table, used)
    if found is not None and holds_dates(table, found):
        return found
    every = (each for each in table.columns if each not in used and holds_dates(table, each))
    found = next(every, None)
    if found is None:
        raise DataError(
            "No column holds dates, so rows cannot be put into periods.",
            "control.undated",
            f"Name it: --label COL. The columns are {name_list(table.names)}.",
            table.source.name,
        )
    return found


def _by_period(
    cells: Cells, rows: Sequence[Row], asked: SeriesQuestion, findings: list[Finding]
) -> Taken:
    """How many, or their measures, in each whole period; also those in which there were none."""
    period = next(each for each in PERIODS if each == asked.by)
    first, last = rows[0][0].date(), rows[-1][0].date()
    start, end, found = cover(
        first, last, (first, last), period, asked.since, asked.until, cells.names["label"]
    )
    found = [_reworded(each) for each in found]
    spans = [span(number, period) for number in range(start, end + 1)]
    groups: list[list[float]] = [[] for _ in spans]
    for moment, value in rows:
        at = ordinal(moment.date(), period) - start
        if 0 <= at < len(groups):
            groups[at].append(value)
    if asked.value is None:
        series = Series(
            tuple(each.name for each in spans),
            tuple(float(len(group)) for group in groups),
            data="defects", name="number of rows", unit="rows", period=period,
        )  # fmt: skip
        return Taken(
            series, cells.inputs, (*findings, *found),
            told=f"Rows with a date in each {period}",
        )  # fmt: skip
    series = Series(
        tuple(each.name for each, group in zip(spans, groups, strict=True) for _ in group),
        tuple(value for group in groups for value in group),
        name=words(cells.names["value"]), subgroups=True, period=period,
    )  # fmt: skip
    told = f"Mean of the rows with a date in each {period}, which are a subgroup"
    return Taken(series, cells.inputs, (*findings, *found), told=told)


def _reworded(finding: Finding) -> Finding:
    """A row is no loss here."""
    message = finding.message.replace("The first churn date is", "The first date is")
    return finding.model_copy(update={"message": message})


def _between(cells: Cells, rows: Sequence[Row], findings: list[Finding]) -> Taken:
    """Days from one row to the next, named by the day of the later one."""
    series = Series(
        tuple(f"{moment.date()}" for moment, _ in rows[1:]),
        tuple(
            (after - before).total_seconds() / DAY for (before, _), (after, _) in pairwise(rows)
        ),
        data="gap", name="time between rows (days)", unit="days", period="gap",
    )  # fmt: skip
    told = "Days from one row to the next, by their dates"
    return Taken(series, cells.inputs, tuple(findings), figures="days", told=told)
