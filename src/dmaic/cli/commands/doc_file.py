"""The commands of `dmaic doc` that read or write a file: edit, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dmaic.cli.answer import PANEL, Answer, Face
from dmaic.cli.completion import complete_document
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing, reading, writing
from dmaic.errors import ConflictError, DataError, DmaicError, Problem, UsageError
from dmaic.file import STDOUT
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.documents.base import Document
    from dmaic.project.paper.draft import Draft
    from dmaic.project.store.work import Work
    from dmaic.reply import Change

Kind = Annotated[
    str,
    typer.Argument(
        metavar="DOCUMENT",
        help="Such as charter.",
        autocompletion=complete_document,
        show_default=False,
    ),
]


@spread
def import_(
    document: Kind,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="YAML, JSON, CSV or XLSX; or -.")],
    face: Face,
    place: Writing,
    input_format: Annotated[
        Literal["yaml", "json", "csv", "xlsx"] | None,
        typer.Option("--input-format", help="Format of the file, where its ending says none."),
    ] = None,
    listed: Annotated[
        str | None,
        typer.Option("--list", metavar="NAME", help="The list that a table holds."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="What the file leaves out is emptied.")
    ] = False,
) -> Answer:
    """Fill a document from a file.

    Lines with a known id are changed, the others are added. Headings of tables are names or labels
    of fields. Example: dmaic doc import fmea fmea.xlsx
    """
    face.check([file])
    from dmaic.documents.assemble import assemble
    from dmaic.documents.exchange import read_piece
    from dmaic.documents.registry import document_class
    from dmaic.project.paper.paper import keep_paper, read_paper

    model = document_class(document)
    piece, notes = read_piece(file, model, format=input_format, listed=listed)
    with writing(place, f"doc import {model.KIND}") as (_, work, project):
        state = read_paper(work, project.id, model.KIND)
        new = assemble(piece, state.document, replace=replace)
        said = "standard input" if str(file) == "-" else printable(str(file))
        done = f"Filled the {new.called()} from {said}."
        reply = keep_paper(work, project.id, state, new, done, more=tuple(notes))
    return Answer("doc import", reply, face)


@spread
def export(
    document: Kind,
    place: Place,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            rich_help_panel=PANEL,
            help="Write to a file: .yaml, .json, .csv, .xlsx or .md.",
        ),
    ] = None,
    format: Annotated[
        Literal["yaml", "json", "csv", "xlsx", "md"] | None,
        typer.Option("--format", help="YAML, or what the ending says.", rich_help_panel=PANEL),
    ] = None,
    blank: Annotated[
        bool, typer.Option("--blank", help="The empty form instead of what was filled in.")
    ] = False,
) -> Answer | None:
    """Write a document to a file.

    What is written can be filled in elsewhere and imported again; Markdown is for reading. Example:
    dmaic doc export fmea -o fmea.xlsx --blank
    """
    from dmaic.cli.render import make_consoles, print_text, render, write_result
    from dmaic.documents.exchange import to_json, write_format
    from dmaic.documents.yaml_write import to_yaml
    from dmaic.output import write_text
    from dmaic.project.paper.paper import PaperReply, papers, read_paper
    from dmaic.reply import Change

    output = None if output == STDOUT else output
    chosen = format or write_format(output)
    if chosen == "xlsx" and (output is None or output.suffix.lower() != ".xlsx"):
        raise UsageError("A workbook needs a file.", "usage.output-format", "Add -o FILE.xlsx.")
    with reading(place) as (_, view, project):
        state = read_paper(view, project.id, document)
        known = papers(view, project.id)
    model = type(state.document)
    shown = model() if blank else state.document
    reply = PaperReply.of(shown, known, None if blank else state.stored)
    if chosen == "xlsx" and output is not None:
        write_result(reply, output)
    else:
        text = {"yaml": to_yaml, "json": to_json}.get(chosen, lambda _: "")(shown) or render(
            reply, format="csv" if chosen == "csv" else "md"
        )
        if output is None:
            print_text(text, make_consoles()[0])
            return None
        write_text(output, text)
    wrote = Change(done=f"Wrote the {model.called()} to {printable(str(output))}.")
    return Answer("doc export", wrote, Face())


@spread
def edit(document: Kind, face: Face, place: Writing) -> Answer:
    """Fill a document in your editor.

    VISUAL or EDITOR names it. The document is shown as YAML with help above every field; what is
    wrong is marked and can be mended. Example: dmaic doc edit charter
    """
    face.check()
    from dmaic.cli.ask import can_ask
    from dmaic.cli.editor import editor_named
    from dmaic.documents.registry import document_class
    from dmaic.documents.yaml_write import to_yaml
    from dmaic.project.engagement.project import refuse_closed
    from dmaic.project.paper.draft import begin, mark, read
    from dmaic.project.paper.paper import read_paper

    kind = document_class(document).KIND
    if place.no_input or not (can_ask() or editor_named()):
        raise UsageError("An editor needs somebody at a terminal.", "usage.editor",
                         f"Fill it by flags or a file: dmaic doc import {kind} FILE")  # fmt: skip
    with reading(place) as (home, view, project):
        refuse_closed(project)
        state = read_paper(view, project.id, kind)
        draft = begin(home, project.id, state)
        if draft.resumed and not face.quiet:
            _tell(f"Going on with your draft in {draft.path}. Delete the file to begin anew.")
    while True:
        text = _edited(draft, to_yaml(state.document))
        if not text.strip():
            raise UsageError("The draft was emptied; nothing was written.", "usage.not-confirmed")
        try:
            mine = read(draft, text)
            with writing(place, f"doc edit {kind}") as (_, work, project):
                reply = _saved(work, project.id, draft, mine)
            if not place.dry_run:
                draft.path.unlink(missing_ok=True)
            return Answer("doc edit", reply, face)
        except _OvertakenError as overtaken:
            draft, error = overtaken.draft, overtaken.error
        except DmaicError as wrong:
            mark(draft, text, wrong)
            error = wrong
        if not can_ask():
            raise _kept_draft(error, draft)
        if not _again(error):
            raise DataError(
                "Nothing was saved; your draft is kept.",
                "document.draft",
                f"`dmaic doc edit {kind}` goes on with it.",
                str(draft.path),
            )


def _edited(draft: Draft, before: str) -> str:
    """What the person wrote; a draft in which nothing was done is not kept."""
    from dmaic.cli.editor import open_editor
    from dmaic.project.paper.draft import text_of

    failed: DmaicError | None = None
    try:
        open_editor(draft.path)
    except DmaicError as error:
        failed = error
    text = text_of(draft)
    if text == before or not text.strip():
        draft.path.unlink(missing_ok=True)
    if failed is not None:
        raise _kept_draft(failed, draft) if draft.path.exists() else failed
    return text


class _OvertakenError(Exception):
    """Somebody else changed the document meanwhile; both changes are in the draft now."""

    def __init__(self, draft: Draft, error: DmaicError) -> None:
        super().__init__(str(error))
        self.draft, self.error = draft, error


def _saved(work: Work, project_id: str, draft: Draft, mine: Document) -> Change:
    from dmaic.project.paper.draft import base_of, rebase
    from dmaic.project.paper.paper import keep_paper, read_paper
    from dmaic.project.store.difference import differences

    state = read_paper(work, project_id, draft.model.KIND)
    version = state.stored.version if state.stored else 0
    if version == draft.base:
        title = mine.called()
        return keep_paper(work, project_id, state, mine, f"Saved the {title}.")
    before = base_of(work, project_id, draft).model_dump(mode="json")
    by = printable(state.stored.changed_by, 60) if state.stored else "Somebody"
    problems = [
        Problem(
            "conflict.changed",
            f"{by} changed the {mine.called()} while you edited it. Nothing was written.",
            "Both changes are in the draft now; where they clash, the line is marked with #!.",
        )
    ]
    for who, after in ((by, state.document), ("you", mine)):
        problems += [
            Problem("conflict.changed", f"{who}: {each.path}: {each.said}")
            for each in differences(before, after.model_dump(mode="json"))
        ]
    fresh, _ = rebase(work, project_id, draft, mine)
    raise _OvertakenError(fresh, ConflictError.of(problems))


def _again(error: DmaicError) -> bool:
    """Tell what is wrong, and ask whether the person wants to go on."""
    from dmaic.cli.ask import Option, make_asker

    asker = make_asker()
    asker.complain(error)
    choices = [Option(True, "Open the editor again", "y"), Option(False, "Leave the draft", "n")]
    try:
        return asker.pick("The draft is not saved yet", choices)
    except KeyboardInterrupt:
        return False


def _kept_draft(error: DmaicError, draft: Draft) -> DmaicError:
    last = Problem(
        "document.draft",
        "Your draft is kept.",
        f"`dmaic doc edit {draft.model.KIND}` goes on with it.",
        str(draft.path),
    )
    return type(error).of([*error.problems, last])


def _tell(text: str) -> None:
    from dmaic.cli.render import make_consoles
    from dmaic.cli.render.console import showable

    console = make_consoles()[1]
    console.print(showable(text, console), soft_wrap=True)
