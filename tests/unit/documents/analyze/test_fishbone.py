"""The fishbone: bones in their order, causes under them."""

from __future__ import annotations

from typing import Any

from dmaic.block import Tree
from dmaic.documents.analyze.fishbone import Fishbone
from dmaic.documents.base import Papers


def fishbone(*pairs: tuple[str, str], **more: Any) -> Fishbone:
    ribs = [
        {"id": f"B{n}", "bone": bone, "cause": cause} for n, (bone, cause) in enumerate(pairs, 1)
    ]
    return Fishbone.model_validate({"effect": "they leave", "ribs": ribs, **more})


def test_usual_bones_come_first_and_own_ones_as_they_were_written() -> None:
    found = fishbone(("weather", "a"), ("policy", "b"), ("luck", "c"), ("people", "d"))
    assert [bone for bone, _ in found.bones()] == ["people", "policy", "weather", "luck"]


def test_spelling_of_a_bone_does_not_part_its_causes() -> None:
    found = fishbone(("Process", "a"), ("  process ", "b"), ("PROCESS", "c"))
    assert [(bone, len(ribs)) for bone, ribs in found.bones()] == [("process", 3)]


def test_a_cause_without_a_bone_is_shown_all_the_same() -> None:
    found = fishbone(("", "a"))
    assert [bone for bone, _ in found.bones()] == ["other"]
    assert "ribs.B1.bone" in {gap.field for gap in found.gaps()}


def test_the_tree_holds_every_cause_and_sub_cause() -> None:
    found = Fishbone.example()
    tree = found.blocks(Papers())[0]
    assert isinstance(tree, Tree)
    assert tree.text == found.effect
    leaves = [cause.text for bone in tree.branches for cause in bone.branches]
    assert sorted(leaves) == sorted(f"{rib.id} {rib.cause}" for rib in found.ribs)
    why = [w.text for bone in tree.branches for cause in bone.branches for w in cause.branches]
    assert sorted(why) == sorted(w for rib in found.ribs for w in rib.why)


def test_causes_on_two_bones_only_are_a_weak_point() -> None:
    found = fishbone(("people", "a"), ("people", "b"), ("process", "c"))
    assert [(gap.field, gap.level) for gap in found.gaps()] == [("ribs", "weak")]
    assert "look at product, policy, technology, environment too" in found.gaps()[0].message
