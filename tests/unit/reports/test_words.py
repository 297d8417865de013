"""Sentences of the tool in a report: no ids, and commands only in drafts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dmaic.documents.analyze.causes import CauseList
from dmaic.documents.reference import lines
from dmaic.reports import words
from dmaic.reports.words import for_readers

ID = "d6u4bq8a"


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A record with one analysis and the causes of the worked case."""
    monkeypatch.setattr(words, "title_of", lambda desk, each: "Test of churn by segment")
    body = SimpleNamespace(title="Test; churned by segment", analysis="test")
    return SimpleNamespace(
        draft=False,
        every_analysis={ID: SimpleNamespace(body=body)},
        named=frozenset(lines(CauseList.example())),
    )


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (
            f"Test; churned by segment ({ID}): p-value is < 0.001.",
            "Test of churn by segment: p-value is < 0.001.",
        ),
        (
            f"C4: the data behind test {ID} changed; run `dmaic analysis rerun {ID}`.",
            'C4: the data behind "Test of churn by segment" changed.',
        ),
        (
            'Sales is not there. Add somebody, or say why: dmaic team waive "S" --reason "...".',
            "Sales is not there. Add somebody, or say why.",
        ),
        ("Verified: C1 Photos are re-typed, C2 Nobody helps.",
         "Verified: Photos are re-typed, Nobody helps."),
        ("Plan B2 Bombers and C99 Tanks stay.", "Plan B2 Bombers and C99 Tanks stay."),
        ("See `dmaic doc show ctq`.", "."),
        ("Nothing to mend here.", "Nothing to mend here."),
    ],
)  # fmt: skip
def test_readers_meet_neither_ids_nor_commands(desk: Any, said: str, read: str) -> None:
    assert for_readers(desk, said) == read


def test_a_draft_keeps_the_command_that_mends_it(desk: Any) -> None:
    desk.draft = True
    told = f"The data behind test {ID} changed; run `dmaic analysis rerun {ID}`."
    assert for_readers(desk, told) == told
