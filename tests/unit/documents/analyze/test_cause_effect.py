"""The cause-and-effect matrix: weight × score, ranked."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dmaic.block import Table
from dmaic.documents.analyze.cause_effect import CauseEffectMatrix
from dmaic.documents.analyze.causes import CauseList
from dmaic.documents.base import Papers
from dmaic.documents.define.ctq import CtqTree

PAPERS = Papers(load={"ctq": CtqTree.example(), "causes": CauseList.example()}.get)


def matrix(*rows: dict[str, Any], **more: Any) -> CauseEffectMatrix:
    weights = {"CTQ1": 10, "CTQ2": 8, "CTQ3": 7}
    body = [{"id": f"X{n}", "what": f"step {n}", **row} for n, row in enumerate(rows, 1)]
    return CauseEffectMatrix.model_validate({"weights": weights, "rows": body, **more})


def test_totals_are_sums_of_weight_times_score_highest_first() -> None:
    # 10 × 9 + 8 × 1 + 7 × 0 = 98; 10 × 1 + 8 × 9 + 7 × 3 = 103.
    document = matrix(
        {"scores": {"CTQ1": 9, "CTQ2": 1, "CTQ3": 0}}, {"scores": {"CTQ1": 1, "CTQ2": 9, "CTQ3": 3}}
    )
    assert [(row.id, total) for row, total in document.totals()] == [("X2", 103), ("X1", 98)]


def test_equal_totals_stay_in_their_order() -> None:
    document = matrix(*[{"scores": {"CTQ1": 1}}] * 3)
    assert [row.id for row, _ in document.totals()] == ["X1", "X2", "X3"]


@pytest.mark.parametrize("score", [2, -1, 10, 0.5])
def test_only_0_1_3_and_9_are_scores(score: float) -> None:
    with pytest.raises(ValidationError, match=r"0 \(no link\), 1 \(weak\), 3 \(medium\) or 9"):
        matrix({"scores": {"CTQ1": score}})


@pytest.mark.parametrize("weight", [0, 11, -3])
def test_weights_are_from_1_to_10(weight: float) -> None:
    with pytest.raises(ValidationError):
        matrix(weights={"CTQ1": weight})


def test_a_score_that_is_not_given_is_said_and_counts_as_nothing() -> None:
    document = matrix({"scores": {"CTQ1": 9}}, {"scores": {"CTQ1": 1, "CTQ2": 1, "CTQ3": 1}})
    first = document.figures(Papers())[0]
    assert (first.value, first.text) == (90, "90 (1 of 3 scores given)")
    assert "rows.X1.scores" in {gap.field for gap in document.gaps()}


def test_every_ctq_of_the_tree_needs_a_weight_and_no_other_may_have_one() -> None:
    document = matrix({"scores": {"CTQ1": 1}}, weights={"CTQ1": 5, "CTQ9": 1})
    messages = [gap.message for gap in document.gaps(PAPERS) if gap.field == "weights"]
    assert messages == [
        'There is no "CTQ9" in the CTQ tree.', "CTQ2 has no weight.", "CTQ3 has no weight."
    ]  # fmt: skip


def test_a_cause_by_id_must_exist_and_a_step_in_words_need_not() -> None:
    document = matrix({"what": "c77"}, {"what": "Casting a quote"}, {"what": "c1"})
    assert [gap.field for gap in document.gaps(PAPERS) if gap.field.endswith("what")] == [
        "rows.X1.what"
    ]


def test_the_table_shows_scores_under_their_ctq_and_names_the_causes() -> None:
    table = CauseEffectMatrix.example().blocks(PAPERS)[0]
    assert isinstance(table, Table)
    columns = {column.title: column.texts for column in table.columns}
    assert columns["Total"] == ("105", "103", "101", "97", "79", "38", "0")
    assert columns["CTQ2 ×8"] == ("1", "9", "1", "3", "9", "1", "0")
    assert columns["Cause or step"][0].startswith("C1 Photos are re-typed")
