"""Texts of templates are filled with answers once, and stay plain text."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.errors import DataError
from dmaic.layout.text import evaluate, render_text

NAMES: dict[str, Any] = {
    "answers": {"client": "Acme & _Co_", "size": 120, "areas": ["EU", "US"], "code": "{{ 7*7 }}"}
}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Churn at {{ answers.client }}\n", "Churn at Acme & _Co_\n"),
        ("{{ answers.code }}", "{{ 7*7 }}"),
        ("{{ answers.client ~ ' ' ~ answers.code }}", "Acme & _Co_ {{ 7*7 }}"),
        ("{% if answers.size > 100 %}large{% else %}small{% endif %}", "large"),
        ("{{ answers.areas | join(', ') }}", "EU, US"),
        ("no braces, <b>", "no braces, <b>"),
        ("a { b } \\{", "a { b } \\{"),
        (" {{ '  a ' }} ", "   a  "),
    ],
)
def test_a_text_is_filled(text: str, wanted: str) -> None:
    assert render_text(text, NAMES) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "{{ answers.clint }}",
        "{{ answer.client }}",
        "{{ answers.client.upper() }}",
        "{{ answers.__class__ }}",
        "{% include 'text' %}",
        "{{ 2 ** 9999999 }}",
        "{{ answers }}",
        "{{ answers.client",
    ],
)
def test_what_cannot_be_filled_is_told_with_its_place(text: str) -> None:
    with pytest.raises(DataError) as caught:
        render_text(text, NAMES, "questions.yaml, line 3")
    assert caught.value.where == "questions.yaml, line 3"


def test_a_long_text_tells_its_own_line_too() -> None:
    with pytest.raises(DataError) as caught:
        render_text("a\nb\n{{ answers.nope }}\n", NAMES, "documents/charter.yaml, line 9")
    assert caught.value.where == "documents/charter.yaml, line 9, line 3 of the text"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("answers.size > 100", True),
        ("{{ answers.size == 4 }}", False),
        ("answers.areas", ["EU", "US"]),
        ("'EU' in answers.areas and answers.client", "Acme & _Co_"),
        ("answers.nope is defined", False),
        ("answers.size * 2", 240),
    ],
)
def test_an_expression_has_a_value(expression: str, value: object) -> None:
    assert evaluate(expression, NAMES) == value


@pytest.mark.parametrize("expression", ["answers.nope", "nope", "1 +", "answers.client()", ""])
def test_a_wrong_expression_is_told(expression: str) -> None:
    with pytest.raises(DataError) as caught:
        evaluate(expression, NAMES, "questions.yaml, line 3")
    assert caught.value.where == "questions.yaml, line 3"
