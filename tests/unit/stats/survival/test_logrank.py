"""Tests between groups, where hand and textbook do not reach: more groups, ties, empty ones."""

from __future__ import annotations

import random

import pytest

from dmaic.stats.survival import logrank
from dmaic.stats.survival.life import BIRTH, Counts, Lives, counts


def group(*lives: tuple[float, bool]) -> Counts:
    lost: dict[float, int] = {}
    stayed: dict[float, int] = {}
    for age, gone in lives:
        where = lost if gone else stayed
        where[age] = where.get(age, 0) + 1
    return counts(Lives({BIRTH: len(lives)}, stayed, lost))


def drawn(seed: int, size: int, scale: float) -> list[tuple[float, bool]]:
    draw = random.Random(seed)
    return [(float(draw.randint(1, 30)), draw.random() < scale) for _ in range(size)]


@pytest.mark.slow
@pytest.mark.parametrize(("ours", "theirs"), [
    ("log-rank", {}), ("wilcoxon", {"weight_type": "gb"}), ("tarone-ware", {"weight_type": "tw"}),
    ("fleming-harrington-early", {"weight_type": "fh", "fh_p": 1}),
])  # fmt: skip
def test_three_groups_agree_with_statsmodels(ours: str, theirs: dict[str, object]) -> None:
    import numpy
    from statsmodels.duration.survfunc import survdiff

    samples = [drawn(seed, 40, scale) for seed, scale in enumerate((0.3, 0.6, 0.9))]
    ages = numpy.array([age for some in samples for age, _ in some])
    gone = numpy.array([lost for some in samples for _, lost in some], dtype=int)
    names = numpy.repeat([0, 1, 2], 40)
    statistic, p_value = survdiff(ages, gone, names, **theirs)
    found = logrank.compare(logrank.table([group(*some) for some in samples]), ours)
    assert found.df == 2
    assert found.statistic == pytest.approx(statistic, rel=1e-9)
    assert found.p_value == pytest.approx(p_value, rel=1e-9)


@pytest.mark.slow
def test_curves_and_bands_agree_with_statsmodels_also_with_late_entries() -> None:
    import numpy
    from statsmodels.duration.survfunc import SurvfuncRight

    from dmaic.stats.survival.kaplan_meier import estimate

    draw = random.Random(7)
    entry = [float(draw.choice((0, 0, 3, 8))) for _ in range(200)]
    exits = [start + draw.randint(1, 20) for start in entry]
    gone = [draw.random() < 0.6 for _ in entry]
    theirs = SurvfuncRight(numpy.array(exits), numpy.array(gone, dtype=int),
                           entry=numpy.array(entry))  # fmt: skip
    entered: dict[float, int] = {}
    for start in entry:
        age = start or BIRTH
        entered[age] = entered.get(age, 0) + 1
    split: tuple[dict[float, int], dict[float, int]] = ({}, {})
    for age, lost in zip(exits, gone, strict=True):
        split[lost][age] = split[lost].get(age, 0) + 1
    found = estimate(counts(Lives(entered, *split)))
    assert list(found.time[1:]) == list(theirs.surv_times)
    assert list(found.survival[1:]) == pytest.approx(list(theirs.surv_prob), rel=1e-9)
    errors = found.survival[1:] * found.greenwood[1:] ** 0.5
    assert list(errors) == pytest.approx(list(theirs.surv_prob_se), rel=1e-9)


def test_a_group_that_was_never_at_risk_with_others_takes_no_degree_of_freedom() -> None:
    young = [group((1.0, True), (2.0, True), (3.0, False)), group((1.0, False), (2.0, True))]
    old = counts(Lives({50.0: 3}, {90.0: 2}, {60.0: 1}))
    found = logrank.compare(logrank.table([*young, old]))
    assert found.df == 1
    alone = logrank.compare(logrank.table(young))
    assert found.statistic == pytest.approx(alone.statistic)


def test_groups_that_were_never_in_view_at_the_same_ages_cannot_be_compared() -> None:
    young = group((1.0, True), (2.0, True))
    old = counts(Lives({50.0: 3}, {90.0: 2}, {60.0: 1}))
    found = logrank.compare(logrank.table([young, old]))
    assert (found.statistic, found.df, found.p_value) == (None, None, None)


def test_losses_are_shared_out_in_full() -> None:
    table = logrank.table([group(*drawn(seed, 30, 0.5)) for seed in range(4)])
    found = logrank.compare(table)
    assert sum(found.expected) == pytest.approx(sum(found.observed))


def test_the_pair_of_two_groups_is_the_test_of_both_and_turned_round_the_ratio_is_its_inverse() -> (
    None
):
    one, other = group(*drawn(1, 50, 0.8)), group(*drawn(2, 50, 0.4))
    table = logrank.table([one, other])
    (pair,) = logrank.pairs(table)
    (turned,) = logrank.pairs(logrank.table([other, one]))
    assert pair.statistic == pytest.approx(logrank.compare(table).statistic)
    assert pair.holm == pair.p_value
    assert pair.ratio
    assert turned.ratio == pytest.approx(1 / pair.ratio)
    assert pair.low
    assert turned.high == pytest.approx(1 / pair.low)


def test_holm_never_makes_a_p_value_smaller_nor_larger_than_one() -> None:
    pairs = logrank.pairs(logrank.table([group(*drawn(seed, 20, 0.5)) for seed in range(5)]))
    assert len(pairs) == 10
    assert all((each.p_value or 0) <= (each.holm or 0) <= 1 for each in pairs)


@pytest.mark.slow
@pytest.mark.parametrize("scale", [0.2, 0.5, 0.9])
def test_the_ratio_is_close_to_that_of_cox_also_where_it_is_large(scale: float) -> None:
    import numpy
    from statsmodels.duration.hazard_regression import PHReg

    draw = random.Random(3)
    samples = [
        [(draw.expovariate(rate), draw.random() < 0.8) for _ in range(800)] for rate in (1, scale)
    ]
    ages = numpy.array([age for some in samples for age, _ in some])
    gone = numpy.array([lost for some in samples for _, lost in some], dtype=int)
    first = numpy.repeat([1.0, 0.0], 800)[:, None]
    cox = numpy.exp(PHReg(ages, first, status=gone, ties="efron").fit().params[0])
    value, low, high = logrank.ratio(logrank.table([group(*some) for some in samples]))
    assert value == pytest.approx(cox, rel=0.03)
    assert low
    assert high
    assert low < cox < high
