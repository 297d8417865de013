"""The working documents in a report: figure, what they compute, and tables that can be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from dmaic.block import Block, Fields, Note, Table, Tree
from dmaic.documents.form import form, is_blank
from dmaic.documents.reference import called, lines, referred
from dmaic.documents.registry import document_class
from dmaic.number import money
from dmaic.project.paper.reply import PaperReply
from dmaic.reports import table
from dmaic.reports.content_analysis import title_of
from dmaic.reports.content_project import goal_text
from dmaic.reports.content_slide import told_of
from dmaic.reports.desk import Desk
from dmaic.reports.document_view import LEFT_OUT, everywhere, in_currency, named, without
from dmaic.reports.drawn import key_for
from dmaic.reports.words import for_readers

if TYPE_CHECKING:
    from dmaic.documents.base import Document, Figure

_NARROW = 5
"""Columns of a table on a slide."""


def document_data(desk: Desk, kind: str) -> dict[str, Any]:
    """A document as layouts read it.

    Args:
        desk: the record.
        kind: of the document.
    """
    if kind not in desk.documents:
        desk.documents[kind] = _data(desk, kind)
    return desk.documents[kind]


def _data(desk: Desk, kind: str) -> dict[str, Any]:
    document, model = desk.papers.load(kind), document_class(kind)
    stored = desk.view.rows(desk.project.id, ["document"], kind)
    shown = document or model()
    gaps = shown.gaps(desk.papers)
    figures = shown.figures(desk.papers) if not shown.is_empty else ()
    data = {
        "kind": kind,
        "title": model.TITLE,
        "phase": model.PHASE,
        "purpose": model.PURPOSE,
        "begun": not shown.is_empty,
        "complete": document is not None and all(gap.level != "missing" for gap in gaps),
        "changed_on": date.fromisoformat(stored[0].changed_at[:10]) if stored else None,
        "changed_by": stored[0].changed_by if stored else "",
        "has_figure": model.HAS_CHART and not shown.is_empty,
        "gaps": [for_readers(desk, gap.message) for gap in gaps if gap.level == "missing"],
        "weak": [for_readers(desk, gap.message) for gap in gaps if gap.level == "weak"],
        "figures": [
            {"name": each.name, "label": each.label, "text": each.text, "value": each.value}
            for each in figures
        ],
        "fields": shown.model_dump(mode="json"),
    }
    return {**data, "headline": told_of(data)}


def _money(desk: Desk, amount: float) -> str:
    return money(amount, desk.project.body.currency, brief=True)


def document_section(desk: Desk, kind: str) -> str:
    """A document as Markdown: its figure, what it computes, its tables, what it lacks.

    Args:
        desk: the record.
        kind: of the document.
    """
    data = document_data(desk, kind)
    if not data["begun"]:
        return missing(desk, desk.skipped.get(kind, "it is not written yet."), kind)
    parts = [document_figure(desk, kind), table.markdown(_blocks(desk, kind))]
    if data["gaps"]:
        told = "; ".join(each.rstrip(".") for each in data["gaps"][:_MOST])
        left = len(data["gaps"]) - _MOST
        more = f"; and {left} more" if left > 0 else ""
        parts.append(missing(desk, f"it is not complete. {told}{more}.", kind))
    return "\n".join(part for part in parts if part)


_MOST = 5


def missing(desk: Desk, told: str, kind: str) -> str:
    """A line that names what is missing; in a draft with the command that mends it.

    Args:
        desk: the record.
        told: a sentence.
        kind: of the document.
    """
    from dmaic.block import Check, Checks

    command = f"dmaic doc edit {kind}" if desk.draft else ""
    return table.markdown((Checks((Check("warn", f"Missing: {told}", command=command),)),))


def document_figure(desk: Desk, kind: str, caption: str = "") -> str:
    """The figure of a document, or nothing.

    Args:
        desk: the record.
        kind: of the document.
        caption: in place of what the document says.
    """
    document = desk.papers.load(kind)
    if document is None or document.is_empty or not document.HAS_CHART:
        return ""
    reply = PaperReply.of(document, desk.papers)
    header, rows = _numbers(desk, document)
    said = caption or f"{document_data(desk, kind)['headline']}."
    return desk.show(document.TITLE, said, reply.plot, header, rows, _key(desk, kind))


def _numbers(desk: Desk, document: Document) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The numbers behind the figure of a document: the table that it draws."""
    whole = named(document.blocks(desk.papers), _known(desk, document))
    tables = [each for each in whole if isinstance(each, Table) and each.columns]
    drawn = [each for each in tables if each.title.startswith(_DRAWN.get(document.KIND, ""))]
    if not tables:
        listed = [each for each in form(type(document)) if each.line is not None]
        return _lines(document, listed[0].name) if listed else ((), [])
    columns = [each for each in (drawn or tables)[0].columns if any(each.texts)]
    return (
        tuple(each.title for each in columns),
        [*zip(*(each.texts for each in columns), strict=True)],
    )


_DRAWN = {
    "journey-map": "Emotional curve",
    "process-map": "Where the time goes",
    "selection": "Impact against effort",
}
"""Kind -> beginning of the title of the table that its figure draws; of others the first."""


def _key(desk: Desk, kind: str) -> str:
    """What the chart of a document draws: the document, and what it looks up in the others."""
    every = desk.view.rows(desk.project.id, ["document"])
    fields = [(str(row.key), row.body) for row in every]
    facts = sorted((each.id, each.kind, each.stale) for each in desk.papers.analyses.values())
    return key_for("document", kind, json.dumps([fields, facts], sort_keys=True))


def _lines(document: Document, listed: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The lines of a list as the numbers behind a figure."""
    field = next(each for each in form(type(document)) if each.name == listed)
    cells = form(field.line) if field.line else ()
    rows = [
        tuple(table.told(getattr(line, cell.name) or "") for cell in cells)
        for line in getattr(document, listed)
    ]
    return tuple(cell.label for cell in cells), rows


def document_table(desk: Desk, kind: str, rows: int = 6) -> str:
    """The main table of a document, short.

    Args:
        desk: the record.
        kind: of the document.
        rows: at most so many; 0 for all.
    """
    document = desk.papers.load(kind)
    if document is None or document.is_empty:
        return missing(desk, "it is not written yet.", kind)
    found = next((each for each in _blocks(desk, kind) if isinstance(each, Table)), None)
    if found is None:
        return ""
    return table.shown(table.narrow(found, _NARROW), rows, "line")


def _blocks(desk: Desk, kind: str) -> list[Block]:
    """The blocks of a document as a report shows them."""
    document = desk.papers.load(kind)
    if document is None:
        return []
    known = _known(desk, document)
    shown = [*without(kind, named(document.blocks(desk.papers), known))]
    if document.HAS_CHART:
        # The figure shows what branches.
        shown = [each for each in shown if not isinstance(each, Tree)]
    computed = _computed(kind, document.figures(desk.papers), known)
    return [
        *_extra(desk, kind, document),
        *in_currency((*computed, *shown), desk.project.body.currency),
    ]


def _known(desk: Desk, document: Document) -> dict[str, str]:
    """Ids that stand in a document -> what they are called."""
    own = {id: called(line) for id, line in lines(document).items() if id and called(line)}
    runs = {id: title_of(desk, each) for id, each in desk.every_analysis.items()}
    return {**runs, **referred(document, desk.papers), **own}


def _computed(kind: str, figures: tuple[Figure, ...], known: Mapping[str, str]) -> list[Block]:
    left = LEFT_OUT.get(kind, frozenset())
    rows = tuple(
        (everywhere(each.label, known), everywhere(each.text, known))
        for each in figures
        if "*" not in left
        and each.label not in left
        and not each.name.startswith(("score_", "total_", "load of "))
    )
    return [Fields(rows)] if rows else []


def _extra(desk: Desk, kind: str, document: Any) -> list[Block]:  # noqa: ANN401  of its kind
    """What several fields of a form say together."""
    if kind == "charter":
        from dmaic.project.standing.standing import goal_of

        goal = goal_of(desk.view, desk.project.id)
        rows = [("Goal", goal_text(goal))] if goal else []
        if document.annual_cost:
            rows.append(("Cost of the problem", f"{_money(desk, document.annual_cost)} a year"))
        return [Fields(tuple(rows))] if rows else []
    if kind == "solutions":
        # Their costs stand in the table, and not in the sums above it.
        dropped = [each.name for each in document.solutions if each.status == "dropped"]
        return [Fields((("Costs without", f"{'; '.join(dropped)} (dropped)"),))] if dropped else []
    if kind == "pilot":
        rows = []
        unit = f" {document.unit}" if document.unit else ""
        if document.measured is not None:
            told = f"{document.measure or 'Measured'}: {document.measured:g}{unit}"
            if document.measured_control is not None:
                told += f", {document.measured_control:g}{unit} in the control group"
            rows.append(("Result", told))
        if document.decision:
            by = ", ".join(str(each) for each in (document.decided_by, document.decided_on) if each)
            rows.append(("Decision", f"{document.decision}{f' ({by})' if by else ''}"))
        return [Fields(tuple(rows))] if rows else []
    return []


def definitions_section(desk: Desk) -> str:
    """The terms as the team defined them, whole.

    Args:
        desk: the record.
    """
    from dmaic.documents.measure.definitions import OperationalDefinitions

    document = desk.papers.get(OperationalDefinitions)
    if document.is_empty:
        return table.markdown((Note("No term is defined yet."),))
    blocks: list[Block] = []
    for term in document.terms:
        rows = tuple(
            (cell.label, str(getattr(term, cell.name)))
            for cell in form(type(term))
            if cell.name != "term" and not is_blank(getattr(term, cell.name))
        )
        blocks += [Note(term.term, strong=True), *((Fields(rows),) if rows else ())]
    return table.markdown(blocks)
