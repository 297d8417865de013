"""Commands in a reply, aimed at the project that the person named."""

from __future__ import annotations

import inspect
import re
import shlex
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from dmaic.cli.app import TREE
from dmaic.cli.tree import Branch, Tree, path_of
from dmaic.result import Frozen

if TYPE_CHECKING:
    from dmaic.cli.record import Place

F = TypeVar("F", bound=Frozen)

PASSWORD = re.compile(r"(://[^:/@]*):.*@")
"""In the address of a database."""


def aimed(reply: F, place: Place) -> F:
    """The reply with every command in it aimed as this one was.

    Whoever names a project or a database would otherwise be told commands that work on another.

    Args:
        reply: any.
        place: as said on the command line.
    """
    more = {"project": place.project, "db": place.db and PASSWORD.sub(r"\1:***@", place.db)}
    said = {name: word for name, word in more.items() if word}
    return _aim(reply, said) if said else reply


def _aim(value: F, more: Mapping[str, str]) -> F:
    changed: dict[str, Any] = {}
    for name in type(value).model_fields:
        old = getattr(value, name)
        if name in ("command", "next", "back"):
            changed[name] = _commands(old, more)
        elif isinstance(old, Frozen):
            changed[name] = _aim(old, more)
        elif isinstance(old, tuple) and old and all(isinstance(each, Frozen) for each in old):
            changed[name] = tuple(_aim(each, more) for each in old)
    return value.model_copy(update=changed)


def _commands(old: Any, more: Mapping[str, str]) -> Any:  # noqa: ANN401  a command, or several
    if isinstance(old, tuple):
        return tuple(_commands(each, more) for each in old)
    if not (isinstance(old, str) and old.startswith("dmaic ")):
        return old
    taken = _taken(old)
    said = (f" --{name} {shlex.quote(word)}" for name, word in more.items() if name in taken)
    return old + "".join(said)


def _taken(command: str) -> set[str]:
    """The options of a command that say where, and are not said in it already."""
    words = command.split()[1:]
    path = path_of(words, TREE)
    level: Tree = TREE
    leaf = None
    for word in path:
        node = level.get(word)
        if isinstance(node, Branch):
            level = node.leaves
        else:
            leaf = node
    if leaf is None:
        return set()
    function = getattr(import_module(f"dmaic.cli.commands.{leaf.module}"), leaf.function)
    taken = {"project", "db"} & {*inspect.signature(function).parameters}
    named = path[0] in ("project", "export") and words[len(path) :][:1] != []
    if (named and not words[len(path)].startswith("-")) or {"-p", "--project"} & {*words}:
        # It names the project itself.
        taken -= {"project"}
    return taken - ({"db"} if "--db" in words else set())
