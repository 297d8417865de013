"""A document in an editor: the draft, the version it began from, and what came of it.

The draft lies in the engagement's folder until it is saved, so nothing is lost when the editor, the
terminal or the person gives up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dmaic.documents.assemble import assemble
from dmaic.documents.base import Document
from dmaic.documents.exchange import MOST_TEXT
from dmaic.documents.merge import Merge, merged
from dmaic.documents.yaml_read import piece_of_yaml, without_marks
from dmaic.documents.yaml_write import MARK, to_yaml
from dmaic.errors import DataError, DmaicError, OutputError
from dmaic.file import read_small
from dmaic.output import write_text
from dmaic.project.paper.history import versions
from dmaic.project.paper.paper import Paper, PaperState, opened, read_paper
from dmaic.settings import config_folder
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.project.engagement.home import Home
    from dmaic.project.store.view import View

FOLDER = "drafts"
_BASE = re.compile(rf"^{MARK} begun from version (\d+)$", re.MULTILINE)
_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft on disk.

    Attributes:
        path: where it is.
        model: of the document.
        base: version it began from; 0 where the document was not begun then.
        resumed: it was there already.
    """

    path: Path
    model: type[Document]
    base: int
    resumed: bool


def begin(home: Home, project_id: str, state: PaperState) -> Draft:
    """The draft of a document: the one that was left, or a new one.

    Args:
        home: the engagement.
        project_id: of the project.
        state: the document as it is.

    Raises:
        OutputError: `write.no-folder`, and as for `write`.
    """
    model = type(state.document)
    # Never a folder that others write to: they could lay a link in the draft's place.
    folder = (home.folder or config_folder()) / FOLDER
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"The folder for drafts cannot be made: {(error.strerror or str(error)).lower()}.",
            "write.no-folder",
            "Look after its place and the permissions.",
            str(folder),
        ) from error
    path = folder / f"{project_id}-{model.KIND}.yaml"
    version = state.stored.version if state.stored else 0
    if path.is_file() and not path.is_symlink():
        found = _BASE.search(path.read_text("utf-8", "replace"))
        return Draft(path, model, int(found[1]) if found else version, resumed=True)
    draft = Draft(path, model, version, resumed=False)
    write(draft, to_yaml(state.document))
    return draft


def write(draft: Draft, text: str) -> None:
    """Write the text of a draft, private to the person.

    Args:
        draft: where.
        text: without the line that tells the version.

    Raises:
        DataError: `document.unreadable`, a link is in its place: it is not written through.
    """
    if draft.path.is_symlink():
        raise DataError(
            "There is a link in the place of the draft.",
            "document.unreadable",
            "Nothing was written. Remove the link, and begin anew.",
            str(draft.path),
        )
    # At the end, so that the lines keep their numbers.
    write_text(draft.path, f"{text}{MARK} begun from version {draft.base}\n")
    draft.path.chmod(0o600)


def text_of(draft: Draft) -> str:
    """What the person wrote, without the marks; nothing where the editor removed the file.

    Raises:
        DataError: `document.unreadable`, there is something else in its place.
    """
    try:
        raw = read_small(draft.path, MOST_TEXT)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise DataError(
            f"The draft cannot be read: {(error.strerror or str(error)).lower()}.",
            "document.unreadable",
            "Nothing was written. Remove what is in its place, and begin anew.",
            str(draft.path),
        ) from error
    return without_marks(raw.decode("utf-8-sig", "replace"))


def read(draft: Draft, text: str) -> Document:
    """What the person wrote, as a document.

    Raises:
        DataError: with every problem, each with its line.
    """
    return assemble(piece_of_yaml(text), draft.model(), replace=True)


def mark(draft: Draft, text: str, error: DmaicError) -> None:
    """Write what is wrong above the lines it is wrong in.

    Args:
        draft: where.
        text: what the person wrote, without marks.
        error: what is wrong.
    """
    lines = text.splitlines()
    told: dict[int, list[str]] = {}
    for each in error.problems:
        found = _LINE.search(each.where)
        place = min(int(found[1]), len(lines)) - 1 if found else 0
        words = f"{each.message} {each.hint}".strip()
        told.setdefault(max(place, 0), []).append(f"{MARK} {printable(words, 400)}")
    marked = [part for i, line in enumerate(lines) for part in (*told.get(i, ()), line)]
    write(draft, "\n".join(marked or told.get(0, [])) + "\n")


def base_of(view: View, project_id: str, draft: Draft) -> Document:
    """The document that a draft began from.

    Args:
        view: to read from.
        project_id: of the project.
        draft: the draft.
    """
    for version in versions(view, project_id, draft.model.KIND):
        if version.seq == draft.base:
            return opened(Paper(document=draft.model.KIND, fields=version.fields))
    return draft.model()


def rebase(view: View, project_id: str, draft: Draft, mine: Document) -> tuple[Draft, Merge]:
    """Put somebody else's change into a draft; what clashes is marked for the person to decide.

    Args:
        view: to read from.
        project_id: of the project.
        draft: begun from an older version.
        mine: what it says.

    Returns:
        The draft, as begun from the version of now, and what clashes.
    """
    state = read_paper(view, project_id, draft.model.KIND)
    both, notes = merged(base_of(view, project_id, draft), mine, state.document)
    version = state.stored.version if state.stored else 0
    fresh = Draft(draft.path, draft.model, version, resumed=True)
    by = state.stored.changed_by if state.stored else "Somebody"
    lines = to_yaml(both).splitlines()
    for path, told in notes.clashes.items():
        words = f"{MARK} {printable(by, 60)} wrote here: {printable(told, 300)}"
        lines.insert(_place(lines, path), words)
    write(fresh, "\n".join(lines) + "\n")
    return fresh, notes


def _place(lines: list[str], path: str) -> int:
    """Index of the line of a field in a draft."""
    parts = path.split(".")
    place = _find(lines, f"{parts[0]}:", 0)
    if len(parts) > 1:
        place = _find(lines, f"  - id: {parts[1]}", place)
    if len(parts) > 2:
        place = _find(lines, f"    {parts[2]}:", place)
    return place


def _find(lines: list[str], begin: str, start: int) -> int:
    return next((i for i in range(start, len(lines)) if lines[i].startswith(begin)), start)
