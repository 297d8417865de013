"""The engagement and its projects, as they are kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, SerializerFunctionWrapHandler, model_serializer

from dmaic.errors import ConflictError
from dmaic.project.entity import Entity, Name, Named, Stored, Text
from dmaic.result import Frozen
from dmaic.text import printable


def _code(text: str) -> str:
    code = text.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise ValueError("is no currency code, such as USD or EUR")
    return code


Currency = Annotated[str, AfterValidator(_code)]
"""Three letters, as in ISO 4217."""


class Engagement(Entity):
    """The root item: one a database.

    Attributes:
        name: what the engagement is called.
    """

    kind: ClassVar[str] = "engagement"
    name: Name

    @property
    def key(self) -> str:
        """There is one."""
        return "engagement"

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class TemplateMark(Frozen):
    """Which template a project follows.

    Attributes:
        name, version: of the template.
        hash: SHA-256 of its content; the content is kept in the engagement under it.
        package: SHA-256 of the template with its answers open, which is kept likewise; empty in
            projects that were begun before templates were packages.
        source: how the template can be had again: a name, a path or an address.
        answers: to the questions that it asks.
    """

    name: str
    version: str
    hash: str
    package: str = ""
    source: str = ""
    answers: dict[str, Any] = Field(default_factory=dict)

    @model_serializer(mode="wrap")
    def _as_it_was(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # What an older project does not say is not said for it: its file stays byte for byte.
        said: dict[str, Any] = dump(self)
        return {name: each for name, each in said.items() if each or name in ("name", "version")}


class Project(Named):
    """One DMAIC project.

    Attributes:
        name: what it is called.
        template: the template it follows.
        sponsor: who pays for it and asks for it.
        start: first day.
        target_date: day by which it shall be closed.
        group: the Pareto group it works on, such as a segment; or empty.
        state: whether it is worked on.
        reason: why it was closed, or opened again.
        previous, following: ids of the projects of the cycle before and after, or None.
        default_dataset: id of the dataset that analyses use without FILE, or None.
        currency: code of the currency of its figures.
    """

    kind: ClassVar[str] = "project"
    template: TemplateMark
    sponsor: Text = ""
    start: date | None = None
    target_date: date | None = None
    group: Text = ""
    state: Literal["open", "closed"] = "open"
    reason: Text = ""
    previous: str | None = None
    following: str | None = None
    default_dataset: str | None = None
    currency: Currency = "USD"


def refuse_closed(project: Stored[Project]) -> None:
    """Hold a closed project as it was: what it claims rests on what it holds.

    Args:
        project: that shall be changed.

    Raises:
        ConflictError: `project.closed`.
    """
    if project.body.state == "closed":
        raise ConflictError(
            f'"{printable(project.body.name, 60)}" is closed, and stays as it was.',
            "project.closed",
            f'Open it again first: dmaic project reopen {project.id} --reason "..."',
        )
