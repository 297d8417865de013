"""A document made of what stands in a file: every piece knows its place, all problems are told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, TypeVar

from dmaic.documents.base import Document
from dmaic.documents.fill import checked, is_name, named
from dmaic.documents.form import FormField, form, is_blank
from dmaic.documents.parse import parse
from dmaic.errors import DataError, DmaicError, Problem
from dmaic.text import printable

D = TypeVar("D", bound=Document)

MOST_LINES = 10_000
"""Lines of one list; more are not filled by people."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that stands in a file.

    Attributes:
        value: a text, a list of pieces, or pieces by name.
        where: its place, such as `line 12` or `sheet "Causes", row 3, column "Owner"`.
    """

    value: str | list[Piece] | dict[str, Piece]
    where: str


@dataclass(slots=True)
class _Draft:
    """What was understood so far, where it stood, and what is wrong."""

    model: type[Document]
    body: dict[str, Any]
    places: dict[tuple[str, ...], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, error: DmaicError, where: str) -> None:
        self.problems += [
            Problem(each.code, each.message, each.hint, where or each.where)
            for each in error.problems
        ]


def assemble(piece: Piece, base: D, *, replace: bool) -> D:
    """The document that a file describes.

    Args:
        piece: the whole file: fields by name.
        base: the document as it is.
        replace: what the file leaves out becomes empty; otherwise it stays, lines with a known
            id are changed where the file says so, and the other lines are added.

    Raises:
        DataError: with every problem, each with its place.
    """
    model = type(base)
    draft = _Draft(model, model().model_dump() if replace else base.model_dump())
    if not isinstance(piece.value, dict) or not piece.value:
        raise DataError(
            "It holds no fields.", "document.no-fields", f"Fields are {_names(model)}.", piece.where
        )
    seen: dict[str, str] = {}
    for name, each in piece.value.items():
        try:
            found = named(form(model), name, f"the {model.called()}")
        except DmaicError as error:
            draft.wrong(error, each.where)
            continue
        if found.name in seen:
            draft.wrong(_twice(found.label, seen[found.name]), each.where)
            continue
        seen[found.name] = each.where
        if found.shape == "lines":
            _fill_list(draft, found, each)
        else:
            draft.places[(found.name,)] = each.where
            _fill(draft, draft.body, found, each)
    return _settled(model, draft)


def _twice(what: str, other: str) -> DataError:
    return DataError(f"{what} stands there twice.", "document.twice", f"The other is at {other}.")


def _names(model: type[Document]) -> str:
    return ", ".join(each.name for each in form(model))


def _settled(model: type[D], draft: _Draft) -> D:
    try:
        made = checked(model, draft.body)
    except DmaicError as error:
        for each in error.problems:
            parts = tuple(each.where.split("."))
            while parts and parts not in draft.places:
                parts = parts[:-1]
            place = draft.places.get(parts, "")
            known = not place or place.endswith(each.where)
            where = (place or each.where) if known else f"{place}, {each.where}"
            draft.problems.append(Problem(each.code, each.message, each.hint, where))
    if draft.problems:
        raise DataError.of(draft.problems)
    return made


def _fill(draft: _Draft, into: dict[str, Any], each: FormField, piece: Piece) -> None:
    try:
        into[each.name] = _value(each, piece)
    except DmaicError as error:
        draft.wrong(error, piece.where)


def _value(each: FormField, piece: Piece) -> Any:  # noqa: ANN401  the value has the field's type
    value = piece.value
    if isinstance(value, str):
        return parse(each, value)
    if isinstance(value, list) and each.shape == "texts":
        texts = [one.value for one in value]
        if all(isinstance(text, str) for text in texts):
            return tuple(text for text in map(str.strip, map(str, texts)) if text)
    if isinstance(value, dict) and each.shape == "figures":
        figures: dict[str, float] = {}
        for name, one in value.items():
            if not isinstance(one.value, str):
                raise _shape_wrong(each)
            figures.update(parse(each, f"{name}={one.value}"))
        return figures
    if not value:
        return parse(each, "")
    raise _shape_wrong(each)


def _shape_wrong(each: FormField) -> DataError:
    wanted = {"texts": "a list of texts", "figures": "names with figures"}.get(
        each.shape, "one value"
    )
    return DataError(f"{each.label} takes {wanted}.", "document.value", "", each.name)


def _fill_list(draft: _Draft, each: FormField, piece: Piece) -> None:
    assert each.line is not None
    lines = piece.value or []
    if not isinstance(lines, list) or any(not isinstance(one.value, dict) for one in lines):
        error = DataError(
            f"{each.label} takes lines, each with its fields.",
            "document.value",
            f"Fields of a line are {', '.join(cell.name for cell in form(each.line))}.",
        )
        draft.wrong(error, piece.where)
        return
    if len(lines) > MOST_LINES:
        error = DataError(
            f"{each.label} has {len(lines):,} lines; {MOST_LINES:,} are the most.",
            "document.too-long",
        )
        draft.wrong(error, piece.where)
        return
    kept: list[dict[str, Any]] = list(draft.body[each.name])
    seen: dict[str, Piece] = {}
    for one in lines:
        id, values = _read_line(draft, each, one)
        if id is None or not (id or any(not is_blank(value) for value in values.values())):
            continue
        if id in seen:
            draft.wrong(_twice(f"The id {id}", seen[id].where), one.where)
            continue
        if id:
            seen[id] = one
        known = next((place for place, line in enumerate(kept) if id and line["id"] == id), None)
        if known is None:
            # The piece goes along until every line has its id.
            kept.append({**values, "id": id, _PIECE: one})
        else:
            kept[known] = {**kept[known], **values, _PIECE: one}
    draft.body[each.name] = _numbered(draft, each, kept)


_PIECE = " piece"


def _numbered(draft: _Draft, each: FormField, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines without an id get the next ones; the places of all are noted."""
    prefix = each.line.PREFIX if each.line else ""
    ends = [line["id"].removeprefix(prefix) for line in lines]
    numbers = [int(end) for end in ends if end.isdecimal()]
    last = max(numbers, default=0)
    made = []
    for line in lines:
        piece = line.pop(_PIECE, None)
        if not line["id"]:
            last += 1
            line["id"] = f"{prefix}{last}"
        if piece is not None:
            at = (each.name, line["id"])
            draft.places[at] = piece.where
            cells = form(each.line) if each.line else ()
            for name, cell in piece.value.items():
                found = next((one for one in cells if is_name(one, name)), None)
                if found is not None:
                    draft.places[(*at, found.name)] = cell.where
        made.append(line)
    return made


def _read_line(draft: _Draft, each: FormField, piece: Piece) -> tuple[str | None, dict[str, Any]]:
    """The id (empty where none is given, None where it is none) and the values of a line."""
    assert each.line is not None
    assert isinstance(piece.value, dict)
    cells = form(each.line)
    id: str | None = ""
    values: dict[str, Any] = {}
    for name, one in piece.value.items():
        if name.strip().casefold() in _ID:
            id = _id(draft, each, one)
            continue
        try:
            cell = named(cells, name, f"a line of {each.name}")
            if cell.name in values:
                raise DataError(f"{cell.label} stands there twice.", "document.twice")
            values[cell.name] = _value(cell, one)
        except DmaicError as error:
            draft.wrong(error, one.where)
    return id, values


_ID = frozenset({"id", "#", "no", "no.", "nr", "nr."})
"""Headings of the column of ids; people number their lines, too."""


def _id(draft: _Draft, each: FormField, piece: Piece) -> str | None:
    assert each.line is not None
    prefix = each.line.PREFIX
    said = piece.value.strip().upper() if isinstance(piece.value, str) else "?"
    if not said:
        return ""
    number = said.removeprefix(prefix).removesuffix(".0")
    if re.fullmatch("[1-9][0-9]{0,8}", number):
        return f"{prefix}{number}"
    error = DataError(
        f'"{printable(said, 40)}" is no id of {each.label.lower()}.',
        "document.id",
        f"Ids are {prefix}1, {prefix}2 and so on; a line without one is given the next.",
    )
    draft.wrong(error, piece.where)
    return None
