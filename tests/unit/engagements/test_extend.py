"""What a template overrides of the one it extends, and how its lists say what they do."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.engagements.conftest import BASE, find, package

from dmaic.engagements.extend import extended
from dmaic.engagements.resolve import resolve
from dmaic.engagements.source import node_of
from dmaic.errors import DataError, Problem

LISTED = {"title": "T", "items": [{"name": "a", "x": 1}, {"name": "b"}], "words": ["one", "two"]}


def both(own: Any, base: Any = None) -> Any:
    problems: list[Problem] = []
    made = extended(
        node_of(LISTED if base is None else base, "base"), node_of(own, "own"), problems
    )
    assert not problems
    return made.plain


def wrong(own: Any) -> Problem:
    problems: list[Problem] = []
    extended(node_of(LISTED, "base"), node_of(own, "own, line 3"), problems)
    (problem,) = problems
    assert problem.code == "template.extends"
    assert problem.where == "own, line 3"
    return problem


class TestLists:
    def test_a_field_overrides_and_the_rest_stays(self) -> None:
        assert both({"title": "U"}) == {**LISTED, "title": "U"}
        assert both({"title": None}) == {k: v for k, v in LISTED.items() if k != "title"}
        assert both({"new": {"deep": [1]}})["new"] == {"deep": [1]}

    def test_replace(self) -> None:
        assert both({"words": {"replace": ["x"]}})["words"] == ["x"]

    def test_add_remove_and_change_together(self) -> None:
        own = {
            "items": {
                "remove": ["b"],
                "change": [{"name": "a", "x": 2, "y": 3}],
                "add": [{"name": "c"}, {"name": "d", "before": "a"}, {"name": "e", "after": "a"}],
            },
            "words": {"add": ["three"], "remove": ["one"]},
        }
        made = both(own)
        assert made["items"] == [
            {"name": "d"}, {"name": "a", "x": 2, "y": 3}, {"name": "e"}, {"name": "c"}
        ]  # fmt: skip
        assert made["words"] == ["two", "three"]

    def test_lines_of_documents_are_known_by_their_id(self) -> None:
        base = {"lines": [{"id": "A1", "before": "10"}, {"id": "A2"}]}
        own = {
            "lines": {"change": [{"id": "A1", "before": "20"}], "add": [{"id": "A3", "after": "x"}]}
        }
        assert both(own, base)["lines"] == [
            {"id": "A1", "before": "20"}, {"id": "A2"}, {"id": "A3", "after": "x"}
        ]  # fmt: skip

    def test_a_line_that_has_a_name_too_is_known_by_its_id_or_by_its_name(self) -> None:
        base = {"lines": [{"id": "R1", "name": "Price"}, {"id": "R2", "name": "Fit"}]}
        for named in ("R2", "Fit"):
            assert both({"lines": {"remove": [named]}}, base)["lines"] == base["lines"][:1]
        own = {"lines": {"change": [{"id": "R1", "name": "Fit"}], "add": [{"id": "R3"}]}}
        assert both(own, base)["lines"] == [
            {"id": "R1", "name": "Fit"}, {"id": "R2", "name": "Fit"}, {"id": "R3"}
        ]  # fmt: skip
        # Two may be called alike.
        assert len(both({"lines": {"add": [{"id": "R3", "name": "Fit"}]}}, base)["lines"]) == 3

    def test_a_question_is_put_beside_another(self) -> None:
        base = {"questions": [{"key": "a"}, {"key": "b"}]}
        own = {"questions": {"add": [{"key": "c", "before": "b"}, {"key": "d", "after": "a"}]}}
        assert [each["key"] for each in both(own, base)["questions"]] == ["a", "d", "c", "b"]

    def test_an_addition_to_a_list_that_is_not_there_begins_it(self) -> None:
        assert both({"more": {"add": [{"name": "z"}]}})["more"] == [{"name": "z"}]

    @pytest.mark.parametrize(
        ("own", "told"),
        [
            ({"words": ["x"]}, "must say what it does"),
            ({"words": {"ad": ["x"]}}, 'cannot "ad"'),
            ({"words": {"add": "x"}}, "add takes a list"),
            ({"words": {"replace": [], "add": ["x"]}}, "replace stands alone"),
            ({"items": {"remove": ["bb"]}}, 'no "bb"'),
            ({"items": {"change": [{"x": 1}]}}, "does not say which"),
            ({"items": {"add": [{"name": "a"}]}}, 'is "a" already'),
            ({"items": {"add": [{"name": "c", "after": "zz"}]}}, 'no "zz"'),
        ],
    )
    def test_what_a_list_cannot_do_is_told_with_its_line(self, own: Any, told: str) -> None:
        assert told in wrong(own).message


OWN = """\
name: own
version: 2.0.0
extends: base
title: Own
functions: {add: [Legal], remove: [Sales]}
phases:
  change:
    - name: define
      steps:
        remove: [raci]
"""


class TestResolve:
    def test_only_what_differs_is_said(self) -> None:
        own, base = package({"template.yaml": OWN}), package({"template.yaml": BASE}, "base")
        found = resolve(own, find(base))
        said = found.template.plain
        assert (found.name, found.version, found.lineage) == ("own", "2.0.0", ("base 1.0.0",))
        assert said["functions"] == ["Finance", "Legal"]
        assert [each["name"] for each in said["phases"][0]["steps"]] == ["charter"]
        assert said["phases"][0]["purpose"] == "Begin."
        assert "extends" not in said

    def test_files_of_both_are_there_and_the_own_go_first(self) -> None:
        base = package(
            {
                "template.yaml": BASE,
                "reports/a.md.j2": "base a",
                "reports/b.md.j2": "base b",
                "documents/charter.yaml": "problem: base\nunit: '%'",
                "style.toml": 'organisation = "Base"\n[colours]\naccent = "#111111"',
            },
            "base",
        )
        own = package(
            {
                "template.yaml": OWN,
                "reports/b.md.j2": "own b",
                "documents/charter.yaml": "problem: own",
                "style.toml": '[colours]\nbrand = "#222222"',
            }
        )
        found = resolve(own, find(base))
        assert found.layouts == {"a.md.j2": "base a", "b.md.j2": "own b"}
        assert found.documents["charter"].plain == {"problem": "own", "unit": "%"}
        assert found.style.plain == {
            "organisation": "Base", "colours": {"accent": "#111111", "brand": "#222222"}
        }  # fmt: skip

    def test_questions_are_added_by_section_and_key(self) -> None:
        base = package(
            {
                "template.yaml": BASE,
                "questions.yaml": "sections:\n- name: a\n  title: A\n  questions:\n"
                "    one: {help: One?}\n    two: {help: Two?}\n",
            },
            "base",
        )
        own = package(
            {
                "template.yaml": OWN,
                "questions.yaml": "sections:\n  change:\n  - name: a\n    questions:\n"
                "      remove: [two]\n      change: {one: {default: x}}\n"
                "      add: {three: {help: C}}\n"
                "  add:\n  - name: b\n    title: B\n    questions: {four: {help: D}}\n",
            }
        )
        found = resolve(own, find(base)).questions
        assert [each.key for each in found.all] == ["one", "three", "four"]
        assert found.all[0].default == "x"
        assert found.all[0].help == "One?"

    @pytest.mark.parametrize("word", ["/etc", "../base", "https://example.org/t.git", "[a]", "1"])
    def test_only_a_name_can_be_extended(self, word: str) -> None:
        own = package({"template.yaml": OWN.replace("extends: base", f"extends: {word}")})
        with pytest.raises(DataError) as caught:
            resolve(own, find())
        assert caught.value.code == "template.extends"
        assert caught.value.where == "own/template.yaml, line 3"

    def test_a_circle_is_seen(self) -> None:
        own = package({"template.yaml": OWN})
        other = package({"template.yaml": OWN.replace("name: own", "name: base").replace(
            "extends: base", "extends: own")}, "base")  # fmt: skip
        with pytest.raises(DataError) as caught:
            resolve(own, find(own, other))
        assert "extends itself" in caught.value.message

    def test_a_long_chain_is_refused(self) -> None:
        chain = [
            package({"template.yaml": OWN.replace("name: own", f"name: t{n}").replace(
                "extends: base", f"extends: t{n + 1}")}, f"t{n}")
            for n in range(50)
        ]  # fmt: skip
        with pytest.raises(DataError) as caught:
            resolve(chain[0], find(*chain))
        assert caught.value.code == "template.extends"

    def test_a_wrong_line_is_told_with_the_file_it_stands_in(self) -> None:
        base = package({"template.yaml": BASE}, "base")
        own = package({"template.yaml": OWN, "documents/charter.yaml": "a: }", "style.toml": "x"})
        with pytest.raises(DataError) as caught:
            resolve(own, find(base))
        assert [each.where for each in caught.value.problems] == [
            "own/style.toml", "own/documents/charter.yaml, line 1"
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("asked", "code"),
        [(">=0.1", ""), (">=0.1, <99", ""), (">=99", "template.version"),
         ("0.1", "template.invalid"),
         ("<0.1", "template.version"), ("~=1", "template.invalid"), ("", "template.invalid"),
         (f">={'9' * 5000}", "template.invalid")],
    )  # fmt: skip
    def test_the_dmaic_it_needs(self, asked: str, code: str) -> None:
        own = package({"template.yaml": f'{BASE}dmaic: "{asked}"\n'})
        if not code:
            assert resolve(own).name == "base"
            return
        with pytest.raises(DataError) as caught:
            resolve(own)
        assert caught.value.code == code


@pytest.mark.parametrize("nothing", ["null", "~", ""])
def test_null_takes_a_field_of_a_document_away(nothing: str) -> None:
    base = {
        "template.yaml": BASE,
        "documents/charter.yaml": "metric: churn\nunit: 'null'\nin_scope: [a, b]\n",
    }
    own = {
        "template.yaml": OWN,
        "documents/charter.yaml": f"metric: {nothing}\nin_scope: {nothing}\nproblem: '{nothing}'\n",
    }
    found = resolve(package(own), find(package(base, "base")))
    charter = found.documents["charter"].plain
    assert charter == {"unit": "null", "problem": nothing}
