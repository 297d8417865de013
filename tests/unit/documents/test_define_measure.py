"""What every document of Define and Measure keeps to: its example, half-filled and hostile text."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from dmaic.cli.render.blocks import print_blocks
from dmaic.documents.base import Document, Papers
from dmaic.documents.form import FormField, form
from dmaic.documents.registry import document_class

KINDS = (
    "stakeholders", "raci", "sipoc", "ctq", "communication", "definitions", "data-collection",
    "process-map", "journey-map",
)  # fmt: skip
HOSTILE = "\x1b[31m[bold]{{7*7}} ${HOME} =1+1 '; DROP TABLE item;-- \u202e%s {0} \\\n<b>|`$"


def examples(kind: str) -> Document | None:
    return document_class(kind).example()


def shown(document: Document, width: int = 80) -> str:
    stream = StringIO()
    console = Console(file=stream, width=width, color_system=None)
    print_blocks(document.blocks(Papers(load=examples)), console)
    return stream.getvalue()


def value(each: FormField, text: str) -> Any:
    """A value of the field, the text wherever a text can stand."""
    if each.shape == "lines":
        assert each.line is not None
        line = {cell.name: value(cell, text) for cell in form(each.line)}
        return [{**line, "id": f"{each.line.PREFIX}{number}"} for number in (1, 2, 3)]
    if each.shape == "texts":
        return [text, text]
    if each.shape == "choice":
        return each.choices[-1]
    plain: dict[str, Any] = {"text": text, "yes-no": True, "date": "2025-01-31"}
    return plain.get(each.shape, max(1, each.low or 1))


@pytest.mark.parametrize("kind", KINDS)
def test_the_worked_cases_document_lacks_nothing(kind: str) -> None:
    document = document_class(kind).example()
    assert document.gaps(Papers(load=examples)) == ()
    assert document.model_dump(mode="json") == json.loads(document.model_dump_json())
    assert type(document).model_validate(document.model_dump(mode="json")) == document


@pytest.mark.parametrize("kind", KINDS)
def test_the_purpose_is_plain_and_every_field_explains_itself(kind: str) -> None:
    model = document_class(kind)
    assert 1 <= model.PURPOSE.count(". ") + 1 <= 2
    for each in form(model):
        assert each.help.endswith(".")
        assert each.example is not None or each.shape == "lines"
        for cell in form(each.line) if each.line else ():
            assert cell.help.endswith(".")
            assert cell.example is not None
            assert cell.label


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_document_has_gaps_no_figures_and_can_be_shown(kind: str) -> None:
    document = document_class(kind)()
    assert document.gaps(Papers(load=examples))
    assert document.figures(Papers(load=examples)) == ()
    assert shown(document)


@pytest.mark.parametrize("kind", KINDS)
def test_lines_of_which_nothing_is_filled_are_shown_and_judged(kind: str) -> None:
    model = document_class(kind)
    bare = {
        each.name: [{"id": f"{each.line.PREFIX}1"}, {"id": f"{each.line.PREFIX}2"}]
        for each in form(model)
        if each.line
    }
    document = model.model_validate(bare)
    assert document.gaps(Papers(load=examples))
    document.figures(Papers(load=examples))
    assert shown(document)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_hostile_text_in_every_field_is_only_text(kind: str, width: int) -> None:
    model = document_class(kind)
    document = model.model_validate({each.name: value(each, HOSTILE) for each in form(model)})
    text = shown(document, width)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "{{7*7}}" in text.replace("\n", "").replace(" ", "")
    for told in (
        *(gap.message for gap in document.gaps(Papers(load=examples))),
        *(figure.text for figure in document.figures(Papers(load=examples))),
    ):
        assert "\x1b" not in told


@pytest.mark.parametrize("kind", KINDS)
def test_huge_text_is_shown_without_being_lost_in(kind: str) -> None:
    model = document_class(kind)
    document = model.model_validate(
        {each.name: value(each, "long " * 3999) for each in form(model)}
    )
    for gap in document.gaps(Papers(load=examples)):
        assert len(gap.message) < 400
    for figure in document.figures(Papers(load=examples)):
        assert len(figure.text) < 1200
