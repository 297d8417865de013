"""Other ids for lines, and for what points to them."""

from __future__ import annotations

from dmaic.documents.analyze.causes import CauseList
from dmaic.documents.analyze.reasons import ReasonTaxonomy
from dmaic.documents.relabel import relabelled, taken_ids


def reasons(**names: str) -> ReasonTaxonomy:
    return ReasonTaxonomy.model_validate(
        {"reasons": [{"id": id, "name": name} for id, name in names.items()]}
    )


def test_a_new_line_makes_room_for_anothers_new_line_of_the_same_id() -> None:
    base, mine = reasons(R1="price"), reasons(R1="price", R2="ours", R3="ours too")
    theirs = reasons(R1="price", R2="theirs", R4="free")
    assert taken_ids(base, mine, theirs) == {"R2": "R5"}


def test_the_same_new_line_needs_no_room() -> None:
    base, mine = reasons(R1="price"), reasons(R1="price", R2="quality")
    assert taken_ids(base, mine, mine) == {}


def test_a_known_line_that_was_changed_keeps_its_id() -> None:
    base = reasons(R1="price")
    assert taken_ids(base, reasons(R1="our price"), reasons(R1="their price")) == {}


def test_what_points_to_a_line_follows_it() -> None:
    ids = {"reasons": {"R2": "R5"}, "causes": {"C1": "C7"}}
    causes = CauseList.model_validate({"causes": [{"id": "C1", "cause": "slow", "reason": "R2"}]})
    (line,) = relabelled(causes, ids).causes
    assert (line.id, line.reason, line.cause) == ("C7", "R5", "slow")
    assert [each.id for each in relabelled(reasons(R1="a", R2="b"), ids).reasons] == ["R1", "R5"]


def test_a_text_that_looks_like_an_id_stays() -> None:
    causes = CauseList.model_validate({"causes": [{"id": "C1", "cause": "R2", "note": "R2"}]})
    (line,) = relabelled(causes, {"reasons": {"R2": "R5"}}).causes
    assert (line.cause, line.note) == ("R2", "R2")


def test_a_line_that_made_room_before_keeps_the_id_it_was_given() -> None:
    base, mine = reasons(R1="price", R3="theirs"), reasons(R1="price", R2="ours", R3="theirs")
    theirs = reasons(R1="price", R2="theirs", R3="newer")
    assert taken_ids(base, mine, theirs, {"R2": "R3"}) == {"R3": "R4"}
