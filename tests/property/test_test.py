"""Tests and correlations: what must hold whatever the data."""

from __future__ import annotations

from math import erfc, sqrt

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

import dmaic
from dmaic.errors import DmaicError
from dmaic.stats.test.adjust import benjamini_hochberg, holm
from dmaic.stats.test.contingency import fisher, pearson
from dmaic.stats.test.rate import Counts, compare_rates
from dmaic.stats.test.tested import TestResult
from dmaic.stats.test.trend import cochran_armitage

p_values = some.lists(some.floats(0, 1), min_size=1, max_size=12)
groups = some.lists(
    some.integers(1, 60).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n))),
    min_size=2,
    max_size=6,
).filter(lambda each: 0 < sum(x for x, _ in each) < sum(n for _, n in each))
rows = some.lists(
    some.tuples(some.sampled_from("abc"), some.sampled_from(["yes", "no"]), some.integers(-40, 40)),
    min_size=1,
    max_size=60,
)


def frame(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["group", "churned", "seats"])


@given(p_values)
def test_adjusting_never_makes_a_p_value_smaller(found: list[float]) -> None:
    for adjusted in (holm(found), benjamini_hochberg(found)):
        assert all(
            p <= after + 1e-15 <= 1 + 1e-12 for p, after in zip(found, adjusted, strict=True)
        )
    pairs = zip(benjamini_hochberg(found), holm(found), strict=True)
    assert all(bh <= h + 1e-12 for bh, h in pairs)


@given(groups)
def test_a_test_of_rates_holds_together(found: list[tuple[int, int]]) -> None:
    lost, sizes = [x for x, _ in found], [n for _, n in found]
    statistic, df, _ = pearson(lost, sizes)
    assert statistic >= 0
    assert df == len(found) - 1
    fields = compare_rates([Counts(str(i), n, x) for i, (x, n) in enumerate(found)], "auto")
    assert 0 <= fields["p_value"] <= 1
    for effect in (fields["effect"], *fields["effects"]):
        if effect.low is not None:
            assert effect.low - 1e-9 <= effect.value <= effect.high + 1e-9
    assert sum(g.expected_lost for g in fields["groups"]) == pytest.approx(sum(lost))
    # Those who stayed are tested by the same question.
    stayed = [n - x for x, n in found]
    assert pearson(stayed, sizes)[0] == pytest.approx(statistic, rel=1e-9, abs=1e-9)


@given(groups.map(lambda found: [(min(x, 9), min(n, 9)) for x, n in found]))
def test_the_order_of_groups_changes_no_exact_p_value(found: list[tuple[int, int]]) -> None:
    assume(0 < sum(x for x, _ in found) < sum(n for _, n in found))
    turned = found[::-1]
    one = fisher([x for x, _ in found], [n for _, n in found])
    other = fisher([x for x, _ in turned], [n for _, n in turned])
    assert one.p_value == pytest.approx(other.p_value)
    assert 0 < one.p_value <= 1 + 1e-12


@given(groups, some.floats(0.1, 50), some.floats(-100, 100))
def test_a_trend_does_not_depend_on_the_unit_of_the_scores(
    found: list[tuple[int, int]], scale: float, shift: float
) -> None:
    lost, sizes = [x for x, _ in found], [n for _, n in found]
    scores = [float(i) for i in range(len(found))]
    one = cochran_armitage(lost, sizes, scores)
    other = cochran_armitage(lost, sizes, [shift + scale * s for s in scores])
    assert one is not None
    assert other is not None
    assert other.z == pytest.approx(one.z, abs=1e-6)
    assert one.p_value == pytest.approx(erfc(abs(one.z) / sqrt(2)))
    # A trend is a part of all differences.
    assert one.z**2 <= pearson(lost, sizes)[0] + 1e-6


def outcome(rows: list[tuple[str, str, int]], **question: str) -> TestResult | str:
    """The result, or the code of what is wrong."""
    try:
        return dmaic.test(frame(rows), **question)
    except DmaicError as error:
        return error.code


@settings(max_examples=25)
@given(rows, some.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(found: list, random) -> None:
    shuffled = found[:]
    random.shuffle(shuffled)
    for question in ({"churned_by": "group"}, {"measure": "seats", "by": "group"},
                     {"churned_by": "seats", "method": "mann-whitney"}):  # fmt: skip
        one, other = outcome(found, **question), outcome(shuffled, **question)
        if isinstance(one, str):
            assert other == one
            continue
        assert other.test == one.test
        assert other.p_value == pytest.approx(one.p_value)
        assert 0 <= one.p_value <= 1 + 1e-12


@settings(max_examples=20)
@given(rows, some.integers(1, 9), some.integers(-1000, 1000))
def test_shift_and_scale_change_no_test_of_a_number(found: list, scale: int, shift: int) -> None:
    moved = [(g, churned, shift + scale * seats) for g, churned, seats in found]
    for method in ("welch", "mann-whitney"):
        question = {"churned_by": "seats", "method": method}
        one, other = outcome(found, **question), outcome(moved, **question)
        if isinstance(one, str):
            assert other == one
            continue
        assert other.p_value == pytest.approx(one.p_value, rel=1e-6, abs=1e-12)
        factor = scale if method == "welch" else 1
        assert other.effect.value == pytest.approx(factor * one.effect.value, rel=1e-6, abs=1e-9)


@settings(max_examples=20)
@given(rows, some.integers(2, 5))
def test_the_same_rows_again_are_surer(found: list, times: int) -> None:
    try:
        one = dmaic.test(frame(found), "group", method="chi-square")
    except DmaicError:
        return
    many = dmaic.test(frame(found * times), "group", method="chi-square")
    # The chi-square grows with the customers, and the size of the difference does not.
    assert many.statistic == pytest.approx(times * one.statistic, abs=1e-6)
    assert many.effect.value == pytest.approx(one.effect.value, abs=1e-9)


@settings(max_examples=25)
@given(rows, some.integers(-7, 7).filter(bool), some.integers(-50, 50))
def test_a_correlation_has_no_unit(found: list, scale: int, shift: int) -> None:
    table = frame(found)
    table["other"] = [(i * 7) % 11 + 0.5 for i in range(len(found))]
    moved = table.assign(seats=table.seats * scale + shift)
    one = dmaic.correlate(table, ["seats", "other"]).pairs[0]
    two = dmaic.correlate(moved, ["seats", "other"]).pairs[0]
    back = dmaic.correlate(table, ["other", "seats"]).pairs[0]
    assert back.coefficient.value == pytest.approx(one.coefficient.value)
    assume(one.coefficient.name == two.coefficient.name == "pearson")
    for before, after in ((one.coefficient, two.coefficient), (one.rank, two.rank)):
        if before.value is None:
            assert after.value is None
            continue
        sign = 1 if scale > 0 else -1
        assert after.value == pytest.approx(sign * before.value, abs=1e-9)
        assert -1 <= before.value <= 1
        if before.low is not None:
            assert before.low <= before.value <= before.high
