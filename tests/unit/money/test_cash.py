"""Cash month by month, by figures that can be followed with a pencil."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dmaic.money.baseline import Baseline, Retention, SegmentBaseline
from dmaic.money.cash import cash, likely, npv, payback, ramped, run_rate
from dmaic.money.scenario import Scenario

SEGMENT = SegmentBaseline(
    name="A",
    months=12,
    customers_mean=200,
    churned=120,
    rate=0.05,
    arpa=100,
    arpa_lost=100,
    mrr_lost=1000,
    annual_loss=144_000,
    share=0.5,
    share_value=0.6,
)
"""Loses 10 customers and 1,000 of MRR a month."""

OTHER = SegmentBaseline(
    name="B", months=12, churned=120, rate=0.01, mrr_lost=500, annual_loss=72_000, share=0.5
)
WHOLE = SegmentBaseline(name="All", months=12, churned=240, rate=0.02, annual_loss=240_000)
BASE = Baseline(whole=WHOLE, segments=(SEGMENT, OTHER))


def scenario(*solutions: dict[str, Any], **terms: Any) -> Scenario:
    given = [{"segment": "A", **each} for each in solutions]
    return Scenario.model_validate({"solutions": given, "horizon": 6, **terms})


def flow(made: Scenario) -> Any:
    return cash(BASE, made, likely(made))


def test_saved_customers_pay_from_the_next_month_and_keep_churning() -> None:
    made = scenario({"reduction": 0.5, "cost": 1000, "running_cost": 100})
    found = flow(made)
    # Month 1 saves half of 10. Of them 5 % x (1 - 50 %) = 2.5 % are lost in month 2, as are 2.5 %
    # of all who are kept in each month: 5, 5 x 0.975 + 5, (5 x 0.975 + 5) x 0.975 + 5.
    assert found.saved[0, :4] == pytest.approx([0, 5, 9.875, 14.628125])
    # They pay 100 each, a month later.
    assert found.benefit[0, :4] == pytest.approx([0, 0, 500, 987.5])
    assert found.cost[0] == pytest.approx([1000, *[100] * 6])
    assert found.net[0, :3] == pytest.approx([-1000, -100, 400])
    assert found.cumulative[0, :3] == pytest.approx([-1000, -1100, -700])


def test_a_margin_counts_of_revenue_only_what_stays() -> None:
    full = flow(scenario({"reduction": 0.5}))
    part = flow(scenario({"reduction": 0.5}, margin=0.8))
    assert part.benefit == pytest.approx(0.8 * full.benefit)


def test_a_solution_works_in_full_after_its_ramp() -> None:
    assert [ramped(month, 3) for month in (0, 1, 2, 3, 4)] == pytest.approx([0, 1 / 3, 2 / 3, 1, 1])
    assert ramped(1, 0) == ramped(1, 1) == 1
    found = flow(scenario({"reduction": 0.6, "ramp": 3}))
    # Month 1 saves 20 % of 10; month 2 loses 5 % x 60 % of them and saves 40 % of 10.
    assert found.saved[0, 1:3] == pytest.approx([2, 2 * 0.97 + 4])


def test_a_solution_that_starts_later_is_paid_the_month_before() -> None:
    made = scenario({"reduction": 0.5, "cost": 1000, "running_cost": 100, "starts": 3})
    found = flow(made)
    assert found.cost[0] == pytest.approx([0, 0, 1000, 100, 100, 100, 100])
    assert found.saved[0] == pytest.approx(
        [0, 0, 0, *flow(scenario({"reduction": 0.5})).saved[0][1:5]]
    )


def test_reductions_of_one_segment_compound() -> None:
    # 1 - (1 - 50 %)(1 - 30 %) = 65 %
    two = scenario({"reduction": 0.5}, {"reduction": 0.3})
    one = scenario({"reduction": 0.65})
    assert flow(two).benefit == pytest.approx(flow(one).benefit)
    rate = run_rate(BASE, two, likely(two))
    assert rate.reduction["A"] == pytest.approx([0.65])
    assert rate.recovered["A"] == pytest.approx([0.65 * 144_000])


def test_segments_add_up() -> None:
    both = scenario({"reduction": 0.5}, {"segment": "B", "reduction": 0.5})
    a, b = scenario({"reduction": 0.5}), scenario({"segment": "B", "reduction": 0.5})
    assert flow(both).benefit == pytest.approx(flow(a).benefit + flow(b).benefit)
    rate = run_rate(BASE, both, likely(both))
    # Each makes half of all churn, and is halved: 2 % x (1 - 0.25 - 0.25).
    assert rate.churn_after == pytest.approx([0.01])


def test_customers_won_back_come_over_twelve_months_and_none_after() -> None:
    made = scenario({"win_back": 0.12}, horizon=14)
    found = flow(made)
    # 12 % of the 120 lost in a year: 1.2 in each of twelve months, churning at 5 %.
    back = [0.0]
    for month in range(1, 15):
        back.append(back[-1] * 0.95 + (1.2 if month <= 12 else 0))
    assert found.saved[0] == pytest.approx(back)
    assert run_rate(BASE, made, likely(made)).win_back == pytest.approx([0.12 * 144_000])
    assert run_rate(BASE, made, likely(made)).recovered["A"] == pytest.approx([0])


def test_a_known_return_comes_from_the_first_month_and_needs_no_segment() -> None:
    made = scenario({"segment": "", "recovers": "1200/year", "cost": 100, "ramp": 2}, margin=0.5)
    found = flow(made)
    assert found.benefit[0] == pytest.approx([0, 50, 100, 100, 100, 100, 100])
    assert run_rate(BASE, made, likely(made)).known == pytest.approx([1200])


def test_zero_reduction_recovers_zero() -> None:
    found = flow(scenario({"reduction": 0}))
    assert not found.benefit.any()
    assert not found.saved.any()


def test_full_reduction_loses_nobody_again() -> None:
    assert flow(scenario({"reduction": 1})).saved[0] == pytest.approx([0, 10, 20, 30, 40, 50, 60])


def test_net_present_value_discounts_by_the_month() -> None:
    net = np.array([[-100.0, *[0.0] * 11, 110.0]])
    # 110 in a year at 10 % are 100 today.
    assert npv(net, 0.1) == pytest.approx([0])
    assert npv(net, 0.0) == pytest.approx([10])


@pytest.mark.parametrize(
    ("net", "month"),
    [
        ([-10, 5, 5, 5], 2),
        ([-10, 20, -15, 10], 3),
        ([-10, 5, 4, 0], None),
        ([0, 0, 5, 5], 0),
        ([0, -5, 3, 2], 3),
        ([-0.3, 0.1, 0.1, 0.1], 3),
    ],
)
def test_payback_is_when_the_cumulative_net_stays_at_or_above_zero(
    net: list[float], month: int | None
) -> None:
    found = payback(np.array([net], dtype=float).cumsum(axis=1))[0]
    assert np.isnan(found) if month is None else found == month


def test_on_the_survival_curve_each_cohort_has_its_own_rate() -> None:
    # h(k) = 0.1 / (1 + 0.5 (2 + k - 1)): 0.05, 0.04, 0.0333...; half of it with the solution.
    curve = Retention(rate=0.1, spread=0.5, age=2)
    assert [curve.churn(k) for k in (1, 2, 3)] == pytest.approx([0.05, 0.04, 1 / 30])
    base = BASE.model_copy(
        update={"segments": (SEGMENT.model_copy(update={"retention": curve}), OTHER)}
    )
    made = scenario({"reduction": 0.5})
    found = cash(base, made, likely(made))
    second = 5 * (1 - 0.05 / 2)
    third = second * (1 - 0.04 / 2)
    assert found.saved[0, :4] == pytest.approx([0, 5, 5 + second, 5 + second + third])


def test_a_flat_curve_is_the_constant_rate() -> None:
    flat = SEGMENT.model_copy(update={"retention": Retention(rate=0.05, spread=0, age=7)})
    base = BASE.model_copy(update={"segments": (flat, OTHER)})
    made = scenario({"reduction": 0.4, "ramp": 3, "win_back": 0.1}, {"reduction": 0.2, "starts": 2})
    assert cash(base, made, likely(made)).net == pytest.approx(flow(made).net)


def test_draws_are_reckoned_apart() -> None:
    made = scenario({"reduction": 0.5, "cost": 100})
    one = likely(made)
    two = type(one)(
        reduction=(np.array([0.5, 0.0]),),
        cost=(np.array([100.0, 7.0]),),
        running_cost=(np.zeros(2),),
        win_back=(np.zeros(2),),
        recovers=(np.zeros(2),),
        margin=np.ones(2),
        scale={"A": np.ones(2)},
    )
    found = cash(BASE, made, two)
    assert found.net[0] == pytest.approx(cash(BASE, made, one).net[0])
    assert found.net[1] == pytest.approx([-7, 0, 0, 0, 0, 0, 0])
