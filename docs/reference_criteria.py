"""The page of checks and templates, made from the code."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from dmaic.engagements.load import built_in, load_template
from dmaic.engagements.template import Criterion, Step, TemplatePhase
from dmaic.project.criterion.registry import CHECKS, check_class

MADE = "<!-- Made by docs/make_reference.py; do not edit. -->"


def page() -> str:
    """Checks, and the built-in templates with their steps and gates."""
    lines = [
        MADE,
        "",
        "# Criteria and templates",
        "",
        *_paragraph(
            "A tollgate's criteria are judged by *checks*. A template names the check of each "
            "criterion and gives its parameters under `with`; a criterion without a check is a "
            "question that a person answers. How tollgates work is told in "
            "[tollgates](../tollgates.md)."
        ),
        "",
        "## Checks",
        "",
        "| check | what it asks for | parameters |",
        "|---|---|---|",
        *(f"| `{name}` | {_first(name)} | {_parameters(name)} |" for name in CHECKS),
        "",
        *_paragraph(
            "Outcomes are *pass*, *warn* (it holds, and a reader will ask), and *fail*. A "
            "criterion of level `should` warns where it would fail. Every outcome comes with its "
            "reason and the command that mends it."
        ),
    ]
    for name in built_in():
        lines += ["", *_template(name)]
    return "\n".join(lines) + "\n"


def _template(name: str) -> Iterator[str]:
    template, _ = load_template(name)
    yield f"## Template `{name}`"
    yield ""
    yield from _paragraph(template.purpose)
    if template.functions:
        yield ""
        yield f"Functions of the team: {', '.join(template.functions)}."
    for phase in template.phases:
        yield ""
        yield from _phase(phase)


def _phase(phase: TemplatePhase) -> Iterator[str]:
    yield f"### {phase.title}"
    yield ""
    yield from _paragraph(phase.purpose)
    yield ""
    yield "| step | what it is for | done by |"
    yield "|---|---|---|"
    for step in phase.steps:
        optional = " (optional)" if step.optional else ""
        yield f"| {step.title}{optional} | {_cell(step.explain)} | {_done_by(step)} |"
    yield ""
    yield f"The tollgate is signed by: {', '.join(phase.gate.roles)}."
    yield ""
    yield "| criterion | what must hold | judged by | level |"
    yield "|---|---|---|---|"
    for each in phase.gate.criteria:
        why = f"<br>{each.why}" if each.why else ""
        yield f"| `{each.name}` | {_cell(each.title + why)} | {_judged_by(each)} | {each.level} |"


def _done_by(step: Step) -> str:
    return f"`{_cell(step.typed)}`"


def _judged_by(each: Criterion) -> str:
    told = ", ".join(f"{name}: {_value(value)}" for name, value in each.parameters.items())
    return f"`{each.check or 'question'}`{f' ({_cell(told)})' if told else ''}"


def _first(name: str) -> str:
    return _cell(" ".join((check_class(name).__doc__ or "").split("\n\n")[0].split()))


def _parameters(name: str) -> str:
    told = []
    for field, info in check_class(name).model_fields.items():
        plain = info.is_required() or info.default in ("", (), None)
        default = "" if plain else f"; default {_value(info.default)}"
        told.append(_cell(f"`{info.alias or field}`: {info.description}{default}"))
    return "<br>".join(told) or "–"


def _value(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _paragraph(text: str) -> list[str]:
    return textwrap.wrap(text, 120)
