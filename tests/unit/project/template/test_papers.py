"""The documents of a project put together with those of a newer template."""

from __future__ import annotations

from typing import Any

from dmaic.documents.base import Document
from dmaic.documents.registry import document_class
from dmaic.project.template.memory import TemplateMemory
from dmaic.project.template.papers import PapersMerge, merge_papers


def filled(**kinds: dict[str, Any]) -> dict[str, Document]:
    return {
        kind.replace("_", "-"): document_class(kind).model_validate(fields)
        for kind, fields in kinds.items()
    }


def reasons(**names: str) -> dict[str, Any]:
    return {"reasons": [{"id": id, "name": name} for id, name in names.items()]}


def merge(base: Any, mine: Any, theirs: Any, **more: Any) -> PapersMerge:
    return merge_papers(base, mine, theirs, **{"memory": TemplateMemory(), **more})


def how(made: PapersMerge, kind: str) -> dict[str, str]:
    return {each.path: each.how for each in made.papers[kind].merge.moves}


def test_what_only_the_template_changed_comes_and_what_the_team_changed_stays() -> None:
    made = merge(
        filled(charter={"metric": "churn", "unit": "%"}),
        filled(charter={"metric": "logo churn", "unit": "%", "problem": "they leave"}),
        filled(charter={"metric": "churn", "unit": "% a month"}),
    )
    charter = made.papers["charter"].document
    assert (charter.metric, charter.unit, charter.problem) == (  # type: ignore[attr-defined]
        "logo churn", "% a month", "they leave",
    )  # fmt: skip
    assert how(made, "charter") == {"metric": "kept", "unit": "taken", "problem": "kept"}


def test_a_document_that_nobody_began_is_filled_as_the_template_now_says() -> None:
    made = merge({}, {}, filled(reasons=reasons(R1="price")))
    assert [each.name for each in made.papers["reasons"].document.reasons] == ["price"]  # type: ignore[attr-defined]


def test_a_new_line_of_the_template_makes_room_for_the_teams_and_is_known_again() -> None:
    base = filled(reasons=reasons(R1="price"))
    mine = filled(reasons=reasons(R1="price", R2="ours"))
    theirs = filled(
        reasons=reasons(R1="price", R2="theirs"),
        causes={"causes": [{"id": "C1", "cause": "slow", "reason": "R2"}]},
    )
    made = merge(base, mine, theirs)
    found = made.papers["reasons"].document
    assert [(each.id, each.name) for each in found.reasons] == [  # type: ignore[attr-defined]
        ("R1", "price"), ("R2", "ours"), ("R3", "theirs"),
    ]  # fmt: skip
    # What points to the line follows it.
    assert made.papers["causes"].document.causes[0].reason == "R3"  # type: ignore[attr-defined]
    assert made.memory.ids == {"reasons": {"R2": "R3"}}

    later = filled(reasons=reasons(R1="price", R2="theirs, better said", R3="newest"))
    now = {kind: each.document for kind, each in made.papers.items()}
    again = merge(theirs, now, later, memory=made.memory)
    found = again.papers["reasons"].document
    assert [(each.id, each.name) for each in found.reasons] == [  # type: ignore[attr-defined]
        ("R1", "price"), ("R2", "ours"), ("R3", "theirs, better said"), ("R4", "newest"),
    ]  # fmt: skip
    assert not [each for each in how(again, "reasons").values() if each == "clash"]


def test_a_line_that_the_template_gives_up_stays_where_the_team_refers_to_it() -> None:
    base = filled(reasons=reasons(R1="price", R2="quality"))
    mine = {**base, **filled(causes={"causes": [{"id": "C1", "cause": "slow", "reason": "R2"}]})}
    made = merge(base, mine, filled(reasons=reasons()))
    assert [each.id for each in made.papers["reasons"].document.reasons] == ["R2"]  # type: ignore[attr-defined]
    assert how(made, "reasons") == {"reasons.R1": "taken", "reasons.R2": "kept"}


def test_a_held_document_waits_and_comes_whole_once_it_is_free() -> None:
    base = filled(charter={"unit": "%", "metric": "churn"})
    mine = filled(charter={"unit": "%", "metric": "logo churn"})
    theirs = filled(charter={"unit": "% a month", "metric": "churn"})
    made = merge(base, mine, theirs, held={"charter"})
    assert made.papers["charter"].document == mine["charter"]
    assert made.papers["charter"].held

    # By then the newer template is what the project began with.
    again = merge(theirs, mine, theirs, memory=made.memory)
    charter = again.papers["charter"].document
    assert (charter.unit, charter.metric) == ("% a month", "logo churn")  # type: ignore[attr-defined]
    assert again.memory == TemplateMemory()


def test_a_clash_is_named_by_document_and_field_and_settled_so() -> None:
    base, mine = filled(charter={"unit": "%"}), filled(charter={"unit": "percent"})
    theirs = filled(charter={"unit": "% a month"})
    assert how(merge(base, mine, theirs), "charter") == {"unit": "clash"}
    for side, unit in (("mine", "percent"), ("theirs", "% a month")):
        made = merge(base, mine, theirs, settled={"charter.unit": side})
        assert made.papers["charter"].document.unit == unit  # type: ignore[attr-defined]


def test_what_clashes_in_a_held_document_waits_too_and_is_decided_once_it_is_free() -> None:
    base, mine = filled(charter={"unit": "%"}), filled(charter={"unit": "percent"})
    theirs = filled(charter={"unit": "% a month"})
    made = merge(base, mine, theirs, held={"charter"})
    assert made.papers["charter"].held
    assert made.papers["charter"].document == mine["charter"]
    again = merge(theirs, mine, theirs, memory=made.memory)
    assert how(again, "charter") == {"unit": "clash"}
