"""Solutions stand on verified causes."""

from __future__ import annotations

from typing import Any

from dmaic.documents.analyze.causes import CauseList
from dmaic.documents.base import Papers
from dmaic.documents.improve.solutions import Solutions

PAPERS = Papers(load={"causes": CauseList.example()}.get)
SOLUTION = {"id": "S1", "name": "API", "effect": "less", "owner": "Priya", "causes": ["C1"]}


def solutions(*changes: dict[str, Any]) -> Solutions:
    body = [{**SOLUTION, "id": f"S{n}", **each} for n, each in enumerate(changes, 1)]
    return Solutions.model_validate({"solutions": body})


def missing(document: Solutions) -> dict[str, str]:
    return {g.field: g.message for g in document.gaps(PAPERS) if g.level == "missing"}


def test_a_solution_for_a_verified_cause_is_fine() -> None:
    assert missing(solutions({}, {"causes": ["c3", "C4"]})) == {}


def test_a_suspected_or_rejected_cause_carries_no_solution() -> None:
    found = missing(solutions({"causes": ["C6", "C7"]}))
    assert found == {
        "solutions.S1.causes": "S1 stands on no verified cause: C6 is rejected, C7 is suspected."
    }


def test_one_verified_cause_among_others_is_enough() -> None:
    assert missing(solutions({"causes": ["C7", "C1"]})) == {}


def test_a_cause_that_is_not_there_is_a_gap() -> None:
    found = missing(solutions({"causes": ["C99"]}))
    assert found == {"solutions.S1.causes": 'There is no "C99" in the cause list.'}


def test_a_dropped_solution_needs_no_cause_but_its_costs_leave_the_sums() -> None:
    document = solutions(
        {"cost_once": 100}, {"causes": ["C6"], "status": "dropped", "cost_once": 900}
    )
    assert missing(document) == {}
    assert document.figures(PAPERS)[0].value == 100


def test_a_verified_cause_without_a_solution_is_asked_about() -> None:
    weak = [gap.message for gap in solutions({}).gaps(PAPERS) if gap.level == "weak"]
    assert weak == [
        f"C{n} is verified and no solution takes it away." for n in (2, 3, 4, 5)
    ]  # fmt: skip


def test_sums_say_what_they_leave_out() -> None:
    figures = solutions({"cost_once": 100.5}, {}).figures(PAPERS)
    assert (figures[0].value, figures[0].text) == (100.5, "100.50 (1 of 2 solutions known)")
    assert (figures[1].value, figures[1].text) == (None, "–")
