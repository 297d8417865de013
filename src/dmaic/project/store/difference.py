"""What differs between two states of an item, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs.

    Attributes:
        path: such as `target` or `milestones.M1.due`.
        before: the value as text; None where there was nothing of it.
        after: the value as text; None where it is gone.
    """

    path: str
    before: str | None
    after: str | None

    @property
    def said(self) -> str:
        """Before and after in a few words."""
        if self.before is None:
            return f"{self.after} (new)"
        return f"{self.before} (removed)" if self.after is None else f"{self.before} → {self.after}"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The fields that differ, in the order in which they stand.

    Lines of a list are told apart by their ids, not by their places.

    Args:
        before: fields as plain JSON types.
        after: the same, later.
    """
    return list(_fields(before, after, ""))


def _fields(before: Mapping[str, Any], after: Mapping[str, Any], lead: str) -> Iterator[Difference]:
    for name in {**before, **after}:
        path = f"{lead}{name}"
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if _is_list(old) and _is_list(new) and (old or new):
            yield from _lines(old or (), new or (), path)
        elif isinstance(old, dict) and isinstance(new, dict):
            yield from _fields(old, new, f"{path}.")
        else:
            yield Difference(path, _told(old), _told(new))


def _is_list(value: object) -> bool:
    """A list whose lines have ids; a list that is empty may be one."""
    return value is None or (
        isinstance(value, list) and all(isinstance(line, dict) and line.get("id") for line in value)
    )


def _lines(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], path: str
) -> Iterator[Difference]:
    old, new = ({line["id"]: line for line in lines} for lines in (before, after))
    for id in {**old, **new}:
        if id not in new:
            yield Difference(f"{path}.{id}", _told(old[id]), None)
        elif id not in old:
            yield Difference(f"{path}.{id}", None, _told(new[id]))
        else:
            yield from _fields(old[id], new[id], f"{path}.{id}.")
    kept = [id for id in old if id in new]
    order = [id for id in new if id in old]
    if kept != order:
        yield Difference(path, ", ".join(kept), ", ".join(order))


def _told(value: object) -> str:
    """A value on one line; of a line of a list what is filled in, without its id."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, Mapping):
        parts = {name: _told(each) for name, each in value.items() if name != "id"}
        return ", ".join(f"{name}: {each}" for name, each in parts.items() if each != "–") or "–"
    if isinstance(value, list):
        return "; ".join(map(_told, value))
    return str(value)
