"""The formulas of churn over one flow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dmaic.money import metric
from dmaic.money.definition import DEFAULT, Definition
from dmaic.money.flow import Flow, added
from dmaic.stats.proportion import wilson

# ChartMogul's example: $100 at the start, $10 churned, $10 contracted, $10 expanded
# (help.chartmogul.com/hc/en-us/articles/203359341-Metric-MRR-Churn-Rate).
EXAMPLE = Flow(
    customers_start=10,
    churned=1,
    mrr_start=100.0,
    mrr_new=0.0,
    mrr_churned=10.0,
    mrr_reactivated=0.0,
    mrr_passing=0.0,
    mrr_contraction=10.0,
    mrr_expansion=10.0,
    squares_churned=100.0,
)
BUSY = Flow(
    customers_start=100,
    new=20,
    churned=10,
    reactivated=5,
    passing=4,
    mrr_start=1000.0,
    mrr_new=300.0,
    mrr_churned=80.0,
    mrr_reactivated=60.0,
    mrr_passing=40.0,
    mrr_contraction=30.0,
    mrr_expansion=50.0,
    squares_churned=900.0,
)


def meant(**change: Any) -> Definition:
    return Definition(name="x", **change)


def test_gross_is_20_and_net_10_per_cent() -> None:
    assert metric.gross_churn(EXAMPLE, DEFAULT) == pytest.approx(0.20)
    assert metric.net_churn(EXAMPLE, DEFAULT) == pytest.approx(0.10)
    assert metric.grr(EXAMPLE) == pytest.approx(0.80)
    assert metric.nrr(EXAMPLE, DEFAULT) == pytest.approx(0.90)
    assert metric.cancelled_churn(EXAMPLE, DEFAULT) == pytest.approx(0.10)
    assert metric.mrr_end(EXAMPLE) == pytest.approx(90.0)


def test_100_to_70_is_contraction_and_no_churned_customer() -> None:
    # Chargebee's example (support.chargebee.com, article 264186).
    flow = replace(
        EXAMPLE, customers_start=1, churned=0, mrr_churned=0.0, mrr_contraction=30.0,
        mrr_expansion=0.0, squares_churned=0.0,
    )  # fmt: skip
    assert metric.logo_churn(flow, DEFAULT) == 0
    assert metric.gross_churn(flow, DEFAULT) == pytest.approx(0.30)
    assert metric.cancelled_churn(flow, DEFAULT) == 0


@pytest.mark.parametrize(
    ("definition", "lost", "at_risk"),
    [
        (meant(), 10, 100),
        (meant(new_and_churned="counted"), 14, 100),
        # Stripe: who came and went is in the numerator and in the denominator.
        (meant(denominator="start-plus-new", new_and_churned="counted"), 14, 124),
        (meant(denominator="start-plus-new"), 10, 120),
        # 100 at the start, 100 + 20 + 5 - 10 = 115 at the end.
        (meant(denominator="average"), 10, 107.5),
    ],
)
def test_logo_churn_by_definition(definition: Definition, lost: int, at_risk: float) -> None:
    assert metric.lost(BUSY, definition) == lost
    assert metric.at_risk(BUSY, definition) == at_risk
    assert metric.logo_churn(BUSY, definition) == pytest.approx(lost / at_risk)
    assert metric.logo_interval(BUSY, definition) == wilson(lost, at_risk)


@pytest.mark.parametrize(
    ("definition", "gross", "net"),
    [
        (meant(), 110 / 1000, 60 / 1000),
        (meant(contraction=False), 80 / 1000, 30 / 1000),
        (meant(offsets=()), 110 / 1000, 110 / 1000),
        (meant(offsets=("expansion", "reactivation")), 110 / 1000, 0.0),
        (meant(new_and_churned="counted"), 150 / 1000, 100 / 1000),
        (meant(denominator="start-plus-new", new_and_churned="counted"), 150 / 1340, 100 / 1340),
        # 1000 at the start, 1000 + 300 + 60 + 50 - 30 - 80 = 1300 at the end.
        (meant(denominator="average"), 110 / 1150, 60 / 1150),
    ],
)
def test_revenue_churn_by_definition(definition: Definition, gross: float, net: float) -> None:
    assert metric.gross_churn(BUSY, definition) == pytest.approx(gross)
    assert metric.net_churn(BUSY, definition) == pytest.approx(net)


def test_retention_is_of_those_at_the_start_by_every_denominator() -> None:
    for denominator in ("start", "start-plus-new", "average"):
        definition = meant(denominator=denominator)
        assert metric.grr(BUSY) == pytest.approx(1 - 110 / 1000)
        assert metric.nrr(BUSY, definition) == pytest.approx(1 - 60 / 1000)


def test_what_the_export_lacks_is_none_and_not_nought() -> None:
    flow = replace(BUSY, mrr_contraction=None, mrr_expansion=None)
    assert metric.gross_churn(flow, DEFAULT) == pytest.approx(0.08)
    assert metric.net_churn(flow, DEFAULT) is None
    assert metric.nrr(flow, DEFAULT) is None
    bare = Flow(customers_start=5, churned=1)
    figures = (metric.cancelled_churn, metric.gross_churn, metric.net_churn, metric.mrr_at_risk,
               metric.nrr, metric.mrr_spread, metric.cancelled_interval)  # fmt: skip
    assert [figure(bare, DEFAULT) for figure in figures] == [None] * len(figures)
    assert metric.grr(bare) is None
    assert metric.mrr_end(bare) is None


def test_the_end_is_not_known_where_it_is_not_told_what_the_new_pay() -> None:
    # A monthly summary with the MRR of the start and of the lost alone: the next start is higher.
    flow = Flow(customers_start=16_486, new=308, churned=387, mrr_start=1_730_211.0,
                mrr_churned=37_014.0)  # fmt: skip
    assert metric.mrr_end(flow) is None
    assert metric.mrr_end(replace(flow, mrr_new=31_758.0)) == 1_724_955
    assert metric.mrr_end(replace(flow, new=0)) == 1_730_211 - 37_014
    assert metric.mrr_end(replace(flow, new=0, reactivated=2)) is None
    # Nor then what a definition divides by that has the new, or the end, in it.
    for denominator in ("start-plus-new", "average"):
        assert metric.mrr_at_risk(flow, meant(denominator=denominator)) is None
        assert metric.gross_churn(flow, meant(denominator=denominator)) is None
    assert metric.mrr_at_risk(flow, DEFAULT) == 1_730_211


def test_nobody_at_risk_has_no_rate() -> None:
    nobody = Flow(customers_start=0, new=3, passing=2, mrr_start=0.0, mrr_churned=0.0)
    assert metric.logo_churn(nobody, DEFAULT) is None
    assert metric.logo_interval(nobody, DEFAULT) is None
    assert metric.cancelled_churn(nobody, DEFAULT) is None


def test_more_lost_than_there_were_is_no_proportion() -> None:
    flow = Flow(customers_start=2, churned=1, passing=5)
    definition = meant(new_and_churned="counted")
    assert metric.logo_churn(flow, definition) == 3
    assert metric.logo_interval(flow, definition) is None
    assert metric.annualised(3, 1) is None


def test_revenue_interval_is_compound_poisson() -> None:
    # Nine customers of 10 each: Var = 9 x 10^2, so 90 +- 1.96 x 30.
    flow = replace(BUSY, churned=9, mrr_churned=90.0, squares_churned=900.0)
    low, high = metric.cancelled_interval(flow, DEFAULT) or (None, None)
    assert low == pytest.approx((90 - 1.959964 * 30) / 1000, abs=1e-8)
    assert high == pytest.approx((90 + 1.959964 * 30) / 1000, abs=1e-8)


def test_revenue_interval_stays_within_0_and_1_and_needs_a_loss() -> None:
    one = replace(BUSY, churned=1, mrr_churned=900.0, squares_churned=810_000.0)
    assert metric.cancelled_interval(one, DEFAULT) == (0.0, 1.0)
    none = replace(BUSY, churned=0, mrr_churned=0.0, squares_churned=0.0)
    assert metric.cancelled_interval(none, DEFAULT) is None


def test_pooled_rates_are_those_of_the_sum() -> None:
    both = added([BUSY, EXAMPLE])
    assert metric.logo_churn(both, DEFAULT) == pytest.approx(11 / 110)
    for denominator in ("start", "start-plus-new", "average"):
        definition = meant(denominator=denominator, new_and_churned="counted")
        parts = [metric.at_risk(flow, definition) for flow in (BUSY, EXAMPLE)]
        assert metric.at_risk(both, definition) == pytest.approx(sum(parts))


@pytest.mark.parametrize(
    ("rate", "months", "year"),
    [
        # 1 - 0.98^12
        (0.02, 1, 0.215283),
        (0.05, 3, 0.185494),
        (0.3, 12, 0.3),
        (1.0, 1, 1.0),
        (0.0, 1, 0.0),
    ],
)
def test_annualised(rate: float, months: int, year: float) -> None:
    assert metric.annualised(rate, months) == pytest.approx(year, abs=1e-6)
    assert metric.annualised(None, months) is None


def test_events_per_exposure() -> None:
    # The exact limits for 68 events are the quantiles of Gamma(68) and Gamma(69): 52.80 and 86.21
    # (scipy.special.gammaincinv); Byar's approximation agrees to one decimal.
    rate, low, high = metric.per_exposure(68, 1.0) or (0, 0, 0)
    assert (rate, round(low, 1), round(high, 1)) == (68, 52.8, 86.2)
    # None seen: the exact upper limit is 3.689; Byar's approximation is close to it.
    assert metric.per_exposure(0, 1.0) == pytest.approx((0, 0, 3.68), abs=0.03)
    assert metric.per_exposure(3, 0.0) is None
