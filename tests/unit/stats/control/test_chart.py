"""Limits of every chart, stages, baselines, exclusions, and what cannot be charted."""

from __future__ import annotations

from itertools import pairwise
from math import isclose, pi, sqrt

import pytest

from dmaic.errors import DataError, DmaicError, UsageError
from dmaic.stats.control.chart import make_chart
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.series import Data, Series, Wish

INDIVIDUALS = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)


def series(
    values: tuple[float, ...], sizes: tuple[float, ...] = (), data: Data = "measure", **more: object
) -> Series:
    labels = tuple(str(at + 1) for at in range(len(values)))
    given = {"labels": labels, "values": tuple(map(float, values)), "sizes": sizes, "data": data}
    return Series(**{**given, **more})  # type: ignore[arg-type]


def chart(of: Series, kind: str = "auto", **wish: object) -> ControlResult:
    return make_chart(of, Wish(chart=kind, **wish))  # type: ignore[arg-type]


def months(number: int, first: int = 2024) -> tuple[str, ...]:
    return tuple(f"{first + at // 12}-{at % 12 + 1:02}" for at in range(number))


def test_individuals_with_constants_of_books() -> None:
    # NIST/SEMATECH e-Handbook, 6.3.2.2, d2 1.128; the limit of the ranges by D4 3.267.
    found = chart(series(INDIVIDUALS), "xmr", constants="table")
    assert found.center == pytest.approx(50.81, abs=1e-9)
    assert found.mean_moving_range == pytest.approx(1.8778, abs=0.00005)
    assert (found.lower, found.upper) == pytest.approx((45.8159, 55.8041), abs=0.00005)
    assert found.moving_range_upper == pytest.approx(3.267 * 16.9 / 9, abs=1e-9)
    assert found.constants == {"d2": 1.128, "D4": 3.267}


def test_shares_have_stepped_limits() -> None:
    sizes = (100.0, 400.0, 100.0)
    found = chart(series((5, 20, 5), sizes, "defectives"), "p")
    assert found.center == 0.05
    for point, size in zip(found.points, sizes, strict=True):
        assert point.upper == pytest.approx(0.05 + 3 * sqrt(0.05 * 0.95 / size))
    assert found.points[0].lower == 0.0
    assert found.upper is None
    assert found.why == "as asked for"


def test_counts_of_one_size_are_shares_times_the_size() -> None:
    given = series((5, 9, 4, 6), (50.0,) * 4, "defectives")
    shares, counts = chart(given, "p"), chart(given, "np")
    assert counts.center == pytest.approx(50 * shares.center)
    assert counts.upper == pytest.approx(50 * (shares.upper or 0))
    assert [point.value for point in counts.points] == [5, 9, 4, 6]


def test_counts_of_several_sizes_have_stepped_limits_and_centre() -> None:
    sizes = (100.0, 400.0, 100.0)
    found = chart(series((5, 20, 5), sizes, "defectives"), "np")
    for point, size in zip(found.points, sizes, strict=True):
        assert point.center == pytest.approx(0.05 * size)
        assert point.upper == pytest.approx(0.05 * size + 3 * sqrt(size * 0.05 * 0.95))
    assert found.upper is None


def test_rates_of_events() -> None:
    found = chart(series((8, 20, 12), (2.0, 5.0, 3.0), "defects"), "u")
    assert found.center == 4.0
    assert found.points[1].upper == pytest.approx(4 + 3 * sqrt(4 / 5))


def test_laney_is_the_plain_chart_times_sigma_z() -> None:
    # By hand: p 0.048, sigma 0.0302311, mean step of z 1.323140, over 2/√π.
    found = chart(series((2, 3, 1, 4, 2), (50.0,) * 5, "defectives"), "laney-p")
    assert found.sigma_z == pytest.approx(1.172603, abs=5e-7)
    assert found.stages[0].sigma_z == found.sigma_z
    assert found.upper == pytest.approx(0.154347, abs=5e-7)
    plain = chart(series((2, 3, 1, 4, 2), (50.0,) * 5, "defectives"), "p")
    assert plain.upper == pytest.approx(0.138693, abs=5e-7)


def test_subgroups_by_ranges_and_by_deviations() -> None:
    # Three subgroups of 4; by hand: means 10, 12, 11, ranges 6, 6, 6.
    values = (7, 13, 10, 10, 9, 15, 12, 12, 8, 14, 11, 11)
    labels = tuple("aaaabbbbcccc")
    given = series(values, labels=labels, subgroups=True)
    found = chart(given, "xbar-r", constants="table")
    assert found.center == pytest.approx(11)
    # A2 = 0.729 for 4 (Montgomery, appendix VI).
    assert found.upper == pytest.approx(11 + 0.729 * 6, abs=0.005)
    assert found.spread is not None
    assert (found.spread.center, found.spread.upper) == pytest.approx((6, 2.282 * 6), abs=1e-9)
    by_deviation = chart(given, "xbar-s", constants="table")
    s = sqrt(18 / 3)
    # A3 = 1.628, B4 = 2.266 for 4.
    assert by_deviation.upper == pytest.approx(11 + 1.628 * s, abs=0.005)
    assert by_deviation.spread is not None
    assert by_deviation.spread.upper == pytest.approx(2.266 * s, abs=0.005)
    assert [point.size for point in found.points] == [4, 4, 4]


def test_ewma_tells_which_limits_each_point_has() -> None:
    # NIST/SEMATECH e-Handbook, 6.3.2.4: 50 and 52.0 give 50.60, then 49.52.
    given = series((52.0, 47.0, 53.0))
    tends = chart(given, "ewma", lambda_=0.3, center=50, sigma=2.0539)
    assert [round(point.value or 0, 2) for point in tends.points] == [50.60, 49.52, 50.56]
    assert (tends.lower, tends.upper) == pytest.approx((47.4115, 52.5884), abs=0.0001)
    assert all(point.asymptotic for point in tends.points)
    exact = chart(given, "ewma", lambda_=0.3, center=50, sigma=2.0539, limits="exact")
    first = exact.points[0]
    assert first.asymptotic is False
    # At the first point the EWMA is 0.3 of one value: 3 x 0.3 sigma.
    assert first.upper == pytest.approx(50 + 3 * 0.3 * 2.0539)
    assert first.observed == 52.0


def test_cusum_adds_up_what_exceeds_k() -> None:
    found = chart(series((327, 328, 324, 320)), "cusum", target=325, k=0.5, h=4)
    assert [point.sum_high for point in found.points] == [1.5, 4.0, 2.5, 0]
    assert [point.sum_low for point in found.points] == [0, 0, 0.5, 5.0]
    assert [point.value for point in found.points] == [1.5, 4.0, 2.5, -5.0]
    # 4.0 equals h and is no signal.
    assert [point.label for point in found.points if point.signals] == ["4"]


def test_gaps() -> None:
    found = chart(series((10, 20, 30), data="gap", unit="customers"))
    assert found.chart == "g"
    assert found.upper == pytest.approx(20 + 3 * sqrt(20 * 21))
    assert (found.lower, found.direction) == (0.0, "higher")
    times = chart(series((2, 4, 3, 5), data="gap", unit="days"))
    assert times.chart == "t"
    roots = [each ** (1 / 3.6) for each in (2, 4, 3, 5)]
    mean = sum(roots) / 4
    sigma = sum(abs(b - a) for a, b in pairwise(roots)) / 3 / (2 / sqrt(pi))
    assert times.center == pytest.approx(mean**3.6)
    assert times.upper == pytest.approx((mean + 3 * sigma) ** 3.6)


def test_limits_are_frozen_and_made_anew_with_a_reason() -> None:
    values = tuple([10.0, 12.0] * 8 + [20.0, 22.0] * 8)
    given = series(values, labels=months(32))
    frozen = chart(given, "xmr", freeze_until="2024-12")
    assert frozen.center == 11
    assert frozen.frozen_until == "2024-12"
    assert frozen.stages[0].frozen
    assert frozen.stages[0].baseline == 12
    assert not frozen.stable
    both = chart(given, "xmr", freeze_until="2024-12", stages=(("2025-05", "calls within a day"),))
    assert [stage.center for stage in both.stages] == [11, 21]
    assert [stage.reason for stage in both.stages] == ["", "calls within a day"]
    assert both.stable
    assert (both.center, both.points[0].stage, both.points[-1].stage) == (21, 1, 2)
    # The range from one stage to the next belongs to neither.
    assert both.spread is not None
    assert both.spread.points[16].value is None


def test_a_point_left_out_makes_no_limits_and_no_signal() -> None:
    values = (10, 12, 11, 90, 10, 12, 11, 10, 12, 11, 10, 12, 11)
    given = series(values, labels=months(13))
    assert not chart(given, "xmr").stable
    found = chart(given, "xmr", exclude=(("2024-04", "billing ran twice"),))
    assert found.stable
    assert found.center == pytest.approx(11)
    assert found.points[3].excluded == "billing ran twice"
    assert found.points[3].value == 90
    assert not found.points[3].baseline
    # Neither range that the point takes part in counts.
    assert found.mean_moving_range == pytest.approx(14 / 10)


def test_few_points_make_trial_limits() -> None:
    few = chart(series(INDIVIDUALS), "xmr")
    assert few.trial
    assert [each.code for each in few.findings] == ["trial-limits"]
    assert not chart(series((*INDIVIDUALS, 50.0, 51.0)), "xmr").trial
    assert not chart(series(INDIVIDUALS), "xmr", center=50, sigma=2).trial


def test_money_screens_moving_ranges_once() -> None:
    values = (10, 11, 10, 11, 10, 11, 100, 10, 11, 10, 11, 10, 11)
    plain, screened = chart(series(values), "xmr"), chart(series(values, money=True), "xmr")
    # Two ranges of 89 and 90 above 3.2665 times their mean are left out; the others are 1.
    assert screened.stages[0].screened == 2
    assert screened.mean_moving_range == pytest.approx(1)
    assert (plain.sigma or 0) > 10 * (screened.sigma or 0)
    assert chart(series(values, money=True), "xmr", screen=False).sigma == plain.sigma


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        (series((2, 3, 4), (90.0, 100.0, 110.0), "defectives"), "p", "stepped"),
        (series((2, 3, 4), data="defects"), "c", "counts of events"),
        (series((2, 3, 4), (1.0, 2.0, 3.0), "defects"), "u", "sizes"),
        (series(INDIVIDUALS), "xmr", "single"),
        (series(INDIVIDUALS, money=True), "xmr", "screened"),
        (series((1, 2, 3, 4), labels=("a", "a", "b", "b"), subgroups=True), "xbar-r", "one size"),
        (series((1, 2, 3), labels=("a", "a", "b"), subgroups=True), "xbar-s", "vary"),
    ],
)
def test_auto_chooses_and_says_why(given: Series, kind: str, words: str) -> None:
    found = chart(given)
    assert found.chart == kind
    assert found.chosen
    assert words in found.why


def test_overdispersed_shares_get_the_limits_of_laney() -> None:
    # Months swing by a tenth of the share; of 100,000 customers chance moves it by a fiftieth.
    counts = tuple(2200.0 + (220 if at % 2 else -220) for at in range(24))
    given = series(counts, (100_000.0,) * 24, "defectives")
    found = chart(given)
    assert found.chart == "laney-p"
    assert found.overdispersion is not None
    assert found.overdispersion.ratio > 10
    assert found.stable
    asked = chart(given, "p")
    assert "overdispersed" in [each.code for each in asked.findings]


def test_one_change_of_level_is_no_overdispersion() -> None:
    low = [2200.0 + each for each in (10, -31, 40, -52, 21, 3, -17, 60, -44, 12, 37, -39)]
    high = [3000.0 + each for each in (-25, 31, 14, -42, 51, -13, 27, -30, 44, -22, 7, -19)]
    found = chart(series((*low, *high), (100_000.0,) * 24, "defectives"))
    assert found.chart == "p"
    assert not found.stable


def test_rules_without_meaning_are_left_out_and_said() -> None:
    given = series((2, 3, 4, 3), (90.0, 100.0, 110.0, 100.0), "defectives")
    found = chart(given, "p", rules="nelson")
    assert [use.id for use in found.rules] == [1, 2, 3, 4]
    assert found.rules_left_out == (5, 6, 7, 8)
    assert "rules-left-out" in [each.code for each in found.findings]
    with pytest.raises(UsageError) as refused:
        chart(given, "p", rules="5,6")
    assert refused.value.code == "control.rules"
    assert [use.id for use in chart(series(INDIVIDUALS), "ewma").rules] == [1]


@pytest.mark.parametrize("data", ["defectives", "defects"])
def test_no_event_at_all_is_said_and_stable(data: Data) -> None:
    found = chart(series((0, 0, 0), (100.0, 90.0, 110.0), data))
    assert found.stable
    assert (found.center, found.sigma) == (0, 0)
    assert "no-events" in [each.code for each in found.findings]
    assert found.false_alarm is None


def test_everybody_lost_is_stable_at_one() -> None:
    found = chart(series((5, 6, 7), (5.0, 6.0, 7.0), "defectives"))
    assert found.center == 1
    assert found.stable


def test_a_constant_measure_lets_any_change_signal() -> None:
    found = chart(series((5.1,) * 12 + (5.2,)), "xmr", freeze_until="12")
    assert [point.label for point in found.points if point.signals] == ["13"]
    assert "no-variation" in [each.code for each in found.findings]
    assert chart(series((0.1 + 0.2, 0.3) * 8), "xmr").stable


def test_nothing_at_risk_is_a_gap_in_the_line() -> None:
    found = chart(series((5, 0, 6), (100.0, 0.0, 100.0), "defectives"))
    assert [point.value for point in found.points] == [0.05, None, 0.06]
    assert found.points[1].upper is None
    assert "nothing-at-risk" in [each.code for each in found.findings]
    with pytest.raises(DataError, match="nothing was at risk"):
        chart(series((5, 1, 6), (100.0, 0.0, 100.0), "defectives"))


@pytest.mark.parametrize(
    ("given", "wish", "code"),
    [
        (series(()), {}, "control.empty"),
        (series((5.0,)), {}, "control.too-few"),
        (series((1, 2), (1.0, 1.0), "defectives"), {}, "control.more-than-size"),
        (series((1.5, 2), (9.0, 9.0), "defectives"), {}, "control.figure"),
        (series((-1, 2), (9.0, 9.0), "defectives"), {}, "control.figure"),
        (series((1e300, 2)), {}, "control.figure"),
        (series((float("nan"), 2)), {}, "control.figure"),
        (series((1, 2), (9.0, -9.0), "defectives"), {}, "control.figure"),
        (series(tuple(range(10_001))), {}, "control.too-many"),
        (series((1, 2, 3)), {"chart": "xmr", "exclude": (("2", "why"),)}, "control.no-ranges"),
        (series((1, 2, 3)), {"chart": "pie"}, "control.chart"),
        (series((1, 2, 3)), {"chart": "p"}, "control.chart-data"),
        (series((1, 2), (5.0, 9.0), "defects"), {"chart": "c"}, "control.chart-data"),
        (series((1, 2), (5.0, 9.0), "defectives"), {"sigma": 1.0, "center": 0.1}, "control.option"),
        (series((1, 2), (5.0, 9.0), "defectives"), {"center": 2.2}, "control.option"),
        (series((1, 2, 3)), {"sigma": -1.0}, "control.option"),
        (series((1, 2, 3)), {"k": 1.0}, "control.option"),
        (series((1, 2, 3)), {"chart": "ewma", "lambda_": 0.0}, "control.option"),
        (series((1, 2, 3)), {"chart": "cusum", "h": 0.0}, "control.option"),
        (series((1, 2, 3, 4)), {"stages": (("1", "why"),)}, "control.stage"),
        (series((1, 2, 3, 4)), {"stages": (("3", ""),)}, "control.reason"),
        (series((1, 2, 3, 4)), {"stages": (("4", "why"),)}, "control.too-few"),
        (series((1, 2, 3, 4)), {"stages": (("3", "a"), ("3", "b"))}, "control.stage"),
        (series((1, 2, 3, 4)), {"center": 2.0, "stages": (("3", "a"),)}, "control.stage"),
        (series((1, 2, 3, 4)), {"exclude": (("9", "why"),)}, "control.point"),
        (series((1, 2, 3, 4)), {"freeze_until": "9"}, "control.point"),
        (series((1, 2, 3, 4)), {"freeze_until": "1"}, "control.too-few"),
    ],
)
def test_what_cannot_be_charted_is_refused(
    given: Series, wish: dict[str, object], code: str
) -> None:
    with pytest.raises(DmaicError) as refused:
        make_chart(given, Wish(**wish))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_known_sigma_stands_about_the_mean_of_the_points() -> None:
    found = chart(series(INDIVIDUALS), "xmr", sigma=2.0, target=45.0)
    assert (found.center, found.upper) == pytest.approx((50.81, 56.81))
    assert "given" in found.method["sigma"]


def test_one_point_can_be_judged_by_a_given_standard() -> None:
    found = chart(series((9,), (100.0,), "defectives"), center=0.022)
    assert not found.stable
    assert found.points[0].upper == pytest.approx(0.022 + 3 * sqrt(0.022 * 0.978 / 100))
    assert found.stages[0].baseline == 0


def test_a_result_survives_its_json() -> None:
    found = chart(series(INDIVIDUALS), "xmr", target=50.0, stages=(("6", "new tool"),))
    again = ControlResult.model_validate(found.to_dict())
    assert again == found
    assert isclose(again.points[0].upper or 0, found.points[0].upper or 1)
    header, rows = found.records()
    assert len(rows) == 10
    assert header[0] == "label"
    assert found.answer()
