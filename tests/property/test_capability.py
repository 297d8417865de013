"""Capability: shift and scale, order, and figures that stay what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmaic.result import Inputs
from dmaic.stats.capability.attribute import capability_of, rolled
from dmaic.stats.capability.index import Limits
from dmaic.stats.capability.measure import of_values
from dmaic.stats.capability.result import CapabilityResult
from dmaic.stats.control.chart import make_chart
from dmaic.stats.control.series import Series, Wish

VALUES = st.lists(st.integers(-500, 500), min_size=3, max_size=40).filter(
    lambda values: len(set(values)) > 1
)
COUNTED = st.integers(1, 10**6).flatmap(
    lambda units: st.tuples(st.integers(0, units), st.just(units))
)


def judged(values: list[float], lsl: float, usl: float) -> CapabilityResult:
    series = Series(tuple(map(str, range(len(values)))), tuple(values))
    chart = make_chart(series, Wish(screen=False))
    return of_values(series, chart, Limits(lsl, usl), 0.95, Inputs(source="test"))


@given(VALUES, st.integers(-1000, 1000), st.sampled_from([1, 2, 8, 1024]))
def test_indices_have_no_unit(values: list[int], shift: int, scale: int) -> None:
    plain = judged([float(each) for each in values], -600, 700)
    moved = judged(
        [float(scale * each + shift) for each in values], -600 * scale + shift, 700 * scale + shift
    )
    for name in ("cp", "cpk", "pp", "ppk", "cpk_low", "pp_high"):
        assert getattr(moved, name) == pytest.approx(getattr(plain, name), rel=1e-6)
    assert (moved.outside, moved.stable, moved.verdict) == (
        plain.outside,
        plain.stable,
        plain.verdict,
    )


@given(VALUES)
def test_off_centre_is_never_better(values: list[int]) -> None:
    found = judged([float(each) for each in values], -600, 700)
    assert found.cp is not None
    assert found.pp is not None
    assert found.cpk <= found.cp + 1e-9
    assert found.ppk <= found.pp + 1e-9
    assert 0 <= found.expected_overall <= 1
    assert sum(bar.count for bar in found.histogram) == len(values)


@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_values_moves_no_overall_figure(values: list[int], random: object) -> None:
    shuffled = [float(each) for each in values]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = judged([float(each) for each in values], -600, 700), judged(shuffled, -600, 700)
    assert other.ppk == pytest.approx(one.ppk)
    assert other.outside == one.outside


@given(COUNTED, st.integers(1, 50), st.floats(0, 3))
def test_an_interval_holds_its_figure(
    counted: tuple[int, int], opportunities: int, shift: float
) -> None:
    defects, units = counted
    step = capability_of("all", defects, units, opportunities=opportunities,
                         several=opportunities > 1, shift=shift)  # fmt: skip
    slack = 1e-9
    for low, value, high in (
        (step.dpmo_low, step.dpmo, step.dpmo_high),
        (step.yield_low, step.yield_, step.yield_high),
    ):
        assert low is not None
        assert high is not None
        assert low - slack <= value <= high + slack
    assert 0 <= step.yield_ <= 1
    if step.sigma_level is not None and step.sigma_low is not None:
        assert step.sigma_low <= step.sigma_level
    assert (step.sigma_level is None) == (defects in (0, units * opportunities))


@given(st.lists(COUNTED, min_size=1, max_size=6))
def test_no_process_is_better_than_its_worst_step(counted: list[tuple[int, int]]) -> None:
    steps = [capability_of(str(at), bad, units) for at, (bad, units) in enumerate(counted)]
    value, low, high = rolled(steps, several=False)
    assert value <= min(step.yield_ for step in steps) + 1e-12
    assert low is not None
    assert high is not None
    assert low - 1e-12 <= value <= high + 1e-12
