"""How a document became what it is: its versions, read from the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dmaic.block import Block, Cells, Heading, Note, Table
from dmaic.documents.base import Document
from dmaic.documents.registry import document_class
from dmaic.errors import NotFoundError
from dmaic.project.difference import Difference, differences
from dmaic.project.paper import Paper, opened
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.text import name_list, plural

if TYPE_CHECKING:
    from dmaic.project.view import View


@dataclass(frozen=True, slots=True)
class PaperVersion:
    """A document as one entry of the journal left it.

    Attributes:
        seq: number of the entry.
        at: when.
        actor: who.
        command: what was run.
        fields: the document's fields; empty where the entry took the document away.
        changed: what the entry changed in them.
    """

    seq: int
    at: str
    actor: str
    command: str
    fields: dict[str, Any]
    changed: tuple[Difference, ...]


def versions(view: View, project_id: str, kind: str) -> list[PaperVersion]:
    """All versions of a document, oldest first.

    Args:
        view: to read from.
        project_id: of the project.
        kind: of the document.
    """
    found = []
    for entry in view.operations():
        for change in entry.changes:
            row = change["after"] or change["before"]
            if (row["kind"], row["parent"], row["key"]) != (Paper.kind, project_id, kind):
                continue
            before, after = (
                side["body"]["fields"] if side else {}
                for side in (change["before"], change["after"])
            )
            found.append(
                PaperVersion(
                    entry.seq,
                    entry.at,
                    entry.actor,
                    entry.command,
                    after,
                    tuple(differences(_whole(kind, before), _whole(kind, after))),
                )
            )
    return found


def _whole(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """With the empty fields too: a field that did not exist yet was not changed."""
    return {**document_class(kind)().model_dump(mode="json"), **fields}


def version_at(known: Sequence[PaperVersion], seq: int, kind: str) -> PaperVersion:
    """The version that was current when an entry had been written.

    Args:
        known: all versions, oldest first.
        seq: number of any entry of the journal.
        kind: of the document, for the message.

    Raises:
        NotFoundError: `document.no-version`, the document was not begun then.
    """
    before = [each for each in known if each.seq <= seq]
    if before:
        return before[-1]
    raise NotFoundError(
        f"There was no {document_class(kind).called()} at version {seq}.",
        "document.no-version",
        f"Its versions are {name_list([str(each.seq) for each in known], 12)}."
        if known
        else "It was never begun.",
    )


def compared(
    known: Sequence[PaperVersion], first: int | None, last: int | None, model: type[Document]
) -> tuple[PaperVersion | None, PaperVersion]:
    """The two versions that a person wants compared.

    Args:
        known: all versions, oldest first.
        first: the earlier one; None for the one before the last change.
        last: the later one; None for the last.
        model: of the document.

    Raises:
        NotFoundError: `document.no-version`.
    """
    if not known:
        raise NotFoundError(
            f"The {model.called()} was never begun.",
            "document.no-version",
            f"Begin it: dmaic doc edit {model.KIND}.",
        )
    later = known[-1] if last is None else version_at(known, last, model.KIND)
    if first is None:
        return (known[-2] if len(known) > 1 else None), later
    return (None if first == 0 else version_at(known, first, model.KIND)), later


def document_of(version: PaperVersion, kind: str) -> Document:
    """The document as it was.

    Raises:
        StoreError: `store.body`, it does not fit the model of today.
    """
    return opened(Paper(document=kind, fields=version.fields))


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


def moment(at: str) -> str:
    """A moment of the journal to the minute, `2025-03-01 14:05`; the journal is in UTC."""
    return at[:16].replace("T", " ")


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
        before, after = (_whole(kind, each.fields if each else {}) for each in (first, last))
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
