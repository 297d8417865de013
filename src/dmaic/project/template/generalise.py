"""A document of a project as a template may fill it in: what is the client's own is taken out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from dmaic.documents.base import Document, Line
from dmaic.documents.fill import checked
from dmaic.documents.form import FormField, form, is_blank
from dmaic.documents.parse import spell
from dmaic.documents.relabel import repointed
from dmaic.project.template.client_data import PEOPLE, ClientWords
from dmaic.text import folded

D = TypeVar("D", bound=Document)

METHOD = frozenset(
    {"sipoc", "raci", "communication", "ctq", "definitions", "data-collection", "process-map",
     "journey-map", "reasons", "selection", "fmea", "control-plan", "response-plan", "handover",
     "training"}
)  # fmt: skip
"""Documents that say how the work is done; the others tell what was found at one client."""

_TOLD = frozenset({"reasons.answers", "ctq.verbatims", "selection.options"})
"""Lists of what customers said, and of what was found at one client."""

_FOUND = frozenset({"dataset", "baseline", "status", "decision", "done"})
"""Fields that only make sense at one client."""


@dataclass(slots=True)
class General:
    """A document that a template may fill in.

    Attributes:
        document: without what is the client's own.
        removed: path of a field or a line -> why it was taken out.
    """

    document: Document
    removed: dict[str, str] = field(default_factory=dict)


def generalised(document: Document, words: ClientWords) -> General:
    """Take out of a document what is the client's own.

    Figures, days, people, and every text that names somebody or something of the client, or holds
    a figure or an address, go whole: half a text would still tell.

    Args:
        document: of a project.
        words: that give the client away.
    """
    removed: dict[str, str] = {}
    body: dict[str, Any] = {}
    for each in form(type(document)):
        value = getattr(document, each.name)
        if each.line is None:
            body[each.name] = _kept(each, value, each.name, words, removed)
            continue
        if f"{document.KIND}.{each.name}" in _TOLD:
            if value:
                removed[each.name] = "what was said or found at the client"
            continue
        lines = [_line(line, f"{each.name}.{line.id}", words, removed) for line in value]
        body[each.name] = [line for line in lines if line is not None]
    made = checked(type(document), {name: each for name, each in body.items() if each is not None})
    return General(made, removed)


def _line(
    line: Line, path: str, words: ClientWords, removed: dict[str, str]
) -> dict[str, Any] | None:
    """A line, or None where what it is about was taken out."""
    lost: dict[str, str] = {}
    made: dict[str, Any] = {"id": line.id}
    texts = (each.name for each in form(type(line)) if each.shape == "text" and not each.refers)
    subject = next(texts, "")
    for each in form(type(line)):
        value = _kept(each, getattr(line, each.name), f"{path}.{each.name}", words, lost)
        if value is not None:
            made[each.name] = value
    if f"{path}.{subject}" in lost:
        removed[path] = lost[f"{path}.{subject}"]
        return None
    removed.update(lost)
    return made


def _kept(
    each: FormField,
    value: Any,  # noqa: ANN401
    path: str,
    words: ClientWords,
    removed: dict[str, str],
) -> Any:  # noqa: ANN401
    """The value where it may stay; None where it goes, or where there is none."""
    if is_blank(value):
        return None
    why = _why_not(each, value, words)
    if isinstance(value, tuple) and each.shape == "texts" and not each.refers:
        left = tuple(text for text in value if not _why_not(each, (text,), words))
        if left and len(left) < len(value):
            removed[path] = why
            return left
    if why:
        removed[path] = why
        return None
    return value


def _why_not(each: FormField, value: Any, words: ClientWords) -> str:  # noqa: ANN401
    if each.name in _FOUND:
        return "what was found at the client"
    if each.shape in ("number", "whole", "figures"):
        return "a figure"
    if each.shape == "date":
        return "a day"
    if each.refers or each.shape in ("choice", "yes-no"):
        return ""
    texts = value if isinstance(value, tuple) else (value,)
    if each.name in PEOPLE and not all(folded(text) in words.functions for text in texts):
        return "who does it"
    return next(filter(None, map(words.why_not, map(str, texts))), "")


def without_strays(document: D, known: Mapping[str, Collection[str]]) -> D:
    """The document without ids that point to lines that a template does not have.

    Args:
        document: any.
        known: kind of document -> ids of the lines that there are.
    """
    return repointed(document, lambda each, value: _pointing(each, value, known))


def _pointing(each: FormField, value: Any, known: Mapping[str, Collection[str]]) -> Any:  # noqa: ANN401
    if not each.refers or not value:
        return value
    ids = {id for word in each.refers for id in known.get(word.partition(".")[0], ())}
    if isinstance(value, str):
        return value if value in ids else ""
    if isinstance(value, dict):
        return {id: figure for id, figure in value.items() if id in ids}
    return [id for id in value if id in ids]


def told(document: Document) -> list[tuple[str, str]]:
    """What a document holds: path and words of each field and each line.

    Args:
        document: any.
    """
    found: list[tuple[str, str]] = []
    for each in form(type(document)):
        value = getattr(document, each.name)
        if each.line is None:
            if not is_blank(value):
                found.append((each.name, spell(each, value)))
            continue
        for line in value:
            values = [(cell, getattr(line, cell.name)) for cell in form(each.line)]
            words = [spell(cell, cell_value) for cell, cell_value in values if cell_value]
            found.append((f"{each.name}.{line.id}", "; ".join(filter(None, words))))
    return found
