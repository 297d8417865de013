"""Benefits added up: each customer once, hard and soft money apart."""

from __future__ import annotations

from typing import Any

from dmaic.project.benefit.roll_up import Claim, is_validated, roll_up


def claim(name: str = "A", **facts: Any) -> Claim:
    return Claim.model_validate(
        {"name": name, "nature": "hard", "rhythm": "recurring", "target": 1200,
         "planned": {"2025-01": 100}, "realised": {}, **facts}
    )  # fmt: skip


def test_nothing_adds_up_to_nothing_known() -> None:
    total = roll_up([])
    assert (total.hard.target, total.hard.cash, total.hard.run_rate) == (0, None, None)


def test_different_segments_are_added() -> None:
    total = roll_up([claim("A", segment="X"), claim("B", segment="Y", target=300)])
    assert total.hard.target == 1500
    assert total.hard.months[0].planned == 200
    assert total.overlaps == ()


def test_of_one_segment_the_larger_counts_month_by_month() -> None:
    first = claim("A", segment="Estimators", realised={"2025-01": 10, "2025-02": 20}, run_rate=240)
    second = claim("B", segment="ESTIMATORS", target=600, realised={"2025-02": 50}, run_rate=600)
    total = roll_up([first, second])
    # January is A's 10, February B's 50, for they are the same customers.
    assert total.hard.cash == 60
    assert total.hard.target == 1200
    assert total.hard.run_rate == 600
    said = {(each.name, each.what): (each.counted_in, each.amount) for each in total.overlaps}
    assert said == {
        ("B", "target"): ("A", 600),
        ("A", "run-rate"): ("B", 240),
        ("A", "cash"): ("B", 20),
    }


def test_hard_and_soft_are_never_added() -> None:
    hard = claim("A", segment="X", realised={"2025-01": 10})
    soft = claim("B", segment="X", nature="soft", realised={"2025-01": 999})
    total = roll_up([hard, soft])
    assert total.hard.cash == 10
    assert total.soft.cash == 999
    assert total.overlaps == ()


def test_one_off_money_of_one_segment_is_added() -> None:
    once = {"rhythm": "one-off", "segment": "X", "realised": {"2025-01": 10}}
    total = roll_up([claim("A", **once), claim("B", **once)])
    assert total.hard.cash == 20
    assert (total.hard.target, total.hard.target_once) == (0, 2400)


def test_without_a_segment_nobody_can_tell() -> None:
    assert roll_up([claim("A")]).without_segment == ()
    total = roll_up([claim("A"), claim("B", segment="X")])
    assert total.hard.target == 2400
    assert total.without_segment == ("A",)


def test_of_two_alike_one_counts_even_under_one_name() -> None:
    total = roll_up([claim("A", segment="X"), claim("A", segment="X")])
    assert total.hard.target == 1200
    assert [(each.name, each.counted_in) for each in total.overlaps] == [("A", "A")]


def test_validated_means_every_recorded_hard_one() -> None:
    done = claim("A", realised={"2025-01": 1}, standing="validated")
    open_one = claim("B", realised={"2025-01": 1}, standing="recorded")
    assert is_validated([claim("C")]) is None
    assert is_validated([done, claim("C")]) is True
    assert is_validated([done, open_one]) is False
    assert is_validated([done, open_one.model_copy(update={"nature": "soft"})]) is True
