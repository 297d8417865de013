"""Lifetime value against published figures, and against formulas worked out another way.

Fader, P. S. and Hardie, B. G. S. (2007), How to project customer retention, Journal of Interactive
Marketing 21(1), 76-90: survivors of 1,000 customers over seven years in a "High End" and a
"Regular" segment, with the estimates of the shifted-beta-geometric model fitted to them.
"""

from __future__ import annotations

from itertools import pairwise
from math import exp, fsum, lgamma, log
from pathlib import Path

import numpy
import pytest
from scipy.optimize import minimize
from scipy.special import hyp2f1

import dmaic
from dmaic.money.sbg import Age, Curve, from_survivors, payments
from dmaic.money.sbg_fit import fit

SAMPLE = Path(__file__).parents[2] / "sample_data"

HIGH_END = (1000, 869, 743, 653, 593, 551, 517, 491)
REGULAR = (1000, 631, 468, 382, 326, 289, 262, 241)


def log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def textbook_likelihood(survivors: tuple[int, ...], alpha: float, beta: float) -> float:
    """The paper's own form: P(T = t) = B(alpha + 1, beta + t - 1) / B(alpha, beta), and
    S(t) = B(alpha, beta + t) / B(alpha, beta) for those who are left at the end."""
    whole = log_beta(alpha, beta)
    lost = (
        (before - after) * (log_beta(alpha + 1, beta + t - 1) - whole)
        for t, (before, after) in enumerate(pairwise(survivors), 1)
    )
    return fsum(lost) + survivors[-1] * (log_beta(alpha, beta + len(survivors) - 1) - whole)


@pytest.mark.parametrize(
    ("survivors", "alpha", "beta", "likelihood", "year_12"),
    [
        (HIGH_END, "0.668", "3.806", "-1611.2", "37.8"),
        (REGULAR, "0.704", "1.182", "-1680.3", "17.0"),
    ],
)
def test_the_published_estimates_to_the_printed_digit(
    survivors: tuple[int, ...], alpha: str, beta: str, likelihood: str, year_12: str
) -> None:
    found = dmaic.clv(survivors=survivors, period="year")
    assert f"{found.alpha:.3f}" == alpha
    assert f"{found.beta:.3f}" == beta
    assert f"{found.log_likelihood:.1f}" == likelihood
    assert f"{100 * found.survival[12]:.1f}" == year_12
    assert found.log_likelihood == pytest.approx(
        textbook_likelihood(survivors, found.alpha or 0, found.beta or 0)
    )


@pytest.mark.parametrize("survivors", [HIGH_END, REGULAR, (5000, 4000, 3600), (40, 31, 25, 24)])
def test_no_other_parameters_are_more_likely(survivors: tuple[int, ...]) -> None:
    found = fit(from_survivors(survivors))
    # The likelihood in the paper's form, maximised by another method.
    other = minimize(
        lambda x: -textbook_likelihood(survivors, exp(x[0]), exp(x[1])),
        [0.0, 0.0],
        method="Nelder-Mead",
        options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 10_000},
    )
    assert found.curve.alpha == pytest.approx(exp(other.x[0]), rel=1e-5)
    assert found.curve.beta == pytest.approx(exp(other.x[1]), rel=1e-5)


def test_standard_errors_are_those_of_the_curvature() -> None:
    """From second differences of the likelihood in the paper's form."""
    found = fit(from_survivors(HIGH_END))
    a, b, h = found.curve.alpha or 0, found.curve.beta or 0, 1e-4

    def at(i: int, j: int) -> float:
        return textbook_likelihood(HIGH_END, a + i * h, b + j * h)

    aa = (at(1, 0) - 2 * at(0, 0) + at(-1, 0)) / h**2
    bb = (at(0, 1) - 2 * at(0, 0) + at(0, -1)) / h**2
    ab = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h**2)
    errors = numpy.sqrt(numpy.diag(numpy.linalg.inv(-numpy.array([[aa, ab], [ab, bb]]))))
    assert (found.alpha_error, found.beta_error) == pytest.approx(tuple(errors), rel=1e-3)


@pytest.mark.parametrize("discount", [0.5, 0.1, 0.00797414, 0.0001])
@pytest.mark.parametrize("age", [0, 1, 7, 60])
def test_discounted_payments_are_the_hypergeometric_sum(discount: float, age: int) -> None:
    """Fader and Hardie (2010), Marketing Science 29(1), 85-93: the discounted expected lifetime is
    2F1(1, beta; alpha + beta; 1 / (1 + d)), the residual one the same with beta + n."""
    alpha, beta = 0.668088, 3.806095
    curve = Curve(alpha / (alpha + beta), 1 / (alpha + beta))
    expected = hyp2f1(1, beta + age, alpha + beta + age, 1 / (1 + discount))
    assert curve.payments(discount, age=age) == pytest.approx(expected, rel=1e-9)


def test_discounted_payments_are_the_sum_term_by_term() -> None:
    curve = Curve(0.149, 0.2235)
    left = curve.survival(4000)
    terms = [share / 1.1**k for k, share in enumerate(left)]
    assert curve.payments(0.1) == pytest.approx(fsum(terms), rel=1e-12)
    assert curve.payments(0.1, horizon=24) == pytest.approx(fsum(terms[:24]), rel=1e-12)
    residual = [left[7 + k] / left[7] / 1.1**k for k in range(3000)]
    assert curve.payments(0.1, age=7) == pytest.approx(fsum(residual), rel=1e-12)


def test_the_mean_lifetime_is_that_of_the_beta_distribution() -> None:
    """E(1 / Theta) for a Beta distribution is (alpha + beta - 1) / (alpha - 1), if alpha > 1."""
    alpha, beta = 2.5, 6.0
    curve = Curve(alpha / (alpha + beta), 1 / (alpha + beta))
    assert curve.lifetime() == pytest.approx((alpha + beta - 1) / (alpha - 1))
    assert Curve(1 / 4, 1 / 4).lifetime() == float("inf")  # alpha = 1
    assert Curve(0.05).lifetime() == pytest.approx(20)


def test_counts_that_follow_the_curve_give_it_back_however_customers_came_into_view() -> None:
    """With d = n h at every age the score is zero at the true parameters, whatever n is: complete
    cohorts, censored ones, and those that came into view at a later age."""
    alpha, beta = 0.8, 11.0
    for at_risk in ([1000.0] * 30, [50.0 + 40 * k for k in range(30)], [900, 10, 3, 700, 80]):
        ages = [Age(n, n * alpha / (alpha + beta + k)) for k, n in enumerate(at_risk)]
        found = fit(ages)
        assert found.curve.alpha == pytest.approx(alpha, rel=1e-6)
        assert found.curve.beta == pytest.approx(beta, rel=1e-6)


def test_the_interval_is_where_the_profile_falls_by_half_the_quantile() -> None:
    """The bounds of the interval of the first rate, by a search on the profile likelihood."""
    ages = from_survivors(HIGH_END)
    found = fit(ages)
    low, high = found.region.interval(lambda rates, spreads: rates)

    def profile(rate: float) -> float:
        spreads = numpy.linspace(0, 2, 200_001)
        k = numpy.arange(len(ages))[:, None]
        n = numpy.array([[age.at_risk] for age in ages])
        d = numpy.array([[age.lost] for age in ages])
        hazard = rate / (1 + spreads * k)
        return float((d * numpy.log(hazard) + (n - d) * numpy.log(1 - hazard)).sum(axis=0).max())

    for bound in (low, high):
        # 3.841459 is the 95 % quantile of chi-square with one degree of freedom.
        assert found.log_likelihood - profile(bound) == pytest.approx(3.841459 / 2, abs=0.02)


def test_arpa_over_churn_as_vendors_compute_it() -> None:
    """$100 a month at 5 % churn is $2,000: the example of ChartMogul's help page "Customer Lifetime
    Value (LTV)", help.chartmogul.com/hc/en-us/articles/203359061."""
    found = dmaic.clv(arpa=100, churn=0.05)
    assert found.overall.simple == pytest.approx(2000)
    # Payments at the start of each month: (1 + d) / (c + d), d = 1.1^(1/12) - 1.
    d = exp(log(1.1) / 12) - 1
    assert found.overall.discounted == pytest.approx(100 * (1 + d) / (0.05 + d))
    assert dmaic.clv(arpa=100, churn=0.05, margin=0.8, discount=0).overall.discounted == (
        pytest.approx(1600)
    )


def test_a_constant_rate_misjudges_new_and_existing_customers_in_opposite_ways() -> None:
    """The point of Fader and Hardie (2010): new customers leave faster than the pooled rate says,
    those who have stayed more slowly."""
    row = dmaic.clv(survivors=REGULAR, period="year", arpa=100).overall
    assert row.existing is not None
    assert row.new is not None
    assert row.discounted is not None
    assert row.existing > row.discounted
    assert row.existing > row.new
    low = payments(numpy.array([row.churn]), numpy.array([0.0]), 0.1)
    assert row.discounted == pytest.approx(100 * float(low[0]))


def test_the_sample_data_count_the_same_customers_as_its_monthly_summary() -> None:
    """sample_data/README.md: 4,270 of 194,177 customer-months lost, 2.199 %; at the end of 2024
    20,000 - 4,270 customers are there."""
    found = dmaic.clv(SAMPLE / "churn_export.csv", by="segment")
    assert (found.overall.lost, found.overall.at_risk) == (4270, 194177)
    assert found.overall.customers == 15730
    assert found.overall.churn == pytest.approx(4270 / 194177)
    for name in ("lost", "at_risk", "customers"):
        assert sum(getattr(row, name) for row in found.rows) == getattr(found.overall, name)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("alpha", "beta", "window"),
    # A cohort over 24 periods; a window of 12 on customers of all ages; and customers who are
    # nearly alike, so that the most likely curve is sometimes the plain geometric one.
    [(0.7, 4.0, None), (0.8, 10.0, 12), (3.0, 60.0, 12)],
)
def test_intervals_hold_the_truth_about_as_often_as_they_say(
    alpha: float, beta: float, window: int | None
) -> None:
    """400 customers with rates drawn from a Beta distribution, 200 times over with a fixed seed."""
    generator = numpy.random.default_rng(7)
    truth = Curve(alpha / (alpha + beta), 1 / (alpha + beta)).payments(0.008)
    held = []
    for _ in range(200):
        lives = generator.geometric(generator.beta(alpha, beta, 400))
        entries = generator.integers(0, 30, 400) if window else numpy.zeros(400, int)
        at_risk, lost = numpy.zeros(60), numpy.zeros(60)
        for entry, life in zip(entries, lives, strict=True):
            until = min(life, entry + (window or 24))
            at_risk[entry:until] += 1
            if entry < life == until:
                lost[life - 1] += 1
        found = fit([Age(n, d) for n, d in zip(at_risk, lost, strict=True)])
        low, high = found.region.interval(lambda rates, spreads: payments(rates, spreads, 0.008))
        held.append(low <= truth <= high)
    # Of 200 intervals at 95 %, 180 or fewer hold the truth once in 400 such tests, by chance.
    assert 181 <= sum(held) <= 199
