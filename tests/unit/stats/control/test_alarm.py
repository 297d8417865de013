"""How often chance alone signals, against published run lengths."""

from __future__ import annotations

from dataclasses import replace
from math import exp, factorial

import numpy as np
import pytest

from dmaic.stats.control.chart import make_chart
from dmaic.stats.control.part import FalseAlarm
from dmaic.stats.control.series import Series, Wish


def alarm(number: int, rules: str, **wish: object) -> FalseAlarm:
    """On so many normal points about 0 with sigma 1."""
    given = Series(tuple(map(str, range(number))), (0.5,) * number)
    found = make_chart(
        given,
        Wish(**{"chart": "xmr", "center": 0.0, "sigma": 1.0, "rules": rules, **wish}),  # type: ignore[arg-type]
    ).false_alarm
    assert found is not None
    return found


def test_points_beyond_three_sigma() -> None:
    found = alarm(24, "shewhart")
    assert found.method == "exact"
    # 1 - 0.9973002^24.
    assert found.probability == pytest.approx(0.062823, abs=1e-5)


@pytest.mark.parametrize(("rules", "length"), [("1", 370.40), ("1,2=8", 152.73), ("1,2=9", None)])
def test_average_run_lengths(rules: str, length: float | None) -> None:
    # Champ and Woodall (1987), Technometrics 29, 393-399, table 1: 370.40 and 152.73.
    quiet = [1.0, *(1 - alarm(number, rules).probability for number in range(1, 61))]
    ratio = quiet[60] / quiet[59]
    mean = sum(quiet) + quiet[60] * ratio / (1 - ratio)
    if length is None:
        assert 152.73 < mean < 370.40
    else:
        assert mean == pytest.approx(length, abs=0.02)


def test_drawn_series_agree_with_the_exact_chance() -> None:
    exact = alarm(24, "1,2=9")
    # A rule that all but never signals makes the same question be answered by drawing.
    drawn = alarm(24, "1,2=9,7=100")
    assert (exact.method, drawn.method) == ("exact", "simulation")
    assert drawn.error > 0
    assert drawn.probability == pytest.approx(exact.probability, abs=4 * drawn.error)
    assert drawn == alarm(24, "1,2=9,7=100")


def test_counts_take_the_chances_of_counts() -> None:
    given = Series(tuple(map(str, range(25))), (16.0,) * 25, data="defects")
    found = make_chart(given, Wish(chart="c", rules="1")).false_alarm
    assert found is not None
    # Within 4 and 28 of a Poisson mean of 16, term by term, at all of 25 points.
    within = sum(exp(-16) * 16**count / factorial(count) for count in range(4, 29))
    assert found.probability == pytest.approx(1 - within**25, abs=1e-12)


def test_memory_is_drawn() -> None:
    assert alarm(20, "1", chart="ewma").method == "simulation"
    # Lucas and Saccucci (1990): EWMA of lambda 0.2 and 3 sigma signals once in 560 points.
    found = alarm(56, "1", chart="ewma", lambda_=0.2)
    assert 0.05 < found.probability < 0.15


@pytest.mark.parametrize(("kind", "size"), [("xbar-r", 2), ("xbar-r", 5), ("xbar-s", 5)])
def test_the_spread_of_subgroups_signals_by_chance_too(kind: str, size: int) -> None:
    drawn = np.random.default_rng(8).normal(size=(3000, 24, size))
    means = drawn.mean(axis=2) * size**0.5
    given = Series(
        tuple(str(at // size) for at in range(24 * size)), tuple(drawn[0].ravel()), subgroups=True
    )
    wish = Wish(chart=kind, center=0.0, sigma=1.0, rules="1")
    found = make_chart(given, wish)
    assert found.false_alarm is not None
    assert found.spread is not None
    low, high = found.spread.lower, found.spread.upper
    assert low is not None
    assert high is not None
    seen = np.ptp(drawn, axis=2) if kind == "xbar-r" else drawn.std(axis=2, ddof=1)
    out = (abs(means) > 3) | (seen > high) | (seen < low)
    assert found.false_alarm.probability == pytest.approx(out.any(axis=1).mean(), abs=0.03)
    # The same question answered by drawing the means.
    other = make_chart(given, replace(wish, rules="1,7=100")).false_alarm
    assert other is not None
    assert other.probability == pytest.approx(found.false_alarm.probability, abs=4 * other.error)
