"""Periods side by side: categories aligned, and what changed from the first to the last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dmaic.errors import DataError
from dmaic.result import Finding, Inputs
from dmaic.stats import fold, row
from dmaic.stats.cell import Cell, add, scaled
from dmaic.stats.fold import Rule
from dmaic.stats.method import CHANGE, describe
from dmaic.stats.pareto import ComparisonRow, ParetoComparison, PeriodCell
from dmaic.stats.proportion import newcombe
from dmaic.stats.ranking import Ranking, Spec, counted

Category = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """One period.

    Attributes:
        name: as shown.
        ranking: its categories in their own order.
        cells: the same by category.
        shares: of the measure, by category.
    """

    name: str
    ranking: Ranking
    cells: Mapping[Category, Cell]
    shares: Mapping[Category, float | None]

    @classmethod
    def of(cls, name: str, ranking: Ranking) -> Period:
        """A period of a ranking."""
        amounts = [cell.amount(ranking.spec.measure) for cell in ranking.cells]
        cells = {cell.category: cell for cell in ranking.cells}
        return cls(name, ranking, cells, dict(zip(cells, row.shares(amounts), strict=True)))

    def show(self, categories: Sequence[Category]) -> PeriodCell:
        """Some categories together. What this period does not have of them is nothing."""
        total = self.ranking.total
        known = [category for category in categories if category in self.cells]
        cell = add([self.cells[category] for category in known], ())
        exposure = cell.exposure if known or total.exposure is None else 0
        rate, low, high = row.rate(cell)
        whole = any(share is not None for share in self.shares.values())
        return PeriodCell(
            churned=cell.churned,
            value=None if total.value is None else cell.value or 0.0,
            exposure=exposure,
            measured=None if total.measure is None else cell.measure or 0.0,
            share=(row.together([self.shares[category] for category in known]) or 0.0)
            if whole
            else None,
            rate=rate,
            rate_low=low,
            rate_high=high,
        )


def build(
    periods: Sequence[Period],
    spec: Spec,
    split: str,
    inputs: Inputs,
    findings: Sequence[Finding],
    method: Mapping[str, str],
) -> ParetoComparison:
    """Align two or more periods.

    Raises:
        DataError: there are fewer than two.
    """
    if len(periods) < 2:
        raise DataError(
            "A comparison needs at least two periods, and the input has "
            f"{'one' if periods else 'none'}.",
            code="compare.one-period",
            hint="Split by a shorter period or by another column.",
        )
    results = [period.ranking.result(inputs, findings, method) for period in periods]
    ordered = _align(periods, spec)
    folded = _folded(ordered, periods)
    rows = [
        _row(category, [period.show([category]) for period in periods], spec)
        for category in ordered
        if category not in folded
    ]
    if folded:
        name = fold.name(cell for period in periods for cell in period.ranking.cells)
        together = [period.show(list(folded)) for period in periods]
        rows.append(_row((name,) * len(spec.by), together, spec, len(folded)))
    own = [
        finding.model_copy(update={"message": f"{period.name}: {finding.message}"})
        for period, result in zip(periods, results, strict=True)
        for finding in result.findings[len(findings) :]
    ]
    total = add([period.ranking.total for period in periods], ())
    negative = any(finding.code == "negative-values" for finding in own)
    return ParetoComparison(
        method=describe(spec.measure, spec.unit, total, negative) | CHANGE | dict(method),
        inputs=inputs,
        findings=(*findings, *own),
        by=spec.by,
        measure=spec.measure,
        unit=spec.unit,
        value_name=spec.value_name,
        currency=spec.currency,
        split=split,
        periods=tuple(period.name for period in periods),
        totals=tuple(period.show(list(period.cells)) for period in periods),
        rows=tuple(rows),
        other_rule=spec.rules.describe(folded.values(), counted(total, spec.unit)),
        results=tuple(results),
    )


def _align(periods: Sequence[Period], spec: Spec) -> list[Category]:
    """The first period's order, then the new categories, the greatest over all periods first."""
    later: dict[Category, list[Cell]] = {}
    for period in periods[1:]:
        for category, cell in period.cells.items():
            if category not in periods[0].cells:
                later.setdefault(category, []).append(cell)
    sums = [add(cells, category) for category, cells in later.items()]
    keys = scaled([cell.amount(spec.measure) for cell in sums])
    order = sorted(zip(keys, sums, strict=True), key=lambda each: (-each[0], each[1].order))
    return [*periods[0].cells, *(cell.category for _, cell in order)]


def _folded(ordered: Sequence[Category], periods: Sequence[Period]) -> dict[Category, Rule]:
    """Categories that the rules fold in every period that has them; never a single one."""
    shown = {
        category
        for period in periods
        for category in period.cells
        if category not in period.ranking.folded
    }
    folded = {
        category: next(
            period.ranking.folded[category]
            for period in periods
            if category in period.ranking.folded
        )
        for category in ordered
        if category not in shown
    }
    return folded if len(folded) > 1 else {}


def _row(
    category: Category, cells: Sequence[PeriodCell], spec: Spec, folded: int = 0
) -> ComparisonRow:
    first, last = cells[0], cells[-1]
    change_rate = low = high = None
    if first.exposure and last.exposure:
        change_rate, low, high = newcombe(
            last.churned, last.exposure, first.churned, first.exposure
        )
    return ComparisonRow(
        category=category,
        cells=tuple(cells),
        change=_difference(_amount(last, spec), _amount(first, spec)),
        change_share=_difference(last.share, first.share),
        change_rate=change_rate,
        change_rate_low=low,
        change_rate_high=high,
        other=folded > 0,
        folded=folded,
    )


def _amount(cell: PeriodCell, spec: Spec) -> float | None:
    figures = {"customers": cell.churned, "value": cell.value}
    return figures.get(spec.measure, cell.measured)


def _difference(last: float | None, first: float | None) -> float | None:
    return None if last is None or first is None else last - first
