"""The phases in a report: how far each is, its tollgate, its documents and analyses."""

from __future__ import annotations

from datetime import date
from typing import Any

from dmaic.block import Block, Fields, Note
from dmaic.documents.registry import KINDS
from dmaic.reports import table
from dmaic.reports.content_document import document_data
from dmaic.reports.content_gate import gate_data
from dmaic.reports.content_money import asks_for_money
from dmaic.reports.content_project import STATES, standing_rows
from dmaic.reports.desk import Desk, asked_by
from dmaic.reports.words import for_readers

_STEP = {"done": "good", "open": "todo", "skipped": "warn"}


def phases_data(
    desk: Desk, analyses: list[dict[str, Any]], actions: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Every phase as layouts read it.

    Args:
        desk: the record.
        analyses: as layouts read them.
        actions: likewise.
    """
    found = []
    for phase, far in zip(desk.template.phases, desk.progress.phases, strict=True):
        found.append(
            {
                "name": phase.name,
                "title": phase.title,
                "purpose": phase.purpose,
                "state": far.state,
                "sign": STATES[far.state],
                "done": far.ready,
                "of": far.counted,
                "approved_on": _approved_on(desk, phase.name),
                "steps": [
                    {
                        "title": each.title,
                        "explain": each.explain,
                        "state": each.state,
                        "sign": _STEP[each.state],
                        "reason": for_readers(desk, each.reason),
                        "optional": each.optional,
                    }
                    for each in far.steps
                ],
                "gate": gate_data(desk, desk.judged[phase.name]),
                "documents": [document_data(desk, kind) for kind in documents_of(desk, phase.name)],
                "analyses": [each for each in analyses if each["phase"] == phase.name],
                "not_run": [
                    {
                        "title": step.title,
                        "why": desk.skipped.get(asked_by(step), "it was not run yet."),
                    }
                    for step in desk.never_run(phase)
                ],
                "money": asks_for_money(phase),
                "actions": [each for each in actions if each["phase"] == phase.name],
            }
        )
    return found


def _approved_on(desk: Desk, phase: str) -> date | None:
    gate = desk.gates.get(phase)
    return gate.approved_on if gate is not None else None


def documents_of(desk: Desk, phase: str) -> list[str]:
    """The documents of a phase: those that its steps fill, then others of it that were begun.

    Args:
        desk: the record.
        phase: its name.
    """
    every = [each for one in desk.template.phases for each in one.steps if each.document]
    asked = [each.document for each in desk.template.phase(phase).steps if each.document]
    elsewhere = {each.document for each in every}
    begun = {str(row.key) for row in desk.view.rows(desk.project.id, ["document"])}
    more = [
        kind
        for kind, (module, _) in KINDS.items()
        if kind in begun and kind not in elsewhere and module.split(".")[0] == phase
    ]
    return [*dict.fromkeys((*asked, *more))]


def standing_section(data: dict[str, Any]) -> str:
    """Where the project stands, a line a fact.

    Args:
        data: all that layouts read.
    """
    return table.markdown((Fields(tuple(standing_rows(data))),))


def next_section(data: dict[str, Any]) -> str:
    """What comes next.

    Args:
        data: all that layouts read.
    """
    step, project = data["next"], data["project"]
    if step["closed"]:
        told = project["reason"] or "The project is closed."
        following = project["following"]
        blocks: list[Block] = [Note(f"The project is closed. {told}".strip())]
        if data["project"]["reason"] == "":
            blocks = [Note("The project is closed.")]
        if following:
            blocks.append(Note(f"The next cycle has begun: {following}."))
        return table.markdown(blocks)
    rows = [("Next", step["title"]), ("Why", step["why"])]
    if step["command"]:
        rows.append(("Command", step["command"]))
    return table.markdown((Fields(tuple(rows)),))
