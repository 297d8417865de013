"""The names that a template mentions: documents, checks, analyses, roles. Each must be there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError

from dmaic.analysis.registry import parameters
from dmaic.churn.role import Role
from dmaic.documents.registry import KINDS
from dmaic.engagements.command import mistake
from dmaic.engagements.source import Path
from dmaic.engagements.words import in_words, unknown
from dmaic.project.criterion.registry import CHECKS, check_class
from dmaic.project.people.role import split_role
from dmaic.project.people.team import ROLES
from dmaic.project.standing.health import LIMITS
from dmaic.text import printable

ANALYSES = (
    "pareto",
    "churn",
    "cost",
    "clv",
    "recover",
    "decide",
    "benefit-measure",
    "control",
    "capability",
    "survival",
    "test",
    "drivers",
    "sample-size",
    "survey",
    "agreement",
    "gage",
    "compare",
    "correlate",
)
"""Analyses that are saved to a project, so that a step can ask for one."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Something wrong with a name.

    Attributes:
        at: path of the name.
        message: what is wrong.
        hint: what to do.
    """

    at: Path
    message: str
    hint: str = ""


def mentions(content: dict[str, Any]) -> Iterator[Mention]:
    """What is wrong with the names in a template; parts of a wrong shape are passed over.

    Args:
        content: plain data, as it was written.
    """
    phases = _parts(content, "phases", ())
    yield from _twice(phases)
    functions = content.get("functions")
    functions = [str(each) for each in functions] if isinstance(functions, list) else []
    health = content.get("health")
    for name in health if isinstance(health, dict) else ():
        if name not in LIMITS:
            yield Mention(("health", name), *unknown(name, LIMITS, "limit", "Limits"))
    yield from _defaults(content.get("defaults"))
    criteria: list[tuple[Path, dict[str, Any]]] = []
    for at, phase in phases:
        steps = _parts(phase, "steps", at)
        yield from _twice(steps)
        for place, step in steps:
            yield from _step(place, step)
        gate = phase.get("gate")
        if not isinstance(gate, dict):
            continue
        asked = _parts(gate, "criteria", (*at, "gate"))
        criteria += asked
        for place, criterion in asked:
            yield from _check(place, criterion, "check", "with")
        roles = gate.get("roles")
        for number, role in enumerate(roles if isinstance(roles, list) else []):
            if isinstance(role, str):
                yield from _role((*at, "gate", "roles", number), role, functions)
    # Criteria are named on the command line without their phase.
    yield from _twice(criteria)


def _defaults(said: Any) -> Iterator[Mention]:  # noqa: ANN401
    """What analyses take where nothing is said."""
    for name, each in said.items() if isinstance(said, dict) else ():
        at: Path = ("defaults", name)
        if name not in ANALYSES:
            yield Mention(at, *unknown(name, ANALYSES, "analysis", "Analyses"))
            continue
        given = each.get("with", {}) if isinstance(each, dict) else {}
        known = sorted(parameters(name))
        for word in given if isinstance(given, dict) else ():
            if word not in known:
                yield Mention((*at, "with", word), *unknown(word, known, "parameter", "Parameters"))
        if isinstance(each, dict) and not each.get("why"):
            yield Mention(at, "it does not say where the figures come from.", "Add a why.")


def _step(at: Path, step: dict[str, Any]) -> Iterator[Mention]:
    document, analysis = step.get("document"), step.get("analysis")
    if isinstance(document, str) and document and document not in KINDS:
        yield Mention((*at, "document"), *unknown(document, KINDS, "document", "Documents"))
    if isinstance(analysis, str) and analysis and analysis not in ANALYSES:
        yield Mention((*at, "analysis"), *unknown(analysis, ANALYSES, "analysis", "Analyses"))
    if not (document or analysis or step.get("done_when")):
        yield Mention(
            at,
            "nothing tells when it is done.",
            "Give it a document, an analysis, or a check as done_when.",
        )
    if not (document or analysis or step.get("command")):
        yield Mention(at, "nothing does it.", "Give it a document, an analysis or a command.")
    command = step.get("command")
    if isinstance(command, str) and command:
        wrong = mistake(command, ANALYSES)
        if wrong is not None:
            yield Mention((*at, "command"), *wrong)
    given = step.get("parameters")
    if given and not analysis:
        yield Mention((*at, "parameters"), "parameters belong to an analysis, and there is none.")
    elif isinstance(given, dict) and given and analysis in ANALYSES:
        known = sorted(parameters(analysis) | set(get_args(Role)))
        for word in given:
            if word not in known:
                told = unknown(word, known, "parameter", "Parameters")
                yield Mention((*at, "parameters", word), *told)
    yield from _check(at, step, "done_when", "done_with")


def _check(at: Path, part: dict[str, Any], field: str, parameters: str) -> Iterator[Mention]:
    """A check and its parameters."""
    name, given = part.get(field) or "", part.get(parameters) or {}
    if not isinstance(name, str) or not isinstance(given, dict):
        return
    if not name and field == "done_when":
        if given:
            yield Mention((*at, parameters), f"{parameters} belongs to {field}, which is missing.")
        return
    if name and name not in CHECKS:
        yield Mention((*at, field), *unknown(name, CHECKS, "check", "Checks"))
        return
    model = check_class(name)
    try:
        made = model.model_validate(given)
        for word, message, hint in made.mistakes():
            yield Mention((*at, parameters, word), f"{parameters}: {message}", hint)
    except ValidationError as error:
        for each in error.errors():
            message, hint = in_words(dict(each), model)
            yield Mention((*at, parameters, *each["loc"]), f"{parameters}: {message}", hint)


def _role(at: Path, word: str, functions: list[str]) -> Iterator[Mention]:
    role, function = split_role(word)
    if role not in ROLES:
        yield Mention(at, *unknown(role, ROLES, "role", "Roles"))
    if function and function not in functions:
        yield Mention(at, *unknown(function, functions, "function", "Functions"))


def _parts(part: dict[str, Any], field: str, at: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The mappings of a list, each with its path."""
    found = part.get(field)
    listed = found if isinstance(found, list) else []
    return [
        ((*at, field, number), each) for number, each in enumerate(listed) if isinstance(each, dict)
    ]


def _twice(parts: list[tuple[Path, dict[str, Any]]]) -> Iterator[Mention]:
    """Names that were given before."""
    seen: set[str] = set()
    for at, part in parts:
        name = part.get("name")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield Mention(
                (*at, "name"),
                f'the name "{printable(name, 60)}" was given before.',
                "Give each its own name.",
            )
        seen.add(name)
