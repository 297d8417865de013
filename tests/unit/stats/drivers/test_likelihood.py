"""Logistic regression on counted patterns, against statsmodels and against its own definition."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from scipy.optimize import minimize
from statsmodels.api import Logit

from dmaic.stats.drivers.likelihood import (
    log_likelihood,
    maximise,
    profile_interval,
    with_intercept,
)
from dmaic.stats.drivers.separation import find_separation


def drawn(seed: int, size: int = 300) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    columns = with_intercept(draw.normal(size=(size, 3)))
    chance = 1 / (1 + np.exp(-columns @ np.array([-0.5, 0.8, -0.4, 0.0])))
    return columns, (draw.random(size) < chance).astype(float)


def test_it_finds_what_statsmodels_finds() -> None:
    columns, lost = drawn(1)
    own = maximise(columns, np.ones(len(lost)), lost)
    theirs = Logit(lost, columns).fit(disp=0)
    assert own.converged
    assert not own.extreme
    assert own.coefficients == pytest.approx(theirs.params, abs=1e-7)
    assert np.sqrt(np.diag(own.covariance)) == pytest.approx(theirs.bse, rel=1e-6)
    assert own.log_likelihood == pytest.approx(theirs.llf, abs=1e-7)


def test_counting_customers_together_changes_nothing() -> None:
    columns, lost = drawn(2, 60)
    columns = np.round(columns)
    known, place = np.unique(columns, axis=0, return_inverse=True)
    rows = np.bincount(place, minlength=len(known)).astype(float)
    gone = np.bincount(place, weights=lost, minlength=len(known))
    for penalised in (False, True):
        single = maximise(columns, np.ones(len(lost)), lost, penalised=penalised)
        counted = maximise(known, rows, gone, penalised=penalised)
        assert counted.coefficients == pytest.approx(single.coefficients, abs=1e-7)
        assert counted.log_likelihood == pytest.approx(single.log_likelihood, abs=1e-8)


def test_the_penalty_is_the_root_of_the_information() -> None:
    columns, lost = drawn(3, 25)
    rows = np.ones(len(lost))

    def penalised(beta: np.ndarray) -> float:
        chance = 1 / (1 + np.exp(-columns @ beta))
        information = columns.T @ (columns * (chance * (1 - chance))[:, None])
        return -log_likelihood(columns, rows, lost, beta) - np.linalg.slogdet(information)[1] / 2

    best = minimize(penalised, np.zeros(4), method="BFGS", options={"gtol": 1e-8})
    found = maximise(columns, rows, lost, penalised=True)
    assert found.coefficients == pytest.approx(best.x, abs=1e-5)
    assert found.log_likelihood == pytest.approx(-best.fun, abs=1e-9)


@pytest.mark.parametrize("penalised", [False, True])
def test_at_a_profile_bound_the_likelihood_has_fallen_by_the_limit(penalised: bool) -> None:
    columns, lost = drawn(4, 40)
    rows = np.ones(len(lost))
    best = maximise(columns, rows, lost, penalised=penalised)
    limit = 3.841458820694124
    bounds = profile_interval(columns, rows, lost, best, 1, penalised=penalised, limit=limit)
    for bound in bounds:
        assert bound is not None
        start = best.coefficients.copy()
        start[1] = bound
        there = maximise(columns, rows, lost, penalised=penalised, start=start, fixed=(1,))
        assert 2 * (best.log_likelihood - there.log_likelihood) == pytest.approx(limit, abs=1e-5)


def test_a_saturated_table_is_its_log_odds() -> None:
    columns = with_intercept(np.array([[0.0], [1.0]]))
    found = maximise(columns, np.array([10.0, 20.0]), np.array([3.0, 5.0]))
    assert found.coefficients[0] == pytest.approx(log(3 / 7))
    assert found.coefficients[1] == pytest.approx(log(5 / 15) - log(3 / 7))


def test_overlap_is_no_separation() -> None:
    columns, lost = drawn(5)
    assert find_separation(columns, np.ones(len(lost)), lost) is None


def test_a_column_that_parts_all_is_complete_separation() -> None:
    x = np.arange(12.0)
    noise = np.random.default_rng(6).normal(size=12)
    columns = with_intercept(np.column_stack((x, noise)))
    parted = find_separation(columns, np.ones(12), (x > 5).astype(float))
    assert parted is not None
    assert parted.kind == "complete"
    assert 1 in parted.columns


def test_a_category_without_loss_is_quasi_complete_and_named() -> None:
    draw = np.random.default_rng(7)
    number, category = draw.normal(size=200), (np.arange(200) < 20).astype(float)
    lost = (draw.random(200) < 0.4) & (category == 0)
    columns = with_intercept(np.column_stack((number, category)))
    parted = find_separation(columns, np.ones(200), lost.astype(float))
    assert parted is not None
    assert parted.kind == "quasi-complete"
    assert 2 in parted.columns
    assert 1 not in parted.columns
