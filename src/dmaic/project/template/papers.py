"""The documents of a project put together with those of a newer template."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from dmaic.documents.base import Document, Papers
from dmaic.documents.merge import Merge, Side, merged
from dmaic.documents.reference import lines
from dmaic.documents.registry import KINDS, document_class
from dmaic.documents.relabel import relabelled, taken_ids
from dmaic.project.paper.mention import mentions
from dmaic.project.template.memory import TemplateMemory

Documents = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class PaperMerge:
    """One document put together.

    Attributes:
        document: as it is to be.
        merge: every difference and who made it.
        held: it stays as it is, because a tollgate was judged on it; the differences wait.
    """

    document: Document
    merge: Merge
    held: bool = False


@dataclass(slots=True)
class PapersMerge:
    """All documents put together.

    Attributes:
        papers: kind -> what came of it, for documents that the template fills in.
        memory: what a later update must know.
    """

    papers: dict[str, PaperMerge] = field(default_factory=dict)
    memory: TemplateMemory = field(default_factory=TemplateMemory)


def merge_papers(
    base: Documents,
    mine: Documents,
    theirs: Documents,
    *,
    memory: TemplateMemory,
    held: Collection[str] = (),
    settled: Mapping[str, Side] | None = None,
) -> PapersMerge:
    """Put the documents of a project together with those of a newer template.

    Args:
        base: as the template filled them in before.
        mine: as the team has them.
        theirs: as the template fills them in now.
        memory: of earlier updates.
        held: kinds that stay as they are.
        settled: `KIND.PATH` of a clash -> whose word counts.
    """
    kinds = [kind for kind in KINDS if kind in base or kind in theirs]
    ids = {kind: dict(memory.ids.get(kind, {})) for kind in kinds}
    old = {kind: _known(base, kind, memory, ids) for kind in kinds}
    own = {kind: mine.get(kind) or document_class(kind)() for kind in kinds}
    new = {kind: theirs.get(kind) or document_class(kind)() for kind in kinds}
    for kind in kinds:
        ids[kind] |= taken_ids(old[kind], own[kind], new[kind], ids[kind])
    new = {kind: relabelled(new[kind], ids) for kind in kinds}
    needed: dict[str, set[str]] = {}
    made = _merge(kinds, (old, own, new), held, settled or {}, needed)
    # A line that the template gives up stays where the team refers to it.
    for kind in kinds:
        needed[kind] = _referred(made, mine, kind, own[kind])
    if any(needed.values()):
        made = _merge(kinds, (old, own, new), held, settled or {}, needed)
    behind = {kind: old[kind].model_dump(mode="json") for kind in kinds if made[kind].held}
    known = {kind: _still(ids[kind], theirs.get(kind)) for kind in kinds}
    kept = {kind: each for kind, each in known.items() if each}
    return PapersMerge(made, TemplateMemory(ids=kept, behind=behind))


def _known(
    base: Documents, kind: str, memory: TemplateMemory, ids: dict[str, dict[str, str]]
) -> Document:
    """What the team began with, under the ids that the project uses."""
    model = document_class(kind)
    if kind in memory.behind:
        return model.model_validate(memory.behind[kind])
    return relabelled(base.get(kind) or model(), ids)


def _merge(
    kinds: list[str],
    three: tuple[Documents, Documents, Documents],
    held: Collection[str],
    settled: Mapping[str, Side],
    needed: Mapping[str, set[str]],
) -> dict[str, PaperMerge]:
    made: dict[str, PaperMerge] = {}
    old, own, new = three
    for kind in kinds:
        document, notes = merged(
            old[kind],
            own[kind],
            new[kind],
            settled={
                path.removeprefix(f"{kind}."): side
                for path, side in settled.items()
                if path.startswith(f"{kind}.")
            },
            anchor="mine",
            needed=needed.get(kind, ()),
        )
        waits = kind in held and any(move.how != "kept" for move in notes.moves)
        made[kind] = PaperMerge(own[kind] if waits else document, notes, held=waits)
    return made


def _referred(made: dict[str, PaperMerge], mine: Documents, kind: str, own: Document) -> set[str]:
    """Lines that are gone from a document, although something refers to them."""
    document = made[kind].document
    gone = lines(own).keys() - lines(document).keys()

    def load(other: str) -> Document | None:
        return made[other].document if other in made else mine.get(other)

    papers = Papers(load)
    return {id for id in gone if mentions(papers, document, id)}


def _still(ids: Mapping[str, str], theirs: Document | None) -> dict[str, str]:
    """Other ids of the lines that the template still has."""
    there = lines(theirs)
    return {id: other for id, other in ids.items() if id in there}
