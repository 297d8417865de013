"""What every working document keeps to, whoever wrote it."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dmaic.cli.render import print_table, render, write_result
from dmaic.cli.render.console import make_console
from dmaic.documents.assemble import assemble
from dmaic.documents.base import Document, Papers
from dmaic.documents.exchange import read_piece, to_json
from dmaic.documents.fill import checked, is_name, parse, spell, with_field, with_line
from dmaic.documents.form import FormField, form, is_blank
from dmaic.documents.registry import KINDS, document_class
from dmaic.documents.yaml_write import to_yaml
from dmaic.project.paper.paper import PaperReply

EACH = pytest.mark.parametrize("kind", KINDS)
HOSTILE = (
    "=HYPERLINK(\"http://x\")", "+1", "-5", "@all", "'=x", "''quoted", "[bold]x[/bold]", "<b>&amp;",
    "# head", "a: b", "a #b", "no", "null", "~", "2025-01-01", "1e3", "*x", "&x", "!!python/x", "%",
    "a;b", "\\;", "a\\", "| pipe |", "`code`", "{{7*7}}", "$HOME", "..%2f", "x" * 300, "名前 名前",
    "a\nb", "- a\n- b", "مرحبا", "\u202eevil", "C1", "a=b, c=d", '"', "'", ",", "-", "...", "---",
)  # fmt: skip


def worked() -> Papers:
    return Papers(load=lambda kind: document_class(kind).example())


def examples_of(model: type[Document]) -> list[tuple[FormField, FormField | None]]:
    """Each field, and each field of a line with the list it stands in."""
    found: list[tuple[FormField, FormField | None]] = []
    for each in form(model):
        found.append((each, None))
        found += [(cell, each) for cell in (form(each.line) if each.line else ())]
    return found


@EACH
def test_its_purpose_is_two_sentences_and_every_field_has_label_and_help(kind: str) -> None:
    model = document_class(kind)
    assert kind == model.KIND
    assert KINDS[kind][0].startswith(model.PHASE)
    assert model.PURPOSE.count(". ") == 1
    assert model.PURPOSE.endswith(".")
    for each, _ in examples_of(model):
        assert each.label, each.name
        assert each.label != each.name, each.name
        assert each.help.endswith((".", "?", ")")), each.name


@EACH
def test_names_and_labels_of_fields_cannot_be_mistaken(kind: str) -> None:
    model = document_class(kind)
    for fields in (form(model), *(form(each.line) for each in form(model) if each.line)):
        for each in fields:
            for word in (each.name, each.label):
                assert [other.name for other in fields if is_name(other, word)] == [each.name]
    lines = [each.line for each in form(model) if each.line]
    assert len({line.PREFIX for line in lines}) == len(lines), "ids must tell the list"


@EACH
def test_what_a_field_refers_to_exists(kind: str) -> None:
    for each, _ in examples_of(document_class(kind)):
        for refers in each.refers:
            pointed, _, listed = refers.partition(".")
            lists = {cell.name for cell in form(document_class(pointed)) if cell.line}
            assert lists, each.name
            assert not listed or listed in lists, each.name
        assert each.shape in ("text", "texts", "figures") or not each.refers


@EACH
def test_every_example_of_a_field_is_a_value_that_it_takes(kind: str) -> None:
    model = document_class(kind)
    for each in form(model):
        cells = form(each.line) if each.line else (each,)
        given = {
            cell.name: parse(cell, spell(cell, cell.example))
            for cell in cells
            if cell.example is not None
        }
        assert not any(map(is_blank, given.values()))
        if each.line is not None:
            # Beside the other lines, which some examples point to.
            with_line(model.example(), each.name, given)
        elif given:
            with_field(model(), each.name, given[each.name])


@EACH
def test_the_worked_case_fills_it_without_gaps(kind: str) -> None:
    document = document_class(kind).example()
    assert not document.is_empty
    assert [gap for gap in document.gaps(worked()) if gap.level == "missing"] == []
    assert checked(type(document), document.model_dump(mode="json")) == document


@EACH
def test_an_empty_one_is_incomplete_and_says_so_in_every_face(kind: str) -> None:
    document = document_class(kind)()
    reply = PaperReply.of(document)
    assert not reply.complete
    for face in ("table", "md", "csv", "json"):
        assert render(reply, format=face)
    assert "<div" in reply._repr_html_()


@EACH
@pytest.mark.parametrize("ending", ["yaml", "json", "csv", "xlsx"])
def test_it_comes_back_whole_from_a_file(kind: str, ending: str, tmp_path: Path) -> None:
    document = document_class(kind).example()
    again = _through(document, ending, tmp_path)
    assert again == document


def _through(document: Document, ending: str, folder: Path) -> Document:
    path = folder / f"document.{ending}"
    if ending == "yaml":
        path.write_bytes(to_yaml(document).encode())
    elif ending == "json":
        path.write_bytes(to_json(document).encode())
    else:
        write_result(PaperReply.of(document), path)
    piece, notes = read_piece(path, type(document))
    assert notes == []
    return assemble(piece, type(document)(), replace=True)


@EACH
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_of_its_example_is_wider_than_the_window(kind: str, width: int) -> None:
    out = io.StringIO()
    reply = PaperReply.of(document_class(kind).example(), worked())
    print_table(reply, make_console(out, width=width, plain=True))
    # Commands stay whole, so that they can be copied.
    lines = [line for line in out.getvalue().splitlines() if "dmaic doc " not in line]
    assert [line for line in lines if len(line) > width] == []


def texts() -> st.SearchStrategy[str]:
    signs = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
    return st.sampled_from(HOSTILE) | st.text(signs, max_size=40)


def values(each: FormField) -> st.SearchStrategy[Any]:
    low = -1e6 if each.low is None else each.low
    high = 1e6 if each.high is None else each.high
    made: dict[str, st.SearchStrategy[Any]] = {
        "text": texts(),
        "number": st.none() | st.floats(low, high),
        "whole": st.none() | st.integers(int(low), int(high)),
        "date": st.none() | st.dates(date(1900, 3, 1), date(2200, 1, 1)),
        "choice": st.sampled_from(["", *each.choices]),
        "yes-no": st.booleans(),
        "texts": st.lists(texts(), max_size=3),
        "figures": st.dictionaries(st.text("QC123", min_size=1, max_size=3), st.floats(-9, 9)),
    }
    return made[each.shape]


@st.composite
def bodies(draw: st.DrawFn, model: type[Document]) -> dict[str, Any]:
    """Fields filled with whatever fits their shapes, sense or none."""
    body: dict[str, Any] = {}
    for each in form(model):
        if each.line is None:
            body[each.name] = draw(values(each))
            continue
        cells = form(each.line)
        body[each.name] = [
            {"id": f"{each.line.PREFIX}{i}", **{cell.name: draw(values(cell)) for cell in cells}}
            for i in range(1, draw(st.integers(1, 3)))
        ]
    return body


def _fitting(model: type[Document], body: dict[str, Any]) -> Document | None:
    """The body as a document; None where the model refuses it, which is its good right."""
    from dmaic.errors import DataError

    try:
        return checked(model, body)
    except DataError:
        return None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(list(KINDS)), data=st.data())
def test_whatever_it_holds_every_face_shows_it(kind: str, data: st.DataObject) -> None:
    model = document_class(kind)
    document = _fitting(model, data.draw(bodies(model)))
    if document is None:
        return
    reply = PaperReply.of(document, worked())
    for width in (40, 80):
        out = io.StringIO()
        print_table(reply, make_console(out, width=width, plain=True))
        assert "\x1b" not in out.getvalue()
        assert "\u202e" not in out.getvalue()
    assert "<b>" not in reply._repr_html_().replace("<br>", "")
    assert render(reply, format="md")
    assert json.loads(render(reply, format="json"))["result"]["body"] == reply.body


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(list(KINDS)), data=st.data())
def test_whatever_it_holds_comes_back_from_yaml_and_json(
    kind: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    model = document_class(kind)
    document = _fitting(model, data.draw(bodies(model)))
    if document is None or document.is_empty:
        return
    folder = tmp_path_factory.mktemp("files")
    for ending in ("yaml", "json"):
        again = _through(document, ending, folder)
        # Texts of a list lose the blank ones, and ids their small letters.
        assert _folded(again) == _folded(document)


def _folded(document: Document) -> Any:
    def fold(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: fold(each) for name, each in value.items()}
        if isinstance(value, list):
            kept = [fold(each) for each in value]
            return [each for each in kept if each != ""]
        return value.strip().upper() if isinstance(value, str) else value

    return fold(document.model_dump(mode="json"))
