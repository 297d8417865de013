"""The RACI: exactly one answers, and nobody carries everything."""

from __future__ import annotations

from typing import Any

from dmaic.documents.base import Papers
from dmaic.documents.define.raci import Raci


def raci(*lines: dict[str, Any]) -> Raci:
    return Raci.model_validate(
        {
            "activities": [
                {"id": f"A{number}", "activity": f"activity {number}", **line}
                for number, line in enumerate(lines, 1)
            ]
        }
    )


def test_nobody_accountable_and_nobody_responsible_are_missing() -> None:
    document = raci({"accountable": ["Ann"]}, {"responsible": ["Bob"]}, {})
    assert [(gap.field, gap.level) for gap in document.gaps()] == [
        ("activities.A1.responsible", "missing"),
        ("activities.A2.accountable", "missing"),
        ("activities.A3.responsible", "missing"),
        ("activities.A3.accountable", "missing"),
    ]


def test_two_accountable_are_one_too_many() -> None:
    one = {"responsible": ["Ann"], "accountable": ["Ann"]}
    document = raci({**one, "accountable": ["Ann", "Bob"]}, {**one, "responsible": ["Eve"]}, one)
    (gap,) = document.gaps()
    assert (gap.field, gap.level) == ("activities.A1.accountable", "missing")
    assert "Ann and Bob" in gap.message


def test_one_person_spelled_twice_is_one_accountable() -> None:
    document = raci({"responsible": ["Eve"], "accountable": ["Ann", " ann "]})
    assert not [gap for gap in document.gaps() if "accountable" in gap.field]


def test_who_does_it_need_not_be_informed() -> None:
    document = raci({"responsible": ["Ann"], "accountable": ["Bob"], "informed": ["ANN"]})
    assert ("activities.A1.informed", "weak") in {(g.field, g.level) for g in document.gaps()}


def test_who_does_most_of_it_is_a_bottleneck() -> None:
    one = {"responsible": ["Ann"], "accountable": ["Bob"]}
    (gap,) = raci(one, one, one).gaps()
    assert gap.level == "weak"
    assert "Ann is responsible for 3 of 3" in gap.message


def test_load_counts_each_part_once_an_activity_the_heaviest_first() -> None:
    document = raci(
        {"responsible": ["Ann", "ann"], "accountable": ["Bob"], "consulted": ["Eve"]},
        {"responsible": ["Ann"], "accountable": ["Ann"], "informed": ["Bob"]},
    )
    assert document.load() == {
        "Ann": {"responsible": 2, "accountable": 1, "consulted": 0, "informed": 0},
        "Bob": {"responsible": 0, "accountable": 1, "consulted": 0, "informed": 1},
        "Eve": {"responsible": 0, "accountable": 0, "consulted": 1, "informed": 0},
    }
    assert [each.value for each in document.figures(Papers())] == [3, 1, 0]
