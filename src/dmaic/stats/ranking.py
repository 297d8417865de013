"""Categories put in order: what is asked of a Pareto analysis, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dmaic.errors import Problem, UsageError
from dmaic.result import Finding, Inputs
from dmaic.stats import fold, row
from dmaic.stats.caution import lost_only, negative_values, too_many
from dmaic.stats.cell import Cell, add, merge, parts, running, scaled
from dmaic.stats.concentration import Few, judge
from dmaic.stats.fold import Rule, Rules
from dmaic.stats.method import describe
from dmaic.stats.pareto import ParetoResult, ParetoRow, RankBy
from dmaic.stats.risk_set import of_lost_only, without_exposure
from dmaic.stats.verdict import lost
from dmaic.text import printable


@dataclass(frozen=True, slots=True)
class Spec:
    """What is asked of a Pareto analysis; the arguments of `rank` with the same names.

    Raises:
        UsageError: an option is out of range; all of them are reported.
    """

    by: tuple[str, ...]
    measure: str = "customers"
    rank_by: RankBy = "measure"
    cutoff: float = 80.0
    rules: Rules = field(default_factory=Rules)
    unit: str = "customers"
    value_name: str | None = None
    currency: str | None = None

    def __post_init__(self) -> None:
        rules, problems = self.rules, []
        if not 0 < self.cutoff <= 100:
            problems.append(_out("cutoff", self.cutoff, "per cent above 0, up to 100", "80"))
        if rules.top is not None and rules.top < 1:
            problems.append(_out("top", rules.top, "categories, 1 or more", "10"))
        if rules.other_after is not None and not 0 < rules.other_after <= 100:
            problems.append(
                _out("other-after", rules.other_after, "per cent above 0, up to 100", "95")
            )
        if rules.min_size is not None and not rules.min_size >= 0:
            problems.append(_out("min-size", rules.min_size, "customers, 0 or more", "30"))
        if problems:
            raise UsageError.of(problems)


def _out(option: str, given: float, wanted: str, example: str) -> Problem:
    return Problem(
        f"usage.{option}",
        f"--{option} {given:.10g} is out of range: it is a number of {wanted}.",
        f"For example --{option} {example}.",
    )


@dataclass(frozen=True, slots=True)
class Ranking:
    """Categories in the order of the ranking, before and after folding.

    Attributes:
        spec: what was asked.
        cells: all categories, in order.
        figures: what the order goes by, negative ones as 0.
        total: sum of the cells.
        folded: those that rules would fold, even if it is only one.
        lost_only: the `--by` column that is filled in for the lost alone, or None.
    """

    spec: Spec
    cells: Sequence[Cell]
    figures: Sequence[float]
    total: Cell
    folded: Mapping[tuple[str, ...], Rule]
    lost_only: str | None = None

    @classmethod
    def of(cls, cells: Sequence[Cell], spec: Spec) -> Ranking:
        """Merge, order and split cells.

        Raises:
            UsageError: the input does not have what the options need.
            DataError: a figure is not finite, or more are lost than there were.
        """
        merged, total = merge(cells)
        position = of_lost_only(merged)
        if position is not None:
            merged, total = merge(without_exposure(merged))
        if merged:
            _require(total, spec)
        figures = [_figure(cell, total, spec) for cell in merged]
        keys = scaled(figures)
        # Merged cells are in alphabetical order, and the sort keeps it where keys are equal.
        order = sorted(range(len(merged)), key=lambda index: -keys[index])
        ranked = [merged[index] for index in order]
        positive, _ = parts([figures[index] for index in order])
        folded = spec.rules.fold(ranked, spec.measure)
        filled = None if position is None else spec.by[position]
        return cls(spec, ranked, positive, total, folded, filled)

    def result(
        self, inputs: Inputs, findings: Sequence[Finding], method: Mapping[str, str]
    ) -> ParetoResult:
        """The whole answer."""
        spec, total = self.spec, self.total
        folded = self.folded if len(self.folded) > 1 else {}
        negative = negative_values(
            self.cells,
            {"churned": spec.unit, "value": spec.value_name or "value", "measure": spec.measure},
        )
        return ParetoResult(
            method=describe(spec.measure, spec.unit, total, bool(negative)) | dict(method),
            inputs=inputs,
            findings=(
                *findings,
                *lost_only(self.lost_only),
                *negative,
                *too_many(folded, spec.by),
            ),
            by=spec.by,
            measure=spec.measure,
            rank_by=spec.rank_by,
            cutoff=spec.cutoff,
            unit=spec.unit,
            value_name=spec.value_name,
            currency=spec.currency,
            total_churned=total.churned,
            total_value=total.value,
            total_exposure=total.exposure,
            total_exposure_value=total.exposure_value,
            total_measured=total.measure,
            rows=tuple(self._rows(folded)),
            other_rule=spec.rules.describe(folded.values(), counted(total, spec.unit)),
            concentration=judge(
                self.cells,
                self.figures,
                measure=spec.measure,
                cutoff=spec.cutoff,
                unit=spec.unit,
                rank_by=spec.rank_by,
                by=spec.by,
            ),
        )

    def _rows(self, folded: Mapping[tuple[str, ...], Rule]) -> list[ParetoRow]:
        cells, spec, total = self.cells, self.spec, self.total
        amounts = [cell.amount(spec.measure) for cell in cells]
        columns: dict[str, list[float | None]] = {
            "share": row.shares(amounts),
            "share_churned": row.shares([cell.churned for cell in cells]),
            "share_value": row.shares([cell.value or 0.0 for cell in cells])
            if total.value is not None
            else [None] * len(cells),
        }
        kept = [index for index, cell in enumerate(cells) if cell.category not in folded]
        rest = [index for index, cell in enumerate(cells) if cell.category in folded]
        positive, whole = parts(amounts)
        printed = [positive[index] for index in kept]
        sums = [min(1.0, sum_ / whole) if whole > 0 else None for sum_ in running(printed)]
        places = _places(cells, total, spec)
        few = Few.of(cells, self.figures, spec.cutoff / 100)
        vital = {cell.category for cell in few.cells}
        rows = []
        for index, cumulative in zip(kept, sums, strict=True):
            cell = cells[index]
            held = {ranking: each[index] for ranking, each in places.items()}
            said = _figures(cell, total)
            said |= {name: column[index] for name, column in columns.items()}
            said |= {ranking: first for ranking, (first, _) in held.items()}
            rows.append(
                ParetoRow(
                    **said,
                    category=cell.category,
                    cumulative_share=cumulative,
                    rank_differs=row.disagree(list(held.values())),
                    vital_few=cell.category in vital,
                )
            )
        if rest:
            other = add([cells[index] for index in rest], (fold.name(cells),) * len(spec.by))
            said = _figures(other, total)
            for name, column in columns.items():
                said[name] = row.together([column[index] for index in rest])
            rows.append(
                ParetoRow(
                    **said,
                    category=other.category,
                    cumulative_share=1.0 if whole > 0 else None,
                    other=True,
                    folded=len(rest),
                )
            )
        return rows


def _figures(cell: Cell, total: Cell) -> dict[str, Any]:
    """What a row says of a category or of several together, apart from order and shares."""
    rate, rate_low, rate_high = row.rate(cell)
    risk, risk_low, risk_high = row.risk(cell, total)
    return {
        "churned": cell.churned,
        "value": cell.value,
        "exposure": cell.exposure,
        "exposure_value": cell.exposure_value,
        "measured": cell.measure,
        "rate": rate,
        "rate_low": rate_low,
        "rate_high": rate_high,
        "relative_risk": risk,
        "relative_risk_low": risk_low,
        "relative_risk_high": risk_high,
        "excess": row.excess(cell, total),
        "excess_value": row.excess_value(cell, total),
    }


def _figure(cell: Cell, total: Cell, spec: Spec) -> float:
    """The figure that the order goes by."""
    return _excess(cell, total, spec) if spec.rank_by == "excess" else cell.amount(spec.measure)


def _excess(cell: Cell, total: Cell, spec: Spec) -> float:
    above = row.excess_value(cell, total) if spec.measure == "value" else row.excess(cell, total)
    return above or 0.0


def _places(cells: Sequence[Cell], total: Cell, spec: Spec) -> dict[str, list[tuple[int, int]]]:
    """Places in each ranking that the input allows."""
    held = {"rank_churned": row.places([cell.churned for cell in cells])}
    if total.value is not None:
        held["rank_value"] = row.places([cell.value or 0.0 for cell in cells])
    if total.exposure:
        by_value = spec.measure == "value" and bool(total.exposure_value)
        figures = [
            (row.excess_value(cell, total) if by_value else row.excess(cell, total)) or 0.0
            for cell in cells
        ]
        held["rank_excess"] = row.places(figures)
    return held


def _require(total: Cell, spec: Spec) -> None:
    """Raise if the input lacks what the measure or the ranking needs."""
    known = {"customers": total.churned, "value": total.value}.get(spec.measure, total.measure)
    if known is None:
        raise UsageError(
            f"--measure {printable(spec.measure, 60)} needs amounts, and the input has none.",
            code="usage.measure",
            hint="Name the column that holds them: --value COLUMN, or --measure COLUMN.",
        )
    if spec.rank_by == "excess":
        if not total.exposure:
            raise UsageError(
                f"The excess cannot be known: the input does not say how many {spec.unit} each "
                "category has, only how many of them are lost.",
                code="usage.rank-by",
                hint="Take an export with all customers, not only the lost ones; "
                "or leave --rank-by out.",
            )
        if spec.measure == "value" and not (total.exposure_value or 0) > 0:
            raise UsageError(
                "The excess of value cannot be known: the input does not say what all customers "
                "are worth.",
                code="usage.rank-by",
                hint="Use --measure customers with --rank-by excess.",
            )


def counted(total: Cell, unit: str) -> str:
    """What `--min-size` counts, in words."""
    return lost("customers", unit) if total.exposure is None else unit
