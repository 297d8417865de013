"""Documents put together three ways: whoever changed something, nothing of it is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dmaic.documents.analyze.causes import CauseList
from dmaic.documents.analyze.reasons import ReasonTaxonomy
from dmaic.documents.merge import merged
from dmaic.project.template.memory import TemplateMemory
from dmaic.project.template.papers import PapersMerge, merge_papers

WORDS = st.sampled_from(["price", "quality", "support", "<b>", "{{ 7*7 }}", "", "x | y"])
IDS = st.integers(1, 5).map(lambda number: f"R{number}")


@st.composite
def taxonomies(draw: st.DrawFn) -> ReasonTaxonomy:
    ids = draw(st.lists(IDS, unique=True, max_size=5))
    lines = [{"id": id, "name": draw(WORDS), "meaning": draw(WORDS)} for id in ids]
    return ReasonTaxonomy.model_validate({"reasons": lines})


def put_together(base: Any, mine: Any, theirs: Any, **more: Any) -> PapersMerge:
    found = ({"reasons": each} for each in (base, mine, theirs))
    return merge_papers(*found, **{"memory": TemplateMemory(), **more})


def lines(document: Any) -> dict[str, tuple[str, str]]:
    return {each.id: (each.name, each.meaning) for each in document.reasons}


@given(taxonomies(), taxonomies())
def test_where_only_the_template_changed_it_is_taken_whole(base: Any, theirs: Any) -> None:
    made = put_together(base, base, theirs).papers["reasons"].document
    assert lines(made) == lines(theirs)


@given(taxonomies(), taxonomies())
def test_where_only_the_team_changed_it_stays_as_it_is(base: Any, mine: Any) -> None:
    assert put_together(base, mine, base).papers["reasons"].document == mine


@given(taxonomies(), taxonomies(), taxonomies())
def test_no_line_of_the_team_is_lost_and_no_id_given_twice(
    base: Any, mine: Any, theirs: Any
) -> None:
    document = put_together(base, mine, theirs).papers["reasons"].document
    ids = [each.id for each in document.reasons]  # type: ignore[attr-defined]
    assert len(ids) == len(set(ids))
    made, own, old = lines(document), lines(mine), lines(base)
    for id, words in own.items():
        if id not in old:
            assert made[id] == words
        elif id in lines(theirs):
            for now, said, was in zip(made[id], words, old[id], strict=True):
                assert now == said or said == was


@given(taxonomies(), taxonomies(), taxonomies())
def test_new_lines_of_the_template_all_come(base: Any, mine: Any, theirs: Any) -> None:
    made = put_together(base, mine, theirs)
    ids = made.memory.ids.get("reasons", {})
    now = lines(made.papers["reasons"].document)
    for id, words in lines(theirs).items():
        if id not in lines(base):
            assert now[ids.get(id, id)] == words


@given(taxonomies(), taxonomies(), taxonomies())
def test_a_second_update_to_the_same_version_changes_nothing(
    base: Any, mine: Any, theirs: Any
) -> None:
    first = put_together(base, mine, theirs)
    document = first.papers["reasons"].document
    again = put_together(theirs, document, theirs, memory=first.memory)
    assert again.papers["reasons"].document == document
    assert not [each for each in again.papers["reasons"].merge.moves if each.how != "kept"]


@given(taxonomies(), taxonomies(), taxonomies())
def test_every_clash_can_be_settled_either_way(base: Any, mine: Any, theirs: Any) -> None:
    _, notes = merged(base, mine, theirs, anchor="mine")
    for side in ("mine", "theirs"):
        settled: Any = dict.fromkeys(notes.clashes, side)
        document, after = merged(base, mine, theirs, anchor="mine", settled=settled)
        assert set(after.clashes) == set(notes.clashes)
        for path in notes.clashes:
            parts = path.split(".")
            there, wanted = lines(document), lines(mine if side == "mine" else theirs)
            if len(parts) == 2:
                assert (parts[1] in there) == (parts[1] in wanted)


@given(taxonomies(), taxonomies(), taxonomies(), IDS)
def test_what_the_team_points_to_never_goes(base: Any, mine: Any, theirs: Any, id: str) -> None:
    causes = CauseList.model_validate({"causes": [{"id": "C1", "cause": "slow", "reason": id}]})
    made = merge_papers(
        {"reasons": base},
        {"reasons": mine, "causes": causes},
        {"reasons": theirs},
        memory=TemplateMemory(),
    )
    if id in lines(mine):
        assert id in lines(made.papers["reasons"].document)
