"""What only some answers, or a reader, would find wrong with a template."""

from __future__ import annotations

import pytest
from tests.unit.engagements.conftest import BASE, package

from dmaic.engagements.find import built_in, load_package
from dmaic.engagements.lint import faults, remarks
from dmaic.engagements.resolve import resolve

ASKS = "sections:\n- name: s\n  title: S\n  questions:\n    client: {help: Who?, default: x}\n"


def told(files: dict[str, str]) -> list[tuple[str, str]]:
    own = package({"template.yaml": BASE, **files})
    resolved = resolve(own)
    found = [*faults(resolved, own), *remarks(resolved, own)]
    return [(each.code, each.where.removeprefix("own/")) for each in found]


@pytest.mark.parametrize("name", built_in())
def test_nothing_is_wrong_with_a_built_in_one(name: str) -> None:
    own = load_package(name)
    resolved = resolve(own)
    assert [*faults(resolved, own), *remarks(resolved, own)] == []


def test_each_is_told_with_its_line() -> None:
    assert told(
        {
            "questions.yaml": ASKS + "    full: {type: bool, default: false}\n",
            "documents/charter.yaml": 'problem: "{{ answers.client }} <script>"\n'
            'unit: "{% if answers.full %}{{ answers.clint }}{% endif %}"\n',
            "reports/x.md.j2": "a\n{{ answers.cliant }}\n",
        }
    ) == [
        ("template.answer", "documents/charter.yaml, line 2"),
        ("template.answer", "reports/x.md.j2, line 2"),
        ("layout.unknown-name", "own/documents/charter.yaml, line 2".removeprefix("own/")),
        ("template.html", "documents/charter.yaml, line 1"),
        ("template.question", "questions.yaml, line 6"),
    ]


@pytest.mark.parametrize("was", ["client", "[old, client]"])
def test_an_earlier_name_is_no_other_questions(was: str) -> None:
    asks = ASKS + f"    full: {{was: {was}, help: F?, default: x}}\n"
    assert ("template.question", "questions.yaml, line 6") in told({"questions.yaml": asks})


def test_a_question_cannot_name_one_that_comes_later() -> None:
    later = ASKS + "    next: {help: N?, default: '{% if false %}{{ answers.later }}{% endif %}'}\n"
    text = later + "    later: {help: L?, default: '{{ answers.client }}'}\n"
    assert ("template.answer", "questions.yaml, line 6") in told({"questions.yaml": text})


def test_what_is_wrong_only_for_another_answer_is_found() -> None:
    asks = ASKS + "    full: {type: bool, default: false, help: Full?}\n"
    charter = 'target: "{% if answers.full %}much{% else %}1{% endif %}"\n'
    found = told({"questions.yaml": asks, "documents/charter.yaml": charter})
    assert found == [("document.value", "documents/charter.yaml, line 1")]
