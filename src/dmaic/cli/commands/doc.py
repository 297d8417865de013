"""`dmaic doc`: the working documents. Those that need a file or an editor are in `doc_file`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dmaic.cli.answer import Answer, ChartFace, Face
from dmaic.cli.commands.doc_file import edit, export, import_
from dmaic.cli.completion import complete_document
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing, reading, writing
from dmaic.errors import UsageError
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.documents.base import Document
    from dmaic.project.paper.paper import PaperState
    from dmaic.project.store.work import Work
    from dmaic.reply import Change

__all__ = ["add", "diff", "edit", "export", "history", "import_", "list_", "rm", "set_", "show"]

Kind = Annotated[
    str,
    typer.Argument(
        metavar="DOCUMENT", help="Such as charter.", autocompletion=complete_document,
        show_default=False,
    ),
]  # fmt: skip


@spread
def list_(
    face: Face,
    place: Place,
    phase: Annotated[
        Literal["define", "measure", "analyze", "improve", "control"] | None,
        typer.Option("--phase", help="Only those of this phase."),
    ] = None,
) -> Answer:
    """The documents and how complete they are.

    Example: dmaic doc list --phase define
    """
    face.check()
    from dmaic.project.paper.listing import paper_list

    with reading(place) as (_, view, project):
        return Answer("doc list", paper_list(view, project.id, phase), face)


@spread
def show(
    document: Kind,
    face: ChartFace,
    place: Place,
    version: Annotated[
        int | None,
        typer.Option("--version", metavar="NUMBER", help="As it was then; see doc history."),
    ] = None,
) -> Answer:
    """One document.

    Its fields, what is computed from them, and what it lacks, each gap with the command that fills
    it. Example: dmaic doc show charter
    """
    face.check()
    from dmaic.project.paper.history import document_of, version_at, versions
    from dmaic.project.paper.paper import PaperReply, papers, read_paper

    with reading(place) as (_, view, project):
        state = read_paper(view, project.id, document)
        known = papers(view, project.id)
        shown = state.document
        if version is None:
            return Answer("doc show", PaperReply.of(shown, known, state.stored), face)
        then = version_at(versions(view, project.id, shown.KIND), version, shown.KIND)
        reply = PaperReply.of(document_of(then, shown.KIND), known, at=then)
        return Answer("doc show", reply, face)


@spread
def set_(
    document: Kind,
    face: Face,
    place: Writing,
    fields: Annotated[
        list[str] | None,
        typer.Argument(metavar="FIELD=VALUE...", help="What to fill in; FIELD= empties it."),
    ] = None,
    file: Annotated[
        list[str] | None,
        typer.Option("--file", metavar="FIELD=PATH", help="Take a text from a file, or from -."),
    ] = None,
) -> Answer:
    """Fill fields of a document.

    A field of a line is named by the line's id: M1.due. Texts of a list are parted by ";". Example:
    dmaic doc set charter target=1.4 by=2025-12-31 in_scope="sign-up; onboarding"
    """
    face.check()
    from dmaic.documents.registry import document_class
    from dmaic.documents.typed import pairs_of, set_typed
    from dmaic.project.paper.paper import read_paper

    kind = document_class(document).KIND
    pairs, bare = pairs_of(fields or ())
    if bare:
        raise UsageError(f'"{printable(bare[0], 60)}" is no FIELD=VALUE.', "document.no-pair",
                         f"For example: dmaic doc set {kind} {_example(kind)}")  # fmt: skip
    pairs += [_from_file(each) for each in file or ()]
    if not pairs:
        raise UsageError("There is nothing to fill in.", "document.no-pair",
                         f"For example: dmaic doc set {kind} {_example(kind)}")  # fmt: skip
    with writing(place, f"doc set {kind}") as (_, work, project):
        state = read_paper(work, project.id, kind)
        new = set_typed(state.document, pairs)
        reply = _kept(work, project.id, state, new, f"Filled in the {new.called()}.")
    return Answer("doc set", reply, face)


@spread
def add(
    document: Kind,
    face: Face,
    place: Writing,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LIST] FIELD=VALUE...",
            help="The list, where there are several, and the fields of the line.",
            show_default=False,
        ),
    ] = None,
) -> Answer:
    """Add a line to a list of a document.

    The line is given its id. A value without FIELD= fills the first field. Example: dmaic doc add
    charter milestones "Measure tollgate" due=2025-03-31
    """
    face.check()
    from dmaic.documents.registry import document_class
    from dmaic.documents.typed import add_typed
    from dmaic.project.paper.paper import read_paper

    kind = document_class(document).KIND
    with writing(place, f"doc add {kind}") as (_, work, project):
        state = read_paper(work, project.id, kind)
        new, listed, line = add_typed(state.document, words or ())
        done = f"Added {line.id} to" if line is not None else "Added to"
        reply = _kept(work, project.id, state, new, f"{done} {listed.label.lower()}.")
    return Answer("doc add", reply, face)


@spread
def rm(
    document: Kind,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of the lines.")],
    face: Face,
    place: Writing,
) -> Answer:
    """Remove a line from a list of a document.

    Refused where something refers to the line. Example: dmaic doc rm charter M3
    """
    face.check()
    from dmaic.documents.fill import without_line
    from dmaic.documents.registry import document_class
    from dmaic.project.paper.paper import read_paper

    kind = document_class(document).KIND
    with writing(place, f"doc rm {kind}") as (_, work, project):
        state = read_paper(work, project.id, kind)
        new, gone = state.document, []
        for id in dict.fromkeys(word.strip().upper() for word in ids):
            new, line = without_line(new, id)
            gone.append(line.id)
        done = f"Removed {' and '.join(gone)} from the {new.called()}."
        reply = _kept(work, project.id, state, new, done)
    return Answer("doc rm", reply, face)


@spread
def history(document: Kind, face: Face, place: Place) -> Answer:
    """How a document became what it is.

    Its versions from the journal: number, when, who, which fields. Example: dmaic doc history
    charter
    """
    face.check()
    from dmaic.documents.registry import document_class
    from dmaic.project.paper.history import versions
    from dmaic.project.paper.history_reply import PaperHistory

    kind = document_class(document).KIND
    with reading(place) as (_, view, project):
        return Answer("doc history", PaperHistory.of(kind, versions(view, project.id, kind)), face)


@spread
def diff(
    document: Kind,
    face: Face,
    place: Place,
    first: Annotated[
        int | None, typer.Argument(metavar="[A]", help="A version.", show_default=False)
    ] = None,
    last: Annotated[
        int | None, typer.Argument(metavar="[B]", help="Another; now.", show_default=False)
    ] = None,
) -> Answer:
    """What changed between two versions of a document.

    Without numbers: what the last change was. With one: what changed since. Example: dmaic doc diff
    charter 12 20
    """
    face.check()
    from dmaic.documents.registry import document_class
    from dmaic.project.paper.history import compared, versions
    from dmaic.project.paper.history_reply import PaperDiff

    model = document_class(document)
    with reading(place) as (_, view, project):
        known = versions(view, project.id, model.KIND)
    return Answer("doc diff", PaperDiff.of(model.KIND, *compared(known, first, last, model)), face)


def _kept(work: Work, project_id: str, state: PaperState, new: Document, done: str) -> Change:
    from dmaic.project.paper.paper import keep_paper

    return keep_paper(work, project_id, state, new, done)


def _example(kind: str) -> str:
    from dmaic.project.paper.reply import example_pair

    return example_pair(kind)


def _from_file(said: str) -> tuple[str, str]:
    from dmaic.documents.exchange import read_text

    name, sign, path = said.partition("=")
    if not sign or not name.strip() or not path:
        raise UsageError(f'"{printable(said, 60)}" is no FIELD=PATH.', "document.no-pair",
                         "For example: --file problem=problem.txt")  # fmt: skip
    return name.strip(), read_text(Path(path)).rstrip("\r\n")
