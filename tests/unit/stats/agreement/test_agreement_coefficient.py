"""Coefficients against an independent library, and where formulas would call luck certain."""

from __future__ import annotations

import numpy as np
import pytest

from dmaic.stats.agreement.coefficient import cohen
from dmaic.stats.agreement.resample import fleiss, krippendorff
from dmaic.stats.proportion import exact

TABLES = [
    [[20, 5], [10, 15]],
    [[10, 2, 1], [3, 12, 4], [0, 2, 9]],
    [[1, 0, 0, 3], [2, 8, 1, 0], [0, 1, 30, 2], [4, 0, 0, 5]],
]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(("ours", "theirs"), [("none", None), ("linear", "linear")])
def test_kappa_and_its_interval_are_those_of_statsmodels(
    table: list[list[int]], ours: str, theirs: str | None
) -> None:
    from statsmodels.stats.inter_rater import cohens_kappa

    found = cohen(table, ours)  # type: ignore[arg-type]
    wanted = cohens_kappa(np.array(table), wt=theirs)
    assert found.value == pytest.approx(wanted.kappa)
    assert found.standard_error == pytest.approx(wanted.std_kappa)
    assert (found.low, found.high) == pytest.approx((wanted.kappa_low, wanted.kappa_upp), abs=1e-6)


def test_quadratic_weights_are_those_of_statsmodels() -> None:
    from statsmodels.stats.inter_rater import cohens_kappa

    wanted = cohens_kappa(np.array(TABLES[1]), wt="quadratic")
    assert cohen(TABLES[1], "quadratic").value == pytest.approx(wanted.kappa)


def test_with_two_codes_weights_change_nothing() -> None:
    plain = cohen(TABLES[0])
    assert cohen(TABLES[0], "linear").value == plain.value == 0.4
    assert cohen(TABLES[0], "quadratic").standard_error == pytest.approx(plain.standard_error)


def test_fleiss_is_that_of_statsmodels() -> None:
    from statsmodels.stats.inter_rater import fleiss_kappa

    counts = [(0, 2, 6, 4, 2), (14, 0, 0, 0, 0), (0, 0, 3, 5, 6), (7, 7, 0, 0, 0)]
    found, _ = fleiss(counts)
    assert found.value == pytest.approx(fleiss_kappa(np.array(counts)))


@pytest.mark.parametrize(
    ("events", "trials", "low", "high"),
    [
        # Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872, table I, Clopper-Pearson.
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0000, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_exact_interval_of_a_share(events: int, trials: int, low: float, high: float) -> None:
    assert exact(events, trials) == pytest.approx((low, high), abs=5e-5)


def test_full_agreement_is_not_certain() -> None:
    found = cohen([[3, 0], [0, 3]])
    assert found.value == 1.0
    assert found.low is not None
    assert found.low < 0.5
    whole, single = fleiss([(2, 0), (0, 2), (2, 0)])
    assert whole.value == pytest.approx(1)
    assert whole.low is not None
    assert whole.low < 0.4
    assert all(each.low is not None and each.low < 0.4 for each in single)
    alpha = krippendorff([(2, 0), (0, 2), (2, 0)])
    assert alpha.low is not None
    assert alpha.low < 0.4


def test_one_rater_with_one_code_has_a_kappa_of_0_that_is_not_certain() -> None:
    found = cohen([[6, 6], [0, 0]])
    assert found.value == 0
    assert found.standard_error is None
    assert found.low is not None
    assert found.high is not None
    assert found.low < -0.5
    assert found.high > 0.5


def test_one_code_has_no_kappa() -> None:
    assert cohen([[12, 0], [0, 0]]).value is None
    assert cohen([[12]]).value is None
    assert cohen([[0, 0], [0, 0]]).value is None
    assert fleiss([(3, 0), (3, 0)])[0].value is None
    assert krippendorff([(3, 0), (3, 0)]).value is None
    assert krippendorff([(1, 0), (0, 1)]).value is None


def test_the_seed_makes_the_interval() -> None:
    counts = [(2, 1), (3, 0), (0, 3), (1, 2), (3, 0), (0, 3)]
    assert fleiss(counts, seed=4) == fleiss(counts, seed=4)
    assert krippendorff(counts, seed=4) != krippendorff(counts, seed=5)


def test_an_interval_holds_its_coefficient_where_ordered_codes_never_agree_fully() -> None:
    # All of 40 items one step of four apart: weighted agreement 0.75, and no item agreed on.
    table = [[0] * 5 for _ in range(5)]
    for at in range(4):
        table[at][at + 1] = table[at + 1][at] = 5
    found = cohen(table, "linear")
    assert found.observed == pytest.approx(0.75)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high


@pytest.mark.parametrize("count", [(1, 1), (2, 1)])
def test_items_that_are_all_alike_make_nothing_certain(count: tuple[int, int]) -> None:
    counts = [count, count[::-1]] * 6
    for found in (fleiss(counts)[0], krippendorff(counts)):
        assert found.value is not None
        assert found.low is not None
        assert found.high is not None
        # Of 12 items alike at least (0.025)^(1/12) of all there are is like them.
        assert found.high - found.low == pytest.approx(
            (1 - exact(12, 12)[0]) / (1 - (found.chance or 0.0))
        )
        assert found.low <= found.value <= found.high
