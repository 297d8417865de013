"""The kinds of items that belong to a project: kind -> where its model is."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from dmaic.project.entity import Entity

KINDS: dict[str, str] = {
    "member": "people.team:Member",
    "function-waiver": "people.team:FunctionWaiver",
    "action": "plan.action:Action",
    "risk": "plan.logbook:Risk",
    "issue": "plan.logbook:Issue",
    "decision": "plan.logbook:Decision",
    "document": "paper.paper:Paper",
    "gate": "gate.state:GateState",
    "step": "standing.step:StepMark",
    "dataset": "data.dataset:Dataset",
    "analysis": "data.analysis:SavedAnalysis",
    "benefit": "benefit.benefit:Benefit",
    "template-memory": "template.memory:TemplateMemory",
    "history": "record.history:History",
}
"""Name in the store -> `module:Class` under `dmaic.project`."""


def entity_class(kind: str) -> type[Entity]:
    """The model of a kind.

    Args:
        kind: one of `KINDS`.
    """
    module, _, name = KINDS[kind].partition(":")
    return cast("type[Entity]", getattr(import_module(f"dmaic.project.{module}"), name))
