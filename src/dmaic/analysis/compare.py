"""`compare`: did it work? Before against after, or a pilot against its control group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from dmaic.analysis.compare_check import check_sides, make_ask
from dmaic.analysis.compare_read import GroupCounts, Reader
from dmaic.analysis.ledger import LedgerQuestion
from dmaic.analysis.pilot import Groups, blank_out, find_groups, label
from dmaic.analysis.said import Said, opening, refuse_empty
from dmaic.analysis.two_exports import both_inputs, of_after, same_kind
from dmaic.churn.export import open_export
from dmaic.errors import DataError, DmaicError
from dmaic.money.ledger import Ledger
from dmaic.money.measure_finding import window_findings
from dmaic.money.measure_side import Sides
from dmaic.money.measure_side import label as named
from dmaic.result import Finding
from dmaic.stats.compare.method import assumptions, findings, methods
from dmaic.stats.compare.result import CompareResult
from dmaic.stats.compare.sequential import Boundary
from dmaic.stats.compare.side import Ask, Side
from dmaic.stats.compare.study import study

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress
    from dmaic.stats.control.result import ControlResult

_LEAST_MONTHS = 3
"""Months on each side that are worth a chart."""


def compare(
    source: object,
    *,
    after: object | None = None,
    pilot: str | None = None,
    pilot_is: Sequence[str] = (),
    by: str | Sequence[str] = (),
    minimal_effect: float = 0.10,
    power: float = 0.80,
    alpha: float = 0.05,
    looks: int = 1,
    look: int | None = None,
    boundary: Boundary = "obrien-fleming",
    change: str = "the change",
    where: str | None = None,
    since: str | None = None,
    until: str | None = None,
    after_since: str | None = None,
    after_until: str | None = None,
    month: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> CompareResult:
    """Compare churn before and after, or in a pilot and its control group.

    Args:
        source: the export before; with `pilot` and without `after` the one of the pilot.
        after: the export after; with `pilot` the one of the pilot, and `source` tells how both
            groups churned before.
        pilot: column that tells who is in the pilot.
        pilot_is: values that mean the pilot; none finds it out from words such as yes and no.
        by: columns, roles or bands whose values are the segments; none takes the segment column.
        minimal_effect: the smallest change worth having, a fraction of the reference's rate.
        power: chance of seeing it that is wanted.
        alpha: chance of ever seeing an effect where there is none.
        looks: how often it is looked at in all, planned before the first look.
        look: which look this is; None takes the last.
        boundary: how alpha is spread over the looks.
        change: what happened between before and after, on the control chart.
        where: SQL condition over the columns of both exports.
        since: first month of `source` (`2024-01`); None takes the first of the export.
        until: last month of it, included.
        after_since: first month of `after`.
        after_until: last month of it, included.
        month: column of months, where each row is a customer's month.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the sources into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset of both; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: a source cannot be read as a table.
        DataError: `compare.*`, or it cannot be analysed so.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    refuse_empty({"pilot": pilot, "where": where, "change": change})
    check_sides(after, pilot, pilot_is, (after_since, after_until))
    ask = make_ask(minimal_effect, power, alpha, looks, look, boundary)
    asked = Reader(
        question=LedgerQuestion(
            by=(by,) if isinstance(by, str) else tuple(by),
            where=where,
            since=since,
            until=until,
            accept=tuple(accept),
            month=month,
        ),
        pilot=pilot,
        fingerprint=fingerprint,
    )
    ways = opening(**said)
    with open_export(source, ways, progress=progress) as table:
        first = asked.read(table, baseline=after is not None)
    if after is None:
        assert first is not None
        return _pilot(asked, first, None, pilot_is, ask)
    later = replace(asked, question=replace(asked.question, since=after_since, until=after_until))
    with open_export(after, ways, progress=progress) as table:
        try:
            second = later.read(table)
        except DmaicError as error:
            raise of_after(error) from None
    assert second is not None
    if pilot is not None:
        return _pilot(asked, second, first, pilot_is, ask)
    assert first is not None
    return _before_after(first, second, ask, change)


def _before_after(first: GroupCounts, second: GroupCounts, ask: Ask, change: str) -> CompareResult:
    before, after = first.ledger, second.ledger
    assert before is not None
    assert after is not None
    same_kind(before, after)
    sides = []
    for name, read in (("before", first), ("after", second)):
        counts = {named(category) or "all": count for category, count in read.counts.items()}
        _somebody(sum(each.at_risk for each in counts.values()), name, read.inputs.source)
        sides.append(Side(name, counts, **read.facts()))
    result = study(
        "before-after",
        sides[0],
        sides[1],
        ask,
        both_inputs(before, after),
        unit=first.unit,
        by=first.by,
        control=_chart(before, after, change),
    )
    told = [_windowed(each) for each in window_findings(Sides(before, after, (), ()))]
    return _told(result, (*first.findings, *second.findings, *(each for each in told if each)))


def _windowed(finding: Finding) -> Finding | None:
    """A finding about months, in the words of a comparison without money and untouched segments."""
    if finding.code == "money-one-sided":
        return None
    if finding.code != "season-differs":
        return finding
    message = finding.message.split(". Only")[0] + ". Customers may leave at another rate then."
    return finding.model_copy(update={"message": message})


def _pilot(
    asked: Reader, read: GroupCounts, before: GroupCounts | None, pilot_is: Sequence[str], ask: Ask
) -> CompareResult:
    column = asked.pilot or ""
    groups = find_groups(read.counts, column, pilot_is, read.inputs.source)
    control, treated = _groups(groups, read)
    result = study(
        "pilot",
        control,
        treated,
        ask,
        read.inputs,
        unit=read.unit,
        counted=read.counted,
        by=read.by[1:],
        before=None if before is None else _groups(groups, before),
    )
    blank = blank_out(read.counts)
    told = read.findings if before is None else (*before.findings, *read.findings)
    return _told(result, (*told, *((blank,) if blank is not None else ())))


def _groups(groups: Groups, read: GroupCounts) -> tuple[Side, Side]:
    """Control group and pilot."""
    both = [
        Side(label(values), groups.of(read.counts, values), **read.facts())
        for values in (groups.control, groups.pilot)
    ]
    return both[0], both[1]


def _told(result: CompareResult, found: Sequence[Finding]) -> CompareResult:
    return result.model_copy(
        update={
            "method": methods(result),
            "assumptions": assumptions(result),
            "findings": tuple(dict.fromkeys((*found, *findings(result)))),
        }
    )


def _chart(before: Ledger, after: Ledger, change: str) -> ControlResult | None:
    """The months of both sides with a stage at the change; None where they are too few."""
    if after.spans[0].first <= before.spans[-1].last:
        return None
    if min(len(before.spans), len(after.spans)) < _LEAST_MONTHS:
        return None
    from dmaic.stats.control.chart import make_chart
    from dmaic.stats.control.series import Series, Wish

    flows = [*before.whole(), *after.whole()]
    if not all(flow.customers_start for flow in flows):
        return None
    names = tuple(span.name for span in (*before.spans, *after.spans))
    series = Series(
        labels=names,
        values=tuple(float(flow.churned) for flow in flows),
        sizes=tuple(float(flow.customers_start) for flow in flows),
        data="defectives",
        name="churn",
        unit=before.unit,
        period="month",
    )
    wish = Wish(stages=((after.spans[0].name, change),), direction="lower")
    try:
        return make_chart(series, wish)
    except DataError:
        # Figures that allow no chart, such as no churn at all, still allow the comparison.
        return None


def _somebody(at_risk: int, when: str, source: str) -> None:
    if not at_risk:
        raise DataError(
            f"Nobody was a customer at the start of a month {when}, so there is no churn rate.",
            "measure.no-customers",
            "Check the months and the filters.",
            source,
        )
