"""`dmaic analysis`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.answer import Answer, ChartFace, Face
from dmaic.cli.options import spread
from dmaic.cli.progress import reporting
from dmaic.cli.record import Place, Writing, reading, writing

Which = Annotated[
    str, typer.Argument(metavar="ID", help="Analysis: its id, title or their beginning.")
]


@spread
def list_(
    face: Face,
    place: Place,
    *,
    all_: Annotated[
        bool, typer.Option("--all", help="Also those that were run again since.")
    ] = False,
) -> Answer:
    """The analyses, and which are stale.

    An analysis is stale when the data it was computed from changed. Example: dmaic analysis list
    """
    face.check()
    from dmaic.project.data.analysis import SavedAnalysis
    from dmaic.project.data.analysis_reply import analysis_list
    from dmaic.project.data.dataset import Dataset

    with reading(place) as (_, view, project):
        analyses = view.all(SavedAnalysis, project.id)
        reply = analysis_list(analyses, view.all(Dataset, project.id), every=all_)
    return Answer("analysis list", reply, face)


@spread
def show(id: Which, face: ChartFace, place: Place) -> Answer:
    """One analysis.

    The result as it was saved, in every format; nothing is computed again.
    Example: dmaic analysis show k3 --chart pareto.png
    """
    face.check()
    from dmaic.analysis.registry import restore
    from dmaic.project.data.analysis import SavedAnalysis
    from dmaic.project.data.analysis_reply import replacements, state_of
    from dmaic.project.data.dataset import Dataset
    from dmaic.project.store.journal import when

    with reading(place) as (_, view, project):
        item = view.find(SavedAnalysis, id, project.id)
        replaced = replacements(view.all(SavedAnalysis, project.id))
        state = state_of(item, view.all(Dataset, project.id), replaced)
    result = restore(item.body.analysis, item.body.result)
    note = f"Analysis {item.id}, run {when(item.body.run_at)} by {item.made_by}, is {state}"
    note += {
        "stale": f": dmaic analysis rerun {item.id}",
        "replaced": f": dmaic analysis show {replaced.get(item.id, '')}",
    }.get(state, ".")
    return Answer("analysis show", result, face, notes=(note,))


@spread
def rerun(
    face: Face,
    place: Writing,
    id: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Analysis: its id or title.", show_default=False),
    ] = None,
    *,
    stale: Annotated[bool, typer.Option("--stale", help="All that are stale.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="All, stale or not.")] = False,
) -> Answer:
    """Run stale analyses again on the data of today.

    The old result stays, and the new one says which it replaces. Example: dmaic analysis rerun
    """
    face.check()
    from dmaic.errors import UsageError

    if (id is not None) + stale + all_ > 1:
        raise UsageError(
            "An ID, --stale and --all are three ways to say which.",
            "usage.analysis-which",
            "Give one of them.",
        )
    from dmaic.project.data.rerun import rerun as again

    with reading(place) as (home, _, project):
        pass
    with reporting(quiet=face.quiet) as progress:
        reply = again(home, project.id, id, every=all_, dry_run=place.dry_run, progress=progress)
    return Answer("analysis rerun", reply, face)


@spread
def diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="Analysis: its id or title.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Analysis: its id or title.")],
    face: Face,
    place: Place,
) -> Answer:
    """What changed between two analyses.

    Tells in words what moved, and sets the figures side by side. Example: dmaic analysis diff k3 x7
    """
    face.check()
    from dmaic.project.data.analysis import SavedAnalysis
    from dmaic.project.data.analysis_diff import analysis_diff
    from dmaic.project.data.dataset import Dataset

    with reading(place) as (_, view, project):
        one = view.find(SavedAnalysis, before, project.id)
        other = view.find(SavedAnalysis, after, project.id)
        datasets = view.all(Dataset, project.id)
    return Answer("analysis diff", analysis_diff(one, other, datasets), face)


@spread
def rm(id: Which, face: Face, place: Writing) -> Answer:
    """Remove an analysis.

    Example: dmaic analysis rm k3
    """
    face.check()
    from dmaic.project.data.analysis import SavedAnalysis

    with writing(place, "analysis rm") as (_, work, project):
        item = work.find(SavedAnalysis, id, project.id)
        work.remove(item)
        reply = work.reply(f'Removed the analysis {item.id} "{item.body.title}".')
    return Answer("analysis rm", reply, face)
