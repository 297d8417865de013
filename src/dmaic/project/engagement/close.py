"""Closing a project, opening it again, removing it."""

from __future__ import annotations

from dmaic.errors import ConflictError
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.check import gate_states, open_phase
from dmaic.project.store.work import Work


def close(work: Work, project: Stored[Project], reason: str) -> Stored[Project]:
    """Close a project: its last tollgate is approved, or somebody says why it ends before.

    Args:
        work: to write in.
        project: an open one.
        reason: why; may be empty where every tollgate is approved.

    Raises:
        ConflictError: `project.gate-open`, a tollgate is not approved and no reason is given;
            `project.is-closed`.
    """
    if project.body.state == "closed":
        raise ConflictError(
            f'"{project.body.name}" is closed already.',
            "project.is-closed",
            f'Open it again with `dmaic project reopen {project.id} --reason "..."`.',
        )
    template = template_of(work, project)
    waiting = open_phase(template, gate_states(work, project.id))
    if waiting and not reason:
        raise ConflictError(
            f"The {template.phase(waiting).title} tollgate has not been approved, so the gain is "
            "not proven to last.",
            "project.gate-open",
            "See what it asks for with `dmaic gate check`, or close the project before its end: "
            'dmaic project close --reason "WHY".',
        )
    return work.change(
        project, project.body.model_copy(update={"state": "closed", "reason": reason})
    )


def reopen(work: Work, project: Stored[Project], reason: str) -> Stored[Project]:
    """Open a closed project again.

    Args:
        work: to write in.
        project: a closed one.
        reason: why.

    Raises:
        ConflictError: `project.is-open`.
    """
    if project.body.state == "open":
        raise ConflictError(f'"{project.body.name}" is open.', "project.is-open")
    return work.change(project, project.body.model_copy(update={"state": "open", "reason": reason}))


def remove(work: Work, project: Stored[Project]) -> None:
    """Remove a project with everything in it; the cycles before and after forget it.

    Args:
        work: to write in.
        project: any.
    """
    for each in work.all(Project):
        body = each.body
        if project.id in (body.previous, body.following):
            links = {
                "previous": None if body.previous == project.id else body.previous,
                "following": None if body.following == project.id else body.following,
            }
            work.change(each, body.model_copy(update=links))
    work.remove(project)
