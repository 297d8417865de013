"""The stakeholders: quadrants, support to be won, and who must not be left alone."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.documents.base import Papers
from dmaic.documents.define.stakeholders import Stakeholder, Stakeholders


def people(*changes: dict[str, Any]) -> Stakeholders:
    """The worked case's stakeholders, the first ones changed."""
    lines = [dict(each) for each in Stakeholders.EXAMPLE["stakeholders"]]
    for line, change in zip(lines, changes, strict=False):
        line.update(change)
    return Stakeholders.model_validate({"stakeholders": lines})


@pytest.mark.parametrize(
    ("influence", "interest", "quadrant"),
    [
        # Mendelow (1991): much influence and much interest are managed closely, and so on.
        (5, 5, "manage closely"),
        (4, 4, "manage closely"),
        (5, 1, "keep satisfied"),
        (4, 3, "keep satisfied"),
        (3, 4, "keep informed"),
        (1, 1, "monitor"),
        (None, 5, None),
        (5, None, None),
    ],
)
def test_quadrant(influence: int | None, interest: int | None, quadrant: str | None) -> None:
    assert Stakeholder(influence=influence, interest=interest).quadrant == quadrant


def test_without_a_sponsor_it_is_not_complete() -> None:
    (gap,) = people({"role": "team"}).gaps()
    assert gap.level == "missing"
    assert "sponsor" in gap.message


def test_much_influence_against_the_project_needs_an_action() -> None:
    (gap,) = people({}, {"action": ""}).gaps()
    assert (gap.field, gap.level) == ("stakeholders.S2.action", "missing")


def test_support_still_to_be_won_without_an_action_is_weak() -> None:
    (gap,) = people({}, {}, {"action": ""}).gaps()
    assert (gap.field, gap.level) == ("stakeholders.S3.action", "weak")


def test_nobody_is_listed_twice() -> None:
    (gap,) = people({}, {}, {"name": "head of  SUPPORT"}).gaps()
    assert (gap.field, gap.level) == ("stakeholders.S3.name", "weak")


def test_support_to_win_adds_what_lacks_and_says_over_how_many() -> None:
    figures = {each.name: each for each in people({}, {"support": None}).figures(Papers())}
    # S3, S5 and S6 lack one step each; S2 is not known; S1 and S4 stand where they should.
    assert figures["support_to_win"].value == 3
    assert "over 5 of 6" in figures["support_to_win"].text


def test_support_beyond_what_is_needed_is_no_debt() -> None:
    assert Stakeholder(support=2, needed_support=0).gap == 0


def test_nothing_is_computed_from_nothing() -> None:
    assert Stakeholders().figures(Papers()) == ()
    (figure,) = [
        each
        for each in Stakeholders(stakeholders=(Stakeholder(id="S1"),)).figures(Papers())
        if each.name == "support_to_win"
    ]
    assert figure.value is None
