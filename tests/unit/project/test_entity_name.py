"""Names are words on one line, whatever was pasted."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from dmaic.project.people.team import Member


def test_a_pasted_name_is_put_on_one_line() -> None:
    assert Member(name=" Dana\r\n\tReyes ").name == "Dana Reyes"


@pytest.mark.parametrize("name", ["", " \n", "x" * 201, "a\0b", "\ud800"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        Member(name=name)


def test_a_name_is_the_same_in_any_case() -> None:
    assert Member(name="DANA").key == Member(name="dana").key


def test_accents_typed_in_two_ways_make_one_name() -> None:
    composed, apart = Member(name="Jos\u00e9"), Member(name="Jose\u0301")
    assert composed == apart
    assert composed.key == Member(name="JOSE\u0301").key
