"""Which documents of a project refer to a line of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dmaic.documents.base import Document, Line, Papers
from dmaic.documents.form import FormField, form
from dmaic.documents.registry import KINDS
from dmaic.errors import ConflictError, Problem


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that refers to a line.

    Attributes:
        document: kind of the document that it stands in.
        title: of that document.
        path: of the field, such as `solutions.S2.causes`.
    """

    document: str
    title: str
    path: str


def mentions(papers: Papers, document: Document, id: str) -> list[Mention]:
    """Every place that refers to a line, in the order of the work.

    Args:
        papers: all documents of the project.
        document: the one that the line belongs to, as it is without the line.
        id: of the line.
    """
    found = []
    for kind in KINDS:
        each = document if kind == document.KIND else papers.load(kind)
        if each is not None:
            found += [
                Mention(kind, each.TITLE, path)
                for path in _paths(each, form(type(each)), document.KIND, id)
            ]
    return found


def check_unmentioned(papers: Papers, document: Document, ids: Iterable[str]) -> None:
    """Refuse to let go of lines that something refers to.

    Args:
        papers: all documents of the project.
        document: as it is without the lines.
        ids: of the lines.

    Raises:
        ConflictError: `document.referred`, with one problem for each place.
    """
    problems = [
        Problem(
            "document.referred",
            f"{each.title} refers to {id}, at {each.path}.",
            f"Change that first: dmaic doc set {each.document} {_short(each.path)}=...",
        )
        for id in ids
        for each in mentions(papers, document, id)
    ]
    if problems:
        raise ConflictError.of(problems)


def _short(path: str) -> str:
    """Ids are unique in a document: `solutions.S2.causes` is written as `S2.causes`."""
    parts = path.split(".")
    return ".".join(parts[-2:])


def _paths(
    holder: Document | Line, fields: tuple[FormField, ...], kind: str, id: str, lead: str = ""
) -> Iterator[str]:
    for each in fields:
        value = getattr(holder, each.name)
        if each.line is not None:
            cells = form(each.line)
            for line in value:
                yield from _paths(line, cells, kind, id, f"{lead}{each.name}.{line.id}.")
        elif kind in _kinds(each) and (id == value if isinstance(value, str) else id in value):
            yield f"{lead}{each.name}"


def _kinds(each: FormField) -> set[str]:
    return {refers.partition(".")[0] for refers in each.refers}
