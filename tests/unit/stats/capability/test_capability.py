"""Capability: indices, attributes, the check of stability, and what has none."""

from __future__ import annotations

import random
import statistics
from typing import Any

import numpy as np
import pytest

import dmaic
from dmaic.errors import DmaicError
from dmaic.result import Inputs
from dmaic.stats.capability.attribute import capability_of, of_dpmo, rolled, sigma_level
from dmaic.stats.capability.attribute_result import AttributeCapability
from dmaic.stats.capability.index import Limits, moving_range_df
from dmaic.stats.capability.measure import histogram, of_values
from dmaic.stats.capability.normal import anderson_darling
from dmaic.stats.capability.result import CapabilityResult
from dmaic.stats.capability.word import headline
from dmaic.stats.control.chart import make_chart
from dmaic.stats.control.series import Series, Wish
from dmaic.stats.proportion import exact


def frame(**columns: list[Any]) -> Any:
    import pandas

    return pandas.DataFrame(columns)


def measured(values: list[float], **said: Any) -> CapabilityResult:
    found = dmaic.capability(frame(value=values), value="value", **said)
    assert isinstance(found, CapabilityResult)
    return found


def drawn(number: int, seed: int = 3) -> list[float]:
    source = random.Random(seed)
    return [round(source.gauss(16, 2), 3) for _ in range(number)]


def test_indices_of_known_mean_and_deviation() -> None:
    # NIST/SEMATECH e-Handbook, 6.1.6.
    found = dmaic.capability(mean=16, deviation=2, usl=20, lsl=8)
    assert isinstance(found, CapabilityResult)
    assert (found.cp, found.cpk, found.cpl) == pytest.approx((1.0, 2 / 3, 4 / 3))
    assert (found.pp, found.ppk) == (found.cp, found.cpk)
    assert (found.cp_low, found.cpk_low, found.cpm) == (None, None, None)
    assert found.verdict == "not-capable"
    assert [each.code for each in found.findings] == ["stability-unknown"]


def test_the_interval_of_moving_ranges_is_wider_than_that_of_s() -> None:
    # Cryer and Ryan (1990): moving ranges have about 0.605 of the efficiency of s.
    assert moving_range_df(1000) / 999 == pytest.approx(0.605, abs=0.002)
    found = measured(drawn(50), usl=24, lsl=8)
    assert found.cp_low is not None
    assert found.pp_low is not None
    assert found.cp is not None
    assert found.pp is not None
    assert found.cp_low / found.cp < found.pp_low / found.pp


def test_an_interval_covers_what_is_true_about_as_often_as_it_says() -> None:
    # Cp is 1 for sigma 2 and limits 12 apart.
    held = 0
    for seed in range(200):
        series = Series(tuple(map(str, range(30))), tuple(drawn(30, seed)))
        chart = make_chart(series, Wish(rules="shewhart"))
        found = of_values(series, chart, Limits(10, 22), 0.95, Inputs(source="drawn"))
        held += (found.cp_low or 0) <= 1 <= (found.cp_high or 0)
    assert 180 <= held <= 198


def test_one_limit_has_no_width() -> None:
    found = measured(drawn(30), usl=24)
    assert (found.cp, found.pp, found.cpm, found.cpl) == (None, None, None, None)
    assert found.cpk == found.cpu


def test_a_value_at_a_limit_is_within() -> None:
    found = measured([1.0, 2.0, 3.0, 2.0, 1.0, 4.0], usl=3, lsl=1)
    assert found.outside == 1


def test_a_special_cause_takes_the_promise_away() -> None:
    values = [9.0, 11.0] * 8 + [30.0]
    found = measured(values, usl=40)
    assert found.verdict == "not-stable"
    assert found.stable is False
    assert "not-stable" in [each.code for each in found.findings]
    assert "promises nothing" in str(found.answer())


def test_few_values_leave_it_open() -> None:
    assert measured(drawn(8), usl=24, lsl=8).verdict == "unsure"


def test_subgroups_tell_sigma_within() -> None:
    values = [7, 13, 10, 10, 9, 15, 12, 12, 8, 14, 11, 11]
    found = dmaic.capability(
        frame(value=values, lot=list("aaaabbbbcccc")), value="value", subgroup="lot", usl=20, lsl=2
    )
    assert isinstance(found, CapabilityResult)
    # Mean range 6 over d2 of 4 values, 2.05875.
    assert found.sigma_within == pytest.approx(6 / 2.05875, abs=1e-4)
    assert found.sigma_overall == pytest.approx(statistics.stdev(values))
    assert "subgroups" in found.sigma_within_from


def test_anderson_darling_agrees_with_statsmodels() -> None:
    from statsmodels.stats.diagnostic import normal_ad

    for number in (8, 50, 400):
        values = drawn(number)
        ours = anderson_darling(values, statistics.mean(values), statistics.stdev(values))
        statistic, p_value = normal_ad(np.array(values))
        assert ours is not None
        corrected = statistic * (1 + 0.75 / number + 2.25 / number**2)
        assert ours.statistic == pytest.approx(corrected, abs=1e-6)
        assert ours.p_value == pytest.approx(p_value, abs=1e-6)
    # D'Agostino and Stephens (1986), table 4.7: 0.752 is the 5 % point, 1.035 the 1 % point.
    skewed = [1.5**at for at in range(20)]
    found = anderson_darling(skewed, statistics.mean(skewed), statistics.stdev(skewed))
    assert found is not None
    assert found.p_value < 0.001
    assert anderson_darling([1.0, 2.0, 3.0], 2, 1) is None


@pytest.mark.parametrize(("statistic", "p_value"), [(0.631, 0.10), (0.752, 0.05), (1.035, 0.01)])
def test_p_values_of_anderson_darling(statistic: float, p_value: float) -> None:
    from dmaic.stats.capability.normal import _p_value

    assert _p_value(statistic) == pytest.approx(p_value, abs=0.002)


def test_values_that_are_not_normal_are_said() -> None:
    source = random.Random(1)
    found = measured([source.expovariate(1) for _ in range(200)], usl=9)
    assert "not-normal" in [each.code for each in found.findings]


def test_a_histogram_counts_every_value_once() -> None:
    values = drawn(100)
    bars = histogram(values)
    assert sum(bar.count for bar in bars) == 100
    assert bars[0].low <= min(values)
    assert bars[-1].high >= max(values)
    assert sum(bar.count for bar in histogram([1.0, 2.0])) == 2
    assert len(histogram([0.0] * 50 + [1e9])) <= 61


def test_churned_customers() -> None:
    found = dmaic.capability(defects=1336, units=5043)
    assert isinstance(found, AttributeCapability)
    assert found.dpmo == pytest.approx(264_922, abs=0.5)
    assert found.sigma_level == pytest.approx(2.128, abs=0.0005)
    assert found.dpu_low == exact(1336, 5043)[0]
    assert found.to_dict()["yield"] == pytest.approx(1 - 1336 / 5043)
    assert AttributeCapability.model_validate(found.to_dict()) == found
    assert (
        dict(zip(found.records()[0], found.records()[1][0], strict=True))["yield"] == found.yield_
    )


def test_without_events_the_interval_is_exact_and_the_level_has_no_end() -> None:
    step = capability_of("all", 0, 300)
    assert step.dpmo_high == pytest.approx(1e6 * (1 - 0.025 ** (1 / 300)))
    assert (step.sigma_level, step.sigma_high) == (None, None)
    assert step.sigma_low == pytest.approx(3.7501, abs=0.0005)
    every = capability_of("all", 300, 300)
    assert (every.yield_, every.sigma_level, every.sigma_low) == (0, None, None)


def test_small_shares_keep_their_digits() -> None:
    # Six sigma without shift: 1 in a thousand million.
    assert sigma_level(9.865876450377018e-10, 0.0) == pytest.approx(6, abs=1e-9)
    assert of_dpmo(3.4).sigma_level == pytest.approx(6, abs=0.0005)
    assert of_dpmo(0).sigma_level is None


def test_rolled_throughput_yield_holds_all_steps_together() -> None:
    steps = [capability_of(name, bad, 100) for name, bad in (("a", 5), ("b", 10), ("c", 2))]
    value, low, high = rolled(steps, several=False)
    assert value == pytest.approx(0.8379)
    assert low is not None
    assert high is not None
    assert low < value < high
    narrow = 1.0
    for step in steps:
        narrow *= step.yield_low or 0
    # Bounds that must hold together reach further.
    assert low < narrow


def test_steps_of_a_file_are_not_periods() -> None:
    found = dmaic.capability(
        frame(step=["sign-up", "upload"], units=[100, 90], failed=[10, 9]),
        count="failed", size="units", step="step",
    )  # fmt: skip
    assert isinstance(found, AttributeCapability)
    assert found.rolled_throughput_yield == pytest.approx(0.9 * 0.9)
    assert [each.name for each in found.steps] == ["sign-up", "upload"]
    assert found.stability is None


def test_periods_of_a_file_are_looked_at_for_stability() -> None:
    months = [f"2025-{at:02}" for at in range(1, 13)]
    steady = frame(month=months, units=[1000] * 12, lost=[20, 22, 19, 21, 18, 23, 20, 19, 22, 21,
                                                          20, 18])  # fmt: skip
    found = dmaic.capability(steady, count="lost", size="units")
    assert isinstance(found, AttributeCapability)
    assert found.stable
    assert not found.steps
    jump = steady.assign(lost=[20] * 11 + [90])
    assert dmaic.capability(jump, count="lost", size="units").stable is False


def test_an_export_is_counted_by_sql() -> None:
    rows = frame(customer_id=list(range(40)), churned=["Yes"] * 10 + ["No"] * 30)
    found = dmaic.capability(rows)
    assert isinstance(found, AttributeCapability)
    assert (found.defects, found.units) == (10, 40)
    none = dmaic.capability(rows.assign(churned=["No"] * 40))
    assert (none.defects, none.sigma_level) == (0, None)
    everybody = dmaic.capability(rows.assign(churned=["Yes"] * 40))
    assert everybody.dpmo == 1_000_000
    assert "everyone-churned" in [each.code for each in everybody.findings]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "usage.capability"),
        ({"mean": 16}, "usage.capability"),
        ({"mean": 16, "deviation": 2}, "usage.capability"),
        ({"mean": 16, "deviation": 0, "usl": 20}, "usage.capability"),
        ({"mean": 16, "deviation": 2, "usl": 8, "lsl": 20}, "usage.capability"),
        ({"mean": 16, "deviation": 2, "usl": 20, "lsl": 8, "target": 30}, "usage.capability"),
        ({"mean": 16, "deviation": 2, "usl": float("inf")}, "usage.capability"),
        ({"mean": 16, "deviation": 2, "usl": 20, "n": 1}, "usage.capability"),
        ({"mean": 16, "deviation": 2, "usl": 20, "dpmo": 3.4}, "usage.capability"),
        ({"defects": 3}, "usage.capability"),
        ({"defects": -3, "units": 10}, "usage.capability"),
        ({"defects": 3, "units": 0}, "usage.capability"),
        ({"defects": 30, "units": 10}, "capability.opportunities"),
        ({"defects": 3, "units": 10, "usl": 4}, "usage.capability"),
        ({"dpmo": 2e6}, "usage.capability"),
        ({"dpmo": 3.4, "shift": 9}, "usage.capability"),
        ({"dpmo": 3.4, "confidence": 1.0}, "usage.capability"),
        ({"defects": 3, "units": 10, "opportunities": 0}, "usage.capability"),
        ({"value": "x", "usl": 3}, "usage.capability"),
    ],
)
def test_what_cannot_be_meant_is_refused(said: dict[str, Any], code: str) -> None:
    with pytest.raises(DmaicError) as refused:
        dmaic.capability(**said)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("columns", "said", "code"),
    [
        ({"v": [5.0] * 20}, {"value": "v", "usl": 9}, "capability.no-variation"),
        ({"v": [5.0]}, {"value": "v", "usl": 9}, "control.too-few"),
        ({"v": [5.0, 6.0]}, {"value": "v"}, "usage.capability"),
        ({"v": ["a", "b"]}, {"value": "v", "usl": 9}, None),
        ({"c": [1], "n": [0]}, {"count": "c", "size": "n"}, None),
        ({"c": [0, 0], "n": [0, 0]}, {"count": "c", "size": "n"}, "capability.no-units"),
        ({"c": [5], "n": [9]}, {"count": "c"}, "usage.capability"),
        ({"c": [5], "n": [9]}, {"count": "c", "size": "n", "usl": 3}, "usage.capability"),
        ({"v": [5.0, 6.0]}, {"value": "v", "usl": 9, "by": "month"}, "usage.capability"),
        ({"v": [5.0, 6.0]}, {"mean": 3.0, "value": "v", "usl": 9}, "usage.capability"),
    ],
)
def test_figures_without_capability_are_refused(
    columns: dict[str, list[Any]], said: dict[str, Any], code: str | None
) -> None:
    with pytest.raises(DmaicError) as refused:
        dmaic.capability(frame(**columns), **said)
    assert code is None or refused.value.code == code


def test_pictures_of_both() -> None:
    import matplotlib.figure

    for found in (
        measured(drawn(40), usl=24, lsl=8, target=15),
        dmaic.capability(mean=16, deviation=2, usl=20),
        dmaic.capability(defects=0, units=10),
        dmaic.capability(dpmo=3.4),
        dmaic.capability(defects=10, units=10),
    ):
        assert isinstance(found.plot(), matplotlib.figure.Figure)


def test_s_of_values_about_a_large_base_keeps_its_digits() -> None:
    plain = measured(drawn(30), usl=24, lsl=8)
    far = measured([1e9 + each for each in drawn(30)], usl=1e9 + 24, lsl=1e9 + 8)
    assert far.sigma_overall == pytest.approx(plain.sigma_overall, rel=1e-6)
    assert far.cpk == pytest.approx(plain.cpk, rel=1e-6)


def test_as_many_signals_as_chance_makes_are_no_special_cause() -> None:
    # On 2,000 points rules 1 and 2 signal about nine times; one point at ten sigma is one more.
    long = measured(drawn(2000), usl=30)
    assert long.stability is not None
    assert long.stability.signals
    assert long.stable
    assert long.stability.expected == pytest.approx(9, abs=1)
    many = measured([each + 12 * (at % 100 == 7) for at, each in enumerate(drawn(2000))], usl=40)
    assert many.stable is False
    # On twelve points one signal is one too many.
    short = measured([9.0, 11.0] * 6 + [30.0], usl=40)
    assert short.stable is False


def test_units_with_any_number_of_defects_have_the_interval_of_a_count() -> None:
    # Garwood's limits of 22 events are 13.787 and 33.308 (Biometrika 28, 1936), of 40 units.
    found = dmaic.capability(frame(d=[12, 3, 2, 5], u=[10, 10, 10, 10]), count="d", size="u")
    assert isinstance(found, AttributeCapability)
    assert (found.dpu_low, found.dpu_high) == pytest.approx((13.787 / 40, 33.308 / 40), abs=1e-4)
    assert "Garwood" in found.method["intervals"]


def test_an_exact_interval_is_not_called_right_where_counts_vary_more_than_chance() -> None:
    lost = [800, 1200] * 12
    found = dmaic.capability(frame(lost=lost, of=[16000] * 24), count="lost", size="of")
    assert "overdispersed" in [each.code for each in found.findings]


def test_a_handful_of_values_is_not_taken_for_normal() -> None:
    found = measured([1, 2], usl=15)
    assert found.outside_high == pytest.approx(1 - 0.025 ** (1 / 2))
    assert "so far none of the values were outside" in headline(found)


def test_an_interval_above_one_is_not_called_nothing() -> None:
    found = measured(drawn(40), usl=25, lsl=7)
    assert found.verdict == "unsure"
    assert found.cpk_low is not None
    assert found.cpk_low >= 1
    assert "cannot tell how well" in headline(found)
