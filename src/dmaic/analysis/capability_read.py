"""What the capability of a file is computed from: its measures, or its counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dmaic.analysis.quality import quality
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import scan
from dmaic.analysis.series import read_series
from dmaic.analysis.series_question import SeriesQuestion
from dmaic.churn import check
from dmaic.errors import DataError
from dmaic.result import Finding, Inputs
from dmaic.stats.capability.attribute_result import AttributeCapability
from dmaic.stats.capability.counted import of_counts
from dmaic.stats.capability.index import Limits
from dmaic.stats.capability.measure import of_values
from dmaic.stats.capability.result import CapabilityResult
from dmaic.stats.capability.stability import Stability, stability_of
from dmaic.stats.control.chart import make_chart
from dmaic.stats.control.point import observe
from dmaic.stats.control.series import Series, Wish
from dmaic.text import name_list

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


@dataclass(frozen=True, slots=True)
class Asked:
    """How counts are judged.

    Attributes:
        opportunities: for a defect, a unit.
        shift: added to the sigma level.
        confidence: of the intervals.
        step: column that names the steps of a process, or empty.
    """

    opportunities: int
    shift: float
    confidence: float
    step: str


def read_measure(
    table: ChurnTable, question: SeriesQuestion, limits: Limits, confidence: float
) -> CapabilityResult:
    """Capability of a column of measures.

    Args:
        table: the opened file.
        question: with `value`.
        limits: it has to keep to.
        confidence: of the intervals.

    Raises:
        UsageError: as `read_series`.
        DataError: as `read_series`, `make_chart` and `of_values`.
    """
    taken = read_series(table, question)
    # Screening would narrow a sigma that the limits are compared with.
    chart = make_chart(taken.series, Wish(screen=False), taken.inputs)
    result = of_values(taken.series, chart, limits, confidence, taken.inputs)
    # Values of one moment stay in their order, which is all that is asked of labels here.
    findings = [each for each in taken.findings if each.code != "labels-repeat"]
    return result.model_copy(update={"findings": (*findings, *result.findings)})


def read_attribute(
    table: ChurnTable, question: SeriesQuestion, asked: Asked
) -> AttributeCapability:
    """Capability of counts: of finished ones, of lost customers by period, or of all rows.

    Args:
        table: the opened file.
        question: with `count` and `size`, with `by`, or with neither.
        asked: how they are judged.

    Raises:
        UsageError: as `read_series`.
        DataError: as `read_series` and `of_counts`.
    """
    if question.count is None and question.by is None:
        return _of_rows(table, question, asked)
    taken = read_series(table, question)
    series = taken.series
    if not series.sizes:
        raise DataError(
            "Of how many units these are is not known.",
            "capability.no-units",
            "An export that holds lost customers only tells no rate.",
            table.source.name,
        )
    several = asked.opportunities > 1 or series.data == "defects"
    series = replace(series, data="defects" if several else "defectives")
    observe(series)  # refuses figures that cannot be
    stability = None if asked.step else _stability(series)
    unit = series.unit or "units"
    if question.by is not None:
        unit = f"{unit.removesuffix('s')}-{series.period}s"
    result = of_counts(
        series.labels,
        series.values,
        series.sizes,
        opportunities=asked.opportunities,
        several=several,
        shift=asked.shift,
        confidence=asked.confidence,
        inputs=taken.inputs,
        name="lost" if question.by is not None else series.name,
        unit=unit,
        step=asked.step,
        stability=stability,
        how=_HOW_STEPS if asked.step else _HOW_POINTS,
    )
    return _with(result, taken.findings)


_HOW_STEPS = "Look at each step over time: dmaic control FILE --count COL --size COL."
_HOW_POINTS = "It takes two periods or more."
_HOW_ROWS = "Count by period: --by month."


def _stability(series: Series) -> Stability | None:
    if sum(size > 0 for size in series.sizes) < 2:
        return None
    return stability_of(make_chart(series, Wish()))


def _of_rows(table: ChurnTable, question: SeriesQuestion, asked: Asked) -> AttributeCapability:
    """Lost customers of all rows; the rows stay in SQL."""
    pareto = ParetoQuestion(
        where=question.where, since=question.since, until=question.until, accept=question.accept
    )
    try:
        plan, tally, findings = scan(table, pareto, priced=False)
    except DataError as error:
        if error.code == "role.churned-missing":
            error.hint = (
                "A measure and its limit: --value COL --usl NUMBER. Finished counts: --count COL "
                "--size COL. Lost customers: --churned COL. The columns are "
                f"{name_list(table.names)}."
            )
        raise
    groups = tally.known
    rows = sum(group.rows for group in groups)
    lost = sum(group.rows for group in groups if group.lost)
    if not rows:
        raise DataError(
            "No rows are left to judge.", "capability.no-units", where=table.source.name
        )
    found = [*table.findings, *findings]
    found += quality(table, pareto, plan, tally, groups, False)
    if lost == rows:
        found.append(check.everyone(rows))
    inputs = Inputs(
        source=table.source.name,
        rows=sum(group.rows for group in tally.groups),
        roles={"churned": plan.window.churned.label},
        readings={reading.column.name: reading.label for reading in table.readings},
        filters=plan.window.filters,
        preset=table.preset.name if table.preset is not None else None,
    )
    result = of_counts(
        [],
        [lost],
        [rows],
        opportunities=asked.opportunities,
        several=asked.opportunities > 1,
        shift=asked.shift,
        confidence=asked.confidence,
        inputs=inputs,
        name="lost",
        unit=table.unit,
        how=_HOW_ROWS,
    )
    return _with(result, check.settle(found, question.accept))


def _with(result: AttributeCapability, findings: Sequence[Finding]) -> AttributeCapability:
    return result.model_copy(update={"findings": (*findings, *result.findings)})
