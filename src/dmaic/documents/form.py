"""The form of a document: its fields as data, for prompts, flags, editors, pages and references."""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from dmaic.block import Block, Cells, Fields, Heading, Table
from dmaic.documents.base import Gap, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from dmaic.documents.base import Document, Papers

Shape = Literal["text", "number", "whole", "date", "choice", "yes-no", "texts", "figures", "lines"]
"""What a field holds; `figures` is a map of names to figures, `lines` a list of lines."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a document or of a line.

    Attributes:
        name: in the model, in JSON, and as a flag with dashes.
        label, help, example, unit: for people.
        shape: what it holds.
        needed: incomplete without it.
        least: lines at least, for a list.
        long: more than a line is usual.
        choices: words to choose from, for a choice.
        line: model of the lines, for lines.
        low, high: least and greatest figure, or None.
        refers: kinds of document whose lines' ids stand here.
    """

    name: str
    label: str
    help: str
    example: Any
    unit: str
    shape: Shape
    needed: bool
    least: int
    long: bool
    choices: tuple[str, ...] = ()
    line: type[Line] | None = None
    low: float | None = None
    high: float | None = None
    refers: tuple[str, ...] = ()


@cache
def form(model: type[BaseModel]) -> tuple[FormField, ...]:
    """The fields of a document or a line, in order, without the id.

    Args:
        model: a subclass of `Document` or `Line`.
    """
    fields = []
    for name, info in model.model_fields.items():
        if name == "id":
            continue
        extra = info.json_schema_extra
        more: dict[str, Any] = dict(extra) if isinstance(extra, dict) else {}
        shape, choices, line = _shape(info.annotation)
        fields.append(
            FormField(
                name=name,
                label=info.title or name,
                help=info.description or "",
                example=info.examples[0] if info.examples else None,
                unit=more.get("unit", ""),
                shape=shape,
                needed=bool(more.get("needed")),
                least=int(more.get("least", 0)),
                long=bool(more.get("long")),
                choices=choices,
                line=line,
                low=_bound(info.metadata, "ge"),
                high=_bound(info.metadata, "le"),
                refers=tuple(more.get("refers", "").split()),
            )
        )
    return tuple(fields)


def _bound(metadata: Sequence[object], name: str) -> float | None:
    found = [getattr(each, name) for each in metadata if getattr(each, name, None) is not None]
    return found[0] if found else None


def _shape(annotation: Any) -> tuple[Shape, tuple[str, ...], type[Line] | None]:  # noqa: ANN401
    kind = get_origin(annotation)
    if kind is Annotated:
        return _shape(get_args(annotation)[0])
    if kind in (Union, types.UnionType):
        return _shape(next(each for each in get_args(annotation) if each is not type(None)))
    if kind is Literal:
        return "choice", tuple(str(each) for each in get_args(annotation) if each != ""), None
    if kind is tuple:
        inner = get_args(annotation)[0]
        if isinstance(inner, type) and issubclass(inner, Line):
            return "lines", (), inner
        return "texts", (), None
    if kind is dict:
        return "figures", (), None
    plain: dict[object, Shape] = {bool: "yes-no", int: "whole", float: "number", date: "date"}
    return plain.get(annotation, "text"), (), None


def missing(document: Document) -> tuple[Gap, ...]:
    """Needed fields that are empty, in the document and in each of its lines.

    Args:
        document: any.
    """
    gaps = []
    for each in form(type(document)):
        value = getattr(document, each.name)
        if each.shape == "lines":
            if len(value) < max(each.least, int(each.needed)):
                gaps.append(Gap(field=each.name, message=_too_few(each, len(value))))
            line_form = form(each.line) if each.line else ()
            for line in value:
                gaps += [
                    Gap(
                        field=f"{each.name}.{line.id}.{cell.name}",
                        message=f"{each.label} {line.id}: {cell.label} is empty.",
                    )
                    for cell in line_form
                    if cell.needed and is_blank(getattr(line, cell.name))
                ]
        elif each.needed and is_blank(value):
            gaps.append(Gap(field=each.name, message=f"{each.label} is empty."))
        elif each.least and len(value) < each.least:
            gaps.append(Gap(field=each.name, message=_too_few(each, len(value))))
    return tuple(gaps)


def _too_few(each: FormField, count: int) -> str:
    least = max(each.least, 1)
    if not count:
        return f"{each.label}: nothing there yet."
    return f"{each.label} has {count} of at least {least}."


def is_blank(value: object) -> bool:
    """Nothing was filled in; zero and no are answers."""
    return value is None or value in ("", (), {})


def blocks(document: Document, papers: Papers) -> tuple[Block, ...]:
    """Every field, then every list, then every figure.

    Args:
        document: any.
        papers: the other documents, for the figures.
    """
    return (*filled_blocks(document), *figure_blocks(document, papers))


def filled_blocks(document: Document) -> tuple[Block, ...]:
    """Every field, then every list, as they were filled.

    Args:
        document: any.
    """
    fields = form(type(document))
    plain = [each for each in fields if each.shape != "lines"]
    shown: list[Block] = []
    if plain:
        shown.append(
            Fields(tuple((each.label, told(getattr(document, each.name), each)) for each in plain))
        )
    shown += [table(each, getattr(document, each.name)) for each in fields if each.shape == "lines"]
    return tuple(shown)


def figure_blocks(
    document: Document, papers: Papers, *, without: str | None = None
) -> tuple[Block, ...]:
    """The computed figures as a section, or nothing.

    Args:
        document: any.
        papers: the other documents.
        without: figures whose names begin so are shown elsewhere.
    """
    figures = [
        each
        for each in document.figures(papers)
        if without is None or not each.name.startswith(without)
    ]
    if not figures:
        return ()
    rows = tuple(
        (each.label, f"{each.text}  ({each.formula})" if each.formula else each.text)
        for each in figures
    )
    return (Heading("Computed"), Fields(rows))


def table(each: FormField, lines: Sequence[Line], title: str | None = None) -> Table:
    """The lines of a list as a table, the id first.

    Args:
        each: the field that holds them.
        lines: the lines.
        title: other than the field's label.
    """
    if each.line is None:
        raise TypeError(f"{each.name} holds no lines")
    cells = form(each.line)
    columns = [Cells("", tuple(line.id for line in lines), keep=1000)]
    for place, cell in enumerate(cells):
        columns.append(
            Cells(
                cell.label,
                tuple(told(getattr(line, cell.name), cell) for line in lines),
                right=cell.shape in ("number", "whole"),
                wrap=cell.shape in ("text", "texts", "figures"),
                keep=(500 if cell.needed else 200) - place,
            )
        )
    return Table(tuple(columns), title=title or each.label, empty="Nothing yet.", whole=True)


def told(value: object, each: FormField) -> str:
    """A value as people read it, its unit behind it.

    Args:
        value: of the field.
        each: the field.
    """
    if is_blank(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        figure = f"{value:,.10g}"
        return f"{figure} {each.unit}".rstrip()
    if isinstance(value, dict):
        return ", ".join(f"{name} {figure:g}" for name, figure in value.items())
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    return str(value)
