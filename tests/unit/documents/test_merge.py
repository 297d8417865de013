"""Two people changed one document."""

from __future__ import annotations

from typing import Any

from dmaic.documents.define.charter import Charter
from dmaic.documents.improve.fmea import Fmea
from dmaic.documents.merge import merged

BASE = Charter.model_validate(
    {
        "metric": "churn",
        "target": 1.4,
        "milestones": [{"id": "M1", "name": "a"}, {"id": "M2", "name": "b"}],
    }
)


def changed(**fields: Any) -> Charter:
    return Charter.model_validate({**BASE.model_dump(), **fields})


def test_changes_of_different_fields_are_both_kept() -> None:
    both, notes = merged(BASE, changed(target=1.2), changed(metric="logo churn"))
    assert (both.target, both.metric, notes.clashes) == (1.2, "logo churn", {})


def test_where_both_changed_a_field_ones_own_stands_and_the_others_is_told() -> None:
    both, notes = merged(BASE, changed(target=1.2), changed(target=1.3))
    assert both.target == 1.2
    assert notes.clashes == {"target": "1.3"}


def test_the_same_change_is_no_clash() -> None:
    both, notes = merged(BASE, changed(target=1.2), changed(target=1.2))
    assert (both.target, notes.clashes) == (1.2, {})


def test_lines_are_told_apart_by_their_ids() -> None:
    mine = changed(milestones=[{"id": "M1", "name": "mine"}, {"id": "M2", "name": "b"}])
    theirs = changed(milestones=[{"id": "M2", "name": "b", "due": "2025-01-01"},
                                 {"id": "M1", "name": "a"}])  # fmt: skip
    both, notes = merged(BASE, mine, theirs)
    assert [(line.id, line.name, str(line.due)) for line in both.milestones] == [
        ("M2", "b", "2025-01-01"), ("M1", "mine", "None"),
    ]  # fmt: skip
    assert notes.clashes == {}


def test_two_new_lines_with_one_id_both_stay() -> None:
    lines = BASE.model_dump()["milestones"]
    mine = changed(milestones=[*lines, {"id": "M3", "name": "mine"}])
    theirs = changed(milestones=[*lines, {"id": "M3", "name": "theirs"}])
    both, _ = merged(BASE, mine, theirs)
    assert [(line.id, line.name) for line in both.milestones][2:] == [
        ("M3", "theirs"), ("M4", "mine"),
    ]  # fmt: skip


def test_a_line_that_one_removed_goes_unless_the_other_changed_it() -> None:
    lines = BASE.model_dump()["milestones"]
    fewer = changed(milestones=lines[:1])
    other = changed(milestones=[lines[0], {"id": "M2", "name": "changed"}])
    for mine, theirs, told in ((fewer, BASE, None), (BASE, fewer, None),
                               (fewer, other, "changed, and you removed it"),
                               (other, fewer, "removed")):  # fmt: skip
        both, notes = merged(BASE, mine, theirs)
        assert len(both.milestones) == (1 if told is None else 2)
        assert notes.clashes.get("milestones.M2") == told


def test_every_difference_is_told_with_what_stands_on_all_sides() -> None:
    mine = changed(target=1.2, metric="logo churn")
    theirs = changed(target=1.3, problem="they leave")
    _, notes = merged(BASE, mine, theirs)
    assert [(each.path, each.how, each.base, each.mine, each.theirs) for each in notes.moves] == [
        ("problem", "taken", "", "", "they leave"),
        ("metric", "kept", "churn", "logo churn", "churn"),
        ("target", "clash", "1.4", "1.2", "1.3"),
    ]


def test_a_line_that_one_changed_and_the_other_removed_tells_what_was_changed() -> None:
    line = {"id": "F1", "step": "Call", "mode": "Late", "effect": "Gone", "severity": 8}
    base, mine, gone = (
        Fmea.model_validate({"failures": lines})
        for lines in ([line], [{**line, "severity": 9}], [])
    )
    (move,) = merged(base, mine, gone)[1].moves
    assert (move.base, move.mine, move.theirs) == (
        "Call; Late; Gone; severity: 8", "Call; Late; Gone; severity: 9", None,
    )  # fmt: skip


def test_a_settled_clash_takes_the_side_that_was_chosen() -> None:
    mine, theirs = changed(target=1.2, metric="m"), changed(target=1.3, metric="t")
    both, _ = merged(BASE, mine, theirs, settled={"target": "theirs", "metric": "mine"})
    assert (both.target, both.metric) == (1.3, "m")


def test_a_settled_line_goes_or_stays_as_it_was_chosen() -> None:
    lines = BASE.model_dump()["milestones"]
    fewer = changed(milestones=lines[:1])
    other = changed(milestones=[lines[0], {"id": "M2", "name": "changed"}])
    for mine, theirs in ((fewer, other), (other, fewer)):
        for side, chosen in (("mine", mine), ("theirs", theirs)):
            both, _ = merged(BASE, mine, theirs, settled={"milestones.M2": side})
            assert both.milestones == chosen.milestones


def test_the_anchor_keeps_its_order_and_its_ids() -> None:
    lines = BASE.model_dump()["milestones"]
    mine = changed(milestones=[*reversed(lines), {"id": "M3", "name": "mine"}])
    theirs = changed(milestones=[*lines, {"id": "M3", "name": "theirs"}])
    both, _ = merged(BASE, mine, theirs, anchor="mine")
    assert [(line.id, line.name) for line in both.milestones] == [
        ("M2", "b"), ("M1", "a"), ("M3", "mine"), ("M4", "theirs"),
    ]  # fmt: skip
