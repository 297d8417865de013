"""A tornado: one quantity at a time, from known ends to known values."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.money import cash
from dmaic.money.baseline import NO_BASELINE, Baseline, baseline_from
from dmaic.money.scenario import Figures, Scenario
from dmaic.money.tornado import TornadoRow, tornado

KNOWN = {"name": "Known", "recovers": "0;0;3000/month", "cost": 10_000}


def scenario(*solutions: dict[str, Any], **terms: Any) -> Scenario:
    return Scenario.model_validate({"solutions": solutions, **terms})


def baseline(asked: Scenario) -> Baseline:
    figures = Figures.model_validate(
        {"loss": "5M", "churn": "2.2%", "shares": {"A": 0.463}, "customers": 8_000}
    )
    return baseline_from(figures, asked.segments, "USD")


def rows(asked: Scenario, base: Baseline = NO_BASELINE) -> dict[str, TornadoRow]:
    return {row.name: row for row in tornado(base, asked)}


def npv(base: Baseline, asked: Scenario) -> float:
    return float(cash.npv(cash.cash(base, asked, cash.likely(asked)).net, asked.discount)[0])


def test_a_range_goes_from_its_p10_to_its_p90() -> None:
    # PERT(0, 0, 3000) is 3000 Beta(1, 5): the point at p is 3000 (1 - (1 - p)^(1/5)). Without
    # discount the value is 24 x return - 10,000.
    found = rows(scenario(KNOWN, discount=0))["Known: recovers"]
    low, high = (3000 * (1 - (1 - p) ** 0.2) for p in (0.1, 0.9))
    assert (found.low, found.high) == pytest.approx((low, high))
    assert (found.npv_low, found.npv_high) == pytest.approx((24 * low - 1e4, 24 * high - 1e4))
    assert found.swing == pytest.approx(24 * (high - low))
    assert found.moved == "p10-p90"


def test_a_single_figure_is_moved_by_a_tenth_of_itself_and_marked() -> None:
    found = rows(scenario(KNOWN, discount=0))["Known: cost"]
    # At the likely return, 0 a month, the value is the cost alone.
    assert (found.npv_low, found.npv_high) == pytest.approx((-9_000, -11_000))
    assert found.swing == pytest.approx(2_000)
    assert found.moved == "10%"


def test_a_share_is_not_moved_beyond_the_whole() -> None:
    asked = scenario({"segment": "A", "reduction": "95%"})
    found = rows(asked, baseline(asked))
    assert (found["A: reduction"].low, found["A: reduction"].high) == pytest.approx((0.855, 1))
    assert (found["margin"].low, found["margin"].high) == pytest.approx((0.9, 1))


def test_a_ramp_is_moved_by_a_month_and_a_discount_by_a_tenth() -> None:
    asked = scenario({"segment": "A", "reduction": "65%", "ramp": 6}, discount=0.2)
    base = baseline(asked)
    found = rows(asked, base)
    for months, value in ((5, found["A: ramp"].npv_low), (7, found["A: ramp"].npv_high)):
        other = scenario({"segment": "A", "reduction": "65%", "ramp": months}, discount=0.2)
        assert value == pytest.approx(npv(base, other))
    assert (found["discount"].low, found["discount"].high) == pytest.approx((0.18, 0.22))
    assert found["discount"].npv_low == pytest.approx(
        npv(base, asked.model_copy(update={"discount": 0.18}))
    )


def test_every_quantity_is_moved_alone() -> None:
    asked = scenario(
        {"segment": "A", "reduction": "40%,65%,80%", "cost": "90k,120k,180k"},
        margin="70%,80%,85%",
    )
    base = baseline(asked)
    for name, row in rows(asked, base).items():
        if row.moved == "p10-p90" and row.kind in ("share", "money"):
            field = name.rpartition(": ")[2]
            for end, value in ((row.low, row.npv_low), (row.high, row.npv_high)):
                terms = {"reduction": "65%", "cost": 120_000, "margin": "80%", field: end}
                margin = terms.pop("margin")
                other = scenario({"segment": "A", **terms}, margin=margin)
                assert value == pytest.approx(npv(base, other)), name


def test_the_greatest_swing_comes_first_and_what_moves_nothing_is_left_out() -> None:
    asked = scenario(
        {"name": "One", "segment": "A", "reduction": "40%,65%,80%", "cost": 1000},
        {"name": "Two", "segment": "A", "reduction": "1%,2%,3%"},
    )
    found = tornado(baseline(asked), asked)
    swings = [row.swing for row in found]
    assert swings == sorted(swings, reverse=True)
    assert found[0].name == "One: reduction"
    names = [row.name for row in found]
    assert "Two: cost" not in names
    assert "One: win back" not in names


def test_the_order_of_the_solutions_changes_no_row() -> None:
    one = {"name": "One", "segment": "A", "reduction": "40%,65%,80%", "cost": 1000}
    two = {"name": "Two", "segment": "A", "reduction": "pilot:9/120,31/118"}
    first, second = scenario(one, two), scenario(two, one)
    assert tornado(baseline(first), first) == tornado(baseline(second), second)


def test_nothing_that_costs_or_brings_anything_has_no_rows() -> None:
    asked = scenario({"segment": "A", "reduction": "0%"})
    assert tornado(baseline(asked), asked) == ()
