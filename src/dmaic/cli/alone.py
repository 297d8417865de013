"""An analysis that needs no data: run on figures alone, saved to the project in use if any."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmaic.cli.answer import Answer, Face
from dmaic.cli.dataset import FromData, Saving, save
from dmaic.cli.progress import reporting
from dmaic.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from dmaic.project.engagement.home import Home
    from dmaic.project.engagement.project import Project
    from dmaic.project.entity import Stored

_NO_PROJECT = {"project.none", "project.which"}


def analyse_alone(
    kind: str,
    place: Saving,
    face: Face,
    given: dict[str, Any],
    *,
    read: Sequence[str | Path] = (),
    command: str = "",
) -> Answer:
    """Run an analysis on figures alone; within an engagement its result is saved.

    Outside of one nothing is said about saving. Saved, it is listed, shown, run again and compared
    like one of a dataset; so `given` must hold all that it is computed from.

    Args:
        kind: its name in `dmaic.analysis.registry`, one that is called `alone` there.
        place: which project; it may not name a dataset.
        face: how the result is shown.
        given: keywords of the analysis as plain JSON types, a file's content and not its path;
            those that it has a default for may be None.
        read: files that were read for it, which no result may be written over.
        command: name of the command, where it is not that of the analysis.

    Raises:
        DmaicError: as the analysis itself; `usage.data-alone`.
    """
    if isinstance(place, FromData) and place.data is not None:
        raise UsageError(
            "--data names a dataset, and these figures are computed without one.",
            "usage.data-alone",
            "Leave --data out.",
        )
    face.check(read)
    from dmaic.analysis.registry import asked, run

    command = command or kind
    home, project, note = (None, None, "") if place.no_save else _record(place)
    parameters = asked(kind, given)
    added: tuple[str, ...] = ()
    if home is not None and project is not None:
        from dmaic.project.data.default import with_defaults

        own = project.body.currency
        if own and "currency" in given and given["currency"] is None:
            # Money of a project is in the currency of the project.
            parameters = asked(kind, {**given, "currency": own})
        with home.store.reading() as view:
            parameters, added = with_defaults(view, project, kind, parameters)
    with reporting(quiet=face.quiet) as progress:
        result = run(kind, None, parameters, progress=progress)
    notes: tuple[str, ...] = (*added, *((note,) if note else ()))
    if home is not None and project is not None:
        from dmaic.project.data.analyse import of_figures
        from dmaic.settings import now

        if project.body.state == "closed":
            notes += ("Not saved: the project is closed.",)
        else:
            notes += save(home, project.id, kind, of_figures(kind, parameters, result, now()))
    return Answer(command, result, face, notes=notes)


def _record(place: Saving) -> tuple[Home | None, Stored[Project] | None, str]:
    """The engagement and the project in use; or nothing, and why if it is worth a word."""
    from dmaic.project.engagement.home import find_folder, open_home

    named = place.project is not None or place.db is not None
    if not named and not os.environ.get("DMAIC_DB") and find_folder() is None:
        return None, None, ""
    home = open_home(place.db)
    with home.store.reading() as view:
        try:
            return home, home.project(view, place.project), ""
        except NotFoundError as error:
            if error.code not in _NO_PROJECT:
                raise
            return None, None, f"Not saved: {error.message[:1].lower()}{error.message[1:]}"
