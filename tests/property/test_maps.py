"""Properties of the maps' arithmetic: order, scale, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmaic.documents.base import Papers
from dmaic.documents.measure import flow, journey
from dmaic.documents.measure.journey_map import JourneyMap
from dmaic.documents.measure.process_map import ProcessMap

SCORES = st.none() | st.integers(-2, 2)
MOMENTS = st.fixed_dictionaries(
    {
        **dict.fromkeys(journey.SCARF, SCORES),
        "pain": st.none() | st.floats(0, 10),
        "reach": st.none() | st.floats(0, 1e9),
        "function": st.sampled_from(["", "Sales", "Support", "sales"]),
    }
)
HOURS = st.none() | st.floats(0, 1000)
STEPS = st.fixed_dictionaries(
    {
        "touch": HOURS,
        "wait": HOURS,
        "first_pass": st.none() | st.floats(0, 100),
        "volume": st.none() | st.floats(0.001, 1e6),
        "value_adding": st.none() | st.booleans(),
        "function": st.sampled_from(["", "Sales", "Support", "sales"]),
        "type": st.sampled_from(["", "step", "wait", "decision", "inspection"]),
    }
)


def trip(steps: list[dict[str, Any]]) -> JourneyMap:
    return JourneyMap.model_validate(
        {"steps": [{**step, "id": f"J{n}"} for n, step in enumerate(steps, 1)]}
    )


def process(steps: list[dict[str, Any]]) -> ProcessMap:
    return ProcessMap.model_validate(
        {"steps": [{**step, "id": f"P{n}"} for n, step in enumerate(steps, 1)]}
    )


def value(document: ProcessMap, name: str) -> float | None:
    return next((each.value for each in flow.figures(document) if each.name == name), None)


@given(st.lists(MOMENTS, min_size=1, max_size=12))
def test_the_curve_keeps_to_the_scale_and_has_a_point_exactly_where_a_score_is(
    steps: list[dict[str, Any]],
) -> None:
    for step, point in zip(steps, journey.curve(trip(steps)), strict=True):
        given_scores = [step[name] for name in journey.SCARF if step[name] is not None]
        assert (point is None) == (not given_scores)
        if point is not None:
            assert min(given_scores) <= point <= max(given_scores)


@given(st.lists(MOMENTS, min_size=1, max_size=12))
def test_turning_every_score_around_turns_the_curve_around(steps: list[dict[str, Any]]) -> None:
    turned = [
        {**step, **{n: None if step[n] is None else -step[n] for n in journey.SCARF}}
        for step in steps
    ]
    for point, other in zip(journey.curve(trip(steps)), journey.curve(trip(turned)), strict=True):
        assert (point is None and other is None) or point == -(other or 0)


@given(st.lists(MOMENTS, min_size=1, max_size=12), st.floats(0.001, 1000))
def test_the_unit_of_reach_does_not_change_the_ranking(
    steps: list[dict[str, Any]], unit: float
) -> None:
    ranks = [rank for _, rank in journey.ranking(trip(steps))]
    assert ranks == sorted(ranks, reverse=True)
    scaled = [
        {**step, "reach": None if step["reach"] is None else step["reach"] * unit} for step in steps
    ]
    assert [rank for _, rank in journey.ranking(trip(scaled))] == pytest.approx(
        [rank * unit for rank in ranks]
    )


@given(st.lists(MOMENTS, min_size=0, max_size=12))
def test_a_step_without_anything_changes_no_figure_but_the_counts(
    steps: list[dict[str, Any]],
) -> None:
    more = trip([*steps, {}])
    for name in ("weakest", "ranking"):
        assert [s.id for s, _ in getattr(journey, name)(more)] == [
            s.id for s, _ in getattr(journey, name)(trip(steps))
        ]
    assert journey.hand_offs(more) == journey.hand_offs(trip(steps))
    assert more.blocks(Papers())


@given(st.lists(STEPS, min_size=1, max_size=12), st.floats(0.01, 100))
def test_the_unit_of_time_scales_times_and_leaves_the_efficiency(
    steps: list[dict[str, Any]], unit: float
) -> None:
    scaled = [
        {**step, **{n: None if step[n] is None else step[n] * unit for n in ("touch", "wait")}}
        for step in steps
    ]
    one, other = process(steps), process(scaled)
    for name in ("lead_time", "touch_time", "longest_wait"):
        before = value(one, name)
        assert value(other, name) == (
            None if before is None else pytest.approx(before * unit, rel=1e-9, abs=1e-9)
        )
    before, after = value(one, "efficiency"), value(other, "efficiency")
    if before is not None and after is not None and (value(one, "lead_time") or 0) > 1e-6:
        assert after == pytest.approx(before, abs=1e-6)


@given(st.lists(STEPS, min_size=1, max_size=12), st.floats(0.01, 100))
def test_counting_the_volume_otherwise_does_not_change_the_lead_time(
    steps: list[dict[str, Any]], factor: float
) -> None:
    scaled = [
        {**step, "volume": None if step["volume"] is None else step["volume"] * factor}
        for step in steps
    ]
    before = value(process(steps), "lead_time")
    assert value(process(scaled), "lead_time") == (
        None if before is None else pytest.approx(before)
    )


@given(st.lists(STEPS, min_size=1, max_size=12))
def test_efficiency_and_yield_are_fractions_and_shares_add_up_to_one(
    steps: list[dict[str, Any]],
) -> None:
    document = process(steps)
    for name in ("efficiency", "rolled_yield"):
        figure = value(document, name)
        assert figure is None or 0 <= figure <= 1 + 1e-9
    shares = [share for _, _, share in flow.shares(document)]
    assert not shares or sum(shares) == pytest.approx(1)
    assert (value(document, "touch_time") or 0) <= (value(document, "lead_time") or 0) * (1 + 1e-9)
    assert document.blocks(Papers())


@given(st.lists(STEPS, min_size=2, max_size=12), st.randoms())
def test_the_order_of_the_steps_does_not_change_the_rolled_yield(
    steps: list[dict[str, Any]], random: Any
) -> None:
    mixed = list(steps)
    random.shuffle(mixed)
    before = value(process(steps), "rolled_yield")
    assert value(process(mixed), "rolled_yield") == (
        None if before is None else pytest.approx(before)
    )
