"""The template of a project, kept in the engagement: it does not change when the package does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import ValidationError

from dmaic.engagements.content import content_hash, content_of
from dmaic.engagements.template import Template
from dmaic.errors import StoreError
from dmaic.project.engagement.project import Project, TemplateMark
from dmaic.project.entity import ENGAGEMENT, Entity, Stored
from dmaic.project.store.view import View
from dmaic.project.store.work import Work

if TYPE_CHECKING:
    from dmaic.engagements.resolved import Filled, Resolved


class KeptTemplate(Entity):
    """The content of a template, as it was when a project began to follow it.

    Attributes:
        name, version: of the template.
        hash: SHA-256 of the content.
        content: the template as plain JSON types.
    """

    kind: ClassVar[str] = "template"
    name: str
    version: str
    hash: str
    content: dict[str, Any]

    @property
    def key(self) -> str:
        """The content's fingerprint."""
        return self.hash

    @property
    def label(self) -> str:
        """Its name and version."""
        return f"{self.name} {self.version}"


def keep(work: Work, resolved: Resolved, filled: Filled) -> TemplateMark:
    """Keep a template in the engagement, once: with its answers open, and filled in.

    Args:
        work: to write with.
        resolved: the template.
        filled: the same with a project's answers; see `render`.

    Returns:
        What a project remembers of it.
    """
    from dmaic.project.engagement.kept_package import keep_package

    template, content = filled.template, content_of(filled.template)
    hash = content_hash(content)
    if work.keyed(KeptTemplate, ENGAGEMENT, hash) is None:
        body = KeptTemplate(
            name=template.name, version=template.version, hash=hash, content=content
        )
        work.add(body, ENGAGEMENT)
    return TemplateMark(
        name=template.name,
        version=template.version,
        hash=hash,
        package=keep_package(work, resolved),
        source=resolved.source,
        answers=dict(filled.answers),
    )


def template_of(view: View, project: Stored[Project]) -> Template:
    """The template that a project follows.

    Args:
        view: to read from.
        project: any.

    Raises:
        StoreError: `template.lost`, its content is not kept here; `template.changed`, the content
            is not what the project began with.
    """
    mark = project.body.template
    kept = view.keyed(KeptTemplate, ENGAGEMENT, mark.hash)
    if kept is None:
        raise _broken(
            f"The template {mark.name} {mark.version} is not kept here.", code="template.lost"
        )
    content = kept.body.content
    if content_hash(content) != mark.hash:
        raise _broken(f"The template {mark.name} was changed by hand.", code="template.changed")
    try:
        return Template.model_validate(content)
    except ValidationError as error:
        raise _broken(
            f"The template {mark.name} cannot be read: {error.errors()[0]['msg']}.",
            code="template.changed",
        ) from error


def _broken(message: str, *, code: str) -> StoreError:
    return StoreError(
        message, code, "`dmaic log verify` looks into it; `dmaic restore` brings a backup back."
    )
