"""Filling a document: text to values, fields by path, lines added and removed.

Flags, prompts, editors and imports all go through here; every result is checked by the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from dmaic.documents.base import Document, Line
from dmaic.documents.form import FormField, form
from dmaic.documents.parse import example_words, parse, spell
from dmaic.errors import DataError, NotFoundError, Problem, suggest
from dmaic.text import name_list, printable

__all__ = [
    "checked",
    "field_at",
    "is_name",
    "list_field",
    "next_id",
    "parse",
    "spell",
    "with_field",
    "with_line",
    "without_line",
]

D = TypeVar("D", bound=Document)


def named(fields: Iterable[FormField], word: str, where: str = "") -> FormField:
    """The field that a person means: its name with dashes or underscores, or its label.

    Args:
        fields: to choose from.
        word: what the person wrote, in any case.
        where: of what, for the message.

    Raises:
        NotFoundError: `document.no-field`.
    """
    known = list(fields)
    for each in known:
        if is_name(each, word):
            return each
    names = [each.name for each in known]
    raise NotFoundError(
        f'There is no field "{printable(word, 60)}"{f" in {where}" if where else ""}.',
        "document.no-field",
        suggest(word.strip().replace("-", "_"), names) or f"Fields are {', '.join(names)}.",
    )


def is_name(field: FormField, word: str) -> bool:
    """Whether a word is the field's name or label; case, spaces, dashes do not matter.

    Args:
        field: any.
        word: what the person wrote.
    """
    # A heading may bear the unit: `Wait (hours)`.
    plain = re.sub(r"\s*\([^()]*\)\s*$", "", word)
    known = (_folded(field.name), _folded(field.label))
    return any(_folded(said) in known for said in (word, plain) if said.strip())


def _folded(word: str) -> str:
    return " ".join(word.replace("_", " ").replace("-", " ").casefold().split())


def list_field(document: Document | type[Document], word: str | None = None) -> FormField:
    """The list that a person means; the only one where none is named.

    Args:
        document: it or its model.
        word: name or label of the list, or None.

    Raises:
        NotFoundError: `document.no-field`, `document.no-list` or `document.which-list`.
    """
    model = document if isinstance(document, type) else type(document)
    lists = [each for each in form(model) if each.shape == "lines"]
    if word is not None:
        return named(lists, word, f"the lists of the {model.called()}")
    if len(lists) == 1:
        return lists[0]
    if not lists:
        raise NotFoundError(
            f"The {model.called()} has no lists.",
            "document.no-list",
            f"Fill its fields: dmaic doc set {model.KIND} FIELD=VALUE.",
        )
    raise NotFoundError(
        f"The {model.called()} has {len(lists)} lists.",
        "document.which-list",
        f"Name one: {', '.join(each.name for each in lists)}.",
    )


def line_of(document: Document, word: str) -> tuple[FormField, Line]:
    """The line with this id, in whichever list it stands.

    Args:
        document: to look in.
        word: the id, in any case.

    Raises:
        NotFoundError: `document.no-line`.
    """
    ids = []
    for each in form(type(document)):
        if each.shape == "lines":
            for line in getattr(document, each.name):
                if line.id == word.strip().upper():
                    return each, line
                ids.append(line.id)
    raise NotFoundError(
        f'The {document.called()} has no line "{printable(word, 60)}".',
        "document.no-line",
        suggest(word.upper(), ids)
        or (f"There are {name_list(ids, 8)}." if ids else "It is empty."),
    )


def field_at(document: Document, path: str) -> tuple[tuple[str, ...], FormField]:
    """What a path means: its parts as they stand in the model, and the field at its end.

    Args:
        document: the path leads through it.
        path: such as `goal`, `milestones.M1.due` or, for short, `M1.due`.

    Raises:
        NotFoundError: `document.no-field` or `document.no-line`.
    """
    parts = [part.strip() for part in path.split(".")]
    whole = form(type(document))
    if len(parts) == 1:
        each = named(whole, path, f"the {document.called()}")
        return (each.name,), each
    each, line = line_of(document, parts[-2])
    if len(parts) > 3 or (len(parts) == 3 and named(whole, parts[0]) != each):
        raise NotFoundError(
            f'There is no "{printable(path, 60)}" in the {document.called()}.',
            "document.no-field",
            f"Write it as {each.name}.{line.id}.FIELD.",
        )
    cell = named(form(type(line)), parts[-1], f"a line of {each.name}")
    return (each.name, line.id, cell.name), cell


def with_field(document: D, path: str, value: object) -> D:
    """The document with another value in one field.

    Args:
        document: as it is.
        path: see `field_at`.
        value: a value of the field's shape; see `parse`.

    Raises:
        NotFoundError: there is no such field or line.
        DataError: `document.invalid`, the value does not fit.
    """
    parts, _ = field_at(document, path)
    body = document.model_dump()
    if len(parts) == 1:
        body[parts[0]] = value
    else:
        listed, id, name = parts
        body[listed] = [
            {**line, name: value} if line["id"] == id else line for line in body[listed]
        ]
    return checked(type(document), body)


def next_id(lines: Iterable[Line], model: type[Line]) -> str:
    """Id of the next line: the prefix of its list and the number after the highest.

    Args:
        lines: those that are there.
        model: of the lines.
    """
    numbers = [
        int(line.id.removeprefix(model.PREFIX))
        for line in lines
        if line.id.removeprefix(model.PREFIX).isdecimal()
    ]
    return f"{model.PREFIX}{max(numbers, default=0) + 1}"


def with_line(document: D, listed: str | None, values: Mapping[str, Any]) -> tuple[D, Line]:
    """The document with one more line, and the line with the id it was given.

    Args:
        document: as it is.
        listed: name of the list; None where the document has one.
        values: field -> value of the line.

    Raises:
        NotFoundError: there is no such list or field.
        DataError: `document.invalid`, a value does not fit.
    """
    each = list_field(document, listed)
    assert each.line is not None
    cells = form(each.line)
    names = {
        named(cells, word, f"a line of {each.name}").name: value for word, value in values.items()
    }
    id = next_id(getattr(document, each.name), each.line)
    body = document.model_dump()
    body[each.name] = [*body[each.name], {**names, "id": id}]
    made = checked(type(document), body)
    return made, getattr(made, each.name)[-1]


def without_line(document: D, id: str) -> tuple[D, Line]:
    """The document without a line, and the line.

    Whether another document refers to the line is not looked at; see
    `dmaic.project.reference.references`.

    Args:
        document: as it is.
        id: of the line.

    Raises:
        NotFoundError: `document.no-line`.
    """
    each, line = line_of(document, id)
    body = document.model_dump()
    body[each.name] = [kept for kept in body[each.name] if kept["id"] != line.id]
    return checked(type(document), body), line


def checked(model: type[D], body: Mapping[str, Any]) -> D:
    """The fields as a document; every problem is reported at once.

    Args:
        model: of the document.
        body: its fields.

    Raises:
        DataError: `document.invalid`.
    """
    try:
        return model.model_validate(dict(body))
    except ValidationError as error:
        raise DataError.of(
            [_problem(model, body, dict(each)) for each in error.errors()]
        ) from error


def _problem(model: type[Document], body: Mapping[str, Any], error: dict[str, Any]) -> Problem:
    path = [str(part) for part in error["loc"]]
    cells = {each.name: each for each in form(model)}
    each = cells.get(path[0]) if path else None
    where = path[0] if path else ""
    hint = ""
    if each is not None and each.line is not None and len(path) > 1 and path[1].isdecimal():
        line = body[each.name][int(path[1])]
        id = line.get("id") if isinstance(line, Mapping) else getattr(line, "id", None)
        where = ".".join([each.name, id or f"line {int(path[1]) + 1}", *path[2:]])
        each = next(
            (cell for cell in form(each.line) if len(path) > 2 and cell.name == path[2]), None
        )
    if each is not None and each.line is None:
        hint = example_words(each)
    return Problem("document.invalid", f"{_words(error)}.", hint, where)


def _words(error: dict[str, Any]) -> str:
    context = error.get("ctx", {})
    kind = error["type"]
    if kind == "greater_than_equal":
        return f"It must be at least {context['ge']:g}"
    if kind == "less_than_equal":
        return f"It must be at most {context['le']:g}"
    if kind == "string_too_long":
        return f"It is longer than {context['max_length']:,} characters"
    if kind == "extra_forbidden":
        return "There is no such field"
    if kind == "string_unicode":
        return "It holds characters that are no text"
    if kind == "finite_number":
        return "It must be a finite number"
    if kind == "value_error":
        said = str(context.get("error", error["msg"])).rstrip(".")
        return said[:1].upper() + said[1:]
    return str(error["msg"]).rstrip(".")
