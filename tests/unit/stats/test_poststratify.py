"""Weighting answers to a population: which cells are joined, and what the variance means."""

from __future__ import annotations

from itertools import combinations, product
from statistics import fmean, pvariance

import pytest

from dmaic.stats.sampling.poststratify import Cell, collapse, design_effect, estimate


def test_a_cell_without_answers_joins_the_next_smallest() -> None:
    cells = [Cell(("A",), 60, 10), Cell(("B",), 30, 5), Cell(("C",), 10, 0)]
    strata = collapse(cells, 5)
    assert [[cell.category[0] for cell in each.cells] for each in strata] == [["A"], ["C", "B"]]
    assert [each.weight for each in strata] == [6.0, 8.0]
    assert sum(each.weight * each.answered for each in strata) == 100


def test_small_cells_are_joined_with_each_other_first() -> None:
    cells = [
        Cell((name,), 100, answers) for name, answers in zip("ABCD", (20, 3, 2, 4), strict=True)
    ]
    strata = collapse(cells, 5)
    assert sorted(len(each.cells) for each in strata) == [1, 3]


def test_which_cells_are_joined_does_not_depend_on_their_order() -> None:
    cells = [Cell((name,), size, n) for name, size, n in (("A", 50, 2), ("B", 70, 9), ("C", 70, 9))]
    assert collapse(cells, 5) == collapse(cells[::-1], 5)


def test_nobody_who_answered_is_no_sample() -> None:
    with pytest.raises(ValueError, match="nobody"):
        collapse([Cell(("A",), 10, 0)], 5)


def test_equal_weights_cost_nothing() -> None:
    strata = collapse([Cell(("A",), 100, 10), Cell(("B",), 50, 5)], 5)
    assert design_effect(strata) == pytest.approx(1.0)


def test_the_variance_is_right_on_average_over_all_samples_there_are() -> None:
    # Two strata of which all samples can be listed: the mean of the estimated variances is the
    # variance of the estimates (Cochran 1977, theorem 5.5), finite population and all.
    said = {"A": (1, 1, 0, 0, 1), "B": (0, 1, 0, 0)}
    drawn = {"A": 3, "B": 2}
    shares, variances = [], []
    for one, other in product(*(combinations(said[name], n) for name, n in drawn.items())):
        strata = collapse([Cell(("A",), 5, 3), Cell(("B",), 4, 2)], 2)
        found = estimate(strata, (sum(one), sum(other)), (sum(one), sum(other)))
        assert found.variance is not None
        shares.append(found.mean)
        variances.append(found.variance)
    assert fmean(shares) == pytest.approx(4 / 9)
    assert fmean(variances) == pytest.approx(pvariance(shares))


def test_one_answer_in_a_stratum_tells_no_variance() -> None:
    strata = collapse([Cell(("A",), 10, 1)], 1)
    assert estimate(strata, (1,), (1,)).error is None


def test_a_census_leaves_nothing_to_chance() -> None:
    strata = collapse([Cell(("A",), 10, 10), Cell(("B",), 1, 1)], 1)
    assert estimate(strata, (3, 1), (3, 1)).error == 0
