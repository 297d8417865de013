"""The communication plan: nobody with influence is forgotten."""

from __future__ import annotations

from dmaic.documents.base import Document, Papers
from dmaic.documents.define.communication import CommunicationPlan
from dmaic.documents.define.stakeholders import Stakeholders


def load(kind: str) -> Document | None:
    return Stakeholders.example() if kind == "stakeholders" else None


def test_a_forgotten_stakeholder_with_influence_is_named_and_one_without_is_not() -> None:
    messages = CommunicationPlan.EXAMPLE["messages"][2:]
    plan = CommunicationPlan.model_validate({"messages": messages})
    gaps = plan.gaps(Papers(load=load))
    assert {gap.level for gap in gaps} == {"weak"}
    told = " ".join(gap.message for gap in gaps)
    assert "Head of Support, whom to manage closely" in told
    assert "Head of Development, whom to keep satisfied" in told
    assert "Head of Sales" not in told


def test_reached_counts_stakeholders() -> None:
    messages = CommunicationPlan.EXAMPLE["messages"][2:]
    plan = CommunicationPlan.model_validate({"messages": messages})
    (figure,) = plan.figures(Papers(load=load))
    # Finance and Customer Success of the six.
    assert round(figure.value or 0, 6) == round(2 / 6, 6)
    assert figure.text.startswith("2 of 6 stakeholders; not ")


def test_without_stakeholders_nothing_is_claimed() -> None:
    assert CommunicationPlan.example().figures(Papers()) == ()
    assert CommunicationPlan.example().gaps() == ()
