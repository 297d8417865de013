"""A template drawn from a project as people see it: what stays, and what was taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from dmaic.block import Block, Check, Checks, Fields, Heading, Note
from dmaic.documents.registry import document_class
from dmaic.project.template.from_project import Drawn
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.text import plural, printable, some

_LONG = 200


class StayingPart(Frozen):
    """Something of a document that stays.

    Attributes:
        document: kind of document.
        path: of the field or the line.
        text: what it says.
    """

    document: str
    path: str
    text: str


class RemovedPart(Frozen):
    """Something that was taken out.

    Attributes:
        document: kind of document, or what else it is.
        path: of the field or the line; empty where all of it stays behind.
        why: why.
        count: how many things, where it is more than one.
    """

    document: str
    path: str = ""
    why: str
    count: int = 1


class DrawnTemplate(Page):
    """A template was drawn from a project.

    Attributes:
        name: of the template.
        folder: where it was written; empty where nothing was.
        extends: the built-in template that it extends, or empty.
        stays: what a new project begins with.
        removed: what stays behind.
    """

    kind: str = "template-drawn"
    name: str
    folder: str = ""
    extends: str = ""
    stays: tuple[StayingPart, ...] = ()
    removed: tuple[RemovedPart, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """The sentence, what stays word for word, and what was taken out."""
        kept = len({each.document for each in self.stays})
        out = sum(each.count for each in self.removed)
        what = f"{plural(kept, 'document')} filled in, {plural(out, 'thing')} taken out"
        told = (
            f'Wrote the template "{self.name}" to {self.folder}: {what}.'
            if self.folder
            else f'Would do: Write the template "{self.name}": {what}.'
        )
        base = f"It extends {self.extends}: phases and tollgates come from there."
        blocks: list[Block] = [Note(told, True), *((Note(base),) if self.extends else ())]
        blocks += stays_blocks(self.stays)
        rows = tuple(_removed(self.removed))
        if rows:
            blocks += [Heading("Taken out"), Fields(rows)]
        return (
            *blocks,
            Note("Read what stays: only a person knows what else gives a client away."),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a thing."""
        rows: list[tuple[Any, ...]] = [
            ("stays", each.document, each.path, each.text, "", 1) for each in self.stays
        ]
        rows += [
            ("removed", each.document, each.path, "", each.why, each.count) for each in self.removed
        ]
        return ("how", "document", "path", "text", "why", "count"), rows


def stays_blocks(parts: Iterable[StayingPart]) -> list[Block]:
    """What stays, by document.

    Args:
        parts: what stays.
    """
    by: dict[str, list[StayingPart]] = {}
    for each in parts:
        by.setdefault(each.document, []).append(each)
    blocks: list[Block] = []
    for kind, held in by.items():
        rows = tuple(Check("plain", f"{each.path}  {printable(each.text, _LONG)}") for each in held)
        blocks += [Heading(f"Stays in the {document_class(kind).called()}"), Checks(rows)]
    return blocks


def _removed(parts: Iterable[RemovedPart]) -> list[tuple[str, str]]:
    by: dict[str, list[RemovedPart]] = {}
    for each in parts:
        by.setdefault(each.document, []).append(each)
    rows = []
    for what, held in by.items():
        if held[0].path:
            reasons = Counter(each.why for each in held)
            told = some([f"{why} ({count})" if count > 1 else why
                         for why, count in reasons.most_common()], 4)  # fmt: skip
            rows.append((what, f"{plural(len(held), 'entry', 'entries')}: {told}"))
        else:
            rows.append((what, f"all of it: {held[0].why}" if held[0].why else str(held[0].count)))
    return rows


def drawn_reply(drawn: Drawn, folder: str = "", next: tuple[str, ...] = ()) -> DrawnTemplate:
    """The reply of drawing a template from a project.

    Args:
        drawn: the template.
        folder: where it was written; empty where nothing was.
        next: commands that likely follow.
    """
    removed = [
        RemovedPart(document=kind, path=path, why=why)
        for kind, each in drawn.documents.items()
        for path, why in each.removed.items()
    ]
    removed += [RemovedPart(document=kind, why=why) for kind, why in drawn.dropped.items()]
    removed += [
        RemovedPart(document=what, why="", count=count) for what, count in drawn.counts.items()
    ]
    return DrawnTemplate(
        name=drawn.name,
        folder=folder,
        extends=drawn.base,
        stays=tuple(parts_of(drawn)),
        removed=tuple(removed),
        next=next,
    )


def parts_of(drawn: Drawn, kind: str = "") -> list[StayingPart]:
    """What stays.

    Args:
        drawn: the template.
        kind: only of this document; empty: of all.
    """
    return [
        StayingPart(document=each, path=path, text=text)
        for each in ((kind,) if kind else drawn.documents)
        for path, text in drawn.stays(each)
    ]
