"""Other ids for lines of documents, and for everything that points to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from dmaic.documents.base import Document, Line
from dmaic.documents.fill import checked
from dmaic.documents.form import FormField, form
from dmaic.documents.reference import lines

D = TypeVar("D", bound=Document)

Ids = Mapping[str, Mapping[str, str]]
"""Kind of document -> id of a line -> its other id."""


def taken_ids(
    base: Document, mine: Document, theirs: Document, known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """New ids for the new lines of one whose ids another gave to new lines of their own.

    Args:
        base: what both began with, under the ids of `mine`.
        mine: whose lines keep their ids.
        theirs: whose lines make room, under their own ids.
        known: id in `theirs` -> the id it was given before.

    Returns:
        id in `theirs` -> the id that it can have, for those that need another one now.
    """
    known = known or {}
    back = {other: id for id, other in known.items()}
    before, own, other = lines(base), lines(mine), lines(theirs)
    old = {*known, *(back.get(id, id) for id in before)}
    used = {*before, *own, *other, *known.values()}
    found: dict[str, str] = {}
    for id, line in other.items():
        is_free = id not in back and (id not in own or own[id] == line)
        if id in old or is_free:
            continue
        number = 1 + max(_number(each, line) for each in used)
        found[id] = f"{line.PREFIX}{number}"
        used.add(found[id])
    return found


def _number(id: str, line: Line) -> int:
    number = id.removeprefix(line.PREFIX)
    return int(number) if id.startswith(line.PREFIX) and number.isdecimal() else 0


def relabelled(document: D, ids: Ids) -> D:
    """The document with other ids: of its lines, and where it points to lines.

    Args:
        document: any.
        ids: of this document and of those that it points to.
    """
    own = ids.get(document.KIND, {})
    return repointed(document, lambda each, value: _pointing(each, value, ids), own)


def repointed(
    document: D, pointing: Callable[[FormField, Any], Any], own: Mapping[str, str] | None = None
) -> D:
    """The document with other values where it may point to lines, and other ids of its lines.

    Args:
        document: any.
        pointing: a field and its value as plain types -> the value that it shall have.
        own: id of a line -> its other id; the others stay.
    """
    ids = own or {}
    body = document.model_dump()
    for each in form(type(document)):
        if each.line is None:
            body[each.name] = pointing(each, body[each.name])
            continue
        cells = form(each.line)
        body[each.name] = [
            {"id": ids.get(line["id"], line["id"])}
            | {cell.name: pointing(cell, line[cell.name]) for cell in cells}
            for line in body[each.name]
        ]
    return checked(type(document), body)


def _pointing(each: FormField, value: Any, ids: Ids) -> Any:  # noqa: ANN401
    known: dict[str, str] = {}
    for word in each.refers:
        known |= ids.get(word.partition(".")[0], {})
    if not known:
        return value
    if isinstance(value, str):
        return known.get(value, value)
    if isinstance(value, dict):
        return {known.get(name, name): figure for name, figure in value.items()}
    return [known.get(id, id) for id in value] if isinstance(value, (list, tuple)) else value
