"""`dmaic data`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import Export, spread
from dmaic.cli.progress import reporting
from dmaic.cli.record import Place, Writing, reading, writing

KEPT = "What is kept"

Also = Annotated[
    list[str] | None,
    typer.Option(
        "--also",
        metavar="COL",
        rich_help_panel=KEPT,
        help="Keep this column too; repeatable. Those with a role are kept anyway.",
    ),
]
KeepIds = Annotated[
    bool,
    typer.Option(
        "--keep-ids",
        rich_help_panel=KEPT,
        help="Keep customer ids and addresses as they are, not as a keyed hash.",
    ),
]
Table = Annotated[
    bool,
    typer.Option(
        "--table",
        rich_help_panel=KEPT,
        help="It is no churn export but a series, measurements, answers or codes: keep its "
        "columns, look for no churn.",
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="COL",
        rich_help_panel=KEPT,
        help="Of a --table keep this column and no others; repeatable.",
    ),
]
Accept = Annotated[
    list[str] | None,
    typer.Option(
        "--accept",
        metavar="CODE",
        rich_help_panel=KEPT,
        help="Go on in spite of this blocking finding; repeatable.",
    ),
]
Name = Annotated[
    str | None,
    typer.Argument(metavar="[NAME]", help="Dataset; the default one.", show_default=False),
]


@spread
def add(
    file: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Export: a path, a glob, several files, or -.",
            show_default=False,
        ),
    ],
    export: Export,
    face: Face,
    place: Writing,
    *,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="What the dataset is called, such as q3.")
    ],
    default: Annotated[
        bool, typer.Option("--default", help="Make it the one that analyses use.")
    ] = False,
    table: Table = False,
    also: Also = None,
    only: Only = None,
    keep_ids: KeepIds = False,
    accept: Accept = None,
) -> Answer:
    """Register an export or another table.

    Opens it as every analysis does, tells what was found, and keeps the columns that figures rest
    on as a snapshot (of a --table all); ids and e-mail addresses are replaced by a keyed hash. The
    first export is what analyses without FILE use. Example: dmaic data add export.csv --name q3
    """
    face.check([*file, *(export.with_ or ())])
    from dmaic.engines.duckdb import warm_up

    warm_up()
    from dmaic.project.data.datasets import Terms, add_dataset
    from dmaic.project.data.register import Request
    from dmaic.project.engagement.home import open_home
    from dmaic.settings import today

    home = open_home(place.db)
    request = Request(
        name=name,
        files=tuple(file),
        said=export.said(),
        also=tuple(also or ()),
        table=table,
        only=tuple(only or ()),
        accept=tuple(accept or ()),
        keep_ids=keep_ids,
    )
    with reporting(quiet=face.quiet) as progress:
        terms = Terms(place.project, today(), default, place.dry_run, progress)
        reply = add_dataset(home, request, terms)
    return Answer("data add", reply, face)


@spread
def list_(face: Face, place: Place) -> Answer:
    """The datasets.

    Example: dmaic data list
    """
    face.check()
    from dmaic.project.data.dataset import Dataset
    from dmaic.project.data.dataset_reply import dataset_list

    with reading(place) as (home, view, project):
        datasets = view.all(Dataset, project.id)
        reply = dataset_list(datasets, project.body.default_dataset, home.folder)
    return Answer("data list", reply, face)


@spread
def show(face: Face, place: Place, name: Name = None) -> Answer:
    """One dataset.

    Example: dmaic data show q3
    """
    face.check()
    from dmaic.project.data.analyse import default_dataset
    from dmaic.project.data.analysis import SavedAnalysis
    from dmaic.project.data.dataset_reply import DatasetReply, is_there

    with reading(place) as (home, view, project):
        item = default_dataset(view, project, name)
        analyses = [
            each
            for each in view.all(SavedAnalysis, project.id)
            if item.id in (each.body.dataset, *each.body.beside)
        ]
        reply = DatasetReply(
            id=item.id,
            dataset=item.body,
            default=item.id == project.body.default_dataset,
            there=is_there(item.body, home.folder),
            analyses=len(analyses),
        )
    return Answer("data show", reply, face)


@spread
def set_default(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Dataset.")],
    face: Face,
    place: Writing,
) -> Answer:
    """Choose the dataset that analyses use.

    Example: dmaic data set-default q3
    """
    face.check()
    from dmaic.project.data.dataset import Dataset
    from dmaic.project.data.datasets import choose_dataset, plain

    with writing(place, "data set-default") as (_, work, project):
        item = work.find(Dataset, name, project.id)
        choose_dataset(work, project, item)
        reply = work.reply(f'Analyses without FILE use "{item.body.name}" from now on.', item)
    return Answer("data set-default", plain(reply), face)


@spread
def refresh(
    export: Export,
    face: Face,
    place: Writing,
    name: Name = None,
    file: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE...]",
            help="Another file to read it from; the one it was read from where left out.",
            show_default=False,
        ),
    ] = None,
    *,
    table: Table = False,
    also: Also = None,
    only: Only = None,
    keep_ids: KeepIds = False,
    accept: Accept = None,
) -> Answer:
    """Read the file again.

    Tells what changed, and which saved analyses are stale by it. It is read as it was read first;
    options say what is to be otherwise from now on. Example: dmaic data refresh q3 new-export.csv
    """
    files = tuple(file or ())
    face.check([*files, *(export.with_ or ())])
    from dmaic.engines.duckdb import warm_up

    warm_up()
    from dmaic.project.data.analyse import default_dataset
    from dmaic.project.data.datasets import Terms, refresh_dataset
    from dmaic.project.data.register import request_again
    from dmaic.project.data.snapshot import folder_of
    from dmaic.settings import today

    with reading(place) as (home, view, project):
        item = default_dataset(view, project, name)
    request = request_again(
        item.body,
        folder_of(home),
        files=files,
        said=export.said(),
        also=also or (),
        table=table,
        only=only or (),
        accept=accept or (),
        keep_ids=keep_ids,
    )
    with reporting(quiet=face.quiet) as progress:
        terms = Terms(place.project, today(), dry_run=place.dry_run, progress=progress)
        reply = refresh_dataset(home, item, request, terms)
    return Answer("data refresh", reply, face)


@spread
def rm(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Dataset.")],
    face: Face,
    place: Writing,
    *,
    purge: Annotated[
        bool,
        typer.Option("--purge", help="Delete the snapshot too; undo does not bring that back."),
    ] = False,
) -> Answer:
    """Remove a dataset.

    The snapshot stays in data/ so that `dmaic undo` brings all back; `--purge` deletes it at once.
    Example: dmaic data rm q3
    """
    face.check()
    from dmaic.cli.ask import confirm
    from dmaic.project.data.dataset import Dataset
    from dmaic.project.data.datasets import plain, remove_dataset
    from dmaic.project.data.snapshot import purge as delete

    if purge and not place.dry_run:
        with reading(place) as (_, view, project):
            item = view.find(Dataset, name, project.id)
        confirm(
            f'This deletes the data of "{item.body.name}" for good.',
            item.body.name,
            yes=place.yes,
            no_input=place.no_input,
        )
    with writing(place, "data rm") as (home, work, project):
        item = work.find(Dataset, name, project.id)
        more = list(remove_dataset(work, project, item))
        others = {each.body.snapshot for each in work.all(Dataset)}
        if item.body.snapshot and not purge:
            more.append(f"Its snapshot {item.body.snapshot} stays, so that undo brings all back.")
        reply = work.reply(f'Removed the dataset "{item.body.name}".', more=tuple(more))
    if purge and not place.dry_run and item.body.snapshot not in others:
        delete(home, item.body)
        deleted = f"Deleted {item.body.snapshot}."
        reply = reply.model_copy(update={"more": (*reply.more, deleted)})
    return Answer("data rm", plain(reply), face)
