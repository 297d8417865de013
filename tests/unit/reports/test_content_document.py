"""Documents in a report, however little of them is filled in: always readable, never a failure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from dmaic.documents.base import Document, Papers
from dmaic.documents.registry import KINDS, document_class
from dmaic.markdown.escape import escaped
from dmaic.reports.content_document import (
    document_data,
    document_figure,
    document_section,
    document_table,
)
from dmaic.reports.desk import Desk


def desk_of(*documents: Document, draft: bool = False) -> Desk:
    """A record that holds these documents, and nothing else."""
    project = SimpleNamespace(id="p", body=SimpleNamespace(currency="USD"))
    view = SimpleNamespace(rows=lambda *asked: [])
    desk = Desk(view, project, date(2026, 3, 2), draft)  # type: ignore[arg-type]
    kept = {each.KIND: each for each in documents}
    vars(desk).update(papers=Papers(kept.get), every_analysis={}, skipped={})
    return desk


def parts(kind: str) -> Iterator[Document]:
    """Every field of the example alone, and every line of its lists with one cell."""
    model = document_class(kind)
    example = model.example().model_dump(mode="json")
    for name, value in example.items():
        yield model.model_validate({name: value})
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for cell, held in value[0].items():
                # Some rules hold from the beginning, such as that no cause is verified by nothing.
                with suppress(ValidationError):
                    yield model.model_validate({name: [{"id": value[0]["id"], cell: held}]})


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_half_filled_is_shown_as_far_as_it_goes(kind: str) -> None:
    for document in parts(kind):
        desk = desk_of(document)
        text = document_section(desk, kind)
        if not document.is_empty:
            assert text.strip()
        assert not re.search(r"\bNone\b *[|.\n]", text)
        document_table(desk, kind)
        document_data(desk, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_alone_is_shown_without_its_neighbours(kind: str) -> None:
    """References to documents that are not there stay as they were written."""
    model = document_class(kind)
    desk = desk_of(model.example())
    assert document_section(desk, kind).count("\n") >= 3
    figure = document_figure(desk, kind, "A caption")
    assert bool(figure) is model.HAS_CHART
    if figure:
        assert figure.startswith("![A caption](figures/")


def test_a_document_that_was_never_begun_is_named_as_missing() -> None:
    assert document_section(desk_of(), "fishbone") == "- ! Missing: it is not written yet.\n"
    assert document_figure(desk_of(), "fishbone") == ""
    assert "Missing" in document_table(desk_of(), "fishbone")
    assert "`dmaic doc edit fishbone`" in document_section(desk_of(draft=True), "fishbone")


def test_what_people_wrote_is_text_in_every_place() -> None:
    hostile = "<b>{{ 7*7 }}</b> | *x* [a](javascript:b) $5 `code`"
    model = document_class("charter")
    document = model.model_validate(
        {"problem": hostile, "milestones": [{"id": "M1", "name": hostile}], "in_scope": [hostile]}
    )
    text = document_section(desk_of(document), "charter")
    assert text.count(escaped(hostile)) == 3


def test_two_figures_of_one_name_are_told_apart_and_one_shown_twice_is_one() -> None:
    desk = desk_of()
    first = desk.show("Churn by segment!", "One.", lambda: None, ("a",), [(1.0,)])  # type: ignore[arg-type,return-value]
    second = desk.show("Churn by segment!", "Two.", lambda: None, ("a",), [(2.0,)])  # type: ignore[arg-type,return-value]
    again = desk.show("Churn by segment!", "Again.", lambda: None, ("a",), [(1.0,)])  # type: ignore[arg-type,return-value]
    assert first == "![One.](figures/churn-by-segment.svg)\n"
    assert second == "![Two.](figures/churn-by-segment-2.svg)\n"
    assert again == "![Again.](figures/churn-by-segment.svg)\n"
    assert [*desk.figures] == ["churn-by-segment", "churn-by-segment-2"]
    assert desk.show("客户", "x", lambda: None) == "![x](figures/figure.svg)\n"  # type: ignore[arg-type,return-value]
