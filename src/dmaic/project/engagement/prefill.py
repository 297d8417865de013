"""The documents that a project begins with, filled in by its template."""

from __future__ import annotations

from collections.abc import Mapping

from dmaic.documents.base import Document
from dmaic.project.engagement.kept_package import package_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.paper.paper import Paper
from dmaic.project.store.work import Work


def fill_in(work: Work, project: str, documents: Mapping[str, Document]) -> None:
    """Begin documents; one that is begun already stays as it is.

    Args:
        work: to write in.
        project: id of the project.
        documents: kind -> document.
    """
    begun = {each.body.document for each in work.all(Paper, project)}
    for document in documents.values():
        if document.KIND not in begun and not document.is_empty:
            body = Paper(document=document.KIND, fields=document.model_dump(mode="json"))
            work.add(body, project)


def fill_in_again(work: Work, project: Stored[Project]) -> None:
    """Begin the documents of the next cycle with the answers of the one before.

    Args:
        work: to write in.
        project: the new one, which follows the same template.

    Raises:
        StoreError: as `package_of`.
    """
    resolved = package_of(work, project)
    if resolved is not None and resolved.documents:
        from dmaic.engagements.render import render

        documents = render(resolved, project.body.template.answers).documents
        fill_in(work, project.id, documents)
