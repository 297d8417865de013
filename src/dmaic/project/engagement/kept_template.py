"""The template of a project, kept in the engagement: it does not change when the package does."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import ValidationError

from dmaic.engagements.load import content_hash, content_of, load_template
from dmaic.engagements.template import Template
from dmaic.errors import StoreError
from dmaic.project.engagement.project import Project, TemplateMark
from dmaic.project.entity import ENGAGEMENT, Entity, Stored
from dmaic.project.store.view import View
from dmaic.project.store.work import Work


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


def keep(work: Work, word: str) -> TemplateMark:
    """Load a template and keep its content in the engagement, once.

    Args:
        work: to write with.
        word: as `load_template` takes it.

    Returns:
        What a project remembers of it.

    Raises:
        NotFoundError, DataError: as `load_template`.
    """
    template, hash = load_template(word)
    mark = TemplateMark(name=template.name, version=template.version, hash=hash)
    if work.keyed(KeptTemplate, ENGAGEMENT, hash) is None:
        work.add(
            KeptTemplate(
                name=template.name,
                version=template.version,
                hash=hash,
                content=content_of(template),
            ),
            ENGAGEMENT,
        )
    return mark


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
