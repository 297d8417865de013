"""The Pareto analysis: rank categories by what was lost in them, once or over periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmaic.result import Finding, Inputs
from dmaic.stats import comparison
from dmaic.stats.cell import Cell
from dmaic.stats.fold import Rules
from dmaic.stats.pareto import ParetoComparison, ParetoResult, RankBy
from dmaic.stats.ranking import Ranking, Spec

__all__ = ["Cell", "compare", "rank"]


def rank(
    cells: Sequence[Cell],
    *,
    by: Sequence[str],
    inputs: Inputs,
    measure: str = "customers",
    rank_by: RankBy = "measure",
    cutoff: float = 80.0,
    top: int | None = None,
    other_after: float | None = None,
    min_size: float | None = None,
    unit: str = "customers",
    value_name: str | None = None,
    currency: str | None = None,
    findings: Sequence[Finding] = (),
    method: Mapping[str, str] | None = None,
) -> ParetoResult:
    """The Pareto analysis of categories; docs/pareto.md tells how each figure is computed.

    Args:
        cells: one a category, in any order; cells of the same category are added up.
        by: names of the columns that make a category.
        inputs: what the cells were computed from.
        measure: `customers`, `value`, or the name of the column that `Cell.measure` sums.
        rank_by: `measure`, or `excess` (of value when the measure is value, else of customers).
        cutoff: per cent that the vital few reach together, the one that reaches it included.
        top: fold categories beyond this many into "Other".
        other_after: fold those after the one that reaches this cumulative share, in per cent.
        min_size: fold those with fewer customers at risk, or lost where that is not known.
        unit: what is counted, plural.
        value_name: the value column.
        currency: its currency.
        findings: of the input, to be passed on.
        method: further definitions, to be passed on.

    Raises:
        UsageError: an option is out of range, or needs what the input does not have.
        DataError: a figure is not finite, or more are lost than there were.
    """
    spec = Spec(
        tuple(by),
        measure,
        rank_by,
        cutoff,
        Rules(min_size, other_after, top),
        unit,
        value_name,
        currency,
    )
    return Ranking.of(cells, spec).result(inputs, findings, method or {})


def compare(
    periods: Sequence[tuple[str, Sequence[Cell]]],
    *,
    split: str,
    by: Sequence[str],
    inputs: Inputs,
    measure: str = "customers",
    rank_by: RankBy = "measure",
    cutoff: float = 80.0,
    top: int | None = None,
    other_after: float | None = None,
    min_size: float | None = None,
    unit: str = "customers",
    value_name: str | None = None,
    currency: str | None = None,
    findings: Sequence[Finding] = (),
    method: Mapping[str, str] | None = None,
) -> ParetoComparison:
    """The same Pareto analysis in two or more periods, the categories aligned.

    The categories stand in the order of the first period; those that it does not have come after,
    the greatest over all periods first. A category missing in a period has nothing there. A
    category is folded into "Other" only where the rules fold it in every period, so that one that
    became large is seen.

    Args:
        periods: name and cells of each period, in order of time.
        split: what made the periods: `files`, `month`, `quarter` or a column name.
        by: names of the columns that make a category.
        inputs: what the cells were computed from.
        measure: what the shares are of, as in `rank`.
        rank_by: as in `rank`.
        cutoff: as in `rank`, within each period.
        top: as in `rank`.
        other_after: as in `rank`.
        min_size: as in `rank`.
        unit: what is counted, plural.
        value_name: the value column.
        currency: its currency.
        findings: of the input, to be passed on.
        method: further definitions, to be passed on.

    Raises:
        UsageError: an option is out of range, or needs what the input does not have.
        DataError: there are fewer than two periods, or a figure is impossible.
    """
    spec = Spec(
        tuple(by),
        measure,
        rank_by,
        cutoff,
        Rules(min_size, other_after, top),
        unit,
        value_name,
        currency,
    )
    each = [comparison.Period.of(name, Ranking.of(cells, spec)) for name, cells in periods]
    return comparison.build(each, spec, split, inputs, findings, method or {})
