"""The history of a document, and what differs between two of its versions, as replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dmaic.block import Block, Cells, Heading, Note, Table
from dmaic.documents.registry import document_class
from dmaic.project.paper.history import PaperVersion, moment, whole_fields
from dmaic.project.store.difference import differences
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.text import plural


class VersionLine(Frozen):
    """One version in a history.

    Attributes:
        version: number of the journal's entry.
        at, actor, command: when, who, and what was run.
        changed: paths of the fields that changed.
    """

    version: int
    at: str
    actor: str
    command: str
    changed: tuple[str, ...]


class PaperHistory(Page):
    """All versions of a document, newest first.

    Attributes:
        document_kind: such as `charter`.
        title: as people read it.
        versions: the versions.
    """

    kind: str = "document-history"
    document_kind: str
    title: str
    versions: tuple[VersionLine, ...] = ()

    @classmethod
    def of(cls, kind: str, known: Sequence[PaperVersion]) -> PaperHistory:
        """The history of a document.

        Args:
            kind: of the document.
            known: its versions, oldest first.
        """
        return cls(
            document_kind=kind,
            title=document_class(kind).TITLE,
            versions=tuple(
                VersionLine(
                    version=each.seq,
                    at=each.at,
                    actor=each.actor,
                    command=each.command,
                    changed=tuple(one.path for one in each.changed),
                )
                for each in reversed(known)
            ),
            next=(f"dmaic doc diff {kind}",) if len(known) > 1 else (),
        )

    def blocks(self) -> tuple[Block, ...]:
        """A line a version."""
        rows = self.versions
        columns = (
            Cells("Version", tuple(str(row.version) for row in rows), right=True),
            Cells("When", tuple(moment(row.at) for row in rows), keep=90),
            Cells("Who", tuple(row.actor for row in rows), keep=80),
            Cells("Changed", tuple(_brief(row.changed) for row in rows), wrap=True, keep=95),
            Cells("Command", tuple(row.command for row in rows), keep=50),
        )
        empty = "It was never begun."
        return (
            Heading(f"History of the {document_class(self.document_kind).called()}", 1),
            Table(columns, empty=empty),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a version."""
        return (
            ("version", "at", "actor", "command", "changed"),
            [(v.version, v.at, v.actor, v.command, "; ".join(v.changed)) for v in self.versions],
        )


_NAMED = 6


def _brief(paths: tuple[str, ...]) -> str:
    shown = ", ".join(paths[:_NAMED])
    return shown + (f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else "") or "–"


class Changed(Frozen):
    """One field that differs between two versions.

    Attributes:
        field: path of the field.
        before, after: as text; None where there was nothing, or is nothing any more.
    """

    field: str
    before: str | None
    after: str | None


class PaperDiff(Page):
    """What changed between two versions of a document.

    Attributes:
        document_kind: such as `charter`.
        title: as people read it.
        first, last: the versions; 0 stands for the empty document.
        changed: the fields that differ.
    """

    kind: str = "document-diff"
    document_kind: str
    title: str
    first: int
    last: int
    changed: tuple[Changed, ...] = ()

    @classmethod
    def of(cls, kind: str, first: PaperVersion | None, last: PaperVersion) -> PaperDiff:
        """The difference of two versions.

        Args:
            kind: of the document.
            first: the earlier one; None for the empty document.
            last: the later one.
        """
        before, after = (whole_fields(kind, each.fields if each else {}) for each in (first, last))
        return cls(
            document_kind=kind,
            title=document_class(kind).TITLE,
            first=first.seq if first else 0,
            last=last.seq,
            changed=tuple(
                Changed(field=each.path, before=each.before, after=each.after)
                for each in differences(before, after)
            ),
        )

    def blocks(self) -> tuple[Block, ...]:
        """A line a field, before and after."""
        title = f"{self.title}: version {self.first} to {self.last}"
        rows = self.changed
        if not rows:
            return (Heading(title, 1), Note("Nothing differs."))
        columns = (
            Cells("Field", tuple(row.field for row in rows), wrap=True),
            Cells("Before", tuple(row.before or "" for row in rows), wrap=True),
            Cells("After", tuple(_after(row) for row in rows), wrap=True),
        )
        return (Heading(title, 1, plural(len(rows), "field")), Table(columns))

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a field."""
        return (
            ("field", "before", "after"),
            [(row.field, row.before, row.after) for row in self.changed],
        )


def _after(row: Changed) -> str:
    return "(removed)" if row.after is None else row.after
