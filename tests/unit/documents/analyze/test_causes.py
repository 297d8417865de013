"""The cause list: nothing is verified without evidence."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dmaic.documents.analyze.causes import Cause, CauseList, is_proven
from dmaic.documents.base import AnalysisFact, Papers
from dmaic.documents.fill import with_field, with_line
from dmaic.errors import DataError

CAUSE = {"id": "C1", "cause": "no exchange format", "decided_by": "Maria",
         "decided_on": "2025-03-18"}  # fmt: skip
FRESH = AnalysisFact("k7m2qx4d", "pareto", stale=False)
STALE = AnalysisFact("abcd2345", "pareto", stale=True)
PAPERS = Papers(analyses={each.id: each for each in (FRESH, STALE)})


def gaps(**change: Any) -> list[tuple[str, str]]:
    document = CauseList.model_validate({"causes": [{**CAUSE, **change}]})
    return [(gap.field, gap.level) for gap in document.gaps(PAPERS)]


@pytest.mark.parametrize(
    "evidence", [{}, {"evidence": [""]}, {"other_evidence": ["   "]}, {"note": "I am sure"}]
)
def test_a_cause_cannot_be_verified_without_evidence(evidence: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="a cause is not verified without evidence"):
        Cause.model_validate({**CAUSE, **evidence, "status": "verified"})


def test_the_refusal_says_where_and_what_to_do() -> None:
    document, _ = with_line(CauseList(), None, {"cause": "no exchange format"})
    with pytest.raises(DataError) as caught:
        with_field(document, "C1.status", "verified")
    (problem,) = caught.value.problems
    assert problem.code == "document.invalid"
    assert problem.where == "causes.C1"
    assert problem.message.startswith("C1 cannot be verified: a cause is not verified without")
    assert "`other_evidence`" in problem.message


def test_evidence_cannot_be_taken_from_a_verified_cause() -> None:
    document = CauseList.model_validate(
        {"causes": [{**CAUSE, "status": "verified", "evidence": ["k7m2qx4d"]}]}
    )
    with pytest.raises(DataError):
        with_field(document, "C1.evidence", ())


def test_a_current_analysis_verifies() -> None:
    assert gaps(status="verified", evidence=["k7m2qx4d"]) == []
    assert gaps(status="verified", evidence=["k7m"]) == []


def test_a_stale_analysis_does_not() -> None:
    assert gaps(status="verified", evidence=["abcd2345"]) == [("causes.C1.evidence", "missing")]


def test_an_analysis_that_is_not_there_does_not() -> None:
    assert gaps(status="verified", evidence=["zzzz9999"]) == [("causes.C1.evidence", "missing")]


def test_other_evidence_is_accepted_and_asked_about() -> None:
    assert gaps(status="verified", other_evidence=["watched twelve shops"]) == [
        ("causes.C1.evidence", "weak")
    ]


def test_other_evidence_beside_a_current_analysis_is_no_weak_point() -> None:
    assert gaps(status="verified", evidence=["k7m2qx4d"], other_evidence=["tickets"]) == []


def test_a_rejected_cause_needs_a_reason() -> None:
    found = gaps(status="rejected")
    assert ("causes.C1.note", "missing") in found
    assert ("causes.C1.note", "missing") not in gaps(status="rejected", note="5 of 86 name it")


def test_a_decision_without_a_name_or_a_date_is_asked_about() -> None:
    found = gaps(status="verified", evidence=["k7m2qx4d"], decided_by="")
    assert found == [("causes.C1.decided_by", "weak")]


def test_a_list_of_suspicions_is_not_complete() -> None:
    assert gaps() == [("causes", "missing")]


def test_only_a_current_analysis_proves() -> None:
    def proven(*ids: str) -> bool:
        return is_proven(Cause.model_validate({**CAUSE, "evidence": ids}), PAPERS)

    assert proven("k7m2qx4d")
    assert proven("abcd2345", "k7m2qx4d")
    assert not proven("abcd2345")
    assert not proven("")
    assert not proven()


def test_counts_add_up_to_the_list() -> None:
    figures = {each.name: each.value for each in CauseList.example().figures(Papers())}
    assert figures == {"verified": 5, "suspected": 1, "rejected": 1}
