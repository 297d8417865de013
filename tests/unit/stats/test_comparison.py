from __future__ import annotations

import pytest

from dmaic.errors import DataError
from dmaic.result import Inputs
from dmaic.stats.pareto import ParetoComparison
from dmaic.stats.proportion import newcombe
from dmaic.stats.rank import Cell, compare

INPUTS = Inputs(source="t")


def compared(*periods: list[Cell], **options: object) -> ParetoComparison:
    named = [(f"p{index}", cells) for index, cells in enumerate(periods)]
    return compare(named, split="month", by=["segment"], inputs=INPUTS, **options)  # type: ignore[arg-type]


def cell(name: str, churned: int, exposure: int) -> Cell:
    return Cell((name,), churned, churned * 2.0, exposure)


BEFORE = [cell("a", 80, 400), cell("b", 15, 300), cell("c", 5, 300)]
AFTER = [cell("b", 20, 300), cell("a", 20, 400), cell("d", 10, 100)]


def test_categories_stand_in_the_first_order_and_new_ones_after() -> None:
    result = compared(BEFORE, AFTER)
    assert [row.category for row in result.rows] == [("a",), ("b",), ("c",), ("d",)]
    assert result.periods == ("p0", "p1")
    assert [result.category for result in result.results[1].rows] == [("a",), ("b",), ("d",)]


def test_changes_are_last_minus_first() -> None:
    row = compared(BEFORE, AFTER).rows[0]
    assert row.change == -60
    assert row.change_share == pytest.approx(0.4 - 0.8)
    assert (row.change_rate, row.change_rate_low, row.change_rate_high) == newcombe(
        20, 400, 80, 400
    )


def test_changes_go_from_the_first_to_the_last_of_many() -> None:
    row = compared(BEFORE, [cell("a", 1, 1)], AFTER).rows[0]
    assert row.change == -60
    assert len(row.cells) == 3


def test_change_follows_the_measure() -> None:
    assert compared(BEFORE, AFTER, measure="value").rows[0].change == -120
    one, two = [Cell(("a",), 1, measure=7.0)], [Cell(("a",), 1, measure=3.0)]
    assert compared(one, two, measure="seats").rows[0].change == -4


def test_a_missing_category_has_nothing() -> None:
    result = compared(BEFORE, AFTER)
    gone = result.rows[2].cells[1]
    assert (gone.churned, gone.value, gone.exposure, gone.share, gone.rate) == (0, 0, 0, 0, None)
    assert result.rows[2].change == -5
    assert result.rows[2].change_rate is None


def test_without_exposure_there_are_no_rates() -> None:
    result = compared([Cell(("a",), 5)], [Cell(("b",), 5)])
    assert result.rows[0].cells[1].exposure is None
    assert result.rows[0].change_rate is None


def test_totals() -> None:
    first, last = compared(BEFORE, AFTER).totals
    assert (first.churned, first.value, first.exposure, first.share) == (100, 200, 1000, 1)
    assert (last.churned, last.rate) == (50, 50 / 800)


def test_a_period_without_loss() -> None:
    result = compared(BEFORE, [cell("a", 0, 400)])
    assert result.totals[1].share is None
    assert result.rows[0].change_share is None
    assert result.rows[0].change_rate == pytest.approx(-0.2)


def test_a_category_is_folded_only_where_every_period_folds_it() -> None:
    first = [cell("a", 50, 99), cell("b", 40, 99), cell("c", 3, 99), cell("d", 2, 99)]
    last = [cell("a", 50, 99), cell("b", 1, 99), cell("c", 2, 99), cell("e", 60, 99)]
    last.append(cell("f", 1, 99))
    result = compared(first, last, top=2)
    assert [row.category[0] for row in result.rows] == ["a", "b", "e", "Other"]
    other = result.rows[-1]
    assert (other.other, other.folded) == (True, 3)
    assert [each.churned for each in other.cells] == [5, 3]
    assert result.other_rule == "3 categories beyond the number of 2 categories"


def test_findings_name_their_period() -> None:
    bad = [Cell(("a",), 5, -1.0), Cell(("b",), 5, 1.0)]
    result = compared(bad, [Cell(("a",), 5, 1.0)])
    (finding,) = result.findings
    assert finding.message.startswith("p0: ")


def test_records_have_a_row_for_each_period() -> None:
    header, records = compared(BEFORE, AFTER).records()
    assert header[:2] == ("segment", "period")
    assert len(records) == 8


@pytest.mark.parametrize("periods", [[], [BEFORE]])
def test_one_period_is_no_comparison(periods: list[list[Cell]]) -> None:
    with pytest.raises(DataError) as caught:
        compared(*periods)
    assert caught.value.code == "compare.one-period"
