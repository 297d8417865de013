"""Cells by period: months or quarters of the churn date, or the values of a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Sized
from dataclasses import replace
from typing import TYPE_CHECKING

from dmaic.analysis.evidence import Evidence, fold, weigh
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import scan
from dmaic.analysis.window import day
from dmaic.churn import check
from dmaic.churn.dimension import PERIODS, parse_dimension
from dmaic.churn.loss import Part, churned_at, signup
from dmaic.churn.tally import Group
from dmaic.errors import DataError
from dmaic.result import Finding
from dmaic.stats.cell import Cell
from dmaic.text import BLANK, plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

UNITS = ("month", "quarter")
"""Periods of time that an export can be split by."""

MOST_PERIODS = 60
"""More periods than this cannot be compared side by side."""

Periods = list[tuple[str, Sequence[Cell]]]


def period_cells(table: ChurnTable, question: ParetoQuestion) -> tuple[Evidence, Periods]:
    """Scan once and make the cells of every period.

    At risk in a month or quarter are the customers who signed up in it or before, and had not left
    before it; without signup dates all are taken to be there from the start.

    Returns:
        Evidence over all periods, and (name, cells) of each period in order of time or name.
    """
    if question.split in UNITS:
        return _by_time(table, question, question.split)
    return _by_column(table, question)


def _by_column(table: ChurnTable, question: ParetoQuestion) -> tuple[Evidence, Periods]:
    assert question.split is not None
    parse_dimension(question.split, table.names, table.roles, option="--split")
    parted = replace(question, by=(*question.by, question.split), split=None)
    plan, tally, findings = scan(table, parted)
    evidence = weigh(table, parted, plan, tally, findings)
    periods: dict[str, list[Cell]] = {}
    for cell in evidence.cells:
        *category, period = cell.category
        periods.setdefault(period, []).append(replace(cell, category=tuple(category)))
    _few(periods, question.split)
    order = plan.dimensions[-1].order or sorted(periods, key=lambda name: (name == BLANK, name))
    named: Periods = [(name, periods[name]) for name in order if name in periods]
    return replace(evidence, by=evidence.by[:-1]), named


def _by_time(table: ChurnTable, question: ParetoQuestion, unit: str) -> tuple[Evidence, Periods]:
    def extra(table: ChurnTable, churned: Part) -> list[str]:
        at, begun = churned_at(table), signup(table)
        assert at is not None  # the window refuses to be dated without it
        keys = [f"CASE WHEN {churned.sql} THEN {PERIODS[unit].format(at.sql)} END"]
        keys.append(PERIODS[unit].format(begun.sql) if begun is not None else "NULL")
        return keys

    plan, tally, findings = scan(table, question, extra)
    groups = tally.known
    evidence = weigh(table, question, plan, tally, findings)
    width = len(plan.dimensions)
    left = sorted({group.keys[-2] for group in groups if group.lost and group.keys[-2]})
    periods = list(_between(left[0], left[-1], unit)) if left else []
    _few(periods, unit)
    partial = _partial(table, periods[-1], unit)
    if partial is not None:
        evidence = replace(evidence, findings=(*evidence.findings, partial))
    named: Periods = []
    for period in periods:
        here = [
            replace(group, lost=group.lost and group.keys[-2] == period)
            for group in groups
            if _at_risk(group, period)
        ]
        cells = fold(here, lambda group: group.keys[:width], evidence.make)
        named.append((period, cells))
    return evidence, named


def _at_risk(group: Group, period: str) -> bool:
    left, begun = group.keys[-2], group.keys[-1]
    # Who left in a period was there, even where the file says that they came later.
    return left == period or (
        (begun is None or begun <= period) and (left is None or left > period)
    )


def _between(first: str, last: str, unit: str) -> Iterator[str]:
    """Every period from the first to the last, empty ones too, so that gaps are seen."""
    year, part = _parse(first)
    size = 12 if unit == "month" else 4
    while (year, part) <= _parse(last):
        yield f"{year:04d}-{part:02d}" if unit == "month" else f"{year}-Q{part}"
        year, part = (year + 1, 1) if part == size else (year, part + 1)


def _parse(period: str) -> tuple[int, int]:
    year, _, part = period.partition("-")
    return int(year), int(part.lstrip("Q"))


def _partial(table: ChurnTable, period: str, unit: str) -> Finding | None:
    """The last period, where it is hardly complete."""
    at = churned_at(table)
    assert at is not None
    ((last,),) = table.whole.select(f"max(CAST({at.sql} AS DATE))")
    year, part = _parse(period)
    month = part if unit == "month" else part * 3
    if last is None:
        return None
    return check.partial(
        last,
        check.last_day(year, month),
        period,
        level="warning",
        hint="Leave it out with --until, or read its figures as so far.",
        column=at.column.name if at.column is not None else None,
    )


def _few(periods: Sized, split: str) -> None:
    if len(periods) > MOST_PERIODS:
        raise DataError(
            f"Splitting by {split} gives {len(periods)} periods; more than {MOST_PERIODS} cannot "
            "be compared side by side.",
            code="pareto.too-many-periods",
            hint="Narrow the time with --since and --until, or split by quarter.",
        )
    if len(periods) < 2:
        raise DataError(
            f"Splitting by {split} gives {len(periods)} period, and there is nothing to compare.",
            code="pareto.one-period",
            hint="Leave --split out.",
        )


def span(table: ChurnTable, question: ParetoQuestion) -> int | None:
    """Days from the first churn date looked at to the last, both included; None where none are."""
    try:
        at = churned_at(table)
    except DataError:
        return None  # Nothing else rests on these dates, or it would have been told.
    if at is None:
        return None
    ((first, last),) = table.whole.select(
        f"min(CAST({at.sql} AS DATE)), max(CAST({at.sql} AS DATE))"
    )
    if first is None:
        return None
    first = max(first, day(question.since, "--since") or first)
    last = min(last, day(question.until, "--until") or last)
    return max(0, int((last - first).days) + 1)


def unequal_spans(names: Sequence[str], spans: Sequence[int | None]) -> Iterator[Finding]:
    """Two exports that cover times of different length: their counts and rates are not alike."""
    known = [days for days in spans if days]
    if len(known) == len(spans) and max(known) > 1.2 * min(known):
        told = ", ".join(
            f"{printable(name, 60)} {plural(days, 'day')}"
            for name, days in zip(names, known, strict=True)
        )
        yield Finding(
            code="unequal-spans",
            level="warning",
            message=f"The exports cover times of different length ({told}), so counts and churn "
            "rates change with the time alone.",
            hint="Compare equal times: --since and --until, or exports of equal periods.",
        )
