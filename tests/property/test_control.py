"""Control charts: what a chart may not depend on, and what it must follow."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmaic.stats.control.chart import make_chart
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.series import Series, Wish

MEASURES = st.lists(st.integers(-500, 500), min_size=3, max_size=40)
COUNTS = st.lists(
    st.integers(1, 400).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))),
    min_size=2,
    max_size=30,
)
SINGLE = ("xmr", "ewma", "cusum")


def measures(values: list[float]) -> Series:
    return Series(tuple(str(at + 1) for at in range(len(values))), tuple(values))


def counts(pairs: list[tuple[int, int]]) -> Series:
    return Series(
        tuple(str(at + 1) for at in range(len(pairs))),
        tuple(float(count) for count, _ in pairs),
        tuple(float(size) for _, size in pairs),
        "defectives",
    )


def signals(chart: ControlResult) -> list[tuple[object, ...]]:
    return [point.signals for point in chart.points]


@given(
    MEASURES, st.integers(-1000, 1000), st.sampled_from([1, 2, 8, 1024]), st.sampled_from(SINGLE)
)
def test_shift_and_scale_change_the_figures_and_no_signal(
    values: list[int], shift: int, scale: int, kind: str
) -> None:
    wish = Wish(chart=kind, rules="nelson")
    plain = make_chart(measures([float(each) for each in values]), wish)
    moved = make_chart(measures([float(scale * each + shift) for each in values]), wish)
    assert signals(moved) == signals(plain)
    assert moved.center == pytest.approx(scale * plain.center + shift, abs=1e-6)
    assert moved.sigma == pytest.approx(scale * (plain.sigma or 0), abs=1e-6)


@given(MEASURES)
def test_turned_upside_down_signals_change_sides(values: list[int]) -> None:
    wish = Wish(chart="xmr", rules="nelson")
    up = make_chart(measures([float(each) for each in values]), wish)
    down = make_chart(measures([-float(each) for each in values]), wish)
    assert signals(up) == signals(down)
    other = {"above": "below", "below": "above", "up": "down", "down": "up", "both": "both"}
    assert [other[signal.side] for signal in up.signals] == [s.side for s in down.signals]


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_points_moves_no_centre_and_no_limit(
    pairs: list[tuple[int, int]], random: object
) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one = make_chart(counts(pairs), Wish(chart="p", rules="1"))
    other = make_chart(counts(shuffled), Wish(chart="p", rules="1"))
    assert other.center == one.center
    assert other.sigma == one.sigma
    limits = sorted((point.size, point.upper, point.lower) for point in one.points)
    assert sorted((point.size, point.upper, point.lower) for point in other.points) == limits


@given(COUNTS)
def test_shares_stay_shares_and_z_tells_the_signal(pairs: list[tuple[int, int]]) -> None:
    chart = make_chart(counts(pairs), Wish(chart="p", rules="1"))
    for point in chart.points:
        assert point.lower is not None
        assert point.upper is not None
        assert 0 <= point.lower <= chart.center <= point.upper <= 1
        if point.z is not None and abs(abs(point.z) - 3) > 1e-6:
            assert bool(point.signals) == (abs(point.z) > 3)


@given(COUNTS)
def test_every_point_twice_keeps_the_centre(pairs: list[tuple[int, int]]) -> None:
    once, twice = (
        make_chart(counts(pairs), Wish(chart="p")),
        make_chart(counts(pairs * 2), Wish(chart="p")),
    )
    assert twice.center == pytest.approx(once.center, abs=1e-12)


@given(
    st.lists(st.integers(1, 10**6), min_size=2, max_size=20),
    st.booleans(),
    st.sampled_from(["p", "laney-p", "auto"]),
)
def test_nobody_and_everybody_lost_are_stable(sizes: list[int], everybody: bool, kind: str) -> None:
    chart = make_chart(counts([(size * everybody, size) for size in sizes]), Wish(chart=kind))
    assert chart.center == float(everybody)
    assert chart.stable


@given(st.floats(-1e9, 1e9), st.integers(2, 30), st.sampled_from(SINGLE))
def test_a_measure_that_never_changes_is_stable(value: float, number: int, kind: str) -> None:
    chart = make_chart(measures([value] * number), Wish(chart=kind, rules="nelson"))
    assert chart.stable
    assert chart.center == value


@given(MEASURES, st.data())
def test_points_after_a_frozen_baseline_do_not_move_its_limits(
    values: list[int], data: st.DataObject
) -> None:
    until = data.draw(st.integers(2, len(values)))
    series = measures([float(each) for each in values])
    whole = make_chart(series, Wish(chart="xmr", freeze_until=str(until)))
    base = replace(series, labels=series.labels[:until], values=series.values[:until])
    alone = make_chart(base, Wish(chart="xmr"))
    assert (whole.center, whole.sigma, whole.upper) == (alone.center, alone.sigma, alone.upper)


@given(MEASURES, st.data())
def test_a_stage_is_a_chart_of_its_own(values: list[int], data: st.DataObject) -> None:
    values = values * 2
    start = data.draw(st.integers(2, len(values) - 2))
    series = measures([float(each) for each in values])
    rules = "nelson,anhoej"
    staged = make_chart(
        series, Wish(chart="xmr", rules=rules, stages=((str(start + 1), "a change"),))
    )
    for part, stage in ((slice(start), 1), (slice(start, None), 2)):
        alone = make_chart(
            replace(series, labels=series.labels[part], values=series.values[part]),
            Wish(chart="xmr", rules=rules),
        )
        assert [p.signals for p in staged.points if p.stage == stage] == signals(alone)
        assert staged.stages[stage - 1].upper == alone.upper


@settings(max_examples=30)
@given(COUNTS, st.sampled_from(["", "nelson", "anhoej,1"]))
def test_the_false_alarm_rate_is_a_chance(pairs: list[tuple[int, int]], rules: str) -> None:
    found = make_chart(counts(pairs), Wish(chart="p", rules=rules)).false_alarm
    assert found is None or 0 <= found.probability <= 1


@given(COUNTS, st.data())
def test_points_without_anybody_at_risk_change_nothing(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(pairs)))
    gap = [*pairs[:at], (0, 0), *pairs[at:]]
    full = make_chart(counts(pairs), Wish(chart="p", rules="1,2,3,4"))
    holed = make_chart(counts(gap), Wish(chart="p", rules="1,2,3,4"))
    assert holed.center == full.center
    assert [p.signals for p in holed.points if p.value is not None] == signals(full)
