"""Filling a template: values keep their types, text of people stays text, nothing escapes."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from tests.unit.engagements.conftest import BASE, package

from dmaic.engagements.render import render
from dmaic.engagements.resolve import resolve
from dmaic.engagements.resolved import Filled, Resolved
from dmaic.errors import DataError, Problem

QUESTIONS = """\
sections:
  - name: s
    title: S
    questions:
      client: {default: Northwind}
      target: {type: float, default: 1.4}
      full: {type: bool, default: true}
      parts: {choices: [a, b], multiselect: true, default: [a, b]}
"""


def filled(files: dict[str, str], **answers: Any) -> Filled:
    return render(
        resolve(package({"template.yaml": BASE, "questions.yaml": QUESTIONS, **files})), answers
    )


def wrong(files: dict[str, str], **answers: Any) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as caught:
        filled(files, **answers)
    return caught.value.problems


def test_documents_come_filled_in_with_ids() -> None:
    made = filled(
        {
            "documents/charter.yaml": 'problem: "{{ answers.client }} loses users"\n'
            'target: "{{ answers.target }}"\nin_scope: "{{ answers.parts }}"\n',
            "documents/reasons.yaml": "reasons:\n- {name: No, top: easy to switch}\n",
        },
        client="Acme",
    )
    charter: Any = made.documents["charter"]
    assert charter.problem == "Acme loses users"
    assert charter.target == 1.4
    assert charter.in_scope == ("a", "b")
    reasons: Any = made.documents["reasons"]
    assert [(each.id, each.name) for each in reasons.reasons] == [("R1", "No")]


def test_a_wrong_document_is_told_with_file_and_line() -> None:
    (problem,) = wrong({"documents/charter.yaml": "problem: x\ntarget: much\n"})
    assert problem.where == "own/documents/charter.yaml, line 2"
    (problem,) = wrong({"documents/chater.yaml": "problem: x"})
    assert problem.hint == 'Did you mean "charter"?'
    assert problem.where == "own/documents/chater.yaml"


def test_a_step_whose_condition_does_not_hold_is_left_out() -> None:
    template = BASE.replace("title: Roles", 'title: Roles\n        when: "{{ answers.full }}"')
    assert [each.name for each in filled({"template.yaml": template}).template.phases[0].steps] == [
        "charter", "raci"
    ]  # fmt: skip
    steps = filled({"template.yaml": template}, full="no").template.phases[0].steps
    assert [each.name for each in steps] == ["charter"]


@pytest.mark.parametrize(
    "text",
    ["{{ 7*7 }}", "a: b\n- c", "'\"", "<script>alert(1)</script>", "{% for %}", "*x", "#raw",
     "\\input{}", "عربى", "x" * 5000],
)  # fmt: skip
def test_an_answer_stays_the_text_it_is(text: str) -> None:
    made = filled({"documents/charter.yaml": 'problem: "{{ answers.client }}"'}, client=text)
    charter: Any = made.documents["charter"]
    assert charter.problem == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "{{ answers.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ answers['__init__'] }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% import 'os' as os %}",
        "{% include '/etc/passwd' %}",
        "{{ lipsum.__globals__ }}",
        "{{ answers.client.format(answers) }}",
        "{{ self._TemplateReference__context }}",
        "{{ range(10**9)|list }}",
        "{{ 'x' * 10**10 }}",
        "{{ unknown }}",
        "{{ answers.nothing }}",
        "{{ ",
    ],
)
def test_code_in_a_text_is_refused_with_its_line(text: str) -> None:
    begun = time.perf_counter()
    problems = wrong({"documents/charter.yaml": f"unit: x\nproblem: {json.dumps(text)}\n"})
    assert time.perf_counter() - begun < 3
    assert problems[0].code.startswith("layout.")
    assert problems[0].where == "own/documents/charter.yaml, line 2"


def test_a_loop_without_end_is_ended() -> None:
    loop = "{% for a in range(1000) %}" * 4 + "x" + "{% endfor %}" * 4
    begun = time.perf_counter()
    assert wrong({"documents/charter.yaml": f"problem: {json.dumps(loop)}"})
    assert time.perf_counter() - begun < 10


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "name", ["questions.yaml", "documents/charter.yaml", "presets/x.yaml", "template.yaml"]
)
@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "[" * 5000,
        "a: " + "{a: " * 60,
        "!!python/object/apply:os.system [id]",
        "\x00",
        "- " * 3000,
    ],
    ids=["aliases", "brackets", "braces", "object", "nul", "dashes"],
)
def test_yaml_that_is_made_to_harm_is_refused(name: str, text: str) -> None:
    begun = time.perf_counter()
    problems = wrong({name: text})
    assert time.perf_counter() - begun < 5
    assert all(each.where.startswith("own/") for each in problems)


def test_a_preset_and_a_style_are_filled_too() -> None:
    made = filled(
        {
            "presets/crm.yaml": 'title: "CRM of {{ answers.client }}"\nroles: {customer: Acct}\n',
            "style.toml": 'organisation = "{{ answers.client }}"',
        }
    )
    assert made.presets["crm"]["title"] == "CRM of Northwind"
    assert made.style == {"organisation": "Northwind"}
    (problem,) = wrong({"presets/crm.yaml": "title: x\nrolls: {}\n"})
    assert problem.where == "own/presets/crm.yaml, line 2"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("clv: {with: {margin: 0.8}, why: Finance.}", ""),
        ("clw: {with: {margin: 0.8}, why: Finance.}", 'no analysis "clw"'),
        ("clv: {with: {margin: 0.8}}", "where the figures come from"),
        ("clv: {with: {margins: 0.8}, why: x}", 'no parameter "margins"'),
        # None of these is a template's to say: warnings are passed by people, files named by them.
        ("clv: {with: {accept: [all]}, why: x}", 'no parameter "accept"'),
        ("pareto: {with: {related: [[/etc/passwd, x]]}, why: x}", 'no parameter "related"'),
        ("pareto: {with: {preset: /etc/x.yaml}, why: x}", 'no parameter "preset"'),
    ],
)
def test_defaults_of_analyses_are_parameters_of_theirs(said: str, told: str) -> None:
    files = {"template.yaml": f"{BASE}defaults:\n  {said}\n"}
    if not told:
        assert filled(files).template.defaults["clv"].parameters == {"margin": 0.8}
        return
    assert told in wrong(files)[0].message


def test_what_is_kept_gives_the_same_again() -> None:
    found = resolve(
        package(
            {
                "template.yaml": BASE,
                "questions.yaml": QUESTIONS,
                "documents/charter.yaml": "problem: x",
                "style/logo.png": "png",
                "reports/x.md.j2": "{{ x }}",
            }
        )
    )
    again = Resolved.of_json(json.loads(json.dumps(found.as_json(), sort_keys=True)))
    assert again.hash == found.hash
    assert render(again, {"client": "A"}) == render(found, {"client": "A"})
    assert [each.key for each in again.questions.all] == ["client", "target", "full", "parts"]


@pytest.mark.parametrize("value", [".nan", "-.inf", "!!binary aGk=", "9" * 5000])
def test_a_value_that_no_record_keeps_is_told(value: str) -> None:
    said = f"{BASE}defaults:\n  clv:\n    why: x\n    with: {{margin: {value}}}\n"
    (problem, *_) = wrong({"template.yaml": said})
    assert problem.where.startswith("own/template.yaml")


@pytest.mark.parametrize("value", ["2026-01-31", "inf", "nan", "10:00:00", "0x10"])
def test_whatever_toml_holds_can_be_kept(value: str) -> None:
    found = resolve(package({"template.yaml": BASE, "style.toml": f"x = {value}"}))
    assert len(found.hash) == 64
    json.dumps(found.as_json(), allow_nan=False)
