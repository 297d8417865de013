"""Ids of other documents' lines: what they are called where a document names them."""

from __future__ import annotations

from dmaic.documents.analyze.causes import CauseList
from dmaic.documents.analyze.fishbone import Fishbone
from dmaic.documents.base import Papers
from dmaic.documents.improve.solutions import Solutions
from dmaic.documents.reference import called, referred


def test_ids_that_stand_in_a_document_are_told_with_their_names() -> None:
    fishbone, causes = Fishbone.example(), CauseList.example()
    papers = Papers(load={"fishbone": fishbone, "causes": causes}.get)
    found = referred(Solutions.example(), papers)
    assert found["C1"] == called(causes.causes[0])
    assert "S1" not in found
    assert referred(causes, papers)["B1"] == called(fishbone.ribs[0])
    assert referred(causes, Papers()) == {}


def test_they_stand_in_the_order_of_their_numbers() -> None:
    causes = CauseList.model_validate(
        {"causes": [{"id": f"C{n}", "cause": f"Cause {n}"} for n in range(1, 12)]}
    )
    solutions = Solutions.model_validate(
        {"solutions": [{"id": "S1", "causes": ["C10", "C2", "C99"]}]}
    )
    found = referred(solutions, Papers(load={"causes": causes}.get))
    assert list(found.items()) == [("C2", "Cause 2"), ("C10", "Cause 10")]
