"""The result of a Pareto analysis: rows, the vital few, and whether there is an effect at all."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from dmaic.result import Frozen, Result

RankBy = Literal["measure", "excess"]


def _whole(figure: object) -> object:
    return int(figure) if isinstance(figure, float) and figure.is_integer() else figure


Count = Annotated[int | float, BeforeValidator(_whole)]
"""A count: a whole number, save in a frequency table that holds fractions."""


class ParetoRow(Frozen):
    """One category.

    Shares are fractions of one. `None` means: cannot be known from this input.

    Attributes:
        category: values of the `--by` columns, in their order.
        churned: churned customers (or the count of a finished frequency table).
        value: value lost with them, in the unit of the value column.
        exposure: customers at risk, churned ones included.
        exposure_value: their value.
        measured: sum of the column named as `measure`; None when the measure is another.
        share, cumulative_share: of the ranking measure.
        share_churned, share_value: of all churned customers, of all value lost.
        rate, rate_low, rate_high: churn rate with 95 % Wilson interval.
        relative_risk, relative_risk_low, relative_risk_high: rate against the rate of the rest.
        excess: churned customers above what the average rate would lose here.
        excess_value: the same for value.
        rank_churned, rank_value, rank_excess: places from 1, equal figures share a place; None for
            "Other". The excess is of value when the measure is value.
        rank_differs: there is no place that all of these rankings can give it.
        vital_few: among the vital few.
        other: this row holds folded categories.
        folded: how many categories were folded into it.
    """

    category: tuple[str, ...]
    churned: Count
    value: float | None = None
    exposure: int | None = None
    exposure_value: float | None = None
    measured: float | None = None
    share: float | None
    cumulative_share: float | None
    share_churned: float | None = None
    share_value: float | None = None
    rate: float | None = None
    rate_low: float | None = None
    rate_high: float | None = None
    relative_risk: float | None = None
    relative_risk_low: float | None = None
    relative_risk_high: float | None = None
    excess: float | None = None
    excess_value: float | None = None
    rank_churned: int | None = None
    rank_value: int | None = None
    rank_excess: int | None = None
    rank_differs: bool = False
    vital_few: bool = False
    other: bool = False
    folded: int = 0


class Concentration(Frozen):
    """How concentrated the loss is, and whether that is more than chance or size explains.

    Attributes:
        gini: Gini coefficient of the ranking measure over all categories, 0 (equal) to 1.
        few: the vital few: categories needed to reach the cutoff, before folding.
        categories: all categories with or without loss, before folding.
        few_share: what the few make together of the measure, a fraction; of all positive excess
            when the rows are ranked by excess.
        test: what the chi-square test compared with.
        statistic, df, p_value: of that test; None when it cannot be made, `note` says why.
        effect: there is a Pareto effect: few categories make most of it, by more than chance and
            not only because they are large.
        verdict: one or two sentences in plain words.
        note: what limits the test, or empty.
    """

    gini: float | None
    few: int
    categories: int
    few_share: float | None
    test: Literal["equal shares", "exposure"] | None = None
    statistic: float | None = None
    df: int | None = None
    p_value: float | None = None
    effect: bool = False
    verdict: str = ""
    note: str = ""


class ParetoResult(Result):
    """Which few categories make most of the loss.

    Attributes:
        by: names of the columns that make a category.
        measure: what the rows are ranked by and the shares are of: `customers`, `value` or the
            name of a column.
        rank_by: `measure`, or `excess`.
        cutoff: per cent that the vital few reach together.
        unit: what is counted, plural: `customers`, `subscriptions`, `rows`, or the count column.
        value_name: name of the value column, or None.
        currency: its currency, or None.
        total_churned, total_value, total_exposure, total_exposure_value, total_measured: over all
            categories.
        rows: ranked; "Other" last.
        other_rule: which rule made "Other", in words, or empty.
        concentration: gini, vital few, flatness test, verdict.
        drills: for each vital category, the same analysis one level down (`--drill`).
    """

    kind: str = "pareto"
    by: tuple[str, ...]
    measure: str
    rank_by: RankBy = "measure"
    cutoff: float
    unit: str = "customers"
    value_name: str | None = None
    currency: str | None = None
    total_churned: Count
    total_value: float | None = None
    total_exposure: int | None = None
    total_exposure_value: float | None = None
    total_measured: float | None = None
    rows: tuple[ParetoRow, ...]
    other_rule: str = ""
    concentration: Concentration
    drills: tuple[Drill, ...] = ()

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a category, figures unrounded; one column for each `by` column."""
        fields = tuple(name for name in ParetoRow.model_fields if name != "category")
        rows = [(*row.category, *(getattr(row, name) for name in fields)) for row in self.rows]
        return (*_distinct(self.by, fields), *fields), rows


class Drill(Frozen):
    """One vital category, opened one level down."""

    category: tuple[str, ...]
    result: ParetoResult


class PeriodCell(Frozen):
    """One category in one period: as in `ParetoRow`, shares within the period."""

    churned: Count
    value: float | None = None
    exposure: int | None = None
    measured: float | None = None
    share: float | None = None
    rate: float | None = None
    rate_low: float | None = None
    rate_high: float | None = None


class ComparisonRow(Frozen):
    """One category over the periods; changes are last period minus first.

    Attributes:
        category: values of the `--by` columns.
        cells: one a period, in the order of `ParetoComparison.periods`.
        change: in the measure; `change_share` in share; `change_rate` in rate, with its 95 %
            Newcombe interval `change_rate_low`, `change_rate_high`.
    """

    category: tuple[str, ...]
    cells: tuple[PeriodCell, ...]
    change: float | None = None
    change_share: float | None = None
    change_rate: float | None = None
    change_rate_low: float | None = None
    change_rate_high: float | None = None
    other: bool = False
    folded: int = 0


class ParetoComparison(Result):
    """The same Pareto in two or more periods, categories aligned on the first period's order.

    Attributes:
        by, measure, unit, value_name, currency: as in `ParetoResult`.
        split: what made the periods: `files`, `month`, `quarter` or a column name.
        periods: their names.
        totals: over all categories, one a period.
        rows: aligned; "Other" last.
        other_rule: which rule made "Other", in words, or empty.
        results: the whole Pareto of each period.
    """

    kind: str = "pareto-comparison"
    by: tuple[str, ...]
    measure: str
    unit: str = "customers"
    value_name: str | None = None
    currency: str | None = None
    split: str
    periods: tuple[str, ...]
    totals: tuple[PeriodCell, ...]
    rows: tuple[ComparisonRow, ...]
    other_rule: str = ""
    results: tuple[ParetoResult, ...]

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a category and period, figures unrounded."""
        fields = ("period", *PeriodCell.model_fields)
        rows = [
            (*row.category, period, *(getattr(cell, name) for name in PeriodCell.model_fields))
            for row in self.rows
            for period, cell in zip(self.periods, row.cells, strict=True)
        ]
        return (*_distinct(self.by, fields), *fields), rows


def _distinct(by: tuple[str, ...], fields: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the `by` columns, changed where a figure has the same name."""
    return tuple(f"{name} (by)" if name in fields else name for name in by)
