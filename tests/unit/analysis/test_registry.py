"""What was asked, in words and as plain types."""

from __future__ import annotations

import pytest

from dmaic.analysis.registry import asked, run, words
from dmaic.errors import NotFoundError


def test_things_with_a_name_are_told_by_it() -> None:
    options = [{"name": "API", "probability": 0.8}, {"name": "Calls", "outcomes": []}]
    assert words("decide", {"options": options}) == "Decision; options API, Calls"
    baseline = {"loss": 5e6, "segment_churn": 0.022}
    assert (
        words("recover", {"baseline": baseline})
        == "Recovered revenue; baseline loss 5000000, segment churn 0.022"
    )


def test_a_large_figure_is_told_to_two_places() -> None:
    solution = {"reduction": 0.6537, "cost": 140000 / 12}
    assert words("recover", {"solutions": [solution]}).endswith("reduction 0.6537, cost 11666.67")


def test_a_long_list_is_counted() -> None:
    options = [{"name": f"A{number}"} for number in range(15)]
    assert words("decide", {"options": options}).endswith("A11 and 3 more")


def test_hostile_names_are_shown_as_text() -> None:
    told = words("decide", {"options": [{"name": "\x1b[31m\u202eA"}]})
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_what_is_said_by_default_is_left_out() -> None:
    given = {"options": ("A:0.5:1:-1",), "loss_aversion": None, "currency": None}
    assert asked("decide", given) == {"options": ["A:0.5:1:-1"]}


def test_a_keyword_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match='knows no "curvatur"') as caught:
        run("decide", None, {"options": ["A:0.5:1:-1"], "curvatur": 0.9})
    assert caught.value.code == "analysis.parameter"
    assert 'Did you mean "curvature"?' in caught.value.hint
