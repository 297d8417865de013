"""Looking over layouts finds every problem, with its line."""

from __future__ import annotations

import pytest

from dmaic.layout.lint import lint


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a\n{{ x", "layout.syntax", 2),
        ("a\n\n{{ project | uper }}", "layout.unknown-filter", 3),
        ("{% if project is definde %}{% endif %}", "layout.unknown-filter", 1),
        ("\n{% include 'nope.md.j2' %}", "layout.unknown", 2),
        ("{% extends 'nope.md.j2' %}", "layout.unknown", 1),
        ("{% include project %}", "layout.not-allowed", 1),
        ("\n{% autoescape false %}{% endautoescape %}", "layout.not-allowed", 2),
        ("{{ 2 ** 3 }}", "layout.not-allowed", 1),
        ("a\n<script>alert(1)</script>", "layout.html", 2),
        ("a\n\n<div class='{{ project }}'>", "layout.html", 3),
        ("<!-- x -->", "layout.html", 1),
        ("a\n# Top", "layout.headline", 2),
        ("![x](https://elsewhere/x.png)", "layout.picture", 1),
        ("[x](javascript:alert)", "layout.link", 1),
        ("[x](../../etc/passwd)", "layout.link", 1),
        ("{{ projct }}", "layout.unknown-name", 1),
        ("a\n{{ project.items() }}", "layout.not-allowed", 2),
        ("{{ project.of['x'].mro() }}", "layout.not-allowed", 1),
        ("{{ 'a'.format(project) }}", "layout.not-allowed", 1),
        ("{% for each in project.values() %}{% endfor %}", "layout.not-allowed", 1),
        ("x" * 300_000, "layout.too-much", 0),
    ],
)
def test_a_problem_is_found_with_its_line(text: str, code: str, line: int) -> None:
    problems = lint({"x.md.j2": text}, names=["project"])
    assert code in [each.code for each in problems]
    found = next(each for each in problems if each.code == code)
    assert found.where == (f"x.md.j2, line {line}" if line else "x.md.j2")


def test_what_is_right_is_not_told() -> None:
    text = (
        "{% from 'base.md.j2' import line as told %}\n## {{ project.name }}\n\n"
        "{% for each in project.actions %}{{ loop.index }} {{ told(each) }}<br>{% endfor %}\n"
        "{% for each in project.all %}{{ loop.cycle(1, 2) }}{% endfor %}{{ self.told() }}"
        "{% import 'base.md.j2' as base %}{{ base.line(1) }}{% block told %}{% endblock %}"
        "{% set many = 3 %}{{ many }} ![{{ project.name }}](figures/x.svg) <https://dmaic.example>\n"
        "[page](https://dmaic.example) [place](#here) 1 < 2 and a &lt; b\n"
        "{% include 'base.md.j2' %}\n"
    )
    base = "{% macro line(x) %}{{ x }}{% endmacro %}"
    assert lint({"x.md.j2": text}, {"base.md.j2": base}, ["project"]) == ()


def test_all_problems_come_in_the_order_of_files_and_lines() -> None:
    problems = lint(
        {"b.md.j2": "{{ x }}\n<b>", "a.md.j2": "<i>\n{{ y | z }}\n{{ w }}"}, names=["p"]
    )
    assert [each.where for each in problems] == [
        "a.md.j2, line 1",
        "a.md.j2, line 2",
        "a.md.j2, line 2",
        "a.md.j2, line 3",
        "b.md.j2, line 1",
        "b.md.j2, line 2",
    ]


def test_layouts_of_others_are_not_judged() -> None:
    assert lint({"x.md.j2": "ok"}, {"base.md.j2": "{{ broken"}) == ()
