"""The cash of a recovery against the same model written plainly, and against closed forms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dmaic.money.baseline import Baseline, baseline_from
from dmaic.money.cash import Values, cash, likely, npv, payback, run_rate
from dmaic.money.estimate import estimate
from dmaic.money.irr import irr
from dmaic.money.scenario import Figures, Scenario
from dmaic.result import Inputs

API = {"name": "API", "segment": "A", "reduction": "65%", "cost": 120_000,
       "running_cost": "4000/month", "ramp": 3}  # fmt: skip
CALL = {"name": "Call", "segment": "A", "reduction": "20%", "cost": 5_000, "ramp": 5, "starts": 4,
        "win_back": "15%"}  # fmt: skip
OTHER = {"name": "Other", "segment": "B", "reduction": "30%", "running_cost": "700/month",
         "starts": 2, "win_back": "5%"}  # fmt: skip
KNOWN = {"name": "Known", "recovers": "3000/month", "cost": 20_000, "ramp": 4, "starts": 6}


def scenario(*solutions: dict[str, Any], **terms: Any) -> Scenario:
    return Scenario.model_validate({"solutions": solutions, "margin": "80%", "draws": 100, **terms})


def baseline(asked: Scenario) -> Baseline:
    figures = Figures.model_validate(
        {"loss": "5M", "churn": "2.2%", "shares": {"A": 0.463, "B": 0.2}, "customers": 8_000,
         "segment_churn": "4.8%"}
    )  # fmt: skip
    return baseline_from(figures, asked.segments, "USD")


def plainly(
    base: Baseline, asked: Scenario, values: Values, draw: int
) -> list[tuple[float, float]]:
    """Benefit and cost of each month: every cohort of saved customers followed on its own."""
    months = range(asked.horizon + 1)
    benefit, cost = [0.0 for _ in months], [0.0 for _ in months]
    for name in asked.segments:
        part = base.find(name)
        scale = values.scale[name][draw]
        rate = min(part.rate * scale, 1.0)
        paid = part.mrr_lost * scale * values.margin[draw]

        def left(month: int, name: str = name) -> float:
            """Share of the losses of a month that nothing saves."""
            share = 1.0
            for place, each in enumerate(asked.solutions):
                age = month - each.starts + 1
                if each.segment == name and age >= 1:
                    grown = 1.0 if each.ramp <= 1 else min(age / each.ramp, 1.0)
                    share *= 1 - values.reduction[place][draw] * grown
            return share

        for born in months[1:]:
            away = 1.0
            for place, each in enumerate(asked.solutions):
                if each.segment == name and 1 <= born - each.starts + 1 <= 12:
                    away *= 1 - values.win_back[place][draw]
            cohort = (1 - left(born)) + (1 - away)
            for month in months[born + 1 :]:
                benefit[month] += cohort * paid
                cohort *= 1 - rate * left(month)
    for place, each in enumerate(asked.solutions):
        cost[each.starts - 1] += values.cost[place][draw]
        for month in months[each.starts :]:
            cost[month] += values.running_cost[place][draw]
            if each.recovers is not None:
                grown = min((month - each.starts + 1) / max(each.ramp, 1), 1.0)
                benefit[month] += values.recovers[place][draw] * grown
    return list(zip(benefit, cost, strict=True))


def random_values(asked: Scenario, draws: int) -> Values:
    stream = np.random.default_rng(5)
    count = len(asked.solutions)

    def shares() -> tuple[Any, ...]:
        return tuple(stream.random(draws) for _ in range(count))

    known = [each.recovers is not None for each in asked.solutions]
    return Values(
        reduction=shares(),
        cost=tuple(1e5 * each for each in shares()),
        running_cost=tuple(1e4 * each for each in shares()),
        win_back=shares(),
        recovers=tuple(5e3 * each * there for each, there in zip(shares(), known, strict=True)),
        margin=stream.random(draws),
        scale={name: 30 * stream.random(draws) for name in asked.segments},
    )


@pytest.mark.parametrize("solutions", [(API,), (API, CALL), (API, CALL, OTHER, KNOWN)])
@pytest.mark.parametrize("horizon", [7, 24, 61])
def test_cash_is_that_of_every_cohort_followed_on_its_own(
    solutions: tuple[dict[str, Any], ...], horizon: int
) -> None:
    asked = scenario(*solutions, horizon=horizon)
    base = baseline(asked)
    for values, draws in ((likely(asked), 1), (random_values(asked, 7), 7)):
        found = cash(base, asked, values)
        for draw in range(draws):
            told = list(zip(found.benefit[draw], found.cost[draw], strict=True))
            assert np.array(told) == pytest.approx(np.array(plainly(base, asked, values, draw)))


def test_benefit_without_a_ramp_is_a_geometric_sum() -> None:
    # kept(m) = L R (1 - q^m) / (1 - q) with q = 1 - c (1 - R); the benefit of month m is kept(m-1)
    # x MRR x margin, with L x MRR = 5M x 46.3 % / 144 a month.
    asked = scenario({"segment": "A", "reduction": "65%"}, horizon=36)
    found = cash(baseline(asked), asked, likely(asked)).benefit[0]
    q = 1 - 0.048 * 0.35
    monthly = 5e6 * 0.463 / 144 * 0.8
    for month in range(1, 37):
        kept = 0.65 * (1 - q ** (month - 1)) / (1 - q)
        assert found[month] == pytest.approx(monthly * kept)


def test_the_value_of_a_constant_return_is_that_of_an_annuity() -> None:
    # With v = 1.1^(-1/12) a month: 3000 v (1 - v^24) / (1 - v) - 20,000.
    asked = scenario({**KNOWN, "ramp": 0, "starts": 1})
    net = cash(baseline(asked), asked, likely(asked)).net
    v = 1.1 ** (-1 / 12)
    assert npv(net, 0.1)[0] == pytest.approx(3000 * v * (1 - v**24) / (1 - v) - 20_000)
    assert payback(net.cumsum(axis=1))[0] == 7


def test_the_internal_rate_is_the_one_at_which_the_value_is_zero() -> None:
    # Two payments: 1000 now, 1200 after 12 months is 20 % a year; after 6 months 1.2^2 - 1 = 44 %.
    assert irr([-1000, *[0] * 11, 1200])[0] == pytest.approx(0.2)
    assert irr([-1000, *[0] * 5, 1200])[0] == pytest.approx(0.44)
    # A perpetuity in all but name: 10 a month on 1000 over 600 months is a hair below 1 % a month,
    # (1 - 1.01^-600) short of it.
    assert irr([-1000, *[10] * 600])[0] == pytest.approx(1.01**12 - 1, rel=0.01)
    asked = scenario(API, CALL, OTHER)
    base = baseline(asked)
    net = cash(base, asked, likely(asked)).net
    rate, _ = irr([float(each) for each in net[0]])
    assert rate is not None
    value = sum(each / (1 + rate) ** (month / 12) for month, each in enumerate(net[0]))
    assert value == pytest.approx(0, abs=1e-6 * abs(net).max())


def test_the_estimate_repeats_the_worked_case() -> None:
    # 5.0M x 46.3 % x 65 % = 1.505M a year; 82 % takes 46.3 % x 82 % = 38.0 % off all churn, so
    # 2.2 % becomes 1.365 % and 1.898M a year comes back.
    figures = Figures.model_validate({"loss": "5M", "churn": "2.2%", "share": "46.3%"})

    def at(reduction: str) -> Any:
        asked = scenario({"segment": "A", "reduction": reduction})
        base = baseline_from(figures, asked.segments, "USD")
        return estimate(base, asked, inputs=Inputs(source="figures"))

    assert at("65%").recovered_annual == pytest.approx(5e6 * 0.463 * 0.65)
    after = at("82%")
    assert after.recovered_annual == pytest.approx(5e6 * 0.463 * 0.82)
    assert after.overall_churn_after == pytest.approx(0.022 * (1 - 0.463 * 0.82))


def test_a_known_return_gives_the_ratio_of_the_wireless_study() -> None:
    # 888K a year brought 4.48M: (4.48 - 0.888) / 0.888 = 4.045.
    asked = Scenario.model_validate(
        {"solutions": [{"name": "Activation help", "recovers": "4.48M/year",
                        "running_cost": "888k/year"}], "horizon": 12, "draws": 10}
    )  # fmt: skip
    found = estimate(baseline(asked), asked, inputs=Inputs(source="figures"))
    assert found.roi == pytest.approx(4.045, abs=0.0005)
    assert found.roi_run_rate == pytest.approx(4.045, abs=0.0005)


def test_two_solutions_on_one_segment_compound() -> None:
    # 1 - (1 - 65 %)(1 - 20 %) = 72 %, and not 85 %.
    asked = scenario(API, CALL)
    rate = run_rate(baseline(asked), asked, likely(asked))
    assert rate.reduction["A"][0] == pytest.approx(0.72)
    assert rate.recovered["A"][0] == pytest.approx(5e6 * 0.463 * 0.72)
