"""What is different between two templates: phases, steps, criteria, roles, limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from dmaic.engagements.template import Template, TemplatePhase
from dmaic.layout.plain import as_text

How = Literal["new", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a template that is not the same in both.

    Attributes:
        what: kind of part, such as `criterion`.
        name: of the part, or empty where there is one.
        phase: name of the phase that it belongs to, or empty.
        how: whether it is in one of the two only.
        title: as people read it.
        fields: of a changed part: field -> before and after, as they are written.
    """

    what: str
    name: str
    phase: str
    how: How
    title: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)


Key = tuple[str, str, str]
"""What a part is, the phase that it belongs to, its name."""


def differences(old: Template, new: Template) -> list[Part]:
    """Every part that differs, in the order of the new template; what is gone comes last.

    A phase that is gone is one part, whatever was in it.

    Args:
        old: before.
        new: after.
    """
    before, after = _parts(old), _parts(new)
    return [*_differences(before, after), *_gone(before, after)]


def _differences(
    before: dict[Key, dict[str, Any]], after: dict[Key, dict[str, Any]]
) -> Iterator[Part]:
    for key, body in after.items():
        what, phase, name = key
        if key not in before:
            yield Part(what, name, phase, "new", _title(body, name))
        elif before[key] != body and not _only_gone(before[key], body):
            yield Part(what, name, phase, "changed", _title(body, name), _fields(before[key], body))


def _gone(before: dict[Key, dict[str, Any]], after: dict[Key, dict[str, Any]]) -> Iterator[Part]:
    for key, body in before.items():
        what, phase, name = key
        whole = what == "phase" or not phase or ("phase", phase, phase) in after
        if key not in after and whole:
            yield Part(what, name, phase, "gone", _title(body, name))


def _only_gone(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether an order is the same but for parts that are gone, each of which is told."""
    left = new.get("order")
    return left is not None and left == [each for each in old["order"] if each in left]


def _parts(template: Template) -> dict[Key, dict[str, Any]]:
    said = template.model_dump(mode="json", by_alias=True)
    found: dict[Key, dict[str, Any]] = {
        ("template", "", ""): {name: said[name] for name in ("title", "purpose")},
        ("functions", "", ""): {"functions": said["functions"]},
        ("health", "", ""): said["health"],
        ("phases", "", ""): {"order": [each["name"] for each in said["phases"]]},
    }
    found |= {("defaults", "", name): each for name, each in said["defaults"].items()}
    for phase in said["phases"]:
        name, gate = phase["name"], phase["gate"]
        found["phase", name, name] = {word: phase[word] for word in ("title", "purpose")}
        found["step order", name, ""] = {"order": [each["name"] for each in phase["steps"]]}
        for step in phase["steps"]:
            found["step", name, step["name"]] = step
        found["roles", name, ""] = {"roles": gate["roles"]}
        for criterion in gate["criteria"]:
            found["criterion", name, criterion["name"]] = criterion
    return found


def _title(body: dict[str, Any], name: str) -> str:
    return str(body.get("title") or name)


def _fields(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        name: (told(old.get(name)), told(new.get(name)))
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    }


def told(value: Any) -> str:  # noqa: ANN401
    """A value of a template in words.

    Args:
        value: plain data.
    """
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {told(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(told(each) for each in value)
    return as_text(value) if isinstance(value, float) else str(value)


def with_held(mine: Template, theirs: Template, held: Iterable[str]) -> Template:
    """Another template, in which some phases stay as they were.

    Phases that stay come first, in their order: they are decided, and what is new comes after.

    Args:
        mine: the template that is followed.
        theirs: the one that takes its place.
        held: names of the phases of `mine` that stay.
    """
    kept = {name: phase for phase in mine.phases if (name := phase.name) in set(held)}
    if not kept:
        return theirs
    order: list[TemplatePhase] = [*kept.values()]
    order += [phase for phase in theirs.phases if phase.name not in kept]
    functions = tuple(dict.fromkeys([*theirs.functions, *_functions(mine, kept)]))
    return theirs.model_copy(update={"phases": tuple(order), "functions": functions})


def _functions(template: Template, held: Iterable[str]) -> list[str]:
    """The functions that the roles of some phases name."""
    from dmaic.project.people.role import split_role

    roles = (role for name in held for role in template.phase(name).gate.roles)
    return [function for role in roles if (function := split_role(role)[1])]
