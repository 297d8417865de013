"""What a phase still asks for, where nobody is there to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.documents.form import form
from dmaic.errors import Problem
from dmaic.project.paper.paper import papers, read_paper

if TYPE_CHECKING:
    from dmaic.cli.walk.record import Record
    from dmaic.documents.base import Document

_WORDS = {"number": "NUMBER", "whole": "NUMBER", "date": "DATE", "yes-no": "yes"}
"""Shape of a field -> what stands for its answer."""


def missing(record: Record, phase: str) -> list[Problem]:
    """What a phase still asks for, each with the command that fills it.

    Args:
        record: the project.
        phase: its name.
    """
    problems = []
    with record.home.store.reading() as view:
        known = papers(view, record.project)
        states = {
            each.document: read_paper(view, record.project, each.document)
            for each in record.phase(phase).steps
            if each.document and each.state == "open"
        }
    for each in record.phase(phase).steps:
        if each.state != "open" or each.optional:
            continue
        if not each.document:
            problems.append(
                Problem("walk.missing", each.reason or each.title, each.command, each.name)
            )
            continue
        document = states[each.document].document
        for gap in document.gaps(known):
            if gap.level == "missing":
                problems.append(
                    Problem("walk.missing", gap.message, _filler(document, gap.field), each.name)
                )
    return problems


def _filler(document: Document, path: str) -> str:
    """The command that fills a gap, words in capitals for the answer."""
    head, _, rest = path.partition(".")
    fields = {each.name: each for each in form(type(document))}
    each = fields.get(head)
    if each is None:
        return f"dmaic doc edit {document.KIND}"
    if each.line is None:
        return f"dmaic doc set {document.KIND} {head}={_WORDS.get(each.shape, 'TEXT')}"
    cells = {cell.name: cell for cell in form(each.line)}
    if rest:
        cell = cells.get(rest.rpartition(".")[2])
        word = _WORDS.get(cell.shape, "TEXT") if cell is not None else "TEXT"
        return f"dmaic doc set {document.KIND} {rest}={word}"
    lists = [one for one in fields.values() if one.shape == "lines"]
    named = f" {head}" if len(lists) > 1 else ""
    needed = [cell for cell in cells.values() if cell.needed] or list(cells.values())[:1]
    words = " ".join(f"{cell.name}={_WORDS.get(cell.shape, 'TEXT')}" for cell in needed)
    return f"dmaic doc add {document.KIND}{named} {words}"
