"""Ids that point into other documents: what they name, and what is said where they name nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import StringConstraints

from dmaic.block import Block, Fields
from dmaic.documents.base import Document, Gap, Line, Papers
from dmaic.documents.form import form
from dmaic.text import printable

Ref = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=20)]
"""Id of a line; `c1` and `C1` are the same."""


def lines(document: Document | None, listed: str = "") -> dict[str, Line]:
    """Every line of a document by its id; of None, none.

    Args:
        document: any, or None where it was never begun.
        listed: name of the only list that is meant, or empty.
    """
    if document is None:
        return {}
    return {
        line.id: line
        for each in form(type(document))
        if each.shape == "lines" and listed in ("", each.name)
        for line in getattr(document, each.name)
    }


def names(papers: Papers, *kinds: str) -> dict[str, str]:
    """Ids of the lines of other documents with what they are called: their first text.

    Args:
        papers: the other documents.
        kinds: of documents, such as `causes`; `ctq.ctqs` is one list of a document.
    """
    found = {}
    for each in kinds:
        kind, _, listed = each.partition(".")
        found.update(lines(papers.load(kind), listed))
    return {id: called(line) for id, line in found.items() if id}


def called(line: Line) -> str:
    """What a line is called: the first of its texts.

    Args:
        line: any.
    """
    for each in form(type(line)):
        if each.shape == "text":
            return str(getattr(line, each.name))
    return ""


def told(id: str, known: Mapping[str, str], limit: int = 60) -> str:
    """An id with its name behind it, `S1 Exchange API`; alone where it has none.

    Args:
        id: of a line.
        known: names by id.
        limit: characters at most.
    """
    return printable(f"{id} {known.get(id, '')}".strip(), limit)


def unknown(field: str, ids: Iterable[str], known: Iterable[str], where: str) -> list[Gap]:
    """A gap for each id that names nothing.

    Args:
        field: path of the field that holds the ids.
        ids: what was written.
        known: the ids there are.
        where: the document that should hold them, such as `cause list`.
    """
    there = set(known)
    return [
        Gap(field=field, message=f'There is no "{printable(id, 40)}" in the {where}.')
        for id in ids
        if id and id not in there
    ]


def is_id(word: str, prefix: str) -> bool:
    """The word is written as an id: the prefix and a number, in any case.

    Args:
        word: what a person wrote where an id or words may stand.
        prefix: letters of the ids meant, such as `C`.
    """
    return re.fullmatch(rf"{prefix}[1-9][0-9]*", word.strip(), re.IGNORECASE) is not None


def legend(ids: Iterable[str], known: Mapping[str, str]) -> tuple[Block, ...]:
    """What the ids over the columns of a table mean, or nothing where none is known.

    Args:
        ids: in order.
        known: names by id.
    """
    rows = tuple((id, printable(known[id], 200)) for id in ids if known.get(id))
    return (Fields(rows),) if rows else ()


def referred(document: Document, papers: Papers) -> dict[str, str]:
    """Ids of other documents' lines that stand in a document, with what they are called.

    Args:
        document: any.
        papers: the other documents.
    """
    found: dict[str, str] = {}
    called_by: dict[tuple[str, ...], dict[str, str]] = {}
    for each in form(type(document)):
        value = getattr(document, each.name)
        cells = [(each, value)]
        if each.line is not None:
            cells = [(cell, getattr(line, cell.name)) for line in value for cell in form(each.line)]
        for cell, held in cells:
            if cell.refers and held:
                # Read once for all lines: a document may have a thousand.
                if cell.refers not in called_by:
                    called_by[cell.refers] = names(papers, *cell.refers)
                known = called_by[cell.refers]
                ids: Iterable[str] = (held,) if isinstance(held, str) else held
                found |= {id: known[id] for id in ids if known.get(id)}
    return dict(sorted(found.items(), key=lambda each: _order(each[0])))


def _order(id: str) -> tuple[str, int]:
    """`C2` before `C10`."""
    letters = id.rstrip("0123456789")
    return letters, int(id[len(letters) :] or 0)
