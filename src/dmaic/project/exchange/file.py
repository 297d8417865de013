"""The file of a whole project: what is in it, and its version."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from dmaic.project.data.dataset import Dataset
from dmaic.project.engagement.kept_package import KeptPackage
from dmaic.project.engagement.kept_template import KeptTemplate
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Name
from dmaic.result import Frozen

FORMAT = "dmaic-project"

VERSION = 1
"""It rises when a field changes its meaning; every later version reads all before it."""

LARGEST = 256 << 20
"""Bytes of a file that is read."""

MOST = 50_000
"""Items of a project that is read."""


def _moment(text: str) -> str:
    from datetime import datetime

    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("lacks its offset from UTC")
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-hj-km-np-z2-9]{8}$")]
Moment = Annotated[str, StringConstraints(max_length=40), AfterValidator(_moment)]


class Stamp(Frozen):
    """Who made a thing and changed it last, and when (UTC, ISO 8601)."""

    made_at: Moment
    made_by: Name
    changed_at: Moment
    changed_by: Name


class ExchangedProject(Stamp):
    """The project itself; ids of other projects are left out.

    Attributes:
        id: of the project.
        body: its fields.
    """

    id: Id
    body: Project


class ExchangedItem(Stamp):
    """One thing of the project, in the order in which they were made.

    Attributes:
        id: unique in the file.
        parent: id of the project, or of another item.
        kind: what it is; see `dmaic.project.store.kinds`.
        body: its fields, as the model of its kind has them.
    """

    id: Id
    parent: Id
    kind: str
    body: dict[str, Any]


class ExchangedHistory(Frozen):
    """A part of a journal; see `History`."""

    engagement: str
    entries: tuple[dict[str, Any], ...]


class ProjectFile(Frozen):
    """A whole project as a file.

    Attributes:
        format: `dmaic-project`.
        version: of the format.
        tool: version of dmaic that wrote it.
        project: the project.
        template: the template it follows, whole; None where it is not kept.
        package: the same with its answers open; None where it is not kept.
        items: everything that belongs to it.
        history: the journals it was written in, the oldest first.
    """

    format: Literal["dmaic-project"] = "dmaic-project"
    version: int = VERSION
    tool: str
    project: ExchangedProject
    template: KeptTemplate | None = None
    package: KeptPackage | None = Field(default=None, exclude_if=lambda package: package is None)
    items: tuple[ExchangedItem, ...] = Field(default=(), max_length=MOST)
    history: tuple[ExchangedHistory, ...] = ()


def alone(project: Project, items: set[str]) -> Project:
    """A project without what lies outside the file.

    Args:
        project: any.
        items: ids of the items in the file.
    """
    default = project.default_dataset if project.default_dataset in items else None
    return project.model_copy(
        update={"previous": None, "following": None, "default_dataset": default}
    )


def without_data(dataset: Dataset) -> Dataset:
    """A dataset as what is known of it: its snapshot and the paths of this machine stay here.

    Args:
        dataset: any.
    """
    said = {name: word for name, word in dataset.said.items() if name != "related"}
    return dataset.model_copy(
        update={
            "files": (),
            "said": said,
            "snapshot": None,
            "snapshot_sha256": None,
            "understood": None,
        }
    )
