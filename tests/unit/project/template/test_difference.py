"""Phases and tollgates of two templates, and phases that stay as they are."""

from __future__ import annotations

from typing import Any

from dmaic.engagements.template import Template
from dmaic.project.template.difference import differences, with_held


def template(*phases: str, **criteria: str) -> Template:
    def phase(name: str) -> dict[str, Any]:
        title = criteria.get(name, "Agreed")
        return {
            "name": name,
            "title": name.title(),
            "purpose": "Work.",
            "steps": [{"name": f"{name}-step", "title": "Do", "explain": "Do it.",
                       "document": "charter"}],
            "gate": {"roles": ["approver (Finance)"],
                     "criteria": [{"name": f"{name}-agreed", "title": title}]},
        }  # fmt: skip

    return Template.model_validate(
        {"name": "t", "version": "1.0.0", "title": "T", "purpose": "P",
         "phases": [phase(name) for name in phases]}
    )  # fmt: skip


def found(old: Template, new: Template) -> set[tuple[str, str, str]]:
    return {(each.how, each.what, each.name) for each in differences(old, new)}


def test_the_same_has_no_differences() -> None:
    assert found(template("define"), template("define")) == set()


def test_a_criterion_that_changed_is_told_with_both_words() -> None:
    (part,) = differences(template("define"), template("define", define="Agreed in writing"))
    assert (part.what, part.phase, part.how) == ("criterion", "define", "changed")
    assert part.fields == {"title": ("Agreed", "Agreed in writing")}


def test_a_new_phase_is_told_with_all_that_is_in_it() -> None:
    assert found(template("define"), template("define", "measure")) >= {
        ("changed", "phases", ""), ("new", "phase", "measure"),
        ("new", "step", "measure-step"), ("new", "criterion", "measure-agreed"),
    }  # fmt: skip


def test_a_phase_that_is_gone_is_told_once_whatever_was_in_it() -> None:
    gone = found(template("define", "measure", "analyze"), template("define", "analyze"))
    assert gone == {("gone", "phase", "measure")}


def test_another_order_is_told_and_one_that_only_lost_a_part_is_not() -> None:
    old = template("define", "measure", "analyze")
    assert ("changed", "phases", "") in found(old, template("measure", "define", "analyze"))
    assert ("changed", "phases", "") not in found(old, template("define", "measure"))


def test_each_analysis_tells_its_own_defaults() -> None:
    def with_defaults(**defaults: dict[str, Any]) -> Template:
        said = template("define").model_dump(mode="json", by_alias=True)
        made = {name: {"with": each} for name, each in defaults.items()}
        return Template.model_validate({**said, "defaults": made})

    parts = differences(
        with_defaults(clv={"margin": 0.8}, control={"rules": "nelson"}),
        with_defaults(clv={"margin": 0.7}, control={"rules": "nelson"}),
    )
    assert [(each.what, each.name) for each in parts] == [("defaults", "clv")]
    assert parts[0].fields == {"with": ("margin: 0.8", "margin: 0.7")}


def test_a_phase_that_stays_keeps_its_gate_and_the_others_change() -> None:
    old = template("define", "measure")
    new = template("define", "measure", define="New", measure="New")
    made = with_held(old, new, ["define"])
    assert made.phase("define") == old.phase("define")
    assert made.phase("measure") == new.phase("measure")


def test_a_decided_phase_stays_first_although_the_template_put_one_before_it() -> None:
    old, new = template("define", "measure"), template("prepare", "define", "measure")
    names = [each.name for each in with_held(old, new, ["define"]).phases]
    assert names == ["define", "prepare", "measure"]


def test_a_decided_phase_that_the_template_gave_up_stays_with_its_functions() -> None:
    old = template("define", "measure").model_copy(update={"functions": ("Finance",)})
    made = with_held(old, template("measure"), ["define"])
    assert [each.name for each in made.phases] == ["define", "measure"]
    assert made.functions == ("Finance",)


def test_where_nothing_is_decided_the_new_one_is_followed_as_it_is() -> None:
    new = template("measure")
    assert with_held(template("define"), new, []) is new
