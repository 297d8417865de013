"""The templates that the documentation shows are ones, and it leaves out no field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.unit.engagements.conftest import Make, package

from dmaic.engagements.find import load_package
from dmaic.engagements.package import FOLDERS
from dmaic.engagements.question import Question
from dmaic.engagements.render import render
from dmaic.engagements.resolve import resolve
from dmaic.engagements.scaffold import scaffold
from dmaic.engagements.template import Criterion, Step, Template
from dmaic.engagements.trial import trial_answers
from dmaic.reports.template_check import check_template

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><path d="M0 0h9v9z"/></svg>'
DOCS = Path(__file__).parents[3] / "docs"
REFERENCE = (DOCS / "templates.md").read_text("utf-8")
GUIDE = (DOCS / "how-to/package-an-engagement.md").read_text("utf-8")


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_guide_ends_in_a_template_without_a_fault(make: Make) -> None:
    questions, template, charter, defaults, preset = blocks(GUIDE, "yaml")
    (style,) = blocks(GUIDE, "toml")
    (layout,) = blocks(GUIDE, "jinja")
    folder = make(
        {
            "template.yaml": template + defaults,
            "questions.yaml": questions,
            "documents/charter.yaml": charter,
            "presets/crm.yaml": preset,
            "style.toml": style,
            "reports/summary.md.j2": layout,
            "style/logo.svg": LOGO,
            "README.md": "For audits.",
        }
    )
    checked = check_template(str(folder))
    assert [each.message for each in checked.problems if each.level == "wrong"] == []
    made = load_package(str(folder))
    resolved = resolve(made)
    filled = render(resolved, trial_answers(resolved.questions, {"client": "Northwind"}))
    assert [each.name for each in filled.template.phases] == ["define", "measure", "analyze"]


def test_the_guide_is_without_a_fault_after_every_step(make: Make) -> None:
    questions, template, charter, defaults, _ = blocks(GUIDE, "yaml")
    begun = scaffold("churn-audit", "saas-churn")
    for step in (
        {},
        {"questions.yaml": questions},
        {"template.yaml": template},
        {"documents/charter.yaml": charter},
        {"template.yaml": template + defaults},
    ):
        begun |= step
        checked = check_template(str(make(begun)))
        assert [each.message for each in checked.problems if each.level == "wrong"] == [], step


def test_the_reference_s_templates_are_ones() -> None:
    first, second, questions = blocks(REFERENCE, "yaml")
    render(resolve(package({"template.yaml": first})), {})
    found = render(resolve(package({"template.yaml": second, "questions.yaml": questions})), {
        "client": "Northwind"
    })  # fmt: skip
    steps = [each.name for each in found.template.phases[0].steps]
    assert steps[:2] == ["team", "letter"]
    assert "raci" not in steps


@pytest.mark.parametrize("model", [Template, Step, Criterion, Question])
def test_no_field_is_left_out(model: type[Template]) -> None:
    fields = {field.alias or name for name, field in model.model_fields.items()} - {"key"}
    missing = {
        each for each in fields if f"`{each}`" not in REFERENCE and f"{each}:" not in REFERENCE
    }
    assert missing == set()
    assert all(f"`{folder}/" in REFERENCE for folder in FOLDERS)
