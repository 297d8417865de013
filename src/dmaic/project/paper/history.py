"""How a document became what it is: its versions, read from the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dmaic.documents.base import Document
from dmaic.documents.registry import document_class
from dmaic.errors import NotFoundError
from dmaic.project.paper.paper import Paper, opened
from dmaic.project.store.difference import Difference, differences
from dmaic.text import name_list

if TYPE_CHECKING:
    from dmaic.project.store.view import View


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
                    tuple(differences(whole_fields(kind, before), whole_fields(kind, after))),
                )
            )
    return found


def whole_fields(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the empty ones: a field that did not exist yet was not changed.

    Args:
        kind: of the document.
        fields: as they are kept.
    """
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


def moment(at: str) -> str:
    """A moment of the journal to the minute, `2025-03-01 14:05`; the journal is in UTC."""
    return at[:16].replace("T", " ")
