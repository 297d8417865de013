"""The working documents of a project as they are kept, and one of them as a reply."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field, PrivateAttr, ValidationError

from dmaic.block import Block, Check, Checks, Heading, Note
from dmaic.documents.base import AnalysisFact, Document, Figure, Gap, Papers
from dmaic.documents.form import FormField, form
from dmaic.documents.parse import spell
from dmaic.documents.registry import KINDS, document_class
from dmaic.errors import DataError, StoreError
from dmaic.project.entity import Entity, Stored
from dmaic.reply import Page

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from dmaic.project.view import View
    from dmaic.project.work import Work

_TYPED = 40
"""A longer example is not offered for typing."""


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


class PaperReply(Page):
    """A document with what it computes and what it lacks.

    Attributes:
        document_kind: such as `charter`.
        title: as people read it.
        phase: where it is first written.
        purpose: what it is for.
        version: number of the operation that wrote it last, or None where it was never begun.
        changed_at, changed_by: when and who, or empty.
        complete: nothing is missing.
        body: the fields, as plain JSON types.
        gaps: what it lacks.
        figures: what it computes.
    """

    kind: str = "document"
    document_kind: str
    title: str
    phase: str
    purpose: str = ""
    version: int | None = None
    changed_at: str = ""
    changed_by: str = ""
    complete: bool = False
    body: dict[str, Any] = Field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    figures: tuple[Figure, ...] = ()

    _document: Document = PrivateAttr()
    _papers: Papers = PrivateAttr()

    @classmethod
    def of(
        cls,
        document: Document,
        papers: Papers | None = None,
        stored: Stored[Paper] | None = None,
        *,
        next: tuple[str, ...] = (),
    ) -> PaperReply:
        """The reply that shows a document.

        Args:
            document: what is shown.
            papers: the other documents of the project.
            stored: the item it is kept in.
            next: commands that likely follow.
        """
        known = papers or Papers()
        gaps = document.gaps(known)
        reply = cls(
            document_kind=document.KIND,
            title=document.TITLE,
            phase=document.PHASE,
            purpose=document.PURPOSE,
            version=stored.version if stored else None,
            changed_at=stored.changed_at if stored else "",
            changed_by=stored.changed_by if stored else "",
            complete=is_complete(document, known),
            body=document.model_dump(mode="json"),
            gaps=gaps,
            figures=document.figures(known),
            next=next,
        )
        reply._document, reply._papers = document, known
        return reply

    @property
    def document(self) -> Document:
        """The document itself, for charts."""
        return self._document

    @property
    def papers(self) -> Papers:
        """The other documents of the project, for charts."""
        return self._papers

    def blocks(self) -> tuple[Block, ...]:
        """The title, the document's own blocks, and what it lacks."""
        shown: list[Block] = [Heading(self.title, 1, self.changed_at[:10])]
        if self._document.is_empty:
            shown.append(Note(self.purpose))
        else:
            shown += self._document.blocks(self._papers)
        return (*shown, *gap_blocks(self.document_kind, self.gaps))

    def plot(self) -> Drawing:
        """The chart of the document.

        Raises:
            DataError: `document.no-chart`.
        """
        from importlib import import_module

        if not self._document.HAS_CHART:
            raise DataError(
                f"The {self.title.lower()} has no chart.",
                "document.no-chart",
                f"Documents with a chart are {', '.join(_drawn())}.",
            )
        name = self.document_kind.replace("-", "_")
        figure: Drawing = import_module(f"dmaic.charts.{name}").draw(self)
        return figure


def gap_blocks(kind: str, gaps: tuple[Gap, ...]) -> tuple[Block, ...]:
    """What a document lacks, each with the command that fills it; or that it is complete.

    Args:
        kind: of the document.
        gaps: what it lacks.
    """
    checks = tuple(
        Check(
            "bad" if gap.level == "missing" else "warn",
            gap.message,
            command=command_for(kind, gap.field),
        )
        for gap in gaps
    )
    if any(check.sign == "bad" for check in checks):
        return (Heading("Still missing"), Checks(checks))
    return (Checks((Check("good", "Complete."), *checks)),)


def command_for(kind: str, path: str) -> str:
    """The command that fills a field, as it is typed.

    Args:
        kind: of the document.
        path: of the field, such as `baseline` or `milestones.M1.due`.
    """
    model = document_class(kind)
    parts = path.split(".")
    each = next((each for each in form(model) if each.name == parts[0]), None)
    if each is None:
        return f"dmaic doc edit {kind}"
    if each.line is None:
        return f"dmaic doc set {kind} {each.name}={_said(each)}"
    cells = {cell.name: cell for cell in form(each.line)}
    if len(parts) == 3 and parts[2] in cells:
        return f"dmaic doc set {kind} {parts[1]}.{parts[2]}={_said(cells[parts[2]])}"
    if len(parts) > 1:
        return f"dmaic doc edit {kind}"
    lists = [other for other in form(model) if other.shape == "lines"]
    wanted = [cell for cell in cells.values() if cell.needed] or list(cells.values())[:1]
    words = " ".join(f"{cell.name}={_said(cell)}" for cell in wanted[:4])
    return f"dmaic doc add {kind} {f'{each.name} ' if len(lists) > 1 else ''}{words}"


def _said(each: FormField) -> str:
    """An example as it is typed in a shell; what is long is left to the person."""
    text = "" if each.example is None else spell(each, each.example)
    if not text and each.choices:
        text = each.choices[0]
    if not text or len(text) > _TYPED:
        return "..."
    return shlex.quote(text)


def is_complete(document: Document, papers: Papers) -> bool:
    """Nothing is missing; weak points do not count.

    Args:
        document: any.
        papers: the other documents of the project.
    """
    return all(gap.level != "missing" for gap in document.gaps(papers))


def _drawn() -> list[str]:
    return [kind for kind in KINDS if document_class(kind).HAS_CHART]
