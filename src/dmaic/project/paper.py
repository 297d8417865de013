"""The working documents of a project as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field, ValidationError

from dmaic.documents.base import AnalysisFact, Document, Papers
from dmaic.documents.registry import document_class
from dmaic.errors import StoreError
from dmaic.project.entity import Entity, Stored
from dmaic.project.paper_reply import PaperReply, is_complete

if TYPE_CHECKING:
    from dmaic.project.view import View
    from dmaic.project.work import Work

__all__ = [
    "Paper",
    "PaperReply",
    "PaperState",
    "is_complete",
    "opened",
    "papers",
    "read_paper",
    "write_paper",
]


class Paper(Entity):
    """A working document, begun.

    Attributes:
        document: kind of document, such as `control-plan`.
        fields: its fields as plain JSON types, checked by the document's own model.
    """

    kind: ClassVar[str] = "document"
    document: str
    fields: dict[str, Any] = Field(default_factory=dict)

    @property
    def key(self) -> str:
        """The kind of document: a project has one of each."""
        return self.document


@dataclass(frozen=True, slots=True)
class PaperState:
    """A document as it was read.

    Attributes:
        document: its fields; empty ones where it was never begun.
        stored: the item it is kept in, or None.
    """

    document: Document
    stored: Stored[Paper] | None


def read_paper(view: View, project_id: str, kind: str) -> PaperState:
    """One document of a project.

    Args:
        view: to read from.
        project_id: of the project.
        kind: such as `charter`.

    Raises:
        NotFoundError: `document.unknown`.
        StoreError: `store.body`, what is kept does not fit the document's model.
    """
    model = document_class(kind)
    found = view.keyed(Paper, project_id, model.KIND)
    return PaperState(model() if found is None else opened(found.body), found)


def opened(paper: Paper) -> Document:
    """A kept document as a checked value.

    Raises:
        StoreError: `store.body`, what is kept does not fit the document's model.
    """
    try:
        return document_class(paper.document).model_validate(paper.fields)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise StoreError(
            f"The document {paper.document} cannot be read: {field}: {first['msg']}.",
            "store.body",
            "`dmaic log verify` says whether the record was changed by hand.",
        ) from error


def papers(view: View, project_id: str) -> Papers:
    """The documents and the evidence of a project, as far as a rule asks for them.

    What is kept is read at once, and checked when it is asked for; so it may be used after the
    reading has ended.

    Args:
        view: to read from.
        project_id: of the project.
    """
    kept = {each.body.document: each.body for each in view.all(Paper, project_id)}
    made: dict[str, Document | None] = {}

    def load(kind: str) -> Document | None:
        if kind not in made:
            made[kind] = opened(kept[kind]) if kind in kept else None
        return made[kind]

    return Papers(load, _facts(view, project_id))


def _facts(view: View, project_id: str) -> Mapping[str, AnalysisFact]:
    rows = view.rows(project_id, ["analysis", "dataset"])
    fingerprints = {row.id: row.body.get("sha256") for row in rows if row.kind == "dataset"}
    return {
        row.id: AnalysisFact(
            row.id,
            str(row.body.get("analysis", "")),
            fingerprints.get(str(row.body.get("dataset"))) != row.body.get("fingerprint"),
        )
        for row in rows
        if row.kind == "analysis"
    }


def write_paper(work: Work, project_id: str, state: PaperState, new: Document) -> Stored[Paper]:
    """Keep a document; nothing is written where it is as it was.

    Args:
        work: the transaction.
        project_id: of the project.
        state: the document as it was read.
        new: as it shall be.

    Raises:
        ConflictError: `conflict.changed`, somebody changed it since it was read.
    """
    body = Paper(document=new.KIND, fields=new.model_dump(mode="json"))
    if state.stored is None:
        return work.add(body, project_id)
    return work.change(state.stored, body)
