"""The kinds of items that belong to a project: kind -> where its model is."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from dmaic.project.entity import Entity

KINDS: dict[str, str] = {
    "member": "team:Member",
    "function-waiver": "team:FunctionWaiver",
    "action": "action:Action",
    "risk": "logbook:Risk",
    "issue": "logbook:Issue",
    "decision": "logbook:Decision",
    "document": "paper:Paper",
    "gate": "gate_state:GateState",
    "step": "step:StepMark",
    "dataset": "dataset:Dataset",
    "analysis": "analysis:SavedAnalysis",
    "history": "history:History",
}
"""Name in the store -> `module:Class` under `dmaic.project`."""


def entity_class(kind: str) -> type[Entity]:
    """The model of a kind.

    Args:
        kind: one of `KINDS`.
    """
    module, _, name = KINDS[kind].partition(":")
    return cast("type[Entity]", getattr(import_module(f"dmaic.project.{module}"), name))
