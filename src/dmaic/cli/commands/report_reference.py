"""`dmaic report reference`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place
from dmaic.cli.report_option import StyleFile
from dmaic.errors import DmaicError, OutputError
from dmaic.file import expanded

if TYPE_CHECKING:
    from dmaic.reports.style import Style


@spread
def reference(
    face: Face,
    place: Place,
    to: Annotated[
        Path, typer.Option("--to", metavar="DIR", help="Folder for the documents.")
    ] = Path(),
    style: StyleFile = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over documents that are there.")
    ] = False,
) -> Answer:
    """Write a Word and a PowerPoint document to make a client's own of.

    They look as reports do; change them in Word and PowerPoint, and name them in the style. In an
    engagement they have its style, elsewhere that of --style, or dmaic's.
    Example: dmaic report reference --to brand
    """
    face.check()
    from dmaic.output import write_bytes
    from dmaic.reply import Change
    from dmaic.reports.folder import make_folder
    from dmaic.reports.office.make_references import references

    made = references(_style(place, style))
    folder = expanded(to)
    there = [path for path in map(folder.joinpath, made) if path.exists()]
    if there and not replace:
        raise OutputError(
            "There is a file already.",
            "write.exists",
            "Add --replace, or name another folder with --to.",
            str(there[0]),
        )
    make_folder(folder)
    for name, content in made.items():
        write_bytes(folder / name, content)
    word, deck = (str(folder / name) for name in made)
    reply = Change(
        done=f"Wrote {word} and {deck}.",
        item={"docx": word, "pptx": deck},
        more=("Change them, then name them in client.toml: reference_docx and reference_pptx.",),
    )
    return Answer("report reference", reply, face)


def _style(place: Place, path: Path | None) -> Style:
    """The style of the engagement, or where there is none the one that is named, or dmaic's."""
    from dmaic.project.engagement.home import open_home
    from dmaic.reports.job import style_for
    from dmaic.reports.style import Style
    from dmaic.reports.style_file import read_style

    try:
        home = open_home(place.db)
    except DmaicError as error:
        if error.code != "store.none" or place.db or place.project:
            raise
        return read_style(path) if path is not None else Style()
    with home.store.reading() as view:
        try:
            project = home.project(view, place.project)
        except DmaicError as error:
            # One that was just begun, or several with none in use: the client's looks will do.
            if error.code not in ("project.none", "project.which"):
                raise
            project = None
        return style_for(home, view, project, path)
