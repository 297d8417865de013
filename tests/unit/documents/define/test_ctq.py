"""The CTQ tree: nothing said is lost, and everything can be measured."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.block import Tree
from dmaic.documents.base import Papers
from dmaic.documents.define.ctq import CtqTree


def tree(**change: Any) -> CtqTree:
    return CtqTree.model_validate({**CtqTree.EXAMPLE, **change})


def fields(document: CtqTree) -> dict[str, str]:
    return {gap.field: gap.level for gap in document.gaps()}


def test_a_verbatim_that_leads_to_no_need_is_a_gap() -> None:
    needs = [{**need, "verbatims": ["V1", "V2"]} for need in CtqTree.EXAMPLE["needs"]]
    assert fields(tree(needs=needs)) == {"verbatims.V3": "missing", "verbatims.V4": "missing"}


def test_a_need_without_a_ctq_is_a_gap() -> None:
    ctqs = CtqTree.EXAMPLE["ctqs"][:2]
    assert fields(tree(ctqs=ctqs)) == {"needs.N3": "missing"}


def test_an_id_that_is_not_there_is_a_gap() -> None:
    first, *rest = CtqTree.EXAMPLE["ctqs"]
    gaps = tree(ctqs=[first, *rest, {**first, "id": "CTQ4", "need": "N9"}]).gaps()
    assert [(gap.field, gap.message) for gap in gaps] == [
        ("ctqs.CTQ4.need", 'CTQ4 names need "N9", which is not there.')
    ]


@pytest.mark.parametrize("blank", ["metric", "unit", "target", "need"])
def test_a_ctq_needs_metric_unit_and_target(blank: str) -> None:
    first, *rest = CtqTree.EXAMPLE["ctqs"]
    bare = {key: value for key, value in first.items() if key != blank}
    assert fields(tree(ctqs=[bare, *rest]))[f"ctqs.CTQ1.{blank}"] == "missing"


def test_a_target_of_zero_is_a_target() -> None:
    first, *rest = CtqTree.EXAMPLE["ctqs"]
    assert fields(tree(ctqs=[{**first, "target": 0}, *rest])) == {}


def test_without_a_limit_a_reader_will_ask() -> None:
    first, *rest = CtqTree.EXAMPLE["ctqs"]
    assert fields(tree(ctqs=[{**first, "limit": None}, *rest])) == {"ctqs.CTQ1.limit": "weak"}


def test_ids_are_found_whatever_their_case() -> None:
    needs = [{**need, "verbatims": [v.lower() for v in need["verbatims"]]}
             for need in CtqTree.EXAMPLE["needs"]]  # fmt: skip
    assert fields(tree(needs=needs)) == {}


def test_measurable_counts_verbatims_that_end_in_a_metric_with_a_target() -> None:
    first, *rest = CtqTree.EXAMPLE["ctqs"]
    (figure,) = tree(ctqs=[{**first, "target": None}, *rest]).figures(Papers())
    # V1 alone leads to N1, whose only CTQ lost its target: 3 of 4 are left.
    assert figure.value == 0.75


def test_the_tree_holds_every_verbatim_need_and_ctq_also_those_that_lead_nowhere() -> None:
    first, *rest = CtqTree.EXAMPLE["ctqs"]
    document = tree(
        ctqs=[{**first, "need": "N9"}, *rest],
        needs=[{**need, "verbatims": ["V1"]} for need in CtqTree.EXAMPLE["needs"]],
    )

    def words(branch: Tree) -> list[str]:
        return [branch.text, *(word for each in branch.branches for word in words(each))]

    text = "\n".join(words(document.tree()))
    for line in (*document.verbatims, *document.needs, *document.ctqs):
        assert f"{line.id} " in text
