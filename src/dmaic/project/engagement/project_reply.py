"""Projects as people see them: a line each, or one with what belongs to it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dmaic.block import Block, Fields, Heading
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.view import View
from dmaic.reply import Heads, Listing, Page
from dmaic.text import plural

_COUNTED = (("member", "person", "people"), ("action", "action", "actions"),
            ("document", "document", "documents"), ("dataset", "dataset", "datasets"),
            ("analysis", "analysis", "analyses"))  # fmt: skip


class ProjectReply(Page):
    """One project.

    Attributes:
        id: of the project.
        project: its fields.
        previous, following: names of the projects of the cycle before and after, or empty.
        counts: what belongs to it: kind -> how many.
    """

    kind: str = "project"
    id: str
    project: Project
    previous: str = ""
    following: str = ""
    counts: dict[str, int]

    def blocks(self) -> tuple[Block, ...]:
        """The facts, label by label."""
        body = self.project
        mark = body.template
        held = ", ".join(
            plural(self.counts[kind], one, many)
            for kind, one, many in _COUNTED
            if self.counts.get(kind)
        )
        facts = (
            ("Id", self.id),
            ("State", f"{body.state}: {body.reason}" if body.reason else body.state),
            ("Template", f"{mark.name} {mark.version} ({mark.hash[:12]})"),
            ("Sponsor", body.sponsor),
            ("Start", str(body.start or "")),
            ("Target date", str(body.target_date or "")),
            ("Pareto group", body.group),
            ("Currency", body.currency),
            ("Cycle before", self.previous),
            ("Cycle after", self.following),
            ("Holds", held or "nothing yet"),
        )
        seldom = {"Cycle before", "Cycle after", "Pareto group"}
        return (
            Heading(body.name, 1),
            Fields(tuple((label, text) for label, text in facts if text or label not in seldom)),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row."""
        fields = self.project.model_dump(mode="json", exclude={"template"})
        mark = self.project.template
        more = {"template": mark.name, "template_version": mark.version, "template_hash": mark.hash}
        row = {"id": self.id, **fields, **more}
        return tuple(row), [tuple(row.values())]


def project_reply(view: View, project: Stored[Project]) -> ProjectReply:
    """One project with what belongs to it.

    Args:
        view: to read from.
        project: any.
    """
    body = project.body
    names = {each.id: each.body.name for each in view.all(Project)}
    return ProjectReply(
        id=project.id,
        project=body,
        previous=names.get(body.previous or "", ""),
        following=names.get(body.following or "", ""),
        counts=dict(Counter(row.kind for row in view.rows(project.id))),
        next=("dmaic status",) if body.state == "open" else (),
    )


def project_list(view: View, used: str | None) -> Listing:
    """The projects of the engagement, in the order in which they were started.

    Args:
        view: to read from.
        used: id of the project that commands work on, or None.
    """
    projects = view.all(Project)
    items = tuple(
        {
            "id": each.id,
            "name": each.body.name,
            "state": each.body.state,
            "in_use": each.id == used,
            "group": each.body.group,
            "sponsor": each.body.sponsor,
            "start": str(each.body.start or ""),
            "target_date": str(each.body.target_date or ""),
            "template": each.body.template.name,
            "template_version": each.body.template.version,
            "previous": each.body.previous,
            "following": each.body.following,
        }
        for each in projects
    )
    return Listing(
        kind="project-list",
        title=plural(len(items), "project"),
        items=items,
        shown=(
            Heads(field="name", title="Project", wrap=True),
            Heads(field="id", title="Id", keep=90),
            Heads(field="state", title="State", keep=80),
            Heads(field="target_date", title="Target date", keep=60),
            Heads(field="group", title="Group", keep=40),
            Heads(field="template", title="Template", keep=30),
        ),
        texts=tuple(
            {"state": f"{item['state']}, in use" if item["in_use"] else str(item["state"])}
            for item in items
        ),
        empty="There is no project yet.",
        next=() if items else ('dmaic project new "NAME"',),
    )
