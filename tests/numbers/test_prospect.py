"""Prospect theory: published figures, and some computed by hand from the published formulas."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dmaic.analysis.decide import decide
from dmaic.money.prospect import Attitude, weight, weights, worth

MEDIAN = Attitude()


def test_the_defaults_are_the_medians_of_1992() -> None:
    # Tversky and Kahneman 1992, p. 311-312: alpha = beta = 0.88, lambda = 2.25, gamma = 0.61,
    # delta = 0.69.
    assert MEDIAN.model_dump() == {
        "loss_aversion": 2.25,
        "curvature": 0.88,
        "gain_weight": 0.61,
        "loss_weight": 0.69,
    }


@pytest.mark.parametrize(
    ("percent", "printed"),
    # Kahneman 2011, Thinking, Fast and Slow, chapter 29, table 4: decision weights of gains by
    # these parameters, in per cent.
    [(1, 5.5), (2, 8.1), (5, 13.2), (10, 18.6), (20, 26.1), (50, 42.1), (90, 71.2), (95, 79.3),
     (98, 87.1), (99, 91.2)],
)  # fmt: skip
def test_weights_of_gains_as_they_are_printed(percent: int, printed: float) -> None:
    # 13.16 is printed as 13.2 and 26.08 as 26.1, so the last digit is what can be held.
    assert 100 * weight(percent / 100, 0.61) == pytest.approx(printed, abs=0.05)


@pytest.mark.parametrize(
    ("probability", "weighed"),
    # Computed with bc at 30 digits: e(g l(p)) / e(l(e(g l(p)) + e(g l(1-p))) / g), g = 0.69.
    [(0.5, 0.453987549524), (0.01, 0.039671939691), (0.99, 0.945086847682)],
)
def test_weights_of_losses(probability: float, weighed: float) -> None:
    assert weight(probability, 0.69) == pytest.approx(weighed, abs=1e-11)


def test_certainty_is_certain() -> None:
    assert (weight(0.0, 0.61), weight(1.0, 0.61)) == (0.0, 1.0)


def test_four_in_five_of_4000_against_3000_for_sure() -> None:
    # The classic choice: expected value 3,200 against 3,000. w(0.8) = 0.607439 (bc);
    # 0.607439^(1/0.88) * 4000 = 0.567519 * 4000 = 2270.08.
    result = decide(options=["Gamble:0.8:4000:0", "Sure:1:3000:0"])
    gamble, sure, nothing = result.options
    assert gamble.expected_value == pytest.approx(3200)
    assert sure.expected_value == pytest.approx(3000)
    assert gamble.certainty_equivalent == pytest.approx(2270.08, abs=0.01)
    assert sure.certainty_equivalent == pytest.approx(3000)
    assert result.preferred_expected_value == ("Gamble",)
    assert result.preferred_prospect_value == ("Sure",)
    assert not result.agree
    assert (nothing.name, nothing.expected_value, nothing.certainty_equivalent) == (
        "Do nothing",
        0,
        0,
    )
    # 3000 / 2270.08 = 1.3215: so much more would have to be won.
    assert gamble.gain_factor == pytest.approx(1.3215, abs=1e-4)


def test_even_odds_ask_for_274_against_100() -> None:
    # (2.25 * 0.453988 / 0.420639)^(1/0.88) = 2.428377^1.136364 = 2.7407
    assert MEDIAN.even_odds_ratio == pytest.approx(2.7407, abs=1e-4)
    assert decide(options=["A:0.5:1:-1"]).rule_of_thumb == 2.0
    assert worth([(0.5, 274), (0.5, -100)], MEDIAN).certainty_equivalent < 0
    assert worth([(0.5, 275), (0.5, -100)], MEDIAN).certainty_equivalent > 0
    (even, _) = decide(options=["Even:0.5:150:-100"]).options
    assert even.break_even_gain == pytest.approx(274.07, abs=0.01)
    assert even.up_down_ratio == even.up_down_ratio_plain == pytest.approx(1.5)


def test_the_die_of_the_paper_is_weighed_by_rank() -> None:
    # Tversky and Kahneman 1992, p. 301-302: a die is rolled; x dollars are won if x is even, lost
    # if it is odd: -5, -3, -1, 2, 4, 6 with 1/6 each. Their weights: w+(1/2) - w+(1/3) for 2,
    # w+(1/3) - w+(1/6) for 4, w+(1/6) for 6; w-(1/6) for -5, w-(1/3) - w-(1/6) for -3,
    # w-(1/2) - w-(1/3) for -1.
    def up(p: float) -> float:
        return weight(p, 0.61)

    def down(p: float) -> float:
        return weight(p, 0.69)

    found = weights([(1 / 6, amount) for amount in (2, -1, 4, -3, 6, -5)], MEDIAN)
    assert [amount for _, amount in found] == [-5, -3, -1, 2, 4, 6]
    assert [each for each, _ in found] == pytest.approx(
        [
            down(1 / 6),
            down(1 / 3) - down(1 / 6),
            down(1 / 2) - down(1 / 3),
            up(1 / 2) - up(1 / 3),
            up(1 / 3) - up(1 / 6),
            up(1 / 6),
        ]
    )


def test_with_neutral_parameters_prospect_theory_is_expected_value() -> None:
    neutral = Attitude(loss_aversion=1, curvature=1, gain_weight=1, loss_weight=1)
    found = worth([(0.2, -70), (0.3, 10), (0.5, 40)], neutral)
    assert found.prospect_value == pytest.approx(-14 + 3 + 20)
    assert found.certainty_equivalent == pytest.approx(found.expected_value)
    assert neutral.even_odds_ratio == pytest.approx(1)


def test_the_least_exponent_that_is_taken_still_rises_with_the_probability() -> None:
    # Ingersoll 2008, European Financial Management 14: below about 0.279 it does not.
    steps = [weight(number / 1000, 0.28) for number in range(1001)]
    assert all(before < after for before, after in pairwise(steps))


def test_halving_the_downside_and_the_factor_it_takes() -> None:
    # Even odds, 400 against 250, computed with bc at 30 digits from w+(0.5) = 0.420639 and
    # w-(0.5) = 0.453988: gains 0.420639 * 400^0.88 = 81.982790, losses 0.453988 * 2.25 * 250^0.88 =
    # 131.647819; the difference is felt like -(49.665029 / 2.25)^(1/0.88) = -33.660683. With 125
    # lost: 131.647819 * 0.5^0.88 = 71.533137, so 10.449653, like 14.390315. It is worth nothing at
    # (81.982790 / 131.647819)^(1/0.88) = 0.583795 of the loss.
    calls, _ = decide(options=["Calls:0.5:400:-250"]).options
    assert calls.felt_gain == pytest.approx(81.982790, abs=1e-6)
    assert calls.felt_loss == pytest.approx(131.647819, abs=1e-6)
    assert calls.certainty_equivalent == pytest.approx(-33.660683, abs=1e-6)
    assert calls.halved_certainty_equivalent == pytest.approx(14.390315, abs=1e-6)
    assert calls.loss_factor == pytest.approx(0.583795, abs=1e-6)
    # Lost at the factor, or won at its counterpart, it is worth nothing.
    assert calls.gain_factor == pytest.approx(1 / 0.583795, abs=1e-5)
