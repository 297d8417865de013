"""The documents of a project that go into a template made of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from dmaic.documents.base import Document, Line
from dmaic.documents.fill import checked
from dmaic.documents.form import form, is_blank
from dmaic.documents.reference import lines
from dmaic.documents.registry import KINDS
from dmaic.project.template.client_data import ClientWords
from dmaic.project.template.generalise import General, generalised, without_strays


@dataclass(slots=True)
class DrawnPapers:
    """Documents that go into a template, and those that do not.

    Attributes:
        documents: kind -> what the team made of it and may stay.
        dropped: kind of document -> why it stays behind whole.
        untouched: kind of document -> fields that are as the template filled them in.
    """

    documents: dict[str, General] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)
    untouched: dict[str, frozenset[str]] = field(default_factory=dict)


def draw_papers(
    kept: Mapping[str, Document],
    filled: Mapping[str, Document],
    wanted: Collection[str],
    words: ClientWords,
) -> DrawnPapers:
    """Take out of the documents of a project what is the client's own.

    What the team left as the template filled it in is the template's, and is not told again.

    Args:
        kept: kind -> document of the project.
        filled: kind -> document as the template filled it in.
        wanted: kinds that may stay.
        words: that give the client away.
    """
    drawn = DrawnPapers()
    for kind in (each for each in KINDS if each in kept and not kept[each].is_empty):
        same = _untouched(kept[kind], filled.get(kind))
        drawn.untouched[kind] = same
        own = _without(kept[kind], same)
        if own.is_empty:
            continue
        if kind in wanted:
            drawn.documents[kind] = generalised(own, words)
        else:
            drawn.dropped[kind] = "it tells of this client"
    known = {kind: set(lines(each.document)) for kind, each in drawn.documents.items()}
    for kind, same in drawn.untouched.items():
        ids = {line.id for name in same for line in _lines(kept[kind], name)}
        known[kind] = known.get(kind, set()) | ids
    for kind, each in list(drawn.documents.items()):
        each.document = without_strays(each.document, known)
        if each.document.is_empty:
            drawn.dropped[kind] = "nothing is left of it"
            del drawn.documents[kind]
    return drawn


def _untouched(document: Document, filled: Document | None) -> frozenset[str]:
    names = (each.name for each in form(type(document)))
    return frozenset(
        name
        for name in (names if filled is not None else ())
        if not is_blank(value := getattr(document, name)) and value == getattr(filled, name)
    )


def _without(document: Document, names: Collection[str]) -> Document:
    body = {name: each for name, each in document.model_dump().items() if name not in names}
    return checked(type(document), body)


def _lines(document: Document, name: str) -> tuple[Line, ...]:
    listed = next(each for each in form(type(document)) if each.name == name)
    return getattr(document, name) if listed.line is not None else ()
