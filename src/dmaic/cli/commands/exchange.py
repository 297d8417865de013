"""`dmaic export` and `dmaic import`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from dmaic.cli.answer import PANEL, Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing, named, reading
from dmaic.file import STDOUT


@dataclass(frozen=True, slots=True)
class FileFace(Face):
    """The same options, but that the output is the project itself."""

    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            rich_help_panel=PANEL,
            help="Where the project is written to; NAME.json where left out, - for standard "
            "output.",
        ),
    ] = None


@spread
def export(
    face: FileFace,
    place: Place,
    which: Annotated[
        str | None,
        typer.Argument(
            metavar="[PROJECT]", help="Id or name; the project in use.", show_default=False
        ),
    ] = None,
) -> Answer:
    """Write a whole project to a file.

    Documents, tollgates, team, actions, analyses, what is known of the datasets, and its part of
    the journal; not the customers' data. Example: dmaic export "Cut churn" -o project.json
    """
    told = replace(face, output=None)
    told.check()
    if face.output == STDOUT:
        told.check_document()
    from dmaic.project.exchange.write import told_project, write_project

    with reading(named(place, which)) as (_, view, item):
        if face.output == STDOUT:
            reply, content = told_project(view, item, face.output)
            return Answer("export", reply, told, document=content)
        path = face.output or Path(f"{_stem(item.body.name)}.json")
        reply = write_project(view, item, path)
    return Answer("export", reply, told)


def _stem(name: str) -> str:
    import re

    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-_")[:60] or "project"


@spread
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Written by `dmaic export`.", show_default=False)
    ],
    face: Face,
    place: Writing,
    *,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="Another name for the project."),
    ] = None,
) -> Answer:
    """Bring a project in from a file.

    All of it is one entry of the journal, and `dmaic undo` takes it back.
    Example: dmaic import project.json --name "Cut churn, of the other team"
    """
    face.check([file])
    from dmaic.project.engagement.home import open_home
    from dmaic.project.exchange.bring_in import import_project
    from dmaic.project.exchange.read import read_project
    from dmaic.text import plural

    home = open_home(place.db)
    read = read_project(file)
    parts = [part.engagement for part in read.file.history]
    note = f"From {file.name}" + (f", which comes from {', '.join(parts)}" if parts else "")
    with home.store.writing("import", note=note, dry_run=place.dry_run) as work:
        item = import_project(work, read, name)
        entries = sum("changes" in each for part in read.file.history for each in part.entries)
        reply = work.reply(
            f'Brought in "{item.body.name}" ({item.id}) with '
            f"{plural(len(read.file.items), 'item')}.",
            item,
            next=(f"dmaic project use {item.id}", f"dmaic status --project {item.id}"),
            more=(
                f"Its journal so far, {plural(entries, 'entry', 'entries')}, was proved and is "
                "kept with it.",
                *(
                    ("The datasets came without their data: dmaic data refresh NAME FILE.",)
                    if any(each.kind == "dataset" for each in read.file.items)
                    else ()
                ),
            ),
        )
    return Answer("import", reply, face)
