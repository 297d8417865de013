from __future__ import annotations

from math import inf, nan

import pytest

from dmaic.errors import DataError, UsageError
from dmaic.result import Finding, Inputs
from dmaic.stats.fold import LIMIT
from dmaic.stats.pareto import ParetoResult
from dmaic.stats.rank import Cell, rank
from dmaic.text import BLANK

INPUTS = Inputs(source="t")


def pareto(cells: list[Cell], **options: object) -> ParetoResult:
    return rank(cells, by=["segment"], inputs=INPUTS, **options)  # type: ignore[arg-type]


def counts(**figures: float) -> list[Cell]:
    return [Cell((name,), figure) for name, figure in figures.items()]


def names(result: ParetoResult) -> list[str]:
    return [row.category[0] for row in result.rows]


def test_ties_without_case_then_exact() -> None:
    assert names(pareto(counts(b=5, C=5, a=5, A=5, B=5))) == ["A", "a", "B", "b", "C"]


def test_sums_that_differ_by_rounding_tie() -> None:
    cells = [Cell(("b",), 1, 0.1 + 0.2), Cell(("a",), 1, 0.3), Cell(("c",), 1, 0.1)]
    result = pareto(cells, measure="value")
    assert names(result) == ["a", "b", "c"]
    assert [row.rank_value for row in result.rows] == [1, 1, 3]


def test_places_are_shared_and_disagreement_is_marked() -> None:
    cells = [
        Cell(("a",), 50, 10.0, 100, 20.0),
        Cell(("b",), 40, 90.0, 400, 900.0),
        Cell(("c",), 40, 5.0, 4000, 500.0),
    ]
    rows = pareto(cells).rows
    assert [(row.rank_churned, row.rank_value, row.rank_excess) for row in rows] == [
        (1, 2, 1),
        (2, 1, 2),
        (2, 3, 3),
    ]
    # c is second to third by churned, so third fits all; the others find no such place.
    assert [row.rank_differs for row in rows] == [True, True, False]


def test_rank_by_excess() -> None:
    cells = [
        Cell(("big",), 100, exposure=2000),
        Cell(("bad",), 60, exposure=200),
        Cell(("good",), 40, exposure=1800),
    ]
    result = pareto(cells, rank_by="excess")
    # Overall rate 200 / 4000 = 0.05, so the expected counts are 100, 10 and 90.
    assert [(row.category[0], row.excess) for row in result.rows] == [
        ("bad", 50),
        ("big", 0),
        ("good", -50),
    ]
    assert [row.vital_few for row in result.rows] == [True, False, False]
    assert [row.share for row in result.rows] == [0.3, 0.5, 0.2]
    assert [row.cumulative_share for row in result.rows] == [0.3, 0.8, 1]


def test_rank_by_excess_of_value() -> None:
    cells = [
        Cell(("a",), 10, 100.0, 100, 1000.0),
        Cell(("b",), 10, 300.0, 100, 1000.0),
    ]
    result = pareto(cells, measure="value", rank_by="excess")
    assert [(row.category[0], row.excess_value) for row in result.rows] == [("b", 100), ("a", -100)]
    assert [row.rank_excess for row in result.rows] == [1, 2]


def test_a_named_column_as_measure() -> None:
    cells = [Cell(("a",), 5, measure=10.0), Cell(("b",), 1, measure=90.0)]
    result = pareto(cells, measure="seats")
    assert names(result) == ["b", "a"]
    assert [row.measured for row in result.rows] == [90, 10]
    assert result.total_measured == 100
    assert result.rows[0].share == 0.9
    assert result.rows[0].share_churned == pytest.approx(1 / 6)
    assert "90.0 % of the seats" in result.concentration.verdict


def test_without_exposure_there_are_no_rates() -> None:
    row = pareto(counts(a=5, b=1)).rows[0]
    assert (row.rate, row.rate_low, row.relative_risk, row.excess) == (None,) * 4
    assert "rate" not in pareto(counts(a=5, b=1)).method


def test_exposure_unknown_for_one_is_unknown_for_all() -> None:
    result = pareto([Cell(("a",), 5, exposure=10), Cell(("b",), 5)])
    assert result.total_exposure is None
    assert all(row.exposure is None for row in result.rows)


def test_value_unknown_for_one_is_none_of_it() -> None:
    result = pareto([Cell(("a",), 5, 10.0), Cell(("b",), 5)])
    assert [row.value for row in result.rows] == [10, 0]


def test_category_without_customers() -> None:
    rows = pareto([Cell(("a",), 5, exposure=10), Cell(("b",), 0, exposure=0)]).rows
    assert (rows[1].rate, rows[1].relative_risk, rows[1].excess) == (None, None, 0)
    assert rows[0].relative_risk is None


def test_top_folds_the_rest() -> None:
    result = pareto(counts(a=5, b=4, c=3, d=2, e=1), top=2)
    assert names(result) == ["a", "b", "Other"]
    last = result.rows[-1]
    assert (last.churned, last.folded, last.other, last.vital_few) == (6, 3, True, False)
    assert (last.rank_churned, last.cumulative_share) == (None, 1)
    assert result.other_rule == "3 categories beyond the number of 2 categories"


def test_one_category_is_never_folded() -> None:
    assert names(pareto(counts(a=5, b=4, c=3), top=2)) == ["a", "b", "c"]


def test_other_after_keeps_the_one_that_reaches_it() -> None:
    result = pareto(counts(A=50, B=30, C=10, D=5, E=5), other_after=80)
    assert names(result) == ["A", "B", "Other"]
    assert result.other_rule == "3 categories after the cumulative share of 80 %"


def test_min_size_looks_at_exposure() -> None:
    cells = [
        Cell(("a",), 9, exposure=10),
        Cell(("b",), 5, exposure=100),
        Cell(("c",), 4, exposure=12),
    ]
    result = pareto(cells, min_size=20)
    # Other is last though it is the greatest.
    assert [(row.category[0], row.churned) for row in result.rows] == [("b", 5), ("Other", 13)]
    assert result.other_rule == "2 categories with a size below 20 customers"


def test_min_size_looks_at_losses_where_exposure_is_unknown() -> None:
    result = pareto(counts(a=50, b=3, c=2), min_size=4)
    assert result.other_rule == "2 categories with a size below 4 churned customers"


def test_rules_together_say_which_folded_what() -> None:
    result = pareto(counts(a=50, b=20, c=20, d=6, e=2, f=2), min_size=3, top=2)
    assert names(result) == ["a", "b", "Other"]
    assert result.other_rule == (
        "4 categories: 2 beyond the number of 2 categories, 2 with a size below 3 churned customers"
    )


def test_blanks_are_never_folded() -> None:
    cells = [*counts(a=50, b=20, c=20, d=6), Cell((BLANK,), 1)]
    result = pareto(cells, top=1, min_size=2, other_after=10)
    assert names(result) == ["a", BLANK, "Other"]
    assert result.rows[1].cumulative_share == pytest.approx(51 / 97)


def test_other_in_the_data_is_not_the_fold() -> None:
    result = pareto(counts(a=50, other=20, c=5, d=5), top=2)
    assert names(result) == ["a", "other", "Other (folded)"]
    assert [row.other for row in result.rows] == [False, False, True]


def test_other_of_two_columns() -> None:
    cells = [Cell((a, b), 5) for a in "xy" for b in "pq"]
    result = rank(cells, by=["segment", "plan"], inputs=INPUTS, top=1)
    assert result.rows[-1].category == ("Other", "Other")
    header, records = result.records()
    assert header[:2] == ("segment", "plan")
    assert records[-1][:2] == ("Other", "Other")


def test_too_many_categories_are_folded_with_a_finding() -> None:
    cells = [Cell((f"{index:05}",), 1) for index in range(10_000)]
    result = pareto(cells)
    assert len(result.rows) == LIMIT + 1
    assert result.rows[-1].folded == 9000
    assert result.concentration.categories == 10_000
    (finding,) = result.findings
    assert (finding.code, finding.level, finding.count) == ("categories-folded", "warning", 9000)


def test_negative_sums_have_no_share_and_are_found() -> None:
    cells = [Cell(("a",), 5, 80.0), Cell(("b",), 5, 20.0), Cell(("refunds",), 5, -50.0)]
    result = pareto(cells, measure="value", value_name="mrr")
    assert [row.share for row in result.rows] == [0.8, 0.2, 0]
    assert [row.cumulative_share for row in result.rows] == [0.8, 1, 1]
    assert result.rows[-1].value == -50
    assert result.total_value == 50
    (finding,) = result.findings
    assert (finding.code, finding.count, finding.column) == ("negative-values", 1, "mrr")
    assert "above 0" in result.method["share"]


def test_no_loss() -> None:
    result = pareto([Cell(("b",), 0, exposure=5), Cell(("a",), 0, exposure=9)])
    assert names(result) == ["a", "b"]
    assert all(row.share is row.cumulative_share is None for row in result.rows)
    assert not any(row.vital_few for row in result.rows)
    assert [row.rate for row in result.rows] == [0, 0]


def test_nothing_at_all() -> None:
    result = pareto([], top=3)
    assert (result.rows, result.total_churned) == ((), 0)


def test_findings_and_method_are_passed_on() -> None:
    finding = Finding(code="x", level="info", message="m")
    result = pareto(counts(a=1), findings=[finding], method={"churn": "status"})
    assert result.findings == (finding,)
    assert result.method["churn"] == "status"
    assert "share" in result.method


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"cutoff": 0}, "usage.cutoff"),
        ({"cutoff": 100.5}, "usage.cutoff"),
        ({"cutoff": nan}, "usage.cutoff"),
        ({"top": 0}, "usage.top"),
        ({"other_after": 0}, "usage.other-after"),
        ({"other_after": 101}, "usage.other-after"),
        ({"min_size": -1}, "usage.min-size"),
        ({"rank_by": "excess"}, "usage.rank-by"),
        ({"measure": "value"}, "usage.measure"),
        ({"measure": "seats"}, "usage.measure"),
    ],
)
def test_wrong_options(options: dict[str, object], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        pareto(counts(a=5, b=1), **options)
    assert caught.value.code == code
    assert caught.value.hint


def test_excess_of_value_needs_the_value_of_all() -> None:
    with pytest.raises(UsageError) as caught:
        pareto([Cell(("a",), 5, 10.0, 10)], measure="value", rank_by="excess")
    assert caught.value.code == "usage.rank-by"


def test_all_wrong_options_are_told_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        pareto(counts(a=5), cutoff=0, top=0, other_after=0, min_size=-1)
    assert [problem.code for problem in caught.value.problems] == [
        "usage.cutoff",
        "usage.top",
        "usage.other-after",
        "usage.min-size",
    ]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell(("a",), 1, inf), "data.not-finite"),
        (Cell(("a",), nan), "data.not-finite"),
        (Cell(("a",), 6, exposure=5), "data.more-lost-than-exposed"),
        (Cell(("a",), -1, exposure=5), "data.more-lost-than-exposed"),
    ],
)
def test_impossible_figures(cell: Cell, code: str) -> None:
    with pytest.raises(DataError) as caught:
        pareto([cell])
    assert caught.value.code == code


def test_cells_of_one_category_are_added_up() -> None:
    one = Cell(("a",), 1, 2.0, 3, 4.0, 5.0)
    row = pareto([one, one, Cell(("b",), 0, 0.0, 1, 0.0, 0.0)]).rows[0]
    assert (row.churned, row.value, row.exposure, row.exposure_value, row.measured) == (
        2,
        4,
        6,
        8,
        10,
    )
