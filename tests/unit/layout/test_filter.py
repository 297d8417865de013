"""The page on layouts lists the filters and the tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

from dmaic.layout.sandbox import Sandbox

PAGE = Path(__file__).parents[3] / "docs" / "layouts.md"


def listed(word: str) -> set[str]:
    found = re.search(
        rf"^- {word}: (.*?)(?=^- )", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found
    return set(re.findall(r"`(\w+)`", found[1]))


def test_every_filter_is_listed_and_no_other() -> None:
    assert listed("Filters") == {*Sandbox({}, {}, None).filters}


def test_every_test_that_is_a_word_is_listed_and_no_other() -> None:
    compared = {"eq", "equalto", "ne", "lt", "lessthan", "le", "gt", "greaterthan", "ge"}
    known = {name for name in Sandbox({}, {}, None).tests if name.isalpha()}
    assert listed("Tests") == known - compared
