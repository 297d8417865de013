"""Linting a template: every problem, each with its file and line."""

from __future__ import annotations

import pytest
from tests.unit.engagements.conftest import BASE, package

from dmaic.engagements.find import built_in
from dmaic.engagements.lint import lint, lint_word
from dmaic.errors import NotFoundError
from dmaic.project.engagement.kept_package import built_in_layouts

ASKS = "sections:\n- name: s\n  title: S\n  questions:\n    client: {help: Who?, default: x}\n"


def told(files: dict[str, str]) -> list[tuple[str, str]]:
    found = lint(package({"template.yaml": BASE, **files}))
    return [(each.code, each.where.removeprefix("own/")) for each in found]


@pytest.mark.parametrize("name", built_in())
def test_nothing_is_wrong_with_a_built_in_one(name: str) -> None:
    assert lint_word(name, layouts=built_in_layouts("dmaic")) == ()


def test_all_is_told_at_once_with_its_line() -> None:
    assert told(
        {
            "questions.yaml": ASKS + "    other: {default: y}\n",
            "documents/charter.yaml": 'problem: "{{ answers.client }} <script>"\n'
            'unit: "{{ answers.clint }}"\n',
            "reports/x.md.j2": "a\n{{ answers.cliant }}\n<b>x</b>\n",
        }
    )[:5] == [
        ("template.html", "documents/charter.yaml, line 1"),
        ("template.answer", "documents/charter.yaml, line 2"),
        ("template.answer", "reports/x.md.j2, line 2"),
        ("template.question", "questions.yaml, line 6"),
        ("template.answer", "questions.yaml, line 6"),
    ]


def test_a_question_cannot_name_one_that_comes_later() -> None:
    later = ASKS.replace("default: x", 'default: "{{ answers.later }}"')
    text = later + "    later: {help: L?, default: '{{ answers.client }}'}\n"
    assert ("template.answer", "questions.yaml, line 5") in told({"questions.yaml": text})


def test_html_in_a_layout_is_told() -> None:
    assert ("layout.html", "reports/x.md.j2, line 2") in told(
        {"reports/x.md.j2": "ok\n<div>x</div>\n"}
    )


def test_what_is_wrong_only_for_another_answer_is_found() -> None:
    asks = ASKS + "    full: {type: bool, default: false, help: Full?}\n"
    charter = (
        'problem: "{{ answers.client }}"\n'
        'target: "{% if answers.full %}much{% else %}1{% endif %}"\n'
    )
    found = told({"questions.yaml": asks, "documents/charter.yaml": charter})
    assert ("document.value", "documents/charter.yaml, line 2") in found


def test_a_broken_template_is_told_and_an_unknown_one_raised() -> None:
    assert [each.code for each in lint(package({"template.yaml": "a: ["}))] == ["template.yaml"]
    assert [each.code for each in lint_word("/no/such/")] == ["template.read"]
    with pytest.raises(NotFoundError):
        lint_word("no-such")
