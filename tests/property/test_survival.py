"""Properties of survival, whatever the customers."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dmaic
from dmaic.errors import DataError
from dmaic.stats.survival import logrank
from dmaic.stats.survival.cohort import triangle
from dmaic.stats.survival.kaplan_meier import estimate
from dmaic.stats.survival.life import BIRTH, Counts, Lives, counts, joined
from dmaic.stats.survival.make import ALL, group, life

Life = tuple[float, float, bool]
"""Age of entry (below 0: seen from sign-up), time in view, whether lost at its end."""

LIVES = st.lists(
    st.tuples(
        st.sampled_from((BIRTH, BIRTH, BIRTH, 0.0, 2.0, 7.5)),
        st.sampled_from((0.0, 1.0, 1.5, 2.0, 3.0, 10.0, 400.0)),
        st.booleans(),
    ),
    min_size=1,
    max_size=40,
)


def lives(some: list[Life], scale: float = 1.0, times: int = 1) -> Lives:
    entered: dict[float, int] = {}
    ends: tuple[dict[float, int], dict[float, int]] = ({}, {})
    for entry, seen, lost in some:
        # Who came into view later was there for some time, or would not have been seen.
        seen = seen if entry == BIRTH else max(seen, 0.5)
        start = entry if entry == BIRTH else entry * scale
        end = (max(entry, 0.0) + seen) * scale
        entered[start] = entered.get(start, 0) + times
        ends[lost][end] = ends[lost].get(end, 0) + times
    return Lives(entered, *ends)


def counted(some: list[Life]) -> Counts:
    return counts(lives(some))


@given(LIVES)
def test_survival_falls_from_one_within_its_band_and_hazards_grow(some: list[Life]) -> None:
    found = estimate(counted(some))
    assert found.time[0] == 0
    assert all(1 >= one >= other >= 0 for one, other in pairwise((1.0, *found.survival)))
    assert all(one <= other for one, other in pairwise((0.0, *found.hazard)))
    for left, low, high in zip(found.survival, found.lower, found.upper, strict=True):
        if left > 0:
            assert 0 <= low <= left + 1e-12
            assert left <= high + 1e-12 <= 1 + 2e-12
    assert (found.events <= found.at_risk).all()


@given(LIVES, st.randoms(use_true_random=False))
def test_the_order_of_customers_changes_nothing(some: list[Life], draw: random.Random) -> None:
    mixed = draw.sample(some, len(some))
    assert group(life(ALL, lives(some)), "day", 10.0) == group(life(ALL, lives(mixed)), "day", 10.0)


@given(LIVES)
def test_everybody_twice_gives_the_same_curve_with_a_narrower_band(some: list[Life]) -> None:
    once, twice = estimate(counted(some)), estimate(counts(lives(some, times=2)))
    assert list(twice.survival) == pytest.approx(list(once.survival))
    assert list(twice.greenwood) == pytest.approx([each / 2 for each in once.greenwood])
    assert twice.quantile().value == once.quantile().value


@given(LIVES, LIVES, st.sampled_from((0.25, 2.0, 8.0)))
def test_another_unit_of_age_scales_ages_and_leaves_shares_and_tests(
    some: list[Life], others: list[Life], scale: float
) -> None:
    plain, scaled = estimate(counted(some)), estimate(counts(lives(some, scale)))
    assert list(scaled.time) == [scale * age for age in plain.time]
    assert list(scaled.survival) == list(plain.survival)
    mean, wide = plain.restricted_mean(plain.last), scaled.restricted_mean(scaled.last)
    if mean.value is not None:
        assert wide.value == pytest.approx(scale * mean.value)
    tests = [
        logrank.compare(logrank.table([counts(lives(some, by)), counts(lives(others, by))]))
        for by in (1.0, scale)
    ]
    assert tests[0] == tests[1]


@given(LIVES, LIVES)
def test_two_groups_swap_and_one_group_split_at_random_counts_the_same(
    some: list[Life], others: list[Life]
) -> None:
    one, other = counted(some), counted(others)
    there = logrank.compare(logrank.table([one, other]))
    back = logrank.compare(logrank.table([other, one]))
    assert (there.statistic is None) == (back.statistic is None)
    if there.statistic is not None:
        assert back.statistic == pytest.approx(there.statistic, abs=1e-9)
        assert 0 <= (there.p_value or 0) <= 1
    whole = joined([lives(some), lives(others)])
    assert sum(there.observed) == pytest.approx(sum(there.expected))
    assert whole.losses == lives(some).losses + lives(others).losses


@given(LIVES)
def test_a_group_against_itself_does_not_differ(some: list[Life]) -> None:
    found = logrank.compare(logrank.table([counted(some), counted(some)]))
    assert found.statistic is None or found.statistic == pytest.approx(0, abs=1e-9)


@given(LIVES)
def test_months_of_life_and_early_and_later_life_add_up_to_all(some: list[Life]) -> None:
    found = group(life(ALL, lives(some)), "day", None)
    assert sum(each.time for each in found.hazard) == pytest.approx(found.time)
    assert found.early.early_time + found.early.later_time == pytest.approx(found.time)
    assert found.early.early_lost + found.early.later_lost == found.lost
    if found.last > 0:
        assert sum(each.lost for each in found.hazard) == found.lost


@given(st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 12), st.integers(1, 50))))
def test_a_cohort_never_grows(some: list[tuple[int, int | None, int]]) -> None:
    sane = [(begun, left, n) for begun, left, n in some if left is None or left >= begun]
    found = triangle(sane, 3, 8)
    for each in found.cohorts:
        assert all(one >= other >= 0 for one, other in pairwise((each.customers, *each.remaining)))
        assert len(each.remaining) == 8 - each.begun + 1
    assert all(0 <= share <= 1 for share in found.average)
    assert found.earlier == sum(n for begun, _, n in sane if begun < 3)


ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(0, 40),
        st.sampled_from(("Yes", "No", None)),
        st.sampled_from(("A", "B", None)),
    ),
    min_size=1,
    max_size=30,
)


def asked(rows: list[Any]) -> dmaic.SurvivalResult | str:
    """The result, or the code of a refusal."""
    frame = pandas.DataFrame(rows, columns=["tenure", "churned", "plan"])
    try:
        result = dmaic.survival(frame, by="plan", tenure="tenure", churned="churned",
                                fingerprint=False)  # fmt: skip
    except DataError as error:
        return error.code
    assert isinstance(result, dmaic.SurvivalResult)
    return result


@settings(max_examples=25, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_any_rows_are_answered_or_refused_by_name_in_any_order(
    rows: list[Any], draw: random.Random
) -> None:
    found = asked(rows)
    mixed = asked(draw.sample(rows, len(rows)))
    if isinstance(found, str) or isinstance(mixed, str):
        assert found == mixed
        return
    assert found.curves == mixed.curves
    assert found.logrank == mixed.logrank
    assert found.overall == mixed.overall
    assert type(found).model_validate_json(found.model_dump_json()) == found
    # Every face can be shown.
    assert found.answer()
    assert found.sheets()


@settings(max_examples=10, deadline=None)
@given(ROWS)
def test_rows_without_an_age_or_a_fate_change_no_figure(rows: list[Any]) -> None:
    found = asked(rows)
    more = asked([*rows, (None, "No", "A"), (3, None, "B")])
    if not isinstance(found, str) and not isinstance(more, str):
        assert found.overall == more.overall
        assert found.curves == more.curves
