"""Roles that sign, and people as they are named."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmaic.errors import NotFoundError
from dmaic.project.entity import Stored
from dmaic.project.people.role import find_member, holds, split_role
from dmaic.project.people.team import Member


def team(*members: Member) -> list[Stored[Member]]:
    return [
        Stored(f"id{place}", "p", 1, each, "", "", "", "") for place, each in enumerate(members)
    ]


DANA = Member(name="Dana", function="Finance", roles=("approver", "member"))
DANIEL = Member(name="Daniel", function="Sales", roles=("sponsor",))
BRACKETS = Member(name="Kim (Berlin)", function="Support", roles=("process owner",))
TEAM = team(DANA, DANIEL, BRACKETS)


@pytest.mark.parametrize(
    ("word", "parts"),
    [("sponsor", ("sponsor", "")), ("approver (Finance)", ("approver", "Finance")),
     ("  approver(Finance ) ", ("approver", "Finance")), ("a (b) (c)", ("a (b)", "c")),
     ("(Finance)", ("", "Finance")), ("a (b", ("a (b", "")), ("a b)", ("a b)", "")), ("", ("", "")),
     ("a ()", ("a", ""))],
)  # fmt: skip
def test_a_role_is_split_from_its_function(word: str, parts: tuple[str, str]) -> None:
    assert split_role(word) == parts


def test_long_hostile_words_end_at_once() -> None:
    assert split_role("a" + " " * 200_000 + "((")[1] == ""


@pytest.mark.parametrize(
    "word", ["Dana", "dana", " DANA ", "Dana (Finance)", "dana(finance)", "Dana (approver)"]
)
def test_dana_is_found(word: str) -> None:
    assert find_member(TEAM, word) is DANA


def test_a_name_with_brackets_of_its_own_is_found() -> None:
    assert find_member(TEAM, "kim (berlin)") is BRACKETS
    assert find_member(TEAM, "Kim") is BRACKETS


@pytest.mark.parametrize(
    ("word", "code"),
    [("Dan", "member.ambiguous"), ("Eve", "member.not-found"), ("", "member.not-found"),
     ("Dana (Sales)", "member.other"), ("(Finance)", "member.not-found")],
)  # fmt: skip
def test_who_is_not_meant_for_sure_is_not_guessed(word: str, code: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_member(TEAM, word)
    assert caught.value.code == code


@given(st.text(max_size=60))
def test_any_words_find_a_member_or_nobody(word: str) -> None:
    with suppress(NotFoundError):
        assert find_member(TEAM, word) in (DANA, DANIEL, BRACKETS)


@pytest.mark.parametrize(
    ("role", "answer"),
    [("approver", True), ("approver (Finance)", True), ("approver (FINANCE)", True),
     ("approver (Sales)", False), ("sponsor", False), ("", False)],
)  # fmt: skip
def test_a_role_is_held_in_its_function(role: str, answer: bool) -> None:
    assert holds(DANA, role) is answer
