"""A simulation against what can be derived, and the same for the same seed, order and memory."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from dmaic.money import cash, simulate
from dmaic.money.baseline import NO_BASELINE, Baseline, baseline_from
from dmaic.money.scenario import Figures, Scenario

KNOWN = {"name": "Known", "recovers": "0;0;3000/month", "cost": 10_000}
API = {"name": "API", "segment": "A", "reduction": "40%,65%,80%", "cost": "90k,120k,180k"}
CALL = {"name": "Call", "segment": "A", "reduction": "pilot:9/120,31/118", "running_cost":
        "1000;2000;4000/month"}  # fmt: skip
OTHER = {"name": "Other", "segment": "B", "reduction": "10%,20%,40%", "ramp": 4, "starts": 3}


def scenario(*solutions: dict[str, Any], **terms: Any) -> Scenario:
    return Scenario.model_validate({"solutions": solutions, "draws": 2_000, **terms})


def baseline(asked: Scenario, customers: float | None = 8_000) -> Baseline:
    figures = Figures.model_validate(
        {"loss": "5M", "churn": "2.2%", "shares": {"A": 0.463, "B": 0.2}, "customers": customers}
    )
    return baseline_from(figures, asked.segments, "USD")


def test_a_known_return_of_one_range_has_the_value_and_the_chance_of_its_distribution() -> None:
    # Over 24 months without discount the value is 24 x return - 10,000; the return is PERT(0, 0,
    # 3000), that is 3000 Beta(1, 5), whose F(x) = 1 - (1 - x / 3000)^5.
    asked = scenario(KNOWN, discount=0, draws=50_000)
    found = simulate.simulate(NO_BASELINE, asked)
    for share, point in ((0.1, found.npv.p10), (0.5, found.npv.p50), (0.9, found.npv.p90)):
        x = 1 - (1 - share) ** 0.2
        # Standard error of a quantile: sqrt(p (1 - p) / n) / density.
        density = 5 * (1 - x) ** 4 / (24 * 3000)
        error = (share * (1 - share) / 50_000) ** 0.5 / density
        assert point == pytest.approx(24 * 3000 * x - 10_000, abs=4 * error)
    chance = (1 - 10_000 / (24 * 3000)) ** 5
    error = (chance * (1 - chance) / 50_000) ** 0.5
    assert found.probability_payback == pytest.approx(chance, abs=4 * error)
    assert found.probability_loss == pytest.approx(1 - chance, abs=4 * error)
    # Mean 1000/2 a month; var 3000^2 x 5 / 252.
    spread = 24 * 3000 * (5 / 252) ** 0.5 / 50_000**0.5
    assert found.error == pytest.approx(spread, rel=0.02)
    assert found.npv.mean == pytest.approx(24 * 500 - 10_000, abs=4 * spread)


def test_payback_is_told_by_the_month_in_which_so_many_have_it() -> None:
    # The month is 10,300 / return, rounded up. A tenth of the draws has a return of 3000 (1 -
    # 0.1^0.2) = 1107 or more, month 9.3; half of them 388.4 or more, month 26.5; nine tenths have
    # 62.5 or more, month 165, which is beyond the horizon.
    asked = scenario({**KNOWN, "cost": 10_300}, discount=0, horizon=48, draws=50_000)
    found = simulate.simulate(NO_BASELINE, asked)
    assert (found.payback_month.p10, found.payback_month.p50) == (10, 27)
    assert found.payback_month.p90 is None


def test_fixed_inputs_still_have_the_range_of_the_baseline() -> None:
    # 10 customers lost: the run-rate is 65 % of the loss x Gamma(10.5) / 10; chi-square of 21
    # degrees of freedom is 13.240 at 10 % and 29.615 at 90 % (see test_draw).
    asked = scenario({**API, "reduction": "65%", "cost": 0}, draws=50_000)
    base = baseline(asked)
    part = base.find("A").model_copy(update={"churned": 10.0})
    found = simulate.simulate(base.model_copy(update={"segments": (part,)}), asked)
    assert [each.shape for each in found.drawn] == ["gamma"]
    once = 0.65 * 0.463 * 5e6
    assert found.recovered_annual.p10 == pytest.approx(once * 13.240 / 20, rel=0.01)
    assert found.recovered_annual.p90 == pytest.approx(once * 29.615 / 20, rel=0.01)
    assert found.recovered_annual.p50 == pytest.approx(once, rel=0.03)


def test_losses_of_unequal_size_are_less_sure_than_as_many_equal_ones() -> None:
    asked = scenario({**API, "reduction": "65%", "cost": 0})
    base = baseline(asked)
    part = base.find("A").model_copy(update={"equal_losses": 20.0})
    widths = [
        found.npv.p90 - found.npv.p10
        for found in (
            simulate.simulate(base, asked),
            simulate.simulate(base.model_copy(update={"segments": (part,)}), asked),
        )
    ]
    # 8000 x 2.2 % x 46.3 % x 12 = 978 lost customers a year; the spread of a count goes by
    # 1 / sqrt(n).
    assert widths[1] / widths[0] == pytest.approx((978 / 20) ** 0.5, rel=0.1)


def test_without_anything_uncertain_all_draws_are_the_estimate() -> None:
    asked = scenario({**API, "reduction": "65%", "cost": 120_000})
    base = baseline(asked, customers=None)
    found = simulate.simulate(base, asked)
    net = cash.cash(base, asked, cash.likely(asked)).net
    assert found.drawn == ()
    assert found.npv.p10 == found.npv.p90 == pytest.approx(cash.npv(net, asked.discount)[0])
    assert found.counts == (2_000,)
    assert found.error == pytest.approx(0, abs=1e-6)


def test_the_order_of_the_solutions_changes_nothing() -> None:
    one = scenario(API, CALL, OTHER)
    other = scenario(OTHER, CALL, API)
    assert simulate.simulate(baseline(one), one) == simulate.simulate(baseline(other), other)


def test_a_further_solution_leaves_the_draws_of_the_others_alone() -> None:
    alone, both = scenario(API), scenario(API, {**OTHER, "reduction": "0%"})
    assert (
        simulate.simulate(baseline(alone), alone).npv == simulate.simulate(baseline(both), both).npv
    )


def test_two_solutions_of_one_name_are_drawn_apart() -> None:
    asked = scenario(API, API)
    names = [each.name for each in simulate.uncertain(baseline(asked), asked)]
    assert len(set(names)) == len(names)
    assert "API (2): reduction" in names


def test_how_many_draws_are_held_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = scenario(API, CALL, OTHER)
    whole = simulate.simulate(baseline(asked), asked)
    monkeypatch.setattr(simulate, "_CELLS", 25 * 300)
    assert simulate.simulate(baseline(asked), asked) == whole
    monkeypatch.setattr(simulate, "_BAND_CELLS", 25 * 1_000)
    fewer = simulate.simulate(baseline(asked), asked)
    assert fewer.band_draws == 1_000
    assert fewer.npv == whole.npv


def test_the_band_and_the_histogram_hold_what_the_range_does() -> None:
    asked = scenario(API, CALL, OTHER, discount=0)
    found = simulate.simulate(baseline(asked), asked)
    assert [point.month for point in found.band] == list(range(25))
    # Without discount the value is the cumulative cash at the end of the horizon.
    last = found.band[-1]
    assert (last.p10, last.p50, last.p90) == pytest.approx(
        (found.npv.p10, found.npv.p50, found.npv.p90)
    )
    assert sum(found.counts) == 2_000
    assert len(found.edges) == len(found.counts) + 1
    assert found.edges[0] <= found.npv.p10 <= found.npv.p90 <= found.edges[-1]


def test_another_seed_is_another_draw_of_the_same() -> None:
    one, other = (scenario(API, draws=20_000, seed=seed) for seed in (1, 2))
    first, second = (simulate.simulate(baseline(asked), asked) for asked in (one, other))
    assert first.npv != second.npv
    assert abs(first.npv.mean - second.npv.mean) < 4 * 2**0.5 * first.error


def test_another_process_gets_the_same_figures() -> None:
    script = (
        "from dmaic.money.baseline import NO_BASELINE\n"
        "from dmaic.money.scenario import Scenario\n"
        "from dmaic.money.simulate import simulate\n"
        f"asked = Scenario.model_validate({{'solutions': [{KNOWN!r}], 'draws': 500}})\n"
        "print(simulate(NO_BASELINE, asked).model_dump_json())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    mine = simulate.simulate(NO_BASELINE, scenario(KNOWN, draws=500))
    assert told == {mine.model_dump_json()}


@pytest.mark.slow
def test_a_million_draws_stay_within_a_few_hundred_megabytes() -> None:
    script = (
        "from dmaic.money.baseline import NO_BASELINE\n"
        "from dmaic.money.scenario import Scenario\n"
        "from dmaic.money.simulate import simulate\n"
        f"asked = Scenario.model_validate({{'solutions': [{KNOWN!r}], 'draws': 1_000_000,"
        " 'horizon': 120})\n"
        "simulate(NO_BASELINE, asked)\n"
        # Not ru_maxrss, which a process takes over from the one that started it.
        "status = open('/proc/self/status').read()\n"
        "print(status.split('VmHWM:')[1].split()[0])"
    )
    if sys.platform != "linux":
        pytest.skip("peak memory is read from /proc")
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert int(told.stdout) < 500 * 1024
