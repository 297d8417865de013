"""Commands in a reply, aimed at the project that the person named."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, TypeVar

from dmaic.result import Frozen

if TYPE_CHECKING:
    from dmaic.cli.record import Place

F = TypeVar("F", bound=Frozen)


def aimed(reply: F, place: Place) -> F:
    """The reply with every command in it aimed as this one was.

    Whoever names a project or a database would otherwise be told commands that work on another.

    Args:
        reply: any.
        place: as said on the command line.
    """
    said = (("--project", place.project), ("--db", place.db))
    more = "".join(f" {flag} {shlex.quote(word)}" for flag, word in said if word is not None)
    return _aim(reply, more) if more else reply


def _aim(value: F, more: str) -> F:
    changed: dict[str, Any] = {}
    for name in type(value).model_fields:
        old = getattr(value, name)
        if name in ("command", "next"):
            changed[name] = _commands(old, more)
        elif isinstance(old, Frozen):
            changed[name] = _aim(old, more)
        elif isinstance(old, tuple) and old and all(isinstance(each, Frozen) for each in old):
            changed[name] = tuple(_aim(each, more) for each in old)
    return value.model_copy(update=changed)


def _commands(old: Any, more: str) -> Any:  # noqa: ANN401  a command, or a tuple of them
    if isinstance(old, tuple):
        return tuple(_commands(each, more) for each in old)
    return f"{old}{more}" if isinstance(old, str) and old.startswith("dmaic ") else old
