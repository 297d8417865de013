"""The reason taxonomy: answers are sorted under three reasons and counted."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.block import Note
from dmaic.documents.analyze.reasons import ReasonTaxonomy
from dmaic.documents.base import Papers

TOPS = ("expectations unmet", "no attachment", "easy to switch")
REASONS = [{"id": f"R{n}", "name": top, "top": top} for n, top in enumerate(TOPS, 1)]


def taxonomy(*answers: dict[str, Any], reasons: Any = REASONS) -> ReasonTaxonomy:
    body = [{"id": f"A{n}", "raw": f"raw {n}", **each} for n, each in enumerate(answers, 1)]
    return ReasonTaxonomy.model_validate({"reasons": reasons, "answers": body})


def figures(document: ReasonTaxonomy) -> dict[str, tuple[float | None, str]]:
    return {each.name: (each.value, each.text) for each in document.figures(Papers())}


def test_shares_are_of_the_answers_and_not_of_the_lines() -> None:
    # 30 + 10 of 50 answers are mapped; 30 of these 40 are unmet expectations.
    found = figures(
        taxonomy({"count": 30, "reason": "R1"}, {"count": 10, "reason": "R2"}, {"count": 10})
    )
    assert found["mapped"] == (0.8, "80.00 % (40 of 50)")
    assert found["share_expectations_unmet"][0] == 0.75
    assert found["share_no_attachment"][0] == 0.25
    assert found["share_easy_to_switch"][0] == 0


def test_answers_without_a_count_are_left_out_and_that_is_said() -> None:
    found = figures(taxonomy({"count": 4, "reason": "R1"}, {"reason": "R2"}))
    assert found["mapped"] == (1.0, "100.00 % (4 of 4; 1 answer without a count left out)")


def test_without_counts_nothing_is_computed() -> None:
    assert figures(taxonomy({"reason": "R1"}, {"count": 0, "reason": "R1"})) == {}


@pytest.mark.parametrize(("mapped", "fails"), [(79, True), (80, False)])
def test_less_than_four_fifths_mapped_is_too_little(mapped: int, fails: bool) -> None:
    document = taxonomy({"count": mapped, "reason": "R1"}, {"count": 100 - mapped})
    assert ("answers" in {gap.field for gap in document.gaps()}) is fails


def test_an_answer_that_means_nothing_known_is_a_gap_and_counts_as_not_mapped() -> None:
    document = taxonomy({"count": 1, "reason": "R1"}, {"count": 1, "reason": "R7"})
    assert "answers.A2.reason" in {gap.field for gap in document.gaps()}
    assert figures(document)["mapped"][0] == 0.5


def test_a_reason_without_sub_reasons_is_asked_about() -> None:
    document = taxonomy({"count": 1, "reason": "R1"}, reasons=REASONS[:2])
    weak = [gap.message for gap in document.gaps() if gap.level == "weak"]
    assert weak == ['No sub-reason stands under "easy to switch": look for one, or say why not.']


def test_where_all_three_are_given_the_page_says_what_that_means() -> None:
    three = [{"count": 1, "reason": f"R{n}"} for n in (1, 2, 3)]
    notes = [each for each in taxonomy(*three).blocks(Papers()) if isinstance(each, Note)]
    assert any("All three reasons" in each.text for each in notes)
    notes = [each for each in taxonomy(*three[:2]).blocks(Papers()) if isinstance(each, Note)]
    assert not notes


def test_ids_are_found_whatever_their_case() -> None:
    assert figures(taxonomy({"count": 1, "reason": " r1 "}))["mapped"][0] == 1
