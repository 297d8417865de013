"""`dmaic monitor`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.analyse import Files
from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import Export, spread
from dmaic.cli.progress import reporting
from dmaic.cli.record import RECORD, Place
from dmaic.errors import UsageError

NOT_PASSED = 8
"""Exit status of a check that was asked for and did not pass."""

UNREAD = 1


@spread
def monitor(
    file: Files = None,
    *,
    export: Export,
    face: Face,
    place: Place,
    control: Annotated[
        list[str] | None,
        typer.Option(
            "--control",
            metavar="ID",
            help="Line of the control plan, such as CP1; repeatable. Left out: all.",
        ),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            metavar="NAME",
            rich_help_panel=RECORD,
            help="Dataset of the project, in place of those that the lines name.",
        ),
    ] = None,
    last: Annotated[
        int | None,
        typer.Option(
            "--last",
            metavar="N",
            min=1,
            help="Look at the newest points only; all since the baseline where it is left out.",
        ),
    ] = None,
) -> Answer:
    """Watch the metrics of the control plan on new figures.

    Judges each by the limits of its baseline, for cron and CI: exit status 8 on a special cause or
    a crossed limit, with the line of the response plan and its owner. A line says how it is charted
    in its field chart: options of `dmaic control`. Example: dmaic monitor export.csv --control CP1
    """
    files = file or []
    if files and data is not None:
        raise UsageError(
            "A FILE and --data are two ways to say what is watched.",
            "usage.file-and-data",
            "Leave one out.",
        )
    face.check([*files, *export.beside])
    said = {name: word for name, word in export.said().items() if word not in (None, (), [])}
    if said and not files:
        option = "--with" if "related" in said else "--" + sorted(said)[0].replace("_", "-")
        raise UsageError(
            f"How a dataset is read was said when it was registered; {option} comes too late.",
            "usage.dataset-reading",
            f"Say it once for all analyses: dmaic data refresh NAME {option} ...",
        )
    from dmaic.engines.duckdb import warm_up

    warm_up()
    from dmaic.project.data.monitor import desk_of
    from dmaic.project.data.monitor import monitor as judge
    from dmaic.project.data.monitor_chart import Watch
    from dmaic.project.engagement.home import open_home

    home = open_home(place.db)
    with (
        home.store.reading() as view,
        reporting(quiet=face.quiet) as progress,
    ):
        desk = desk_of(home, view, home.project(view, place.project))
        reply = judge(desk, Watch(files, data, said, last, progress), control or ())
    status = NOT_PASSED if reply.alarms else UNREAD if reply.unread else 0
    return Answer("monitor", reply, face, status)
