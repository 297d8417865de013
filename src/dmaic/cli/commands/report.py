"""`dmaic report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place, reading
from dmaic.settings import today


@spread
def make(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Which report.")],
    face: Face,
    place: Place,
    format: Annotated[
        list[str] | None,
        typer.Option("--format", help="Format; may be given several times."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Folder for the files.")
    ] = None,
    *,
    draft: Annotated[bool, typer.Option("--draft", help="Mark it as a draft.")] = False,
) -> Answer:
    """Make a report.

    Example: dmaic report make analyze --format pdf
    """
    from dmaic.output import write_bytes
    from dmaic.reply import Change
    from dmaic.reports.compose import compose
    from dmaic.reports.make import make as make_files
    from dmaic.reports.report import FORMATS
    from dmaic.reports.style import Style

    with reading(place) as (home, view, project):
        report = compose(view, project, kind, today(), draft=draft)
    folder = to or (home.folder or Path()) / "reports"
    chosen = [each for each in FORMATS if each in (format or ["html"])]
    files = make_files(report, chosen, Style())
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content)
    return Answer("report make", Change(done=f"Wrote {', '.join(files)} to {folder}."), face)
