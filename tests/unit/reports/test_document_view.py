"""Documents in a report: names in place of ids, and nothing that only a form needs."""

from __future__ import annotations

import pytest

from dmaic.block import Cells, Checks, Fields, Heading, Note, Table, Tree
from dmaic.documents.form import form
from dmaic.documents.registry import KINDS, document_class
from dmaic.reports.document_view import LEFT_OUT, everywhere, in_currency, named, without

NAMES = {"S1": "Exchange API", "S2": "Triage", "C1": "Photos are re-typed"}


def texts(table: object) -> list[tuple[str, ...]]:
    assert isinstance(table, Table)
    return [(each.title, *each.texts) for each in table.columns]


def test_the_ids_go_where_the_names_stand_beside_them() -> None:
    table = Table((Cells("", ("S1", "S2")), Cells("Solution", ("Exchange API", "Triage"))))
    (found,) = named((table,), NAMES)
    assert texts(found) == [("Solution", "Exchange API", "Triage")]


def test_ids_alone_become_names_under_the_heading_they_had() -> None:
    first = Table((Cells("", ("S1", "S2")), Cells("Solution", ("Exchange API", "Triage"))))
    second = Table((Cells("", ("S2", "S1")), Cells("Causes", ("C1", "C1; C9"))))
    (_, found) = named((first, second), NAMES)
    assert texts(found) == [
        ("Solution", "Triage", "Exchange API"),
        ("Causes", "Photos are re-typed", "C1; C9"),
    ]


def test_a_list_of_ids_becomes_a_list_of_names() -> None:
    table = Table((Cells("Task", ("Build",)), Cells("Waits for", ("S1, S2",))))
    (found,) = named((table,), NAMES)
    assert texts(found)[1] == ("Waits for", "Exchange API; Triage")


def test_an_id_in_front_of_its_name_goes_and_one_that_means_something_else_stays() -> None:
    table = Table((Cells("Option", ("S1 Exchange API", "S1 is what we call it")),))
    (found,) = named((table,), NAMES)
    assert texts(found)[0] == ("Option", "Exchange API", "S1 is what we call it")


def test_headings_over_columns_are_named_and_kept_short() -> None:
    names = {"K1": "Effect on churn", "K2": "A very long name of a criterion that nobody can read"}
    table = Table((Cells("Option", ("a",)), Cells("K1 ×5", ("8",)), Cells("K2", ("3",))))
    (found,) = named((table,), names)
    _, (first, _), (second, _) = texts(found)
    assert first == "Effect on churn ×5"
    assert len(second) <= 44
    assert second.endswith("…")


def test_a_legend_of_ids_is_not_needed() -> None:
    assert named((Fields((("S1", "Exchange API"),)),), NAMES) == []


def test_branches_and_decisions() -> None:
    tree = Tree("S1 Exchange API", (Tree("C1 Photos are re-typed: by hand"),))
    found, note = named((tree, Note("S1 is done; S2 first.", strong=True)), NAMES)
    assert isinstance(found, Tree)
    assert (found.text, found.branches[0].text) == ("Exchange API", "Photos are re-typed: by hand")
    assert note == Note("Exchange API is done; Triage first.", strong=True)
    assert everywhere("89 days: S1 → S2", NAMES) == "89 days: Exchange API → Triage"


def test_what_only_a_form_needs_is_left_out() -> None:
    blocks = (
        Fields((("Problem", "churn"), ("Metric", "logo churn"), ("Risks", ""))),
        Table((Cells("Milestone", ("Gate",)),), title="Milestones"),
        Table((Cells("Milestone", ()),), title="Nothing in it"),
        Heading("Computed"),
        Fields((("Change asked for", "-36 %"),)),
        Heading("Is the goal SMART?"),
        Checks(()),
        Note("Kept."),
    )
    found = [*without("charter", blocks)]
    assert found[0] == Fields((("Problem", "churn"),))
    assert [type(each).__name__ for each in found] == ["Fields", "Table", "Note"]


@pytest.mark.parametrize("kind", sorted(LEFT_OUT))
def test_what_is_left_out_is_there_to_be_left_out(kind: str) -> None:
    """A label that a document no longer has would be left out of nothing."""
    from dmaic.project.paper.reply import PaperReply

    model = document_class(kind)
    assert kind in KINDS
    example = model.example()
    labels = {each.label for each in form(model)}
    labels |= {cell.label for each in form(model) if each.line for cell in form(each.line)}
    for block in PaperReply.of(example).blocks():
        if isinstance(block, Table):
            labels |= {block.title, *(each.title for each in block.columns)}
        elif isinstance(block, Heading):
            labels.add(block.text)
        elif isinstance(block, Fields):
            labels |= {label for label, _ in block.rows}
    for word in LEFT_OUT[kind] - {"*"}:
        assert any(label == word or label.startswith(f"{word} (") for label in labels), word


def test_a_range_of_ids_becomes_the_names_of_all_in_it() -> None:
    names = {"S1": "the API", "S2": "calls", "S3": "triage"}
    assert everywhere("S1 to S3 are done.", names) == "the API, calls and triage are done."
    assert everywhere("S1 to S9 are done.", names).endswith("to S9 are done.")


def test_a_figure_bears_its_unit() -> None:
    table = Table((
        Cells("CTQ", ("Calls", "Answers")), Cells("Unit", ("%", "hours")),
        Cells("Target", ("95", "")), Cells("Limit", ("90", "8")),
    ))  # fmt: skip
    (found,) = without("control-plan", (table,))
    assert texts(found)[1:] == [("Target", "95 %", ""), ("Limit", "90 %", "8 hours")]


def test_costs_bear_the_currency_of_the_project() -> None:
    table = Table((Cells("Solution", ("API",)), Cells("Cost once", ("120,000",))))
    found, fields = in_currency((table, Fields((("Cost a year", "–"),))), "USD")
    assert texts(found)[1] == ("Cost once", "$120,000")
    assert fields == Fields((("Cost a year", "–"),))
