"""What holds of every estimate."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmaic.money.baseline import Baseline, SegmentBaseline
from dmaic.money.cash import cash, likely, npv, run_rate
from dmaic.money.irr import irr
from dmaic.money.scenario import Scenario

SHARE = st.floats(0, 1)
MONEY = st.floats(0, 1e6)


def segment(name: str, churned: int, there: int, arpa: float, every: int) -> SegmentBaseline:
    return SegmentBaseline(
        name=name,
        months=12,
        churned=churned,
        rate=churned / there / 12,
        mrr_lost=churned * arpa / 12,
        annual_loss=churned * arpa * 12,
        share=churned / every,
    )


@st.composite
def baselines(draw: Any) -> Baseline:
    counts = [draw(st.integers(1, 500)) for _ in "AB"]
    there = [draw(st.integers(each, 5000)) for each in counts]
    arpa = [draw(st.floats(0.01, 1000)) for _ in "AB"]
    parts = tuple(
        segment(*each, sum(counts)) for each in zip("AB", counts, there, arpa, strict=True)
    )
    whole = SegmentBaseline(
        name="All", months=12, churned=sum(counts), rate=sum(counts) / sum(there) / 12,
        annual_loss=sum(each.annual_loss or 0 for each in parts),
    )  # fmt: skip
    return Baseline(whole=whole, segments=parts)


@st.composite
def solutions(draw: Any) -> dict[str, Any]:
    return {
        "segment": draw(st.sampled_from("AB")),
        "reduction": draw(SHARE),
        "cost": draw(MONEY),
        "running_cost": draw(MONEY),
        "ramp": draw(st.integers(0, 12)),
        "starts": draw(st.integers(1, 12)),
        "win_back": draw(SHARE),
    }


MANY = st.lists(solutions(), min_size=1, max_size=4)


def made(given_solutions: list[dict[str, Any]]) -> Scenario:
    return Scenario.model_validate({"solutions": given_solutions, "horizon": 24})


def recovered(base: Baseline, scenario: Scenario) -> float:
    return float(sum(run_rate(base, scenario, likely(scenario)).recovered.values())[0])  # type: ignore[index]


@settings(deadline=None)
@given(baselines(), MANY, st.integers(0, 3), SHARE)
def test_more_reduction_never_recovers_less(
    base: Baseline, given_solutions: list[dict[str, Any]], place: int, more: float
) -> None:
    one = given_solutions[place % len(given_solutions)]
    raised = {**one, "reduction": max(one["reduction"], more)}
    other = [raised if each is one else each for each in given_solutions]
    low, high = made(given_solutions), made(other)
    assert recovered(base, high) >= recovered(base, low) - 1e-6
    before, after = (cash(base, each, likely(each)) for each in (low, high))
    assert (after.benefit >= before.benefit - 1e-6).all()


@settings(deadline=None)
@given(baselines(), MANY)
def test_zero_reduction_recovers_zero(
    base: Baseline, given_solutions: list[dict[str, Any]]
) -> None:
    nothing = made([{**each, "reduction": 0, "win_back": 0} for each in given_solutions])
    found = cash(base, nothing, likely(nothing))
    assert recovered(base, nothing) == 0
    assert not found.benefit.any()


@settings(deadline=None)
@given(baselines(), MANY)
def test_segments_add_up_to_the_whole(
    base: Baseline, given_solutions: list[dict[str, Any]]
) -> None:
    every = made(given_solutions)
    parts = [
        made([each for each in given_solutions if each["segment"] == name])
        for name in {each["segment"] for each in given_solutions}
    ]
    assert recovered(base, every) == pytest.approx(sum(recovered(base, each) for each in parts))
    whole = cash(base, every, likely(every))
    flows = [cash(base, each, likely(each)) for each in parts]
    assert whole.net == pytest.approx(sum(each.net for each in flows), abs=1e-3)


@settings(deadline=None)
@given(baselines(), MANY)
def test_nobody_recovers_more_than_is_lost(
    base: Baseline, given_solutions: list[dict[str, Any]]
) -> None:
    scenario = made(given_solutions)
    assert 0 <= recovered(base, scenario) <= (base.whole.annual_loss or 0) * (1 + 1e-12)
    after = run_rate(base, scenario, likely(scenario)).churn_after[0]
    assert 0 <= after <= base.whole.rate


@settings(deadline=None)
@given(baselines(), MANY)
def test_the_order_of_solutions_changes_nothing(
    base: Baseline, given_solutions: list[dict[str, Any]]
) -> None:
    one, other = made(given_solutions), made(given_solutions[::-1])
    assert recovered(base, one) == pytest.approx(recovered(base, other))
    first, second = (cash(base, each, likely(each)).net for each in (one, other))
    assert first == pytest.approx(second, abs=1e-3)


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60))
def test_where_there_is_an_irr_the_npv_at_it_is_zero(net: list[float]) -> None:
    import numpy as np

    rate, reason = irr(net)
    assert (rate is None) == bool(reason)
    if rate is not None:
        size = sum(map(abs, net))
        assert npv(np.array([net]), rate)[0] == pytest.approx(0, abs=1e-6 * size + 1e-6)


@settings(deadline=None)
@given(MANY)
def test_a_scenario_can_be_written_and_read_again(given_solutions: list[dict[str, Any]]) -> None:
    scenario = made(given_solutions)
    assert Scenario.model_validate(scenario.content) == scenario
