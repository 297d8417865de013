"""Two people changed one document: what both did, put together, and where they clash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from dmaic.documents.base import Document
from dmaic.documents.fill import checked
from dmaic.documents.form import form
from dmaic.documents.parse import spell

D = TypeVar("D", bound=Document)

Lines = Sequence[dict[str, Any]]


@dataclass(slots=True)
class Merge:
    """What came of putting two changes together.

    Attributes:
        clashes: path of a field that both changed -> what the other one wrote; the merged
            document holds one's own. A line that one removed and the other changed stays.
    """

    clashes: dict[str, str] = field(default_factory=dict)


def merged(base: D, mine: D, theirs: D) -> tuple[D, Merge]:
    """The document with both changes; where both changed a field, one's own.

    Args:
        base: what both began with.
        mine: with one's own changes.
        theirs: with the other's.
    """
    notes = Merge()
    old, own, other = (each.model_dump() for each in (base, mine, theirs))
    body: dict[str, Any] = {}
    for each in form(type(base)):
        name = each.name
        if each.line is not None:
            body[name] = _lines(old[name], own[name], other[name], name, each.line.PREFIX, notes)
            continue
        body[name], clash = _choose(old[name], own[name], other[name])
        if clash:
            notes.clashes[name] = spell(each, other[name]) or "(empty)"
    return checked(type(base), body), notes


def _choose(old: Any, own: Any, other: Any) -> tuple[Any, bool]:  # noqa: ANN401
    if own == old:
        return other, False
    return own, other not in (old, own)


def _lines(
    old: Lines, own: Lines, other: Lines, name: str, prefix: str, notes: Merge
) -> list[dict[str, Any]]:
    before, mine, theirs = ({line["id"]: line for line in lines} for lines in (old, own, other))
    made: list[dict[str, Any]] = []
    for id, line in theirs.items():
        if id in mine and id in before:
            made.append(_line(before[id], mine[id], line, f"{name}.{id}", notes))
        elif id in before and line == before[id]:
            continue  # One removed it oneself, and the other left it as it was.
        else:
            made.append(line)
            if id in before:
                notes.clashes[f"{name}.{id}"] = "changed, and you removed it"
    last = max((int(id.removeprefix(prefix)) for id in {**mine, **theirs}
                if id.removeprefix(prefix).isdecimal()), default=0)  # fmt: skip
    for id, line in mine.items():
        if id in before and id not in theirs and line != before[id]:
            made.append(line)
            notes.clashes[f"{name}.{id}"] = "removed"
        elif id not in before and id in theirs:
            # Both were given the same id for different lines.
            last += 1
            made.append({**line, "id": f"{prefix}{last}"})
        elif id not in before:
            made.append(line)
    return made


def _line(
    old: dict[str, Any], own: dict[str, Any], other: dict[str, Any], path: str, notes: Merge
) -> dict[str, Any]:
    made = {}
    for name in other:
        made[name], clash = _choose(old[name], own[name], other[name])
        if clash:
            told = other[name]
            notes.clashes[f"{path}.{name}"] = "(empty)" if told in (None, "", ()) else str(told)
    return made
