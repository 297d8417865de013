"""What a template changes of the one it extends: fields override, lists say what they do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dmaic.engagements.source import Node
from dmaic.errors import Problem, suggest
from dmaic.text import printable

VERBS = ("replace", "remove", "change", "add")
"""What a list of a template that extends another may say, in the order in which it is done."""

# A line of a document has an id, and often a name, which is one of its fields.
_NAMES = ("id", "key", "name")
_PLACES = ("before", "after")


def extended(base: Node, own: Node, problems: list[Problem]) -> Node:
    """The base with what a template that extends it says.

    A field overrides, null takes away, fields within fields go on so. A list says `replace`, or
    `add`, `remove` and `change`: its parts are known by their name, id or key, plain ones by what
    they are.

    Args:
        base: of the template that is extended.
        own: of the one that extends it.
        problems: what is wrong is added here.
    """
    if isinstance(base.value, list) and isinstance(own.value, dict | list):
        return _list(base, own, problems)
    if isinstance(base.value, dict) and isinstance(own.value, dict):
        made = dict(base.value)
        for name, each in own.value.items():
            if each.value is None:
                made.pop(name, None)
            elif name in made:
                made[name] = extended(made[name], each, problems)
            else:
                made[name] = _alone(each, problems)
        return Node(made, own.where)
    return own


def _alone(own: Node, problems: list[Problem]) -> Node:
    """What stands where the base has nothing: a list may say `add` all the same."""
    if isinstance(own.value, dict) and own.value and set(own.value) <= set(VERBS):
        return _list(Node([], own.where), own, problems)
    return own


def _list(base: Node, own: Node, problems: list[Problem]) -> Node:
    if isinstance(own.value, list):
        problems.append(
            _problem(
                own,
                "A list that was there before must say what it does.",
                "Write replace: in front of it, or add:, remove: or change:.",
            )
        )
        return base
    unknown = [name for name in own.value if name not in VERBS]
    for name in unknown:
        problems.append(
            _problem(
                own.value[name],
                f'A list cannot "{printable(name, 40)}".',
                suggest(name, VERBS) or f"It can {', '.join(VERBS)}.",
            )
        )
    said = {name: own.value[name] for name in VERBS if name in own.value}
    for name, each in said.items():
        if not isinstance(each.value, list):
            problems.append(_problem(each, f"{name} takes a list.", "Begin each part with a dash."))
            return base
    if "replace" in said and len(said) > 1:
        problems.append(
            _problem(said["replace"], "replace stands alone: nothing else is left to change.")
        )
        return base
    parts = [*said["replace"].value] if "replace" in said else [*base.value]
    for each in said["remove"].value if "remove" in said else ():
        place = _find(parts, each.value, each, problems)
        if place is not None:
            del parts[place]
    for each in said["change"].value if "change" in said else ():
        place = _find(parts, _name(each), each, problems)
        if place is not None:
            parts[place] = extended(parts[place], each, problems)
    for each in said["add"].value if "add" in said else ():
        _add(parts, each, problems)
    return Node(parts, own.where)


def _add(parts: list[Node], each: Node, problems: list[Problem]) -> None:
    name = _name(each)
    if name is not None and name in map(_name, parts):
        told = f'There is "{printable(str(name), 60)}" already.'
        problems.append(_problem(each, told, "Put it under change:, or give it another name."))
        return
    place = len(parts)
    # In a line of a document they are fields.
    if isinstance(each.value, dict) and "id" not in each.value:
        asked = [word for word in _PLACES if word in each.value]
        fields = {word: part for word, part in each.value.items() if word not in _PLACES}
        for word in asked:
            beside = each.value[word]
            found = _find(parts, beside.value, beside, problems)
            if found is not None:
                place = found + (word == "after")
        each = Node(fields, each.where)
    parts.insert(place, each)


def _find(parts: list[Node], name: Any, asked: Node, problems: list[Problem]) -> int | None:  # noqa: ANN401
    if name is None or isinstance(name, dict | list):
        problems.append(
            _problem(asked, "It does not say which part of the list it means.", "Give its name.")
        )
        return None
    names = [_name(each) for each in parts]
    if name in names:
        return names.index(name)
    titles = [each.value["name"].plain if _has(each, "name") else None for each in parts]
    if titles.count(name) == 1:
        return titles.index(name)
    known = [str(each) for each in names if each is not None]
    problems.append(
        _problem(
            asked,
            f'There is no "{printable(str(name), 60)}" in the list.',
            suggest(str(name), known) or _listed(known),
        )
    )
    return None


def _listed(known: Iterable[str]) -> str:
    shown = [printable(each, 40) for each in known][:12]
    return f"There are {', '.join(shown)}." if shown else "It is empty."


def _has(part: Node, field: str) -> bool:
    return isinstance(part.value, dict) and field in part.value


def _name(part: Node) -> Any:  # noqa: ANN401
    if isinstance(part.value, dict):
        for name in _NAMES:
            if name in part.value:
                return part.value[name].plain
        return None
    return None if isinstance(part.value, list) else part.value


def _problem(node: Node, message: str, hint: str = "") -> Problem:
    return Problem("template.extends", message, hint, node.where)
