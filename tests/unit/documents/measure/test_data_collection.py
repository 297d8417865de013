"""The data collection plan: a sample says how exact it is, and what cannot be is told."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dmaic.documents.base import Papers
from dmaic.documents.measure.data_collection import DataCollectionPlan, Measure

LINE: dict[str, Any] = {
    "id": "D1", "question": "q", "measure": "m", "type": "attribute", "source": "s", "who": "w",
    "when": "now", "stratify": ["segment"], "covers": "sample", "margin": 5,
}  # fmt: skip


def plan(**change: Any) -> DataCollectionPlan:
    return DataCollectionPlan.model_validate({"measures": [{**LINE, **change}]})


def test_what_is_not_said_is_95_percent_and_an_even_share() -> None:
    # The textbook's 385.
    assert plan().measures[0].sample == 385
    assert plan(confidence=95, share=50).measures[0].sample == 385


def test_a_share_of_zero_is_an_answer_and_not_missing() -> None:
    # Without variation one look is enough.
    assert plan(share=0).measures[0].sample == 1


@pytest.mark.parametrize("margin", [None, 0])
def test_a_sample_without_a_margin_is_a_gap(margin: float | None) -> None:
    document = plan(margin=margin)
    assert [gap.field for gap in document.gaps()] == ["measures.D1.margin"]
    assert document.figures(Papers()) == ()


def test_a_mean_needs_a_standard_deviation() -> None:
    document = plan(type="continuous")
    assert [gap.field for gap in document.gaps()] == ["measures.D1.deviation"]
    assert document.measures[0].sample is None


def test_all_of_them_need_no_sample_size() -> None:
    document = plan(covers="all", margin=None)
    assert document.gaps() == ()
    assert document.figures(Papers()) == ()


def test_more_contacts_than_customers_are_told() -> None:
    # 800 customers: 260 answers; at 20 % response 1,300 would have to be asked.
    (gap,) = plan(population=800, response=20).gaps()
    assert gap.level == "weak"
    assert "ask 1,300 and there are only 800" in gap.message


def test_nobody_who_answers_is_a_gap_and_no_division_by_zero() -> None:
    document = plan(response=0)
    assert document.measures[0].contacts is None
    assert [gap.field for gap in document.gaps()] == ["measures.D1.response"]


def test_what_is_not_split_is_weak() -> None:
    (gap,) = plan(stratify=[]).gaps()
    assert (gap.field, gap.level) == ("measures.D1.stratify", "weak")


def test_the_figure_names_the_formula_and_its_parts() -> None:
    (figure,) = plan(population=4000, response=30).figures(Papers())
    assert figure.value == 351
    assert figure.text == "351 of 4,000; ask 1,170 at 30 % response"
    assert "z 1.960 (95 %)" in figure.formula
    assert "N 4,000" in figure.formula


def test_absurd_figures_are_told_apart_from_a_crash() -> None:
    document = plan(type="continuous", deviation=1e12, margin=1e-300)
    assert document.measures[0].sample is None
    assert document.figures(Papers()) == ()
    assert plan(type="continuous", deviation=1e12, margin=1e-3).figures(Papers())


@pytest.mark.parametrize(
    "change",
    [{"margin": -1}, {"confidence": 100}, {"share": 101}, {"response": -5}, {"population": 0}],
)
def test_figures_that_make_no_sense_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Measure.model_validate({**LINE, **change})


@pytest.mark.parametrize("figure", [5e-324, 1e-307])
@pytest.mark.parametrize("field", ["margin", "response"])
def test_next_to_nothing_is_no_reason_to_fail(field: str, figure: float) -> None:
    # A hundredth of the smallest float is 0; a sample by a hundredth of 1e-307 is infinite.
    shown = plan(**{"response": 50, field: figure})
    assert shown.measures[0].contacts is None or field == "margin"
    assert shown.rules(Papers()) is not None
