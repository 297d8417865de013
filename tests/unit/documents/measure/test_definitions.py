"""Operational definitions: the project's own metric first, and churn to the day."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.documents.base import Document, Papers
from dmaic.documents.define.charter import Charter
from dmaic.documents.measure.definitions import OperationalDefinitions

TERM = {"definition": "d", "measured": "m", "source": "s", "who": "w"}


def terms(*names: str, **more: Any) -> OperationalDefinitions:
    return OperationalDefinitions.model_validate(
        {
            "terms": [
                {**TERM, **more, "id": f"T{n}", "term": name} for n, name in enumerate(names, 1)
            ]
        }
    )


def charter(metric: str) -> Papers:
    def load(kind: str) -> Document | None:
        return Charter(metric=metric) if kind == "charter" else None

    return Papers(load=load)


def test_churn_itself_has_to_be_defined() -> None:
    (gap,) = terms("Segment").gaps()
    assert gap.level == "missing"
    assert '"churn" itself is not defined' in gap.message


def test_churn_has_a_moment_and_a_denominator() -> None:
    assert [gap.field for gap in terms("Revenue churn").gaps()] == [
        "terms.T1.moment",
        "terms.T1.denominator",
    ]
    assert [gap.field for gap in terms("Churn", moment="last day").gaps()] == [
        "terms.T1.denominator"
    ]
    assert terms("CHURN", moment="last day", denominator="customers").gaps() == ()


def test_one_exact_definition_of_churn_is_enough() -> None:
    document = OperationalDefinitions.model_validate(
        {
            "terms": [
                {**TERM, "id": "T1", "term": "churn reason"},
                {**TERM, "id": "T2", "term": "logo churn", "moment": "m", "denominator": "d"},
            ]
        }
    )
    assert document.gaps() == ()


@pytest.mark.parametrize("term", ["scrap", "Scrap rate", "scrap  RATE of line 2"])
def test_another_metric_of_the_charter_takes_the_place_of_churn(term: str) -> None:
    assert terms(term).gaps(charter("scrap rate")) == ()


def test_the_charters_metric_has_to_be_defined() -> None:
    (gap,) = terms("Lead time").gaps(charter("scrap rate"))
    assert '"scrap rate" itself is not defined' in gap.message


def test_a_term_defined_twice_is_told() -> None:
    levels = {
        g.level: g.message for g in terms("churn", "Churn", moment="m", denominator="d").gaps()
    }
    assert list(levels) == ["weak"]
    assert "as T1 and T2" in levels["weak"]
