"""Tollgates: which one a project works towards, and how it stands."""

from __future__ import annotations

from dmaic.engagements.template import Template
from dmaic.project.entity import Stored
from dmaic.project.gate_reply import CriterionReply, GateReply
from dmaic.project.gate_state import GateState
from dmaic.project.kept_template import template_of
from dmaic.project.project import Project
from dmaic.project.view import View

__all__ = ["CriterionReply", "GateReply", "GateState", "current_phase", "gate_states"]


def gate_states(view: View, project_id: str) -> dict[str, GateState]:
    """The gates of a project that anything was done about, by phase.

    Args:
        view: to read from.
        project_id: of the project.
    """
    return {each.body.phase: each.body for each in view.all(GateState, project_id)}


def current_phase(view: View, project: Stored[Project]) -> str:
    """The phase that a project is in: the first whose tollgate is not approved.

    Args:
        view: to read from.
        project: any.

    Returns:
        Its name; the last phase's once every gate is approved.
    """
    template = template_of(view, project)
    found = open_phase(template, gate_states(view, project.id))
    return found or template.phases[-1].name


def open_phase(template: Template, gates: dict[str, GateState]) -> str:
    """The first phase whose tollgate is not approved, or an empty text.

    Args:
        template: that the project follows.
        gates: by phase.
    """
    for phase in template.phases:
        gate = gates.get(phase.name)
        if gate is None or gate.approval is None:
            return phase.name
    return ""
