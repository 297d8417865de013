"""Five whys: long enough, rooted, and never at a person."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.block import Tree
from dmaic.documents.analyze.causes import CauseList
from dmaic.documents.analyze.fishbone import Fishbone
from dmaic.documents.analyze.five_whys import FiveWhys
from dmaic.documents.base import Papers

CHAIN = {"id": "W1", "problem": "p", "whys": ["a", "b", "c"], "root": "nobody owns it"}
OTHERS = {"fishbone": Fishbone.example(), "causes": CauseList.example()}


def gaps(papers: Papers | None = None, **change: Any) -> dict[str, str]:
    document = FiveWhys.model_validate({"chains": [{**CHAIN, **change}]})
    return {gap.field: gap.level for gap in document.gaps(papers)}


def test_three_whys_with_a_root_are_enough() -> None:
    assert gaps() == {}


@pytest.mark.parametrize("whys", [["a"], ["a", "b"]])
def test_fewer_than_three_whys_are_not(whys: list[str]) -> None:
    assert gaps(whys=whys) == {"chains.W1.whys": "missing"}


def test_no_why_is_told_once() -> None:
    assert gaps(whys=[]) == {"chains.W1.whys": "missing"}


def test_a_chain_without_a_root_is_not_complete() -> None:
    assert gaps(root="") == {"chains.W1.root": "missing"}


@pytest.mark.parametrize("root", ["Human error", "The operator was careless", "Sam forgot it"])
def test_a_root_that_is_a_person_is_a_weak_point(root: str) -> None:
    assert gaps(root=root) == {"chains.W1.root": "weak"}


def test_joints_must_exist() -> None:
    papers = Papers(load=OTHERS.get)
    assert gaps(papers, fishbone="b1", cause="C1") == {}
    assert gaps(papers, fishbone="B99", cause="C99") == {
        "chains.W1.fishbone": "missing",
        "chains.W1.cause": "missing",
    }


def test_each_why_hangs_below_the_one_before_and_the_ends_below_the_last() -> None:
    papers = Papers(load=OTHERS.get)
    chain = {**CHAIN, "fishbone": "B1", "cause": "C1"}
    (tree,) = FiveWhys.model_validate({"chains": [chain]}).blocks(papers)
    assert isinstance(tree, Tree)
    texts = []
    while len(tree.branches) == 1:
        texts.append(tree.text)
        tree = tree.branches[0]
    assert [*texts, tree.text] == ["W1 p", "Why? a", "Why? b", "Why? c"]
    assert [each.text for each in tree.branches] == [
        "Root: nobody owns it",
        "From the fishbone: B1 Photos are re-typed into quoting systems",
        "Leads to: C1 Photos are re-typed into quoting systems: no exchange format",
    ]
