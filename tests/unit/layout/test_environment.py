"""Layouts are filled from plain data, and what people wrote stays text."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest

from dmaic.errors import DataError, NotFoundError
from dmaic.layout.budget import joined
from dmaic.layout.environment import fill, safe
from dmaic.layout.trouble import LayoutError

DATA: dict[str, Any] = {
    "project": {"name": "_Cut_ <b>churn</b>", "cost": 1.5, "open": True, "sponsor": None},
    "day": date(2026, 2, 2),
    "actions": [{"title": "1. call", "done": False}, {"title": "b|c", "done": True}],
}


def made(text: str, **more: str) -> str:
    layouts = {"x.md.j2": text, **{f"{name}.md.j2": other for name, other in more.items()}}
    return fill(
        "x.md.j2", layouts, DATA, {"part": part, "lost": lost, "broken": broken, "letters": letters}
    )


def part(kind: str) -> object:
    return safe(f"**{kind}**")


def lost(word: str) -> object:
    raise NotFoundError(f"There is no document {word}.", "doc.unknown")


def broken() -> object:
    raise AttributeError("a bug")


def letters(word: str) -> object:
    return safe(word.upper() if word != "bug" else {}[word])


def refused(text: str, **more: str) -> DataError:
    with pytest.raises(DataError) as caught:
        made(text, **more)
    return caught.value


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{{ project.name }}", r"\_Cut\_ &lt;b&gt;churn&lt;/b&gt;"),
        ("{{ part('x') }}", "**x**"),
        ("{{ project.cost * 2 }} {{ day }} {{ project.open }}[{{ project.sponsor }}]",
         "3 2026-02-02 yes[]"),
        ("{% for each in actions %}{{ loop.index }}: {{ each.title }}; {% endfor %}",
         r"1: 1\. call; 2: b\|c; "),
        ("{{ actions | map(attribute='title') | join(' · ') }}", r"1\. call · b\|c"),
        ("{{ actions | selectattr('done') | list | length }}", "1"),
        ("{{ 'a*' ~ project.cost }}", r"a\*1.5"),
        ("{{ part('x') ~ '*' }}", r"**x**\*"),
        ("{{ '*' ~ part('x') ~ project.name }}",
         r"\***x**\_Cut\_ &lt;b&gt;churn&lt;/b&gt;"),
        ("{% set x %}{{ '*' }}{% endset %}{{ x }}", r"\*"),
        ("{% macro m(t) %}[{{ t }}]{% endmacro %}{{ m('*') }}", r"[\*]"),
        ("{{ project.name | truncate(5) }}", r"\_Cut…"),
        ("{{ project.nope | default('none') }}", "none"),
        ("a{{ '  in  ' ~ project.cost }}", "a in  1.5"),
    ],
)  # fmt: skip
def test_values_are_escaped_and_markdown_is_not(text: str, wanted: str) -> None:
    assert made(text) == wanted


def test_layouts_extend_include_and_import() -> None:
    assert (
        made(
            "{% extends 'base.md.j2' %}{% block body %}{{ super() }}{% include 'bit.md.j2' %}"
            "{% from 'bit.md.j2' import m %}{{ m('*') }}{% endblock %}",
            base="({% block body %}base{% endblock %})",
            bit="bit{% macro m(t) %}({{ t }}){% endmacro %}",
        )
        == r"(basebit(\*))"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a<br>b<br/> <https://x.example> <mailto:a@b.c> 1 < 2", None),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("<{{ 'script' }}>", "&lt;script>"),
        ("<{% if true %}img src=x{% endif %}>", "&lt;img src=x>"),
        ("{% set x %}<b>{% endset %}{{ x }}", "&lt;b>"),
        ("{% macro m() %}<br onload=x>{% endmacro %}{{ m() }}", "&lt;br onload=x>"),
        ("<!-- x --><?php ?>", "&lt;!-- x -->&lt;?php ?>"),
    ],
)
def test_no_html_comes_of_a_layouts_own_text(text: str, shown: str | None) -> None:
    assert made(text) == (text if shown is None else shown)


ATTACKS = [
    "{{ project.name.__class__ }}",
    "{{ project['__class__'] }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ part.__globals__ }}",
    "{{ part.__code__ }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ loop }}",
    "{% for a in actions %}{{ loop.__class__ }}{% endfor %}",
    "{% for a in actions %}{{ loop._iterator }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{{ project.name.upper() }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ '%s' % 1 }}",
    "{{ 'a' + 'b' }}",
    "{{ 'a' * 1000000000 }}",
    "{{ [1] * 1000000000 }}",
    "{{ actions.append(1) }}",
    "{{ project.clear() }}",
    "{{ project.items() }}",
    "{{ range(1000000) }}",
    "{{ cycler }}{{ lipsum() }}",
    "{{ namespace() }}",
    "{{ dict(a=1) }}",
    "{{ project.name | safe }}",
    "{{ project.name | attr('__class__') }}",
    "{{ actions | map('attr', '__class__') | list }}",
    "{{ actions | map(attribute='__class__') | join }}",
    "{{ actions | map(attribute='title.__class__') | join }}",
    "{{ actions | groupby('__class__') | list | length }}{{ (actions|groupby('done'))[0]._make }}",
    "{{ project.name | format(1) }}",
    "{{ project.name | tojson }}",
    "{{ project | pprint }}",
    "{{ part('x') | upper }}",
    "{{ part('x') | trim }}",
    "{{ part('x') | truncate(3) }}",
    "{{ part('x') | list | first }}{{ part('x')[1:] }}",
    "{% autoescape false %}{{ project.name }}{% endautoescape %}",
    "{% do actions %}",
    "{% include '../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{% include project.name %}",
    "{% include ['x', 'y'] %}",
    "{% import 'os' as os %}",
    "{% set project.name = 'x' %}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 99999999999999 * 99999999999999 }}",
    "{{ -project.name }}",
    "{{ project }}",
    "{{ actions }}",
    "{{ part }}",
    "{{ part() }}",
    "{{ part('x', 'y', z=1) }}",
    "{% for a in project.name %}{{ a }}{% endfor %}",
    "{% for a in 5 %}{{ a }}{% endfor %}",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_the_sandbox_refuses(text: str) -> None:
    error = refused(f"one\n\n{text}")
    assert error.code.startswith("layout.")
    assert error.where == "x.md.j2, line 3"
    assert error.message.endswith(".")


ENDLESS = [
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include 'x.md.j2' %}",
    "{% extends 'x.md.j2' %}",
    "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 40,
    "{% set a %}x{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40,
    "{% macro a0() %}x{% endmacro %}"
    + "".join(f"{{% macro a{n + 1}() %}}{{{{ a{n}() }}}}{{{{ a{n}() }}}}{{% endmacro %}}"
              for n in range(40))
    + "{{ a40() }}",
    "".join(f"{{% for a{n} in actions %}}" for n in range(19)) + "x" * 100
    + "{% endfor %}" * 19,
    "".join(f"{{% for a{n} in actions %}}" for n in range(60)) + "{% endfor %}" * 60,
    "{% set x = [1, 2] %}{% set y = [1, 2] %}"
    + "{% set x = [x, x] %}{% set y = [y, y] %}" * 40
    + "{{ x == y }}",
    "{% set x = {'a': 1} %}" + "{% set x = {'a': x, 'b': x} %}" * 40,
    "{% macro m(n) %}{{ m([varargs, varargs], varargs, varargs) }}{% endmacro %}{{ m(1, 2) }}",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ " + "[" * 900 + "]" * 900 + " }}",
    "{{ " + "9" * 5000 + " }}",
    "{{ 1e400 }}",
    "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    "x" * 300_000,
]  # fmt: skip


@pytest.mark.parametrize("text", ENDLESS, ids=range(len(ENDLESS)))
def test_what_has_no_end_is_stopped(text: str) -> None:
    error = refused(text)
    assert error.code in ("layout.too-much", "layout.failed", "layout.not-allowed")
    assert error.where.startswith("x.md.j2")


def test_many_layouts_are_refused() -> None:
    layouts = {f"{number}.md.j2": "" for number in range(300)}
    with pytest.raises(DataError, match="300"):
        fill("1.md.j2", layouts, {}, {})


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("{{ projct.name }}", "layout.unknown-name", "project"),
        ("{{ project.nam }}", "layout.unknown-name", "name"),
        ("{{ project.name | uper }}", "layout.unknown-filter", "upper"),
        ("{% if project is definde %}{% endif %}", "layout.unknown-filter", "defined"),
        ("{{ prt('x') }}", "layout.unknown-name", "part"),
        ("{{ project.name.upper() }}", "layout.unknown-name", "| upper"),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest(text: str, code: str, hint: str) -> None:
    error = refused(text)
    assert error.code == code
    assert hint in error.hint


def test_an_error_names_the_layout_in_which_it_is() -> None:
    error = refused("a\n{% include 'bit.md.j2' %}", bit="b\n\n\n{{ project.nope }}")
    assert error.where == "bit.md.j2, line 4"
    assert refused("a\n{% include 'bit.md.j2' %}", bit="b\n\n{% if %}").where == "bit.md.j2, line 3"


def test_what_a_function_refuses_gets_the_line_of_the_call() -> None:
    with pytest.raises(NotFoundError) as caught:
        made("\n{{ lost('chart') }}")
    assert caught.value.code == "doc.unknown"
    assert caught.value.where == "x.md.j2, line 2"


def test_a_bug_in_a_function_is_no_fault_of_the_layout() -> None:
    with pytest.raises(AttributeError, match="a bug"):
        made("{{ broken() }}")


@pytest.mark.parametrize("value", ["part", "5", "['a']", "project", "none"])
def test_a_value_that_a_function_cannot_take_is_told_with_its_line(value: str) -> None:
    error = refused(f"\n{{{{ letters({value}) }}}}")
    assert error.code == "layout.failed"
    assert error.where == "x.md.j2, line 2"
    with pytest.raises(KeyError):
        made("{{ letters('bug') }}")


def test_data_stays_as_it_was() -> None:
    before = repr(DATA)
    made(
        "{% for each in actions | sort(attribute='title') | reverse %}{{ each.title }}{% endfor %}"
    )
    assert repr(DATA) == before


def test_a_filter_of_each_value_looks_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    now = itertools.count()
    monkeypatch.setattr("dmaic.layout.budget.time.monotonic", lambda: next(now))
    with pytest.raises(DataError, match="longer than 10 s"):
        fill("x", {"x": "{{ many | map('upper') | list | length }}"}, {"many": ["a"] * 50}, {})


def test_a_text_that_would_be_too_long_is_not_put_together() -> None:
    parts = itertools.repeat("a" * 1000)
    with pytest.raises(LayoutError, match="longer than 1,000,000"):
        joined(parts)


def test_a_project_of_many_lines_is_looked_through() -> None:
    lines = [{str(cell): "text" for cell in range(20)} for _ in range(10_000)]
    text = "{% macro rows(many) %}{{ many | length }}{% endmacro %}{{ rows(lines) }}"
    assert fill("x", {"x": text}, {"lines": lines}, {}) == "10000"
