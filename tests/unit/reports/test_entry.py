"""Entries of the journal in a report: what people did, in their words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dmaic.reports.entry import did, what


@pytest.fixture
def desk() -> Any:
    return SimpleNamespace(
        every_analysis={}, phase=lambda name: SimpleNamespace(title=name.capitalize())
    )


def item(command: str, *after: dict[str, Any]) -> dict[str, Any]:
    return {"command": command, "changes": [{"before": None, "after": each} for each in after]}


@pytest.mark.parametrize(
    ("command", "text", "told"),
    [
        ("doc import charter", "document charter", ("wrote", "Project charter")),
        ("doc set causes", "document causes: causes.C1.evidence, causes.C2.evidence and 1 more",
         ("changed", "Cause list")),
        ("action move", "action Call them: due (It came late.)",
         ("moved a date", "Call them (It came late.)")),
        ("benefit record", "benefit They stay: actuals.2025-01, actuals.2025-02 and 9 more",
         ("recorded money", "They stay")),
        ("team waive", "function-waiver marketing (Ends at sign-up)",
         ("did without a function", "Marketing (Ends at sign-up)")),
        ("gate submit", "gate define: submission", ("submitted", "Define tollgate")),
        ("undo", "took back 12: risk Rain", ("undo", "took back 12: risk Rain")),
    ],
)  # fmt: skip
def test_no_field_and_no_id_is_shown(desk: Any, command: str, text: str, told: Any) -> None:
    assert (did(item(command)), what(desk, item(command), text)) == told


def test_a_signature_says_whose_it_is_not_who_typed_it(desk: Any) -> None:
    body = {"rounds": [{"signatures": [{"role": "sponsor", "by": "Kim"}]}]}
    entry = item("gate approve", {"kind": "gate", "id": "g1", "body": body})
    assert what(desk, entry, "gate define: submission") == "Define tollgate, as sponsor: Kim"


@pytest.mark.parametrize(
    ("command", "kinds", "text", "told"),
    [
        ("project new", ["project", "template-memory"], "project Cut it and 1 more", "Cut it"),
        ("data add", ["dataset", "mapping"], "dataset 2024 and 1 more", "2024"),
        ("action import", ["action", "action"], "action Call and 1 more", "Call and 1 more"),
        ("gate submit", ["submission"], "other thing and 1 more", "other thing and 1 more"),
    ],
)  # fmt: skip
def test_more_is_told_of_things_of_one_sort_only(
    desk: Any, command: str, kinds: list[str], text: str, told: str
) -> None:
    assert what(desk, item(command, *({"kind": each, "id": each} for each in kinds)), text) == told
