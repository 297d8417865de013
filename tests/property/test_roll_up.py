"""Adding benefits up, whatever they are: more never counts less, one customer never twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dmaic.project.benefit.roll_up import Claim, RollUp, roll_up

MONTHS = st.sampled_from(["2025-01", "2025-02", "2025-03"])
MONEY = st.floats(0, 1e9, allow_nan=False).map(lambda each: round(each, 2))
SEGMENTS = ["", "Estimators", "estimators", "Roofers"]


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    realised = draw(st.dictionaries(MONTHS, MONEY))
    rhythm = draw(st.sampled_from(["recurring", "one-off"]))
    return Claim(
        name=draw(st.sampled_from("ABCDEF")),
        nature=draw(st.sampled_from(["hard", "soft"])),
        rhythm=rhythm,
        segment=draw(st.sampled_from(SEGMENTS)),
        target=draw(MONEY) + 1,
        planned=draw(st.dictionaries(MONTHS, MONEY)),
        realised=realised,
        run_rate=12 * realised[max(realised)] if realised and rhythm == "recurring" else None,
    )


def sums(total: RollUp) -> list[float]:
    return [
        figure or 0.0
        for each in (total.hard, total.soft)
        for figure in (each.target, each.target_once, each.run_rate, each.cash)
    ]


@given(st.lists(claims(), max_size=6), claims())
def test_one_more_benefit_never_lowers_a_sum(some: list[Claim], more: Claim) -> None:
    before, after = sums(roll_up(some)), sums(roll_up([*some, more]))
    assert all(new >= old for old, new in zip(before, after, strict=True))


@given(
    st.lists(claims(), max_size=6).flatmap(
        lambda some: st.tuples(st.just(some), st.permutations(some))
    )
)
def test_their_order_changes_nothing(both: tuple[list[Claim], list[Claim]]) -> None:
    assert roll_up(both[0]) == roll_up(both[1])


@given(st.lists(claims(), max_size=6))
def test_the_same_claims_twice_on_segments_count_once(some: list[Claim]) -> None:
    named = [each.model_copy(update={"segment": each.segment or each.name, "rhythm": "recurring"})
             for each in some]  # fmt: skip
    assert sums(roll_up(named * 2)) == sums(roll_up(named))


@given(st.lists(claims(), max_size=6))
def test_counted_and_not_counted_make_the_whole(some: list[Claim]) -> None:
    total = roll_up(some)
    for nature in ("hard", "soft"):
        mine = [each for each in some if each.nature == nature]
        tally = total.hard if nature == "hard" else total.soft
        left = [each for each in total.overlaps if each.nature == nature]
        cash = sum(sum(each.realised.values()) for each in mine)
        out = sum(each.amount for each in left if each.what == "cash")
        assert abs((tally.cash or 0.0) + out - cash) <= 1e-6 * max(cash, 1)
        aims = sum(each.target for each in mine)
        out = sum(each.amount for each in left if each.what == "target")
        assert abs(tally.target + tally.target_once + out - aims) <= 1e-6 * max(aims, 1)
