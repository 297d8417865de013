"""Cox regression on counted customers, against statsmodels and against its own definition."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from statsmodels.duration.hazard_regression import PHReg

from dmaic.stats.drivers.design import make_design
from dmaic.stats.drivers.discrimination import concordance
from dmaic.stats.drivers.model import make_cox
from dmaic.stats.drivers.partial import risk_sets
from dmaic.stats.drivers.pattern import Patterns, Variable
from dmaic.stats.drivers.proportional import proportionality


def lives(seed: int, size: int = 250, *, late: bool, fading: bool = False) -> Patterns:
    draw = np.random.default_rng(seed)
    x = draw.integers(0, 4, size).astype(float)
    y = draw.normal(size=size).round(1)
    life = draw.exponential(10 * np.exp(-0.4 * x)) if not fading else draw.weibull(1 + x) * 10
    entry = (
        np.floor(draw.uniform(0, 6, size)) * (draw.random(size) < 0.5) if late else np.zeros(size)
    )
    exit_ = np.minimum(np.ceil(life), 15.0)
    kept = exit_ > entry
    status = (np.ceil(life) <= 15).astype(float)
    return Patterns(
        (Variable("x"), Variable("y")), (x[kept], y[kept]), np.ones(int(kept.sum())),
        status[kept], entry[kept], exit_[kept],
    )  # fmt: skip


@pytest.mark.parametrize("late", [False, True])
def test_it_finds_what_statsmodels_finds(late: bool) -> None:
    customers = lives(1, late=late)
    design = make_design(customers)
    own = make_cox(customers).fit(design.standard)
    assert customers.exit is not None
    assert customers.entry is not None
    # The library has those who enter at an age at risk at it; half a day later they are not.
    theirs = PHReg(
        customers.exit, design.standard, status=customers.lost,
        entry=customers.entry + 0.5 * (customers.entry > 0), ties="efron",
    ).fit(disp=0)  # fmt: skip
    assert own.converged
    assert own.coefficients == pytest.approx(theirs.params, abs=1e-6)
    assert np.sqrt(np.diag(own.covariance)) == pytest.approx(theirs.bse, rel=1e-5)


def test_without_ties_it_is_the_product_of_shares_at_risk() -> None:
    x, age = np.array([1.0, 0.0, 1.0, 0.0]), np.array([1.0, 2.0, 3.0, 4.0])
    customers = Patterns((Variable("x"),), (x,), np.ones(4), np.array([1.0, 1, 1, 0]), None, age)
    found = make_cox(customers).fit(x[:, None])
    t = exp(found.coefficients[0])
    shares = [t / (2 * t + 2), 1 / (t + 2), t / (t + 1)]
    assert found.log_likelihood == pytest.approx(sum(map(log, shares)))
    # Its slope there is 0: 2 - 2t/(2t + 2) - t/(t + 2) - t/(t + 1) = 0, so t² - 2 = ... is solved.
    assert 2 - 2 * t / (2 * t + 2) - t / (t + 2) - t / (t + 1) == pytest.approx(0, abs=1e-6)


def test_a_loss_at_age_nought_has_everybody_at_risk() -> None:
    age = np.array([0.0, 1.0, 2.0])
    customers = Patterns(
        (Variable("x"),), (np.array([1.0, 0, 1]),), np.ones(3), np.array([1.0, 1, 0]),
        np.zeros(3), age,
    )  # fmt: skip
    assert make_cox(customers).fit(np.zeros((3, 0))).log_likelihood == pytest.approx(-log(3 * 2))


def test_counting_customers_together_changes_nothing() -> None:
    customers = lives(2, late=True)
    assert customers.entry is not None
    assert customers.exit is not None
    keys = np.column_stack((*customers.values, customers.entry, customers.exit, customers.lost))
    known, place = np.unique(keys, axis=0, return_inverse=True)
    rows = np.bincount(place).astype(float)
    counted = Patterns(
        customers.variables, (known[:, 0], known[:, 1]), rows, rows * known[:, 4], known[:, 2],
        known[:, 3],
    )  # fmt: skip
    one, other = (make_cox(each).fit(np.column_stack(each.values)) for each in (customers, counted))
    assert other.coefficients == pytest.approx(one.coefficients, abs=1e-8)
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-7)


def test_ratios_that_change_with_age_are_told() -> None:
    for fading, least, most in ((False, 0.01, 1.0), (True, 0.0, 0.001)):
        customers = lives(3, 800, late=False, fading=fading)
        design = make_design(customers)
        model = make_cox(customers)
        fit = model.fit(design.standard)
        told = proportionality(model, design, fit.coefficients, fit.covariance)
        assert [each.name for each in told] == ["x", "y", "(all)"]
        assert least <= told[0].p_value <= most
        assert told[1].p_value > 0.01


def test_concordance_counts_pairs() -> None:
    customers = lives(4, 80, late=True)
    assert customers.entry is not None
    assert customers.exit is not None
    risk = customers.values[0] + 0.5 * customers.values[1].round()
    agreed = pairs = 0.0
    for i in np.flatnonzero(customers.lost):
        for j in range(customers.size):
            later = customers.exit[j] > customers.exit[i] or (
                customers.exit[j] == customers.exit[i] and not customers.lost[j]
            )
            if later and customers.entry[j] < customers.exit[i]:
                pairs += 1
                agreed += (risk[i] > risk[j]) + 0.5 * (risk[i] == risk[j])
    found = concordance(risk, risk_sets(customers), customers.rows, customers.lost)
    assert found == pytest.approx(agreed / pairs)
