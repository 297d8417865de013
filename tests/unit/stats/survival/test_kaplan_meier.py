"""Survival curves, medians and means where textbooks say nothing: at the edges."""

from __future__ import annotations

from math import inf, isnan

import pytest

from dmaic.stats.survival.kaplan_meier import Estimate, Span, estimate
from dmaic.stats.survival.life import BIRTH, Lives, counts, joined


def curve(
    lost: dict[float, int], stayed: dict[float, int], **entered: dict[float, int]
) -> Estimate:
    seen = sum(lost.values()) + sum(stayed.values())
    return estimate(counts(Lives(entered.get("entered", {BIRTH: seen}), stayed, lost)))


def test_nobody_lost_leaves_everybody_there_with_a_band_of_no_width() -> None:
    found = curve({}, {5.0: 3})
    assert list(found.time) == [0.0]
    assert (found.survival[0], found.lower[0], found.upper[0]) == (1, 1, 1)
    assert found.at(5) == Span(1.0, 1.0, 1.0)
    assert found.at(5.1) == Span()  # beyond what was seen
    assert found.quantile() == Span()
    assert found.restricted_mean(5) == Span(5.0)


def test_a_loss_on_the_day_of_sign_up_counts_among_all_who_signed_up() -> None:
    found = curve({0.0: 1, 3.0: 1}, {4.0: 2})
    assert list(found.time) == [0.0, 3.0]
    assert list(found.at_risk) == [4, 3]
    assert list(found.survival) == pytest.approx([0.75, 0.5])
    assert found.quantile().value == 3


def test_after_the_last_one_is_lost_survival_is_known_to_be_nought_without_an_interval() -> None:
    found = curve({1.0: 1, 2.0: 1}, {})
    assert found.survival[-1] == 0
    assert isnan(found.lower[-1])
    assert isnan(found.upper[-1])
    assert found.at(2) == Span(0.0)
    assert found.at(100) == Span(0.0)
    assert found.restricted_mean(100).value == pytest.approx(1.5)


def test_a_mean_beyond_what_was_seen_is_not_known() -> None:
    found = curve({1.0: 1}, {4.0: 3})
    assert found.restricted_mean(4).value == pytest.approx(1 + 3 * 0.75)
    assert found.restricted_mean(4.5) == Span()
    assert found.restricted_mean(0) == Span()


def test_a_survival_of_exactly_one_half_is_the_median() -> None:
    # 1/3 + 1/3 ... products of fractions come out a hair above one half.
    found = curve({float(age): 1 for age in range(1, 7)}, {9.0: 6})
    assert found.quantile().value == 6


def test_late_entries_are_at_risk_after_they_came_only() -> None:
    found = curve(
        {5.0: 1, 14.0: 2, 30.0: 1}, {30.0: 1, 91.0: 1}, entered={BIRTH: 3, 9.0: 1, 19.0: 1, 60.0: 1}
    )
    assert list(found.at_risk) == [3, 3, 3, 2]
    assert list(found.survival) == pytest.approx([1, 2 / 3, 2 / 9, 1 / 9])


def test_who_comes_into_view_at_an_age_is_not_at_risk_at_that_age() -> None:
    found = counts(Lives({BIRTH: 1, 5.0: 1}, {9.0: 1}, {5.0: 1}))
    assert list(found.at_risk(found.ages_lost)) == [1]


def test_the_cumulative_hazard_adds_up_the_shares_and_its_interval_is_above_nought() -> None:
    found = curve({1.0: 1, 2.0: 1}, {3.0: 2})
    assert list(found.hazard) == pytest.approx([0, 1 / 4, 1 / 4 + 1 / 3])
    assert all(0 <= low <= mid <= high < inf for low, mid, high in zip(
        found.hazard_lower, found.hazard, found.hazard_upper, strict=True
    ))  # fmt: skip


def test_groups_joined_are_counted_as_one() -> None:
    one = Lives({BIRTH: 2}, {4.0: 1}, {3.0: 1})
    other = Lives({BIRTH: 1, 2.0: 1}, {4.0: 2}, {})
    whole = joined([one, other])
    assert whole == Lives({BIRTH: 3, 2.0: 1}, {4.0: 3}, {3.0: 1})
    assert (whole.customers, whole.losses, whole.late, whole.last) == (4, 1, 1, 4.0)
