"""How an analysis gets at a dataset where no FILE is named, and where its result is kept."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.progress import reporting
from dmaic.cli.record import RECORD, Place
from dmaic.errors import DataError, DmaicError, StoreError, UsageError

if TYPE_CHECKING:
    from dmaic.cli.options import Reading
    from dmaic.project.data.analyse import Ran
    from dmaic.project.data.dataset import Dataset
    from dmaic.project.engagement.home import Home
    from dmaic.project.entity import Stored


@dataclass(frozen=True, slots=True)
class Saving(Place):
    """Where a result is saved; the same options on every analysis."""

    no_save: Annotated[
        bool,
        typer.Option(
            "--no-save", rich_help_panel=RECORD, help="Do not save the result to the project."
        ),
    ] = False


@dataclass(frozen=True, slots=True)
class FromData(Saving):
    """The dataset that is analysed where no FILE is named, and where its result is saved."""

    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            metavar="NAME",
            rich_help_panel=RECORD,
            help="Dataset of the project; the default one where it is left out.",
        ),
    ] = None

    def check(self, file: Sequence[str]) -> None:
        """Refuse a FILE together with a dataset.

        Args:
            file: as said on the command line.

        Raises:
            UsageError: `usage.file-and-data`.
        """
        said = [
            option
            for option, value in (
                ("--data", self.data),
                ("--project", self.project),
                ("--db", self.db),
            )
            if value is not None
        ]
        if file and said:
            raise UsageError(
                f"A FILE and {said[0]} are two ways to say what is analysed.",
                "usage.file-and-data",
                "Leave one out. What comes of a FILE is not saved to a project; to have it saved, "
                "register the file: dmaic data add FILE --name NAME.",
            )


def named_dataset(place: FromData, word: str | None) -> tuple[FromData, list[str]]:
    """What an option that takes a FILE or the NAME of a dataset means.

    Args:
        place: which project.
        word: as said; None means the default dataset.

    Returns:
        The place with the dataset, and no file; or the place as it is, and the file.
    """
    from pathlib import Path

    from dmaic.errors import NotFoundError
    from dmaic.project.data.dataset import Dataset
    from dmaic.project.engagement.home import open_home

    if word is None:
        return place, []
    try:
        home = open_home(place.db)
        with home.store.reading() as view:
            project = home.project(view, place.project)
            known = {each.body.key for each in view.all(Dataset, project.id)}
    except (StoreError, NotFoundError) as error:
        if place.db or place.project or (error.code != "store.none" and not Path(word).exists()):
            raise
        return place, [word]
    if word.casefold() in known:
        return replace(place, data=word), []
    return place, [word]


def analyse_dataset(
    kind: str,
    place: FromData,
    export: Reading,
    face: Face,
    given: dict[str, Any],
    *,
    command: str = "",
) -> Answer:
    """Run an analysis on a dataset of the project in use, and save what comes out.

    Args:
        kind: name of the analysis.
        place: which project and dataset.
        export: options of reading, of which none may be said here.
        face: how the result is shown.
        given: keywords of the analysis.
        command: name of the command, where it is not that of the analysis.

    Raises:
        UsageError: `usage.no-file`, there is neither a FILE nor an engagement;
            `usage.dataset-reading`, it is said how to read what was read long ago.
    """
    from dmaic.engines.duckdb import warm_up

    warm_up()
    from dmaic.analysis.registry import asked
    from dmaic.project.data.analyse import default_dataset, run_on
    from dmaic.project.data.dataset import Dataset
    from dmaic.project.data.default import with_defaults
    from dmaic.project.data.frozen import baseline_moved
    from dmaic.settings import now

    command = command or kind
    home = _home(place, command)
    with home.store.reading() as view:
        project = home.project(view, place.project)
        dataset = default_dataset(view, project, place.data)
        datasets = {each.body.key: each for each in view.all(Dataset, project.id)}
        told = baseline_moved(view, project.id, dataset, kind)
        parameters, added = with_defaults(view, project, kind, asked(kind, given))
    _refuse_reading(export, dataset.body.name)
    with reporting(quiet=face.quiet) as progress:
        try:
            ran = run_on(
                home,
                datasets,
                dataset,
                kind,
                parameters,
                now(),
                told=told,
                progress=progress,
            )
        except (UsageError, DataError) as error:
            raise _explained(error, dataset.body, datasets.values()) from None
    unseen = (*added, *_unseen(kind, given, dataset.body))
    if place.no_save:
        return Answer(command, ran.result, face, notes=unseen)
    if project.body.state == "closed":
        notes = (*unseen, "Not saved: the project is closed.")
        return Answer(command, ran.result, face, notes=notes)
    return Answer(command, ran.result, face, notes=(*unseen, *save(home, project.id, kind, ran)))


def save(home: Home, project: str, kind: str, ran: Ran) -> tuple[str, ...]:
    """Save an analysis to a project.

    Args:
        home: the engagement.
        project: id of the project.
        kind: name of the analysis, for the journal.
        ran: what came out.

    Returns:
        What is said about it.
    """
    from dmaic.project.data.analyse import keep

    if not ran.whole:
        return ("Not saved: it was compared with a file; `dmaic data add` registers it.",)
    if ran.too_large:
        return ("Not saved: the result is too long to keep; --top or --min-size shortens it.",)
    with home.store.writing(kind, project=project) as work:
        item, new = keep(work, project, ran.body)
    word = "Saved as" if new else "Saved already as"
    return (f"{word} analysis {item.id}: dmaic analysis show {item.id}",)


def _unseen(kind: str, given: dict[str, Any], dataset: Any) -> tuple[str, ...]:  # noqa: ANN401
    """What an analysis of all columns did not see, since the snapshot does not hold it."""
    from dmaic.analysis.catalogue import ANALYSES
    from dmaic.text import name_list, printable

    wide = ANALYSES[kind].wide
    if not wide or given.get(wide) or not dataset.left_out:
        return ()
    first = printable(dataset.left_out[0], 40)
    return (
        f"Not looked at, since the snapshot does not hold them: {name_list(dataset.left_out, 8)}. "
        f'dmaic data refresh {dataset.name} --also "{first}" brings one in.',
    )


def _home(place: FromData, kind: str) -> Home:
    from dmaic.project.engagement.home import open_home

    try:
        return open_home(place.db)
    except StoreError as error:
        if error.code != "store.none":
            raise
        raise UsageError(
            "No FILE was named, and there is no engagement here whose data could be taken.",
            "usage.no-file",
            f"Name an export: dmaic {kind} FILE; `dmaic {kind} --help` shows how. In an engagement "
            "(dmaic init) the data that was registered is taken (dmaic data add).",
        ) from None


def _refuse_reading(export: Reading, name: str) -> None:
    said = {word for word, value in export.said().items() if value not in (None, (), [])}
    if said:
        option = "--with" if "related" in said else "--" + sorted(said)[0].replace("_", "-")
        raise UsageError(
            f'How "{name}" is read was said when it was registered; {option} comes too late.',
            "usage.dataset-reading",
            f"Say it once for all analyses: dmaic data refresh {name} {option} ...",
        )


def _explained(
    error: DmaicError, dataset: Dataset, datasets: Iterable[Stored[Dataset]]
) -> DmaicError:
    """Say where a column is that the snapshot does not hold: in its file, or in another dataset."""
    known = shlex.quote(dataset.name)
    if error.code == "role.churned-missing" and dataset.table:
        error.hint = (
            f"{known} was registered as a table that is no churn export: name an export, --data "
            f"NAME; or say what tells it: dmaic data refresh {known} --churned COL."
        )
    if error.code == "usage.unknown-column":
        for other in datasets:
            names = (name for name in other.body.columns if f'"{name.casefold()}"' in _head(error))
            if (name := next(names, None)) is not None:
                named = shlex.quote(other.body.name)
                error.hint = f'The dataset {named} has a column "{name}": add --data {named}.'
                break
    folded = {name.casefold(): name for name in dataset.left_out}
    for name, column in folded.items():
        if f'"{name}"' in _head(error):
            option = "--only" if dataset.table else "--also"
            error.hint = (
                f"The file has it, the snapshot has not: "
                f'dmaic data refresh {known} {option} "{column}"'
            )
    return error


def _head(error: DmaicError) -> str:
    return error.message.casefold()
