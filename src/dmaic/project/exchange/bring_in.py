"""Bring a project from a file into an engagement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dmaic.errors import ConflictError
from dmaic.project.checked import checked
from dmaic.project.engagement.kept_package import KeptPackage
from dmaic.project.engagement.kept_template import KeptTemplate
from dmaic.project.engagement.project import Project
from dmaic.project.entity import ENGAGEMENT, new_id
from dmaic.project.exchange.file import Stamp
from dmaic.project.record.history import History
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.project.entity import Entity, Stored
    from dmaic.project.exchange.read import Checked
    from dmaic.project.store.work import Work


def import_project(work: Work, read: Checked, name: str | None = None) -> Stored[Project]:
    """Write a project that was read from a file; one entry of the journal.

    Ids stay as they are; those that are taken here are replaced wherever they are named.

    Args:
        work: to write in.
        read: the file, checked.
        name: another name for the project, or None.

    Raises:
        ConflictError: `project.exists`, the name is taken.
    """
    project = read.project
    if name is not None:
        project = checked(Project, {**project.model_dump(), "name": name})
    taken = work.keyed(Project, ENGAGEMENT, project.key)
    if taken is not None:
        raise ConflictError(
            f'There is a project "{printable(taken.body.name, 60)}" already.',
            "project.exists",
            'Give the new one another name: dmaic import FILE --name "NAME".',
        )
    file = read.file
    kept = file.template
    if kept is not None and work.keyed(KeptTemplate, ENGAGEMENT, kept.hash) is None:
        work.add(kept, ENGAGEMENT)
    package = file.package
    if package is not None and work.keyed(KeptPackage, ENGAGEMENT, package.hash) is None:
        work.add(package, ENGAGEMENT)
    renamed = _renamed(work, [file.project.id, *(item.id for item in file.items)])
    id = renamed.get(file.project.id, file.project.id)
    work.project = id
    made = work.place(_with(project, renamed), ENGAGEMENT, id, **_stamp(file.project))
    for item, body in zip(file.items, read.bodies, strict=True):
        work.place(
            _with(body, renamed),
            renamed.get(item.parent, item.parent),
            renamed.get(item.id, item.id),
            **_stamp(item),
        )
    for part in file.history:
        work.add(History(engagement=part.engagement, entries=part.entries), id)
    return made


def _stamp(item: Stamp) -> dict[str, str]:
    return {name: getattr(item, name) for name in Stamp.model_fields}


def _renamed(work: Work, ids: list[str]) -> dict[str, str]:
    """Id -> new id, of those that are taken here."""
    return {id: new_id() for id in ids if work.row(id) is not None}


def _with(body: Any, renamed: dict[str, str]) -> Any:  # noqa: ANN401  the same class
    """The body with new ids in the place of the old, wherever a text names them."""
    if not renamed:
        return body
    words = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(renamed)})(?![A-Za-z0-9])")

    def told(value: Any) -> Any:  # noqa: ANN401  any JSON
        if isinstance(value, str):
            return words.sub(lambda found: renamed[found[0]], value)
        if isinstance(value, dict):
            return {told(name): told(each) for name, each in value.items()}
        return [told(each) for each in value] if isinstance(value, list) else value

    entity: Entity = type(body).model_validate(told(body.model_dump(mode="json")))
    return entity
