"""Properties of a recovery and its ranges, whatever the figures."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dmaic.money import cash
from dmaic.money.baseline import Baseline, baseline_from
from dmaic.money.quantity import Quantity
from dmaic.money.scenario import Figures, Scenario, Solution
from dmaic.money.simulate import simulate
from dmaic.money.tornado import tornado

SHAPES = st.sampled_from(["pert", "triangular"])
SHARES = st.floats(0, 1)
AMOUNTS = st.floats(0, 1e6)


@st.composite
def ranges(draw: st.DrawFn, figures: st.SearchStrategy[float]) -> Quantity:
    low, likely, high = sorted(draw(figures) for _ in range(3))
    if low == high:
        return Quantity.fixed(low)
    return Quantity(low=low, likely=likely, high=high, shape=draw(SHAPES))


@st.composite
def solutions(draw: st.DrawFn, name: str) -> Solution:
    return Solution(
        name=name,
        segment=draw(st.sampled_from("AB")),
        reduction=draw(ranges(SHARES)),
        cost=draw(ranges(AMOUNTS)),
        running_cost=draw(ranges(st.floats(0, 1e4))),
        win_back=draw(ranges(SHARES)),
        ramp=draw(st.integers(0, 12)),
        starts=draw(st.integers(1, 12)),
    )


SCENARIOS = st.builds(
    Scenario,
    solutions=st.integers(1, 3).flatmap(
        lambda count: st.tuples(*(solutions(f"S{number}") for number in range(count)))
    ),
    margin=ranges(SHARES),
    discount=SHARES,
    horizon=st.integers(12, 36),
    draws=st.integers(1, 60),
    seed=st.integers(0, 2**63 - 1),
)
BASELINES = st.builds(
    Figures,
    loss=st.floats(1, 1e8),
    churn=st.floats(0.0001, 1),
    shares=st.just({"A": 0.4, "B": 0.3}),
    customers=st.none() | st.floats(1, 1e6),
)


def over(figures: Figures, scenario: Scenario) -> Baseline:
    return baseline_from(figures, scenario.segments, None)


def changed(scenario: Scenario, **fields: Any) -> Scenario:
    """The same with its first solution changed."""
    first = scenario.solutions[0].model_copy(update=fields)
    return scenario.model_copy(update={"solutions": (first, *scenario.solutions[1:])})


def near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other)) + 1e-6


@given(BASELINES, SCENARIOS)
def test_p10_lies_below_p50_and_p50_below_p90(figures: Figures, scenario: Scenario) -> None:
    found = simulate(over(figures, scenario), scenario)
    for each in (found.npv, found.recovered_annual, *found.band):
        assert each.p10 <= each.p50 <= each.p90
    months = [found.payback_month.p10, found.payback_month.p50, found.payback_month.p90]
    known = [month for month in months if month is not None]
    assert known == sorted(known)
    assert months == [*known, *[None] * (3 - len(known))]
    assert 0 <= found.probability_payback <= 1
    assert sum(found.counts) == scenario.draws


@given(BASELINES, SCENARIOS, st.data())
def test_more_reduction_never_recovers_less_in_any_draw(
    figures: Figures, scenario: Scenario, data: st.DataObject
) -> None:
    base = over(figures, scenario)
    now = scenario.solutions[0].reduction
    more = data.draw(st.floats(0, 1 - now.high))
    raised = now.model_copy(
        update={"low": now.low + more, "likely": now.likely + more, "high": now.high + more}
    )
    less, better = (
        simulate(base, each) for each in (scenario, changed(scenario, reduction=raised))
    )
    for name in ("p10", "p50", "p90"):
        for field in ("npv", "recovered_annual"):
            one, other = (getattr(getattr(each, field), name) for each in (less, better))
            assert one <= other or near(one, other)
    assert less.probability_payback <= better.probability_payback


@given(BASELINES, SCENARIOS, st.data())
def test_a_likelier_high_reduction_never_recovers_less(
    figures: Figures, scenario: Scenario, data: st.DataObject
) -> None:
    base, now = over(figures, scenario), scenario.solutions[0].reduction
    likely = data.draw(st.floats(now.likely, now.high))
    better = changed(scenario, reduction=now.model_copy(update={"likely": likely}))
    one, other = simulate(base, scenario).npv, simulate(base, better).npv
    assert all(
        low <= high or near(low, high)
        for low, high in ((one.p10, other.p10), (one.p50, other.p50), (one.p90, other.p90))
    )


@given(BASELINES, SCENARIOS, st.floats(0, 1e6))
def test_more_cost_never_brings_more(figures: Figures, scenario: Scenario, more: float) -> None:
    base, now = over(figures, scenario), scenario.solutions[0].cost
    dearer = now.model_copy(
        update={name: getattr(now, name) + more for name in ("low", "likely", "high")}
    )
    one, other = (simulate(base, each).npv for each in (scenario, changed(scenario, cost=dearer)))
    assert one.p50 >= other.p50 or near(one.p50, other.p50)


@given(BASELINES, st.integers(1, 600), ranges(SHARES), SHARES)
@settings(max_examples=40)
def test_no_reduction_and_no_cost_are_exactly_nothing(
    figures: Figures, horizon: int, margin: Quantity, discount: float
) -> None:
    scenario = Scenario(
        solutions=(Solution(segment="A", reduction=Quantity.fixed(0)),), margin=margin,
        discount=discount, horizon=horizon, draws=20,
    )  # fmt: skip
    base = over(figures, scenario)
    found = simulate(base, scenario)
    assert (found.npv.p10, found.npv.p50, found.npv.p90, found.npv.mean) == (0, 0, 0, 0)
    assert found.recovered_annual.p90 == 0
    assert found.probability_payback == 1
    assert tornado(base, scenario) == ()
    assert not cash.cash(base, scenario, cash.likely(scenario)).net.any()


@given(BASELINES, SCENARIOS)
def test_the_order_of_solutions_changes_nothing(figures: Figures, scenario: Scenario) -> None:
    base = over(figures, scenario)
    turned = scenario.model_copy(update={"solutions": scenario.solutions[::-1]})
    assert simulate(base, scenario) == simulate(base, turned)
    assert tornado(base, scenario) == tornado(base, turned)


@given(BASELINES, SCENARIOS)
def test_two_solutions_on_one_segment_never_save_more_than_it_loses(
    figures: Figures, scenario: Scenario
) -> None:
    base = over(figures, scenario)
    rate = cash.run_rate(base, scenario, cash.likely(scenario))
    for segment, recovered in rate.recovered.items():
        loss = base.find(segment).annual_loss or 0.0
        assert recovered[0] <= loss * (1 + 1e-12)
    alone = [
        each.reduction.likely * (base.find(each.segment).annual_loss or 0.0)
        for each in scenario.solutions
    ]
    # 1 - (1 - r) has the rounding of 1, whatever r.
    near = 1e-12 * (base.whole.annual_loss or 0.0)
    assert sum(each[0] for each in rate.recovered.values()) <= sum(alone) + near
