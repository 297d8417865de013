"""A report composed: the layout of its kind, filled with what is known of the project."""

from __future__ import annotations

from datetime import date

from dmaic.layout.environment import fill
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.view import View
from dmaic.reports.content import Content
from dmaic.reports.layouts import layouts_of
from dmaic.reports.report import Report

PHASES = ("define", "measure", "analyze", "improve", "control")


def compose(
    view: View, project: Stored[Project], kind: str, today: date, *, draft: bool = False
) -> Report:
    """Compose a report of a project.

    Args:
        view: of the record.
        project: which.
        kind: name of the layout: a phase, `a3`, `executive`, `project`, or one of the template.
        today: as of which.
        draft: mark it as a draft.

    Raises:
        NotFoundError: `report.unknown`, the template has no such layout.
        DataError: the layout cannot be filled.
    """
    layouts = layouts_of(project.body.template.name)
    content = Content(view, project, today)
    # A phase without a layout of its own takes the one of phases.
    name = f"{kind}.md.j2" if f"{kind}.md.j2" in layouts else "phase.md.j2"
    context = content.data(kind)
    markdown = fill(name, layouts, context, content.functions())
    return Report(
        kind=kind,
        title=str(context["report"]["title"]),
        subtitle=project.body.name,
        project=project.body.name,
        sponsor=project.body.sponsor,
        day=today,
        markdown=markdown,
        figures=content.figures,
        draft=draft,
    )
