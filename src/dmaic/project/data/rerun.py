"""Run saved analyses again on the data of today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dmaic.analysis.catalogue import ANALYSES
from dmaic.analysis.registry import find_analysis
from dmaic.errors import DmaicError, NotFoundError, Problem
from dmaic.project.data.analyse import Ran, run_alone, run_on, same
from dmaic.project.data.analysis import SavedAnalysis, is_stale
from dmaic.project.data.analysis_reply import replacements
from dmaic.project.data.dataset import Dataset
from dmaic.project.data.frozen import baseline_moved
from dmaic.project.engagement.project import Project, refuse_closed
from dmaic.settings import now
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress
    from dmaic.project.engagement.home import Home
    from dmaic.project.entity import Stored
    from dmaic.reply import Change
    from dmaic.result import Finding


def rerun(
    home: Home,
    project: str,
    word: str | None = None,
    *,
    every: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Change:
    """Run analyses again; each new result is saved beside the old one, which it replaces.

    Args:
        home: the engagement.
        project: id of the project.
        word: the one that is meant; None takes all that are stale.
        every: all, stale or not.
        dry_run: write nothing.
        progress: called with a fraction, or None where unknown, while a long scan runs.

    Raises:
        ConflictError: `project.closed`.
        DmaicError: one or more cannot be run, as their dataset is gone; nothing is saved then.
    """
    with home.store.reading() as view:
        refuse_closed(view.find(Project, project))
        analyses = view.all(SavedAnalysis, project)
        datasets = view.all(Dataset, project)
        named = [view.find(SavedAnalysis, word, project)] if word is not None else None
        moved = {
            (each.id, kind): baseline_moved(view, project, each, kind)
            for each in datasets
            for kind in ANALYSES
        }
    if named is None:
        replaced = replacements(analyses)
        last = [each for each in analyses if each.id not in replaced]
        named = [each for each in last if every or is_stale(each.body, datasets)]
    ran: list[tuple[Stored[SavedAnalysis], Ran]] = []
    problems: list[Problem] = []
    failed: type[DmaicError] = DmaicError
    for each in named:
        try:
            ran.append((each, _again(home, datasets, each, moved, progress)))
        except DmaicError as error:
            failed = type(error)
            problems += [
                Problem(one.code, one.message, one.hint, f"{each.id} {each.body.title}")
                for one in error.problems
            ]
    if problems:
        raise failed.of(problems)
    return _save(home, project, ran, dry_run=dry_run)


def _again(
    home: Home,
    datasets: list[Stored[Dataset]],
    item: Stored[SavedAnalysis],
    moved: Mapping[tuple[str, str], tuple[Finding, ...]],
    progress: Progress | None,
) -> Ran:
    body = item.body
    if body.dataset is None and find_analysis(body.analysis).alone:
        return run_alone(body.analysis, body.parameters, now(), replaces=item.id, progress=progress)
    there = next((each for each in datasets if each.id == body.dataset), None)
    if there is None:
        raise NotFoundError(
            "Its dataset is gone.",
            "analysis.no-dataset",
            f"`dmaic undo` may bring it back; or remove the analysis: dmaic analysis rm {item.id}.",
        )
    return run_on(
        home,
        {each.body.key: each for each in datasets},
        there,
        body.analysis,
        body.parameters,
        now(),
        replaces=item.id,
        told=moved.get((there.id, body.analysis), ()),
        progress=progress,
    )


def _save(
    home: Home, project: str, ran: list[tuple[Stored[SavedAnalysis], Ran]], *, dry_run: bool
) -> Change:
    saved, more = [], []
    with home.store.writing("analysis rerun", project=project, dry_run=dry_run) as work:
        refuse_closed(work.find(Project, project))
        for old, new in ran:
            if same(old.body, new.body):
                more.append(f"{old.id} {old.body.title}: the same data, the same figures.")
                continue
            item = work.add(new.body, project)
            saved.append(item)
            more.append(f"{old.id} {old.body.title}: now {item.id}.")
        done = f"Ran {plural(len(ran), 'analysis', 'analyses')} again."
        reply = work.reply(
            done,
            next=tuple(f"dmaic analysis diff {each.body.replaces} {each.id}" for each in saved[:3]),
            more=tuple(more),
        )
    if not saved:
        # Nothing was written, but something was done.
        told = done if ran else "No analysis is stale."
        reply = reply.model_copy(update={"done": told})
    return reply
