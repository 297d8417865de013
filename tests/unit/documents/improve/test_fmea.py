"""FMEA: high priorities are acted on, and the figures tell before from after."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dmaic.block import Table
from dmaic.documents.base import Papers
from dmaic.documents.improve.fmea import Fmea

FAILURE = {"id": "F1", "step": "call", "mode": "late", "effect": "gone", "cause": "weekend",
           "severity": 9, "occurrence": 8, "detection": 7}  # fmt: skip
ACTED = {"action": "a rota", "owner": "Sam", "due": "2025-05-15", "occurrence_after": 2,
         "detection_after": 2}  # fmt: skip


def fmea(*changes: dict[str, Any]) -> Fmea:
    body = [{**FAILURE, "id": f"F{n}", **each} for n, each in enumerate(changes, 1)]
    return Fmea.model_validate({"failures": body})


def gaps(**change: Any) -> list[tuple[str, str]]:
    return [(gap.field, gap.level) for gap in fmea(change).gaps()]


def test_a_high_priority_needs_an_action_with_owner_and_date() -> None:
    assert gaps(**ACTED) == []
    for lacking in ("action", "owner", "due"):
        kept = {key: value for key, value in ACTED.items() if key != lacking}
        assert ("failures.F1.action", "missing") in gaps(**kept)


def test_the_gap_says_what_lacks() -> None:
    (gap,) = fmea({"action": "a rota"}).gaps()[:1]
    assert gap.message == (
        "F1 has action priority H and lacks an owner and a date; or write why nothing is done."
    )


def test_a_written_reason_takes_the_place_of_an_action() -> None:
    assert gaps(no_action="accepted by the sponsor") == []


def test_lower_priorities_may_be_left() -> None:
    assert gaps(severity=5, occurrence=5, detection=5) == []


def test_an_action_without_a_second_rating_is_asked_about() -> None:
    acted = {key: value for key, value in ACTED.items() if not key.endswith("after")}
    assert gaps(**acted) == [("failures.F1.occurrence_after", "weak")]


@pytest.mark.parametrize("rating", [0, 11, -1, 5.5])
def test_ratings_are_whole_and_from_1_to_10(rating: float) -> None:
    with pytest.raises(ValidationError):
        fmea({"severity": rating})


def test_figures_before_and_after() -> None:
    # Before: 9 × 8 × 7 = 504 (H) and 3 × 3 × 3 = 27 (L); after: 9 × 2 × 2 = 36 (L) and 27.
    low = {"severity": 3, "occurrence": 3, "detection": 3}
    figures = {each.name: (each.value, each.text) for each in fmea(ACTED, low).figures(Papers())}
    assert figures["high_before"] == (1, "1")
    assert figures["high_after"][0] == 0
    assert figures["rpn_before"] == (531, "531")
    assert figures["rpn_after"] == (63, "63 (1 failure without a second rating as before)")


def test_unrated_failures_are_left_out_and_that_is_said() -> None:
    figures = fmea({}, {"detection": None}).figures(Papers())
    assert figures[0].text == "1 (1 of 2 failures rated)"
    assert fmea({"severity": None}).figures(Papers()) == ()


def test_severity_ranks_before_rpn_within_a_priority() -> None:
    first = {"severity": 9, "occurrence": 4, "detection": 2}  # H, RPN 72
    second = {"severity": 7, "occurrence": 8, "detection": 10}  # H, RPN 560
    third = {"severity": 4, "occurrence": 2, "detection": 9}  # L, RPN 72
    unrated = {"severity": None}
    order = [each.id for each in fmea(unrated, third, second, first).ranked()]
    assert order == ["F4", "F3", "F2", "F1"]


def test_the_pair_that_the_note_names_differs_in_priority_and_not_in_rpn() -> None:
    from dmaic.documents.improve.priority import action_priority, rpn

    assert rpn(9, 4, 2) == rpn(4, 2, 9) == 72
    assert (action_priority(9, 4, 2), action_priority(4, 2, 9)) == ("H", "L")


def test_the_table_shows_what_the_action_changed() -> None:
    table = fmea(ACTED, {"severity": None}).blocks(Papers())[0]
    assert isinstance(table, Table)
    columns = {column.title: column.texts for column in table.columns}
    assert columns["AP"] == ("H → L", "")
    assert columns["S O D"] == ("9 8 7", "")
    assert table.signs == ("good", "todo")
