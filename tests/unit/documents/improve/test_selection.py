"""Selection: weighted scores, how firm the winner is, Pugh, quadrants."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dmaic.documents.base import Papers
from dmaic.documents.improve.ranking import net, quadrant, ranked, turning, weighted, winners
from dmaic.documents.improve.selection import Selection
from dmaic.documents.improve.solutions import Solutions

PAPERS = Papers(load={"solutions": Solutions.example()}.get)


def selection(*scores: dict[str, float], weights: tuple[float, ...] = (1, 1)) -> Selection:
    return Selection.model_validate(
        {
            "criteria": [
                {"id": f"K{n}", "name": f"criterion {n}", "weight": weight}
                for n, weight in enumerate(weights, 1)
            ],
            "options": [
                {"id": f"O{n}", "solution": f"S{n}", "scores": each}
                for n, each in enumerate(scores, 1)
            ],
            "decision": "S1",
        }
    )


def figures(document: Selection) -> dict[str, tuple[float | None, str]]:
    return {each.name: (each.value, each.text) for each in document.figures(PAPERS)}


def test_a_score_is_the_weighted_mean() -> None:
    # (5 × 9 + 2 × 3 + 2 × 3 + 1 × 5) / 10 = 6.2
    weights = {"K1": 5.0, "K2": 2.0, "K3": 2.0, "K4": 1.0}
    assert weighted(weights, {"K1": 9, "K2": 3, "K3": 3, "K4": 5}) == pytest.approx(6.2)


def test_what_has_no_weight_or_no_score_is_left_out() -> None:
    assert weighted({"K1": 1, "K2": 9}, {"K1": 4, "K7": 10}) == 4
    assert weighted({"K1": 0}, {"K1": 4}) is None
    assert weighted({}, {}) is None


def test_enormous_weights_do_not_overflow() -> None:
    assert weighted({"K1": 1e308, "K2": 1e308}, {"K1": 2, "K2": 4}) == 3


def test_partly_scored_solutions_are_marked_and_the_winner_is_only_so_far() -> None:
    found = figures(selection({"K1": 9}, {"K1": 5, "K2": 5}))
    assert found["score_S1"][1] == "9.00 (on 1 of 2 criteria)"
    assert found["winner"][1] == "S1 API for the exchange formats (so far)"


def test_equal_scores_have_no_single_winner() -> None:
    found = figures(selection({"K1": 4, "K2": 6}, {"K1": 6, "K2": 4}))
    assert found["winner"][1].endswith("(equal)")
    # Any move of either weight parts them.
    assert found["turning"][0] == 2


def test_a_close_race_turns_and_a_clear_one_does_not() -> None:
    weights = {"K1": 1.0, "K2": 1.0}
    close = [("S1", {"K1": 7.0, "K2": 4.0}), ("S2", {"K1": 4.0, "K2": 6.5})]
    # At (1, 1): 11 against 10.5. At (0.8, 1): 9.6 against 9.7. At (1, 1.2): 11.8 against 11.8.
    assert winners(weights, close) == {"S1"}
    assert turning(weights, close) == ("K1", "K2")
    clear = [("S1", {"K1": 9.0, "K2": 8.0}), ("S2", {"K1": 4.0, "K2": 6.5})]
    assert turning(weights, clear) == ()


def test_unscored_solutions_come_last() -> None:
    order = ranked({"K1": 1}, [("S1", {}), ("S2", {"K1": 1})])
    assert [(each.id, each.score) for each in order] == [("S2", 1), ("S1", None)]


def test_pugh_counts_better_worse_and_same() -> None:
    balance = net({"K1": 1, "K2": -1, "K3": 0, "K4": 1})
    assert (balance.plus, balance.minus, balance.same, balance.net) == (2, 1, 1, 1)


@pytest.mark.parametrize(
    ("impact", "effort", "expected"),
    [(6, 5, "quick win"), (10, 10, "big bet"), (5, 1, "fill-in"), (1, 6, "money pit"),
     (5.5, 5.5, "fill-in"), (5.6, 5.5, "quick win")],
)  # fmt: skip
def test_quadrants_part_in_the_middle(impact: float, effort: float, expected: str) -> None:
    assert quadrant(impact, effort) == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [("scores", {"K1": 0}), ("scores", {"K1": 11}), ("pugh", {"K1": 2}), ("pugh", {"K1": 0.5}),
     ("impact", 0), ("effort", 11)],
)  # fmt: skip
def test_scores_out_of_their_scale_are_refused(field: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        Selection.model_validate({"options": [{"id": "O1", "solution": "S1", field: value}]})


def gaps(document: Selection) -> set[str]:
    return {gap.field for gap in document.gaps(PAPERS) if gap.level == "missing"}


def test_what_does_not_exist_or_lacks_is_a_gap() -> None:
    assert gaps(selection({"K1": 1}, {"K1": 1, "K2": 1, "K3": 1})) == {
        "options.O1.scores",
        "options.O2.scores",
    }
    body = selection({"K1": 1, "K2": 1}, {"K1": 1, "K2": 1}).model_dump()
    body["options"][1]["solution"] = "S77"
    assert gaps(Selection.model_validate(body)) == {"options.O2.solution"}
    body["options"][1]["solution"] = "S1"
    assert gaps(Selection.model_validate(body)) == {"options.O2.solution"}


def test_pugh_without_a_datum_and_weights_of_nothing_are_gaps() -> None:
    body = selection({"K1": 1, "K2": 1}, {"K1": 1, "K2": 1}, weights=(0, 0)).model_dump()
    body["options"][0]["pugh"] = {"K1": 1}
    assert gaps(Selection.model_validate(body)) == {"datum", "criteria"}
