"""Filling a document from words on the command line: `target=1.4 by=2025-12-31`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from dmaic.documents.base import Document, Line
from dmaic.documents.fill import checked, field_at, list_field, named, with_line
from dmaic.documents.form import FormField, form
from dmaic.documents.parse import parse
from dmaic.errors import DataError, DmaicError, Problem, UsageError
from dmaic.text import printable

D = TypeVar("D", bound=Document)

Pair = tuple[str, str]
"""A field's path and the text for it."""


def pairs_of(words: Iterable[str]) -> tuple[list[Pair], list[str]]:
    """`field=value` as pairs, and the words that are none.

    Args:
        words: as typed.
    """
    pairs, bare = [], []
    for word in words:
        name, sign, text = word.partition("=")
        if sign and name.strip():
            pairs.append((name.strip(), text))
        else:
            bare.append(word)
    return pairs, bare


def set_typed(document: D, pairs: Sequence[Pair]) -> D:
    """The document with other values in some fields; every problem is reported at once.

    A list of texts may be given more than once, each time with one or more of its texts.

    Args:
        document: as it is.
        pairs: paths and texts.

    Raises:
        DataError: a field is unknown or named twice, or a value does not fit.
    """
    body = document.model_dump()
    given: dict[tuple[str, ...], Any] = {}
    problems: list[Problem] = []
    for path, text in pairs:
        try:
            parts, each = field_at(document, path)
            value = _value(document, each, text)
            if parts not in given:
                given[parts] = value
            elif each.shape == "texts":
                given[parts] += value
            else:
                raise UsageError(f'"{printable(path, 60)}" is given twice.', "document.twice",
                                 "Give it once.")  # fmt: skip
        except DmaicError as error:
            problems += error.problems
    for parts, value in given.items():
        if len(parts) == 1:
            body[parts[0]] = value
        else:
            next(line for line in body[parts[0]] if line["id"] == parts[1])[parts[2]] = value
    return _settled(type(document), body, problems)


def _value(document: Document, each: FormField, text: str) -> Any:  # noqa: ANN401
    if each.shape == "lines":
        raise UsageError(
            f"{each.label} is a list.",
            "document.is-list",
            f"Add a line: dmaic doc add {document.KIND} {each.name} FIELD=VALUE.",
            each.name,
        )
    return parse(each, text)


def _settled(model: type[D], body: dict[str, Any], problems: list[Problem]) -> D:
    """The document, unless something was wrong; what the model finds is told as well."""
    try:
        made = checked(model, body)
    except DmaicError as error:
        problems += error.problems
    if problems:
        raise DataError.of(problems)
    return made


def add_typed(document: D, words: Sequence[str]) -> tuple[D, FormField, Line | None]:
    """The document with one more line, or with more texts in a list of texts.

    The first word may name the list. A word that is no `field=value` fills the line's first field.

    Args:
        document: as it is.
        words: as typed.

    Returns:
        The document, the list, and the line; None for a list of texts.

    Raises:
        NotFoundError: there is no such list or field.
        UsageError: `document.nothing-to-add` or `document.too-many-words`.
        DataError: a value does not fit.
    """
    words = list(words)
    each = _named_list(document, words[0]) if words else None
    if each is not None:
        words = words[1:]
    if each is not None and each.shape == "texts":
        if not words:
            raise _nothing(document, each)
        value = getattr(document, each.name) + tuple(
            text for word in words for text in parse(each, word)
        )
        return checked(type(document), {**document.model_dump(), each.name: value}), each, None
    each = each or list_field(document)
    assert each.line is not None
    pairs, bare = pairs_of(words)
    cells = form(each.line)
    if len(bare) > 1:
        raise UsageError(
            f'"{printable(bare[1], 60)}" is no FIELD=VALUE.',
            "document.too-many-words",
            f"Fields are {', '.join(cell.name for cell in cells)}; quote a text with spaces.",
        )
    pairs = [(cells[0].name, word) for word in bare] + pairs
    if not pairs:
        raise _nothing(document, each)
    made, line = with_line(document, each.name, _parsed(each, cells, pairs))
    return made, each, line


def _named_list(document: Document, word: str) -> FormField | None:
    """The list that a word names, if it does."""
    if "=" in word:
        return None
    fields = [each for each in form(type(document)) if each.shape in ("lines", "texts")]
    lists = [each for each in fields if each.shape == "lines"]
    try:
        return named(fields, word)
    except DmaicError:
        if len(lists) == 1:
            # It is the text of the line.
            return None
        if not lists:
            list_field(document)
        return named(lists, word, f"the lists of the {document.called()}")


def _parsed(each: FormField, cells: Sequence[FormField], pairs: Sequence[Pair]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, text in pairs:
        try:
            cell = named(cells, name, f"a line of {each.name}")
            value = parse(cell, text)
            if cell.name in values and cell.shape != "texts":
                raise UsageError(f'"{printable(name, 60)}" is given twice.', "document.twice",
                                 "Give it once.")  # fmt: skip
            values[cell.name] = (
                values.get(cell.name, ()) + value if cell.shape == "texts" else value
            )
        except DmaicError as error:
            problems += error.problems
    if problems:
        raise DataError.of(problems)
    return values


def _nothing(document: Document, each: FormField) -> UsageError:
    cells = form(each.line) if each.line else ()
    words = " ".join(f"{cell.name}=..." for cell in cells[:3]) or '"TEXT"'
    return UsageError(
        f"There is nothing to add to {each.label.lower()}.",
        "document.nothing-to-add",
        f"dmaic doc add {document.KIND} {each.name} {words}",
    )
