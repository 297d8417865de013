"""`benefit_measure`: what really came back, against what would have been without the fix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from dmaic.analysis.ledger import LedgerQuestion, read_ledger
from dmaic.analysis.said import Said, opening
from dmaic.analysis.treated import find_sides, left_out
from dmaic.analysis.two_exports import both_inputs, of_after, same_kind
from dmaic.churn.export import open_export
from dmaic.errors import DmaicError, UsageError
from dmaic.money.benefit_measure import BenefitMeasureResult, Scale
from dmaic.money.ledger import Ledger
from dmaic.money.measure import measure
from dmaic.money.measure_finding import finding_of, window_findings
from dmaic.money.measure_method import ASSUMPTIONS, methods
from dmaic.money.measure_side import Sides
from dmaic.result import Finding
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress

SCALES: tuple[Scale, ...] = ("ratio", "additive")


def benefit_measure(
    source: object,
    *,
    after: object,
    segments: Sequence[str] = (),
    by: str | Sequence[str] = (),
    untouched: Sequence[str] = (),
    leave_out: Sequence[str] = (),
    with_blank: bool = False,
    scale: Scale = "ratio",
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
) -> BenefitMeasureResult:
    """Measure the effect of a fix against a baseline and against untouched customers.

    Args:
        source: the export before: the frozen baseline.
        after: the export after; may be the same one where both windows are given.
        segments: those that the fix reached; none tells the raw change only.
        by: column, role or band that holds the segments; none takes the segment column.
        untouched: segments to compare with; none takes all others but the blank one.
        leave_out: segments that are neither, as another fix reached them.
        with_blank: customers without a segment are compared with too.
        scale: `ratio`: without the fix the treated would have changed in proportion as the
            untouched did; `additive`: by as many points.
        where: SQL condition over the columns of both exports.
        since: first month of the baseline (`2024-01`); None takes the first of the export.
        until: last month of it, included.
        after_since: first month after.
        after_until: last month after, included.
        month: column of months, where each row is a customer's month.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of both sources into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset of both; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: a source cannot be read as a table.
        DataError: `measure.*`, or it cannot be analysed so.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    if scale not in SCALES:
        raise UsageError(
            f"scale is {printable(str(scale), 40)!r}, not one of {', '.join(SCALES)}.",
            code="usage.choice",
            hint="Leave it out to compare in proportion.",
        )
    question = LedgerQuestion(
        by=(by,) if isinstance(by, str) else tuple(by),
        where=where,
        since=since,
        until=until,
        accept=tuple(accept),
        month=month,
    )
    ways = opening(**said)
    with open_export(source, ways, progress=progress) as table:
        if not question.by and (segments or table.roles.get("segment") is not None):
            question = replace(question, by=("segment",))
        before, whole = _before(table, question, fingerprint)
    later = replace(question, since=after_since, until=after_until)
    with open_export(after, ways, progress=progress) as table:
        try:
            now = read_ledger(table, later, fingerprint=fingerprint)
        except DmaicError as error:
            raise of_after(error) from None
    same_kind(before, now)
    sides = find_sides(
        before, now, whole, segments, untouched, with_blank=with_blank, leave_out=leave_out
    )
    chosen, found = _scale(sides, scale)
    result = measure(
        sides,
        chosen,
        inputs=both_inputs(before, now),
        method=methods(chosen, treated=bool(sides.treated), money=sides.has_money),
        assumptions=ASSUMPTIONS if sides.treated else (),
    )
    findings = dict.fromkeys(
        (
            *before.findings,
            *now.findings,
            *window_findings(sides),
            *left_out(sides, with_blank=with_blank, chosen=bool(untouched)),
            *found,
            *finding_of(result, sides),
        )
    )
    return result.model_copy(update={"findings": tuple(findings)})


def _before(
    table: ChurnTable, question: LedgerQuestion, fingerprint: bool
) -> tuple[Ledger, Ledger | None]:
    """The baseline; and all months of the export, where the baseline is a part of them."""
    ledger = read_ledger(table, question, fingerprint=fingerprint)
    if question.since is None and question.until is None:
        return ledger, None
    try:
        whole = read_ledger(table, replace(question, since=None, until=None), fingerprint=False)
    except DmaicError:
        return ledger, None
    names = [span.name for span in whole.spans]
    inside = all(span.name in names for span in ledger.spans)
    return ledger, whole if inside else None


def _scale(sides: Sides, scale: Scale) -> tuple[Scale, list[Finding]]:
    """The scale asked for, or the additive one where there is no ratio."""
    lost = [sum(side.events for side in pair) for pair in
            zip(*sides.pairs(sides.untouched), strict=True)]  # fmt: skip
    if scale == "additive" or all(lost):
        return scale, []
    side = "before" if not lost[0] else "after"
    return "additive", [
        Finding(
            code="no-ratio",
            level="warning",
            message=f"No untouched customer was lost {side}, so the untouched have no ratio of "
            "rates; the counterfactual is made of differences.",
            hint="Compare with more customers, or over more months.",
        )
    ]
