"""The template of a project, kept in the engagement: it does not change when the package does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import ValidationError

from dmaic.engagements.content import content_hash, content_of
from dmaic.engagements.template import Template
from dmaic.project.engagement.kept import Kept, broken, keep_once
from dmaic.project.engagement.project import Project, TemplateMark
from dmaic.project.entity import ENGAGEMENT, Stored
from dmaic.project.store.view import View
from dmaic.project.store.work import Work

if TYPE_CHECKING:
    from dmaic.engagements.resolved import Filled, Resolved


class KeptTemplate(Kept):
    """A template filled in with a project's answers, as when the project began to follow it."""

    kind: ClassVar[str] = "template"


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
    body = KeptTemplate(name=template.name, version=template.version, hash=hash, content=content)
    keep_once(work, body)
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
        raise broken(
            f"The template {mark.name} {mark.version} is not kept here.", code="template.lost"
        )
    content = kept.body.content
    if content_hash(content) != mark.hash:
        raise broken(f"The template {mark.name} was changed by hand.", code="template.changed")
    try:
        return Template.model_validate(content)
    except ValidationError as error:
        raise broken(
            f"The template {mark.name} cannot be read: {error.errors()[0]['msg']}.",
            code="template.changed",
        ) from error
