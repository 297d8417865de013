"""The worked case's documents of Analyze, Improve and Control fit together."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from dmaic.block import Table
from dmaic.documents.analyze.reasons import ReasonTaxonomy
from dmaic.documents.base import Document, Papers
from dmaic.documents.registry import KINDS, document_class

SAMPLE = Path(__file__).parents[3] / "sample_data"
LATE = [
    kind for kind, (module, _) in KINDS.items() if module.split(".")[0] not in ("define", "measure")
]


def worked() -> Papers:
    return Papers(load=lambda kind: document_class(kind).example())


@pytest.mark.parametrize("kind", LATE)
def test_the_example_is_complete_beside_the_others(kind: str) -> None:
    document = document_class(kind).example()
    assert [gap for gap in document.gaps(worked()) if gap.level == "missing"] == []


@pytest.mark.parametrize("kind", LATE)
def test_only_missing_analyses_leave_weak_points(kind: str) -> None:
    # No analysis is kept before there is a project, so causes stand on other evidence only.
    weak = [gap for gap in document_class(kind).example().gaps(worked()) if gap.level == "weak"]
    assert {gap.field.rpartition(".")[2] for gap in weak} <= {"evidence"}
    assert bool(weak) == (kind == "causes")


@pytest.mark.parametrize("kind", LATE)
def test_an_empty_document_says_what_lacks_and_computes_nothing(kind: str) -> None:
    document = document_class(kind)()
    assert document.is_empty
    assert document.gaps()
    assert document.figures(Papers()) == ()
    assert document.blocks(Papers())


@pytest.mark.parametrize("kind", LATE)
def test_a_document_survives_its_own_json(kind: str) -> None:
    document = document_class(kind).example()
    again = type(document).model_validate_json(document.model_dump_json())
    assert again == document


@pytest.mark.parametrize("kind", LATE)
def test_every_purpose_is_two_sentences_and_every_field_is_explained(kind: str) -> None:
    model = document_class(kind)
    assert model.PURPOSE.count(". ") == 1
    assert model.PURPOSE.endswith(".")
    from dmaic.documents.form import form

    for each in form(model):
        for cell in (each, *(form(each.line) if each.line else ())):
            assert cell.label != cell.name
            assert cell.help.endswith(".") or ":" in cell.help


HOSTILE = "[red]=cmd|' /C calc'!A0{{7*7}}../..\x1b[31m'; DROP TABLE item; --\u202e"


@pytest.mark.parametrize("kind", LATE)
def test_text_of_people_passes_through_as_it_is(kind: str) -> None:
    document = document_class(kind).example()
    hostile = type(document).model_validate(_poisoned(document))
    hostile.gaps(worked())
    hostile.figures(worked())
    shown = hostile.blocks(worked())
    for block in shown:
        if isinstance(block, Table):
            assert len({len(column.texts) for column in block.columns}) == 1


def _poisoned(document: Document) -> dict[str, object]:
    """The document with every free text of every line replaced by a hostile one."""
    from dmaic.documents.form import form

    body = document.model_dump()
    for each in form(type(document)):
        if each.shape == "text" and not each.refers:
            body[each.name] = HOSTILE
        if each.line is None:
            continue
        for line in body[each.name]:
            for cell in form(each.line):
                if cell.shape == "text" and not cell.refers:
                    line[cell.name] = HOSTILE
                if cell.shape == "texts" and not cell.refers:
                    line[cell.name] = (HOSTILE,)
    return body


def test_the_taxonomy_maps_every_answer_of_the_exit_survey_with_its_count() -> None:
    with (SAMPLE / "exit_survey.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    taxonomy = ReasonTaxonomy.example()
    assert {each.raw: each.count for each in taxonomy.answers} == Counter(
        row["reason"] for row in rows
    )
    tops = {each.id: each.top for each in taxonomy.reasons}
    groups = {"No personal attachment": "no attachment"}
    for row in rows:
        mapped = next(each for each in taxonomy.answers if each.raw == row["reason"])
        group = row["reason_group"]
        assert tops[mapped.reason] == groups.get(group, group.lower())


def test_the_evidence_quotes_the_sample_data() -> None:
    # Figures in the cause list's example, counted from the committed exports.
    def rows(name: str) -> list[dict[str, str]]:
        with (SAMPLE / name).open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    segment = {row["customer_id"]: row["segment"] for row in rows("churn_export.csv")}
    tickets = rows("support_tickets.csv")
    ours = [t for t in tickets if segment[t["customer_id"]] == "Auto body estimators"]
    topic = "Getting photos into another system"
    assert (len(tickets), len(ours)) == (3297, 1012)
    assert sum(t["topic"] == topic for t in ours) == 363
    assert (sum(t["topic"] == topic for t in tickets) - 363, 3297 - 1012) == (132, 2285)

    def hours(chosen: list[dict[str, str]]) -> float:
        return round(sum(float(t["first_response_hours"]) for t in chosen) / len(chosen), 1)

    assert hours(tickets) == 47.6
    assert hours(ours) == 47.8
    assert [hours([t for t in tickets if t["priority"] == p]) for p in ("urgent", "low")] == [
        46.6,
        48.8,
    ]
    survey = rows("exit_survey.csv")
    reasons = Counter(
        row["reason"] for row in survey if segment[row["customer_id"]] == "Auto body estimators"
    )
    assert sum(reasons.values()) == 86
    assert reasons["Photos re-typed into the quoting system"] == 23
    assert reasons["Support took days to answer"] == 18
    assert reasons["Not worth the price"] == 5
    assert reasons["Uploads slow or failing"] == 2
    everybody = Counter(row["reason"] for row in survey)
    assert (everybody["Not worth the price"] - 5, len(survey) - 86) == (12, 85)
