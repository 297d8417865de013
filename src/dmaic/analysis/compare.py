"""`compare`: did it work? Before against after, or a pilot against its control group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Unpack

from dmaic.analysis.churn_undated import undated_churn
from dmaic.analysis.ledger import LedgerQuestion, read_ledger
from dmaic.analysis.pilot import Counts, Groups, blank_out, find_groups, label
from dmaic.analysis.said import Said, opening, refuse_empty
from dmaic.analysis.two_exports import both_inputs, of_after, same_kind
from dmaic.churn.export import open_export
from dmaic.errors import DataError, DmaicError, UsageError
from dmaic.money.ledger import Ledger
from dmaic.money.measure_finding import window_findings
from dmaic.money.measure_side import Sides
from dmaic.money.measure_side import label as named
from dmaic.result import Finding, Inputs
from dmaic.stats.compare.method import assumptions, findings, methods
from dmaic.stats.compare.result import CompareResult, Counted
from dmaic.stats.compare.sequential import MOST_LOOKS, Boundary
from dmaic.stats.compare.study import Ask, Count, Side, study
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress
    from dmaic.stats.control.result import ControlResult

BOUNDARIES: tuple[Boundary, ...] = ("obrien-fleming", "pocock")

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
    _check(after, pilot, pilot_is, (after_since, after_until))
    ask = _ask(minimal_effect, power, alpha, looks, look, boundary)
    asked = _Asked(
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


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of an export.

    Attributes:
        counts: category -> at risk and lost.
        by: names of the category's parts.
        ledger: the same by month; None where nothing is dated.
        unit: what is counted, plural.
        inputs: what it was made of.
        findings: what was found about it.
    """

    counts: Counts
    by: tuple[str, ...]
    ledger: Ledger | None
    unit: str
    inputs: Inputs
    findings: tuple[Finding, ...]

    @property
    def counted(self) -> Counted:
        """What rates are over."""
        return "customers" if self.ledger is None else "customer-months"

    def facts(self) -> dict[str, Any]:
        """Months and source of a side."""
        spans = self.ledger.spans if self.ledger is not None else ()
        return {
            "source": self.inputs.source,
            "first": spans[0].name if spans else None,
            "last": spans[-1].name if spans else None,
            "months": self.ledger.months if self.ledger is not None else 0,
        }


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of an export."""

    question: LedgerQuestion
    pilot: str | None
    fingerprint: bool

    def read(self, table: ChurnTable, *, baseline: bool = False) -> _Read | None:
        """Counts by the pilot's column, if there is one, and by segment.

        Args:
            table: the opened export.
            baseline: it is of the time before a pilot and need not know who came into it.
        """
        by = self.question.by
        if not by and table.roles.get("segment") is not None:
            by = ("segment",)
        if self.pilot is not None:
            if baseline and table.find(self.pilot) is None:
                return None
            by = (table.column(self.pilot, "--pilot").name, *by)
        question = replace(self.question, by=by)
        try:
            ledger = read_ledger(table, question, fingerprint=self.fingerprint)
        except DataError as error:
            dated = question.since or question.until
            if error.code != "ledger.no-dates" or self.pilot is None or baseline or dated:
                raise
            return _undated(table, question, self.fingerprint)
        counts = {
            category: Count(flow.customers_start, flow.churned)
            for category in ledger.flows
            for flow in (ledger.of(category),)
        }
        return _Read(counts, ledger.by, ledger, ledger.unit, ledger.inputs, ledger.findings)


def _undated(table: ChurnTable, question: LedgerQuestion, fingerprint: bool) -> _Read:
    """Customers of a pilot and its control group, who were seen equally long."""
    found = undated_churn(table, question, fingerprint)
    counts = {
        each.category: Count(int(each.customers_start or 0), each.lost) for each in found.segments
    }
    return _Read(counts, found.by, None, found.unit, found.inputs, found.findings)


def _before_after(first: _Read, second: _Read, ask: Ask, change: str) -> CompareResult:
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
    asked: _Asked, read: _Read, before: _Read | None, pilot_is: Sequence[str], ask: Ask
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


def _groups(groups: Groups, read: _Read) -> tuple[Side, Side]:
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


def _check(
    after: object | None,
    pilot: str | None,
    pilot_is: Sequence[str],
    times: tuple[str | None, str | None],
) -> None:
    if after is None and pilot is None:
        raise UsageError(
            "There is one export, and nothing to compare it with.",
            "compare.nothing",
            "Name the export after the change: --after FILE; or the column that tells who is in "
            "the pilot: --pilot COL.",
        )
    if pilot_is and pilot is None:
        raise UsageError(
            "--pilot-is says what means the pilot, and no column is named.",
            "compare.nothing",
            "Name the column: --pilot COL.",
        )
    if after is None and any(times):
        raise UsageError(
            "--after-since and --after-until choose months of the export after, and there is none.",
            "compare.nothing",
            "Leave them out, or name the export: --after FILE.",
        )


def _ask(
    minimal_effect: float,
    power: float,
    alpha: float,
    looks: int,
    look: int | None,
    boundary: Boundary,
) -> Ask:
    if boundary not in BOUNDARIES:
        raise UsageError(
            f"boundary is {printable(str(boundary), 40)!r}, not one of {', '.join(BOUNDARIES)}.",
            "usage.choice",
            "Leave it out to take the usual one.",
        )
    for name, figure, low, high, example in (
        ("--minimal-effect", minimal_effect, 0.001, 0.999, "10%"),
        ("--power", power, 0.5, 0.999, "80%"),
        ("--alpha", alpha, 0.0001, 0.5, "5%"),
    ):
        if not low <= figure <= high:
            raise UsageError(
                f"{name} is {100 * figure:g} %, not between {100 * low:g} % and {100 * high:g} %.",
                "usage.bounds",
                f"Such as {name} {example}.",
            )
    if not 1 <= looks <= MOST_LOOKS:
        raise UsageError(
            f"--looks is {looks:,}, not between 1 and {MOST_LOOKS}.",
            "usage.bounds",
            "How often it is looked at in all, such as --looks 3 --look 1.",
        )
    at = looks if look is None else look
    if not 1 <= at <= looks:
        raise UsageError(
            f"--look is {at:,}, and {looks} {'is' if looks == 1 else 'are'} planned.",
            "usage.bounds",
            f"Between 1 and {looks}; --looks says how many are planned.",
        )
    return Ask(minimal_effect, power, alpha, looks, at, boundary)
