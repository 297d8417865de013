"""What a person means by a word: an id, a name, or the beginning of one."""

from __future__ import annotations

import pytest

from dmaic.errors import NotFoundError
from dmaic.project.entity import Stored
from dmaic.project.people.team import Member
from dmaic.project.store.view import pick


def member(id: str, name: str) -> Stored[Member]:
    return Stored(id, "project1", 1, Member(name=name), "", "ada", "", "ada")


# Sam's id begins as Dana's name does, as ids drawn at random may.
TEAM = [member("3sc2vut5", "Dana"), member("da4n2k2f", "Sam"), member("sam2sam2", "Samira")]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("da", "Dana"),
        ("da4", "Sam"),
        ("da4n2k2f", "Sam"),
        ("SAM", "Sam"),
        ("sami", "Samira"),
        ("sam2sam2", "Samira"),
        ("3s", "Dana"),
    ],
)
def test_names_go_before_the_beginnings_of_ids(word: str, name: str) -> None:
    assert pick(TEAM, word, "member").body.name == name


def test_the_beginning_of_two_names_is_ambiguous() -> None:
    with pytest.raises(NotFoundError, match="more than one") as refused:
        pick(TEAM, "sa", "member")
    assert refused.value.code == "member.ambiguous"


@pytest.mark.parametrize("word", ["", "nobody"])
def test_nothing_and_nobody_are_not_found(word: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        pick(TEAM, word, "member")
    assert refused.value.code == "member.not-found"
