"""What must hold of any gamble, whatever it is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmaic.analysis.decide import decide
from dmaic.money.option import Option, Outcome
from dmaic.money.prospect import Attitude, weights, worth

AMOUNTS = st.integers(-5_000_000, 5_000_000).map(float)
ATTITUDES = st.builds(
    Attitude,
    loss_aversion=st.floats(0.5, 5),
    curvature=st.floats(0.3, 1),
    gain_weight=st.floats(0.3, 1),
    loss_weight=st.floats(0.3, 1),
)


@st.composite
def gambles(draw: st.DrawFn) -> list[tuple[float, float]]:
    parts = draw(st.lists(st.integers(1, 1000), min_size=1, max_size=8))
    return [(part / sum(parts), draw(AMOUNTS)) for part in parts]


def close(figure: float, scale: float = 1.0) -> object:
    return pytest.approx(figure, rel=1e-6, abs=1e-6 * max(scale, 1.0))


def most(gamble: list[tuple[float, float]]) -> float:
    return max(abs(amount) for _, amount in gamble)


@given(gambles(), ATTITUDES, st.floats(0.001, 1000))
def test_in_another_unit_of_money_it_is_worth_the_same(
    gamble: list[tuple[float, float]], attitude: Attitude, unit: float
) -> None:
    here = worth(gamble, attitude)
    there = worth([(chance, unit * amount) for chance, amount in gamble], attitude)
    scale = unit * most(gamble)
    assert there.certainty_equivalent == close(unit * here.certainty_equivalent, scale)
    assert there.expected_value == close(unit * here.expected_value, scale)


@given(gambles(), ATTITUDES, st.randoms(use_true_random=False))
def test_the_order_of_outcomes_changes_nothing(
    gamble: list[tuple[float, float]], attitude: Attitude, random: object
) -> None:
    mixed = list(gamble)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert worth(mixed, attitude) == worth(gamble, attitude)


@given(gambles(), ATTITUDES, st.floats(0.01, 0.99))
def test_an_outcome_in_two_parts_is_one(
    gamble: list[tuple[float, float]], attitude: Attitude, share: float
) -> None:
    (chance, amount), *rest = gamble
    split = [(chance * share, amount), *rest, (chance * (1 - share), amount)]
    whole, parts = worth(gamble, attitude), worth(split, attitude)
    assert parts.certainty_equivalent == close(whole.certainty_equivalent, most(gamble))
    assert parts.expected_value == close(whole.expected_value, most(gamble))


@given(gambles(), ATTITUDES)
def test_it_is_worth_no_more_than_its_best_and_no_less_than_its_worst_outcome(
    gamble: list[tuple[float, float]], attitude: Attitude
) -> None:
    found = worth(gamble, attitude)
    low, high = min(a for _, a in gamble), max(a for _, a in gamble)
    slack = 1e-6 * max(most(gamble), 1)
    for figure in (found.certainty_equivalent, found.expected_value):
        # A gamble over gains and losses may be felt like nothing at the least.
        assert min(low, 0) - slack <= figure <= max(high, 0) + slack


@given(gambles(), ATTITUDES, st.integers(0, 7), st.floats(0, 1e6))
def test_more_money_is_never_worth_less(
    gamble: list[tuple[float, float]], attitude: Attitude, place: int, more: float
) -> None:
    place %= len(gamble)
    better = [(p, a + more if n == place else a) for n, (p, a) in enumerate(gamble)]
    slack = 1e-6 * max(most(better), most(gamble), 1)
    assert (
        worth(better, attitude).certainty_equivalent
        >= worth(gamble, attitude).certainty_equivalent - slack
    )


@given(gambles(), AMOUNTS, st.floats(0, 3))
def test_expected_value_is_linear(
    gamble: list[tuple[float, float]], more: float, factor: float
) -> None:
    plain = worth(gamble, Attitude()).expected_value
    moved = worth([(p, factor * a + more) for p, a in gamble], Attitude()).expected_value
    assert moved == close(factor * plain + more, 3 * most(gamble) + abs(more))


@given(gambles(), ATTITUDES)
def test_weights_are_none_below_zero_and_those_of_one_side_at_most_one(
    gamble: list[tuple[float, float]], attitude: Attitude
) -> None:
    found = weights(gamble, attitude)
    assert all(each >= -1e-12 for each, _ in found)
    for side in (1, -1):
        assert sum(each for each, amount in found if amount * side > 0) <= 1 + 1e-9
    assert all(one[1] < other[1] for one, other in pairwise(found))


@given(AMOUNTS, ATTITUDES)
def test_the_value_of_an_amount_and_back(amount: float, attitude: Attitude) -> None:
    assert attitude.amount(attitude.value(amount)) == close(amount, abs(amount))


@given(st.lists(gambles(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_options_changes_nothing(
    every: list[list[tuple[float, float]]], random: object
) -> None:
    options = [
        Option(
            name=f"Option {number}",
            outcomes=tuple(Outcome(probability=p, amount=a) for p, a in gamble),
        )
        for number, gamble in enumerate(every)
    ]
    mixed = list(options)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = decide(options=options), decide(options=mixed)
    assert {each.name: each for each in one.options} == {each.name: each for each in other.options}
    assert {*one.preferred_prospect_value} == {*other.preferred_prospect_value}
    assert one.agree == other.agree


@given(st.floats(0.01, 0.99), st.floats(1, 1e6), st.floats(1, 1e6))
def test_at_the_gain_needed_it_is_worth_nothing(chance: float, gain: float, loss: float) -> None:
    first = decide(options=[{"name": "A", "p": chance, "gain": gain, "loss": -loss}]).options[0]
    assert first.break_even_gain is not None
    even = worth([(chance, first.break_even_gain), (1 - chance, -loss)], Attitude())
    assert even.prospect_value == close(0, even.felt_loss)
