"""The working documents of a project as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field, ValidationError

from dmaic.documents.base import AnalysisFact, Document, Papers
from dmaic.documents.reference import lines
from dmaic.documents.registry import document_class
from dmaic.errors import StoreError
from dmaic.project.data.analysis import SavedAnalysis, is_stale
from dmaic.project.data.dataset import Dataset
from dmaic.project.entity import Entity, Stored
from dmaic.project.paper.mention import check_unmentioned
from dmaic.project.paper.reply import PaperReply, command_for, is_complete
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.project.store.view import View
    from dmaic.project.store.work import Work
    from dmaic.reply import Change

__all__ = [
    "Paper",
    "PaperReply",
    "PaperState",
    "is_complete",
    "keep_paper",
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
    analyses = view.all(SavedAnalysis, project_id)
    datasets = view.all(Dataset, project_id) if analyses else []
    return {
        each.id: AnalysisFact(each.id, each.body.analysis, is_stale(each.body, datasets))
        for each in analyses
    }


def write_paper(work: Work, project_id: str, state: PaperState, new: Document) -> Stored[Paper]:
    """Keep a document; nothing is written where it is as it was.

    Args:
        work: the transaction.
        project_id: of the project.
        state: the document as it was read.
        new: as it shall be.

    Raises:
        ConflictError: `conflict.changed`, somebody changed it since it was read;
            `document.referred`, a line is gone that something refers to.
    """
    gone = lines(state.document).keys() - lines(new).keys()
    check_unmentioned(papers(work, project_id), new, sorted(gone))
    body = Paper(document=new.KIND, fields=new.model_dump(mode="json"))
    if state.stored is None:
        return work.add(body, project_id)
    return work.change(state.stored, body)


def keep_paper(
    work: Work,
    project_id: str,
    state: PaperState,
    new: Document,
    done: str,
    *,
    more: tuple[str, ...] = (),
) -> Change:
    """Keep a document, and say what changed and what still lacks.

    Args:
        work: the transaction.
        project_id: of the project.
        state: the document as it was read.
        new: as it shall be.
        done: what happened, one sentence.
        more: further sentences.

    Raises:
        ConflictError: as for `write_paper`.
    """
    from dmaic.project.store.journal import differences

    # An empty document is not begun by saving it.
    begun = state.stored is not None or new != state.document
    item = write_paper(work, project_id, state, new) if begun else None
    gaps = new.gaps(papers(work, project_id))
    missing = [gap for gap in gaps if gap.level == "missing"]
    told = f"{plural(len(missing), 'thing is', 'things are')} still missing."
    following = command_for(new.KIND, missing[0].field) if missing else f"dmaic doc show {new.KIND}"
    reply = work.reply(
        done,
        item,
        next=(following,),
        more=(*more, told if missing else f"Nothing is missing in the {new.called()}."),
    )
    if state.stored is not None or not reply.touched:
        return reply
    # Of a document that was not there all is new; what was filled in is worth telling.
    before, after = (each.model_dump(mode="json") for each in (type(new)(), new))
    first = reply.touched[0].model_copy(update={"fields": differences(before, after)})
    return reply.model_copy(update={"touched": (first,)})
