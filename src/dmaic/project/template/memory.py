"""What a project remembers of how its template was put together with its own work."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from dmaic.project.entity import Entity
from dmaic.project.store.view import View
from dmaic.project.store.work import Work


class TemplateMemory(Entity):
    """What a later update must know, kept with the project once there is something to know.

    Attributes:
        ids: kind of document -> id of a line in the template -> its id in the project, where the
            team had given that id to a line of its own.
        behind: kind of document -> fields that the template had when the document was last put
            together with it, where an update passed the document over.
    """

    kind: ClassVar[str] = "template-memory"
    ids: dict[str, dict[str, str]] = Field(default_factory=dict)
    behind: dict[str, dict[str, Any]] = Field(default_factory=dict)

    @property
    def key(self) -> str:
        """There is one."""
        return "memory"


def memory_of(view: View, project_id: str) -> TemplateMemory:
    """What a project remembers; a blank one where there is nothing.

    Args:
        view: to read from.
        project_id: of the project.
    """
    found = view.keyed(TemplateMemory, project_id, "memory")
    return found.body if found is not None else TemplateMemory()


def remember(work: Work, project_id: str, memory: TemplateMemory) -> None:
    """Keep what a later update must know.

    Args:
        work: to write with.
        project_id: of the project.
        memory: all of it.
    """
    found = work.keyed(TemplateMemory, project_id, "memory")
    if found is not None:
        work.change(found, memory)
    elif memory != TemplateMemory():
        work.add(memory, project_id)
