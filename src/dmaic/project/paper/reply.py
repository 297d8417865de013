"""A working document as a reply: its fields, what it computes and what it lacks."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from pydantic import Field, PrivateAttr

from dmaic.block import Block, Check, Checks, Heading, Note
from dmaic.documents.base import Document, Figure, Gap, Papers
from dmaic.documents.exchange import records
from dmaic.documents.form import FormField, form
from dmaic.documents.parse import spell
from dmaic.documents.reference import legend, referred
from dmaic.documents.registry import KINDS, document_class
from dmaic.documents.table import sheets
from dmaic.errors import DataError
from dmaic.reply import Page
from dmaic.result import Sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from dmaic.project.entity import Stored
    from dmaic.project.paper.history import PaperVersion
    from dmaic.project.paper.paper import Paper

_BLANK = "..."
"""Stands where a person must write something of their own."""

_TYPED = 40
"""A longer example is not offered for typing."""


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
        at: PaperVersion | None = None,
        next: tuple[str, ...] = (),
    ) -> PaperReply:
        """The reply that shows a document.

        Args:
            document: what is shown.
            papers: the other documents of the project.
            stored: the item it is kept in.
            at: the version that is shown, where it is an earlier one.
            next: commands that likely follow.
        """
        known = papers or Papers()
        gaps = document.gaps(known)
        reply = cls(
            document_kind=document.KIND,
            title=document.TITLE,
            phase=document.PHASE,
            purpose=document.PURPOSE,
            version=at.seq if at else stored.version if stored else None,
            changed_at=at.at if at else stored.changed_at if stored else "",
            changed_by=at.actor if at else stored.changed_by if stored else "",
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
        shown: list[Block] = [Heading(self.title, 1, self._aside())]
        if self._document.is_empty:
            shown.append(Note(self.purpose))
        else:
            shown += self._document.blocks(self._papers)
            if type(self._document).blocks is Document.blocks:
                # Blocks of their own name what they point to.
                known = referred(self._document, self._papers)
                shown += (Heading("What the ids stand for"), *legend(known, known)) if known else ()
        return (*shown, *gap_blocks(self.document_kind, self.gaps))

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """The only list, or fields and values of the whole document, as `doc import` takes them."""
        return records(self._document)

    def sheets(self) -> tuple[Sheet, ...]:
        """The fields, then each list, as a form that `doc import` takes."""
        return sheets(self._document)

    def _aside(self) -> str:
        if self.version is None:
            return ""
        return f"version {self.version}, {self.changed_at[:10]}, {self.changed_by}"

    def plot(self) -> Drawing:
        """The chart of the document.

        Raises:
            DataError: `document.no-chart`.
        """
        from importlib import import_module

        if not self._document.HAS_CHART:
            raise DataError(
                f"The {self._document.called()} has no chart.",
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
            command=command_for(kind, gap.field, weak=gap.level == "weak"),
        )
        for gap in gaps
    )
    if any(check.sign == "bad" for check in checks):
        return (Heading("Still missing"), Checks(checks))
    return (Checks((Check("good", "Complete."), *checks)),)


def command_for(kind: str, path: str, *, weak: bool = False) -> str:
    """The command that fills a field, as it is typed.

    Args:
        kind: of the document.
        path: of the field, such as `baseline` or `milestones.M1.due`.
        weak: it is filled, and shall be looked at again.
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
    if len(parts) > 1 or weak:
        return f"dmaic doc edit {kind}"
    lists = [other for other in form(model) if other.shape == "lines"]
    wanted = [cell for cell in cells.values() if cell.needed] or list(cells.values())[:1]
    words = " ".join(f"{cell.name}={_said(cell)}" for cell in wanted[:4])
    return f"dmaic doc add {kind} {f'{each.name} ' if len(lists) > 1 else ''}{words}"


def example_pair(kind: str) -> str:
    """`field=value` for a field of a document, as it is typed.

    Args:
        kind: of the document.
    """
    model = document_class(kind)
    fields = [each for each in form(model) if each.shape != "lines"]
    if fields:
        first = next((each for each in fields if _said(each) != _BLANK), fields[0])
        return f"{first.name}={_said(first)}"
    listed = next(each for each in form(model) if each.line is not None)
    cell = form(listed.line)[0] if listed.line else listed
    return f"{listed.line.PREFIX if listed.line else ''}1.{cell.name}={_said(cell)}"


def _said(each: FormField) -> str:
    """An example as it is typed in a shell; what is long is left to the person."""
    text = "" if each.example is None else spell(each, each.example)
    if not text and each.choices:
        text = each.choices[0]
    if not text or len(text) > _TYPED:
        return _BLANK
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
