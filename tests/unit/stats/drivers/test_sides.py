"""What is looked at beside the fit: bends, collinearity, area, calibration, reversals."""

from __future__ import annotations

import numpy as np
import pytest

from dmaic.stats.chisquare import survival
from dmaic.stats.drivers.calibration import hosmer_lemeshow
from dmaic.stats.drivers.collinearity import inflation
from dmaic.stats.drivers.design import make_design
from dmaic.stats.drivers.discrimination import area
from dmaic.stats.drivers.model import Logistic
from dmaic.stats.drivers.pattern import Patterns, Variable
from dmaic.stats.drivers.reversal import find_reversals
from dmaic.stats.drivers.screening import cuts, screen
from dmaic.stats.drivers.shape import Shape, shapes
from dmaic.stats.test.adjust import holm

DRAW = np.random.default_rng(11)


def customers(x: np.ndarray, log_odds: np.ndarray, seed: int = 1) -> Patterns:
    draw = np.random.default_rng(seed)
    lost = (draw.random(len(x)) < 1 / (1 + np.exp(-log_odds))).astype(float)
    other = draw.integers(0, 3, len(x)).astype(float)
    variables = (Variable("use"), Variable("plan", ("a", "b", "c")))
    return Patterns(variables, (x, other), np.ones(len(x)), lost)


def shape_of(patterns: Patterns) -> Shape:
    (found,) = shapes(patterns, make_design(patterns), Logistic(patterns), 1)
    return found


def test_a_turn_is_found_where_it_is() -> None:
    x = DRAW.uniform(0, 100, 3000).round(1)
    found = shape_of(customers(x, -2 + ((x - 40) / 20) ** 2 * 0.5))
    assert found.shape == "turns"
    assert found.direction == "lowest"
    assert found.turn == pytest.approx(40, abs=6)
    assert found.before is not None
    assert found.after is not None
    assert found.before < 0 < found.after
    assert sum(band.customers for band in found.bands) == 3000


def test_the_other_way_round_it_is_highest() -> None:
    x = DRAW.uniform(0, 100, 3000)
    found = shape_of(customers(x, 1 - ((x - 60) / 20) ** 2 * 0.5))
    assert (found.shape, found.direction) == ("turns", "highest")


def test_a_line_is_straight_and_a_step_bends_but_does_not_turn() -> None:
    x = DRAW.uniform(0, 10, 4000)
    assert shape_of(customers(x, -1 + 0.2 * x)).shape == "straight"
    bent = shape_of(customers(x, np.where(x > 3, 0.5, -2.0)))
    assert bent.shape == "bends"
    assert bent.turn is None


def test_chance_is_told_as_a_turn_one_time_in_twenty_at_most() -> None:
    turned = 0
    for seed in range(60):
        x = np.random.default_rng(seed + 1000).normal(size=400)
        turned += shape_of(customers(x, np.full(400, -0.5), seed)).shape == "turns"
    assert turned <= 6


def test_inflation_is_one_over_one_less_r_squared() -> None:
    x, z = DRAW.normal(size=500), DRAW.normal(size=500)
    y = x + 0.3 * z
    third = DRAW.normal(size=500)
    made = Patterns(
        tuple(Variable(name) for name in "xyz"), (x, y, third), np.ones(500), np.zeros(500)
    )
    told = {each.name: each for each in inflation(made, make_design(made))}
    others = np.column_stack((np.ones(500), y, third))
    left = x - others @ np.linalg.lstsq(others, x, rcond=None)[0]
    assert told["x"].gvif == pytest.approx(np.var(x) / np.var(left))
    assert told["z"].per_term < 1.05


def test_what_follows_from_others_is_left_out_and_told_by_whom() -> None:
    x, y = DRAW.normal(size=50), DRAW.normal(size=50)
    names = ("x", "y", "sum", "flat")
    made = Patterns(
        tuple(Variable(name) for name in names), (x, y, 2 * x - y + 7, np.full(50, 3.0)),
        np.ones(50), np.zeros(50),
    )  # fmt: skip
    design = make_design(made)
    assert design.names == ("x", "y")
    assert [(each.name, each.by) for each in design.aliased] == [("sum", ("x", "y")), ("flat", ())]


def test_the_area_and_its_variance_are_those_of_all_pairs() -> None:
    risk = DRAW.normal(size=60).round(1)
    lost = (DRAW.random(60) < 0.4).astype(float)
    found = area(risk, np.ones(60), lost)
    cases, rest = risk[lost == 1], risk[lost == 0]
    won = (cases[:, None] > rest) + 0.5 * (cases[:, None] == rest)
    assert found.value == pytest.approx(won.mean())
    spread = won.mean(axis=1).var(ddof=1) / len(cases) + won.mean(axis=0).var(ddof=1) / len(rest)
    assert found.high == pytest.approx(min(1, won.mean() + 1.959963984540054 * spread**0.5))


def test_hosmer_lemeshow_by_its_definition() -> None:
    risk = np.sort(DRAW.uniform(0.1, 0.9, 200))
    lost = (DRAW.random(200) < risk).astype(float)
    found = hosmer_lemeshow(risk, np.ones(200), lost)
    assert found is not None
    groups = risk.reshape(10, 20), lost.reshape(10, 20)
    statistic = sum(
        (gone.sum() - p.sum()) ** 2 / (20 * p.mean() * (1 - p.mean()))
        for p, gone in zip(*groups, strict=True)
    )
    assert found.statistic == pytest.approx(statistic)
    assert (found.df, found.groups) == (8, 10)
    assert found.p_value == pytest.approx(survival(statistic, 8))


def test_holm_adjusts_for_tests_that_are_not_shown_too() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.01], 10) == pytest.approx([0.1])


def test_bands_never_part_equal_values() -> None:
    values, rows = np.array([1.0, 2.0, 3.0]), np.array([90.0, 5.0, 5.0])
    assert cuts(values, rows, 5).tolist() == [1.5]
    assert cuts(np.array([4.0]), np.array([9.0]), 5).tolist() == []


def test_screening_of_a_table_is_its_likelihood_ratio() -> None:
    plan = np.array([0.0, 1.0])
    rows, lost = np.array([100.0, 100.0]), np.array([30.0, 10.0])
    made = Patterns((Variable("plan", ("a", "b")),), (plan,), rows, lost)
    (found,) = screen(made, clock=False)
    observed = np.array([30, 70, 10, 90.0])
    expected = np.array([20, 80, 20, 80.0])
    assert found.statistic == pytest.approx(2 * (observed * np.log(observed / expected)).sum())
    # 30 of 40 lost and 70 of 160 kept have the higher risk: 0.75 (90 + 35) / 160 + 0.25 x 45 / 160.
    assert (found.df, found.auc) == (1, pytest.approx(0.65625))


def test_no_reversal_where_the_groups_agree_with_the_whole() -> None:
    variables = (Variable("plan", ("a", "b")), Variable("size", ("s", "l")))
    made = Patterns(
        variables, (np.array([0.0, 0, 1, 1]), np.array([0.0, 1, 0, 1])), np.full(4, 100.0),
        np.array([10.0, 30, 20, 50]),
    )  # fmt: skip
    found, looked = find_reversals(made)
    assert found == ()
    assert looked == 2
