"""`pareto`: which few categories make most of the loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

from dmaic.analysis.evidence import Evidence, gather
from dmaic.analysis.frequency import frequency_cells
from dmaic.analysis.period import period_cells, span, unequal_spans
from dmaic.analysis.question import ParetoQuestion, check_question
from dmaic.analysis.said import Said, opening
from dmaic.churn.check import settle
from dmaic.churn.export import Opening, open_export
from dmaic.errors import UsageError
from dmaic.result import Finding, Inputs
from dmaic.stats import rank as ranking
from dmaic.stats.cell import Cell
from dmaic.stats.pareto import Drill, ParetoComparison, ParetoResult, RankBy
from dmaic.stats.risk_set import with_rates, without_exposure

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress


def pareto(
    source: object,
    by: str | Sequence[str] = (),
    *,
    measure: str = "customers",
    rank_by: RankBy = "measure",
    cutoff: float = 80.0,
    top: int | None = None,
    other_after: float | None = None,
    min_size: int | None = None,
    where: str | None = None,
    since: str | None = None,
    until: str | None = None,
    compare: object = None,
    split: str | None = None,
    drill: str | None = None,
    category: str | None = None,
    count: str | None = None,
    value_each: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> ParetoResult | ParetoComparison:
    """Rank the categories of an export by the customers or the money lost with them.

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame.
        by: one or more columns, roles or bands (`"segment"`, `"tenure:0,3,12"`, `"lifecycle"`).
        measure: `customers`, `value`, or the name of a numeric column that is summed over the lost.
        rank_by: `measure`, or `excess`: the loss above what the average rate would bring.
        cutoff: per cent that the vital few reach together.
        top: show so many categories, fold the rest into "Other".
        other_after: fold what comes after this cumulative per cent.
        min_size: fold categories with fewer customers than this.
        where: SQL condition over the columns, such as `"plan = 'Pro' and mrr > 20"`.
        since: first day of the churn dates looked at (`2025-12-31`, `2025-12`, `2025`).
        until: last day of them, included.
        compare: a second export, the time after; gives a `ParetoComparison`.
        split: `month`, `quarter` or a column; gives a `ParetoComparison`.
        drill: open each vital category by this column.
        category: column of the categories of a finished frequency table, instead of `by`.
        count: column of its counts.
        value_each: in a frequency table, the column of what one unit costs.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`.

    Returns:
        A `ParetoResult`; with `compare` or `split` a `ParetoComparison`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: it cannot be analysed so; all problems found are reported together.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    question = ParetoQuestion(
        by=(by,) if isinstance(by, str) else tuple(by),
        measure=measure,
        rank_by=rank_by,
        cutoff=cutoff,
        top=top,
        other_after=other_after,
        min_size=min_size,
        where=where,
        since=since,
        until=until,
        split=split,
        drill=drill,
        category=category,
        count=count,
        value_each=value_each,
        accept=tuple(accept),
    )
    check_question(question, compare)
    ways = opening(**said)
    if compare is None:
        with open_export(source, ways, progress=progress) as table:
            return _answer(table, question, fingerprint)
    return _compare(source, compare, ways, question, fingerprint, progress)


def _answer(
    table: ChurnTable, question: ParetoQuestion, fingerprint: bool
) -> ParetoResult | ParetoComparison:
    if question.category is not None:
        evidence = frequency_cells(table, question)
    elif question.split is not None:
        return _split(table, question, fingerprint)
    else:
        evidence = gather(table, question)
    findings = settle(evidence.findings, question.accept)
    result = _rank(evidence, question, findings, evidence.inputs(table, fingerprint))
    if question.drill:
        result = result.model_copy(update={"drills": _drills(evidence, question, result)})
    return with_rates(result, evidence.rates) if evidence.rates else result


def _rank(
    evidence: Evidence,
    question: ParetoQuestion,
    findings: tuple[Finding, ...],
    inputs: Inputs,
) -> ParetoResult:
    return ranking.rank(
        evidence.cells, inputs=inputs, findings=findings, **_options(evidence, question)
    )


def _options(evidence: Evidence, question: ParetoQuestion) -> dict[str, Any]:
    """What one ranking and a comparison of several are asked alike."""
    return {
        "by": evidence.by,
        "measure": question.measure,
        "rank_by": question.rank_by,
        "cutoff": question.cutoff,
        "top": question.top,
        "other_after": question.other_after,
        "min_size": question.min_size,
        "unit": evidence.unit,
        "value_name": evidence.value_name,
        "currency": evidence.currency,
    }


def _drills(
    evidence: Evidence, question: ParetoQuestion, result: ParetoResult
) -> tuple[Drill, ...]:
    drills = []
    for row in result.rows:
        if not row.vital_few or row.other:
            continue
        inside = evidence.drilled[row.category]
        if result.total_exposure is None:
            inside = tuple(without_exposure(inside))
        within = replace(evidence, cells=inside, by=(evidence.drill,))
        inner = _rank(within, question, (), result.inputs)
        drills.append(Drill(category=row.category, result=inner))
    return tuple(drills)


def _split(table: ChurnTable, question: ParetoQuestion, fingerprint: bool) -> ParetoComparison:
    evidence, periods = period_cells(table, question)
    findings = settle(evidence.findings, question.accept)
    return _compared(
        periods,
        evidence,
        question,
        question.split or "",
        findings,
        evidence.inputs(table, fingerprint),
    )


def _compare(
    before: object,
    after: object,
    ways: Opening,
    question: ParetoQuestion,
    fingerprint: bool,
    progress: Progress | None,
) -> ParetoComparison:
    found, spans = [], []
    for source in (before, after):
        with open_export(source, ways, progress=progress) as table:
            evidence = gather(table, question)
            settle(evidence.findings, question.accept)
            name = table.source.name
            found.append((name, evidence, evidence.inputs(table, fingerprint)))
            spans.append(span(table, question))
    (name, first, inputs), (other, second, later) = found
    if first.currency and second.currency and first.currency != second.currency:
        raise UsageError(
            f"The files are in different currencies, {first.currency} and {second.currency}.",
            code="finding.mixed-currencies",
            hint="Compare files of one currency.",
        )
    names = (name, other) if name != other else ("before", "after")
    inputs = inputs.model_copy(
        update={"source": f"{name} / {other}", "rows": inputs.rows + later.rows}
    )
    both = (*first.findings, *second.findings, *unequal_spans(names, spans))
    findings = settle(both, question.accept)
    return _compared(
        list(zip(names, (first.cells, second.cells), strict=True)),
        first,
        question,
        "files",
        findings,
        inputs,
    )


def _compared(
    periods: Sequence[tuple[str, Sequence[Cell]]],
    evidence: Evidence,
    question: ParetoQuestion,
    split: str,
    findings: tuple[Finding, ...],
    inputs: Inputs,
) -> ParetoComparison:
    return ranking.compare(
        periods,
        split=split,
        inputs=inputs,
        findings=findings,
        **_options(evidence, question),
    )
