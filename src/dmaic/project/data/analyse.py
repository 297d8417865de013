"""Run an analysis on a dataset of a project, or on figures alone, and keep what came out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dmaic.analysis.registry import find_analysis, run, words
from dmaic.churn.check import ACCEPTABLE
from dmaic.errors import NotFoundError
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.data.dataset import Dataset
from dmaic.project.data.snapshot import open_snapshot
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress
    from dmaic.project.engagement.home import Home
    from dmaic.project.engagement.project import Project
    from dmaic.project.entity import Stored
    from dmaic.project.store.view import View
    from dmaic.project.store.work import Work
    from dmaic.result import Finding, Result

LARGEST = 4_000_000
"""Characters of JSON that are kept of one result; more are no answer but a table of rows."""


@dataclass(frozen=True, slots=True)
class Ran:
    """An analysis that was run on a dataset.

    Attributes:
        body: as it would be saved.
        result: what came out.
        whole: all data it was computed from is registered, so that it can be run again.
    """

    body: SavedAnalysis
    result: Result
    whole: bool

    @property
    def too_large(self) -> bool:
        """Whether the result, or what was asked, is longer than what is kept."""
        return len(json.dumps([self.body.result, self.body.parameters])) > LARGEST


def default_dataset(
    view: View, project: Stored[Project], word: str | None = None
) -> Stored[Dataset]:
    """The dataset that an analysis means.

    Args:
        view: to look in.
        project: whose datasets.
        word: name or id; None takes the project's default, then the only export, then the only
            dataset there is.

    Raises:
        NotFoundError: `dataset.none`, `dataset.which`, `dataset.not-found` or `dataset.ambiguous`.
    """
    if word:
        return view.find(Dataset, word, project.id)
    every = view.all(Dataset, project.id)
    chosen = [each for each in every if each.id == project.body.default_dataset]
    exports = [each for each in every if not each.body.table]
    for known in (chosen, exports, every):
        if len(known) == 1:
            return known[0]
    if every:
        raise NotFoundError(
            f"There are {len(every)} datasets, and none is the default.",
            "dataset.which",
            "Choose one: dmaic data set-default NAME, or add --data NAME.",
        )
    raise NotFoundError(
        f'"{printable(project.body.name, 60)}" has no dataset yet.',
        "dataset.none",
        "Register an export: dmaic data add FILE --name NAME; or name a FILE to analyse.",
    )


def run_on(
    home: Home,
    datasets: Mapping[str, Stored[Dataset]],
    dataset: Stored[Dataset],
    kind: str,
    parameters: Mapping[str, Any],
    at: str,
    *,
    replaces: str | None = None,
    told: Sequence[Finding] = (),
    progress: Progress | None = None,
) -> Ran:
    """Run an analysis on the snapshot of a dataset.

    Args:
        home: the engagement.
        datasets: name in lower case -> dataset; one named as the second export is taken from here.
        dataset: what is analysed.
        kind: name of the analysis.
        parameters: as `registry.asked` gives them.
        at: now, UTC, ISO 8601.
        replaces: id of the analysis that is run again.
        told: what the project knows about the dataset, added to the findings.
        progress: called with a fraction, or None where unknown, while a long scan runs.

    Raises:
        DmaicError: as the analysis itself, or the snapshot cannot be read.
    """
    keywords, beside, whole = dict(parameters), {}, True
    other = find_analysis(kind).other
    if other and parameters.get(other) is not None:
        second = datasets.get(str(parameters[other]).casefold())
        if second is not None:
            keywords[other] = open_snapshot(home, second.body)
            beside[second.id] = second.body.sha256
        else:
            whole = False
            # A file to compare with is read as the dataset's own was.
            keywords |= {k: v for k, v in dataset.body.said.items() if k != "related"}
    snapshot = open_snapshot(home, dataset.body)
    result = run(
        kind,
        snapshot,
        keywords,
        accepted=[code for code in dataset.body.accepted if code in ACCEPTABLE],
        progress=progress,
    )
    if told:
        result = result.model_copy(update={"findings": (*result.findings, *told)})
    body = SavedAnalysis(
        title=words(kind, parameters)[:200],
        analysis=kind,
        parameters=dict(parameters),
        dataset=dataset.id,
        fingerprint=dataset.body.sha256,
        beside=beside,
        result=result.to_dict(),
        run_at=at,
        replaces=replaces,
    )
    return Ran(body, result, whole)


def run_alone(
    kind: str,
    parameters: Mapping[str, Any],
    at: str,
    *,
    replaces: str | None = None,
    progress: Progress | None = None,
) -> Ran:
    """Run an analysis that needs no data: everything it is computed from is in its parameters.

    Args:
        kind: name of the analysis, one that the registry calls `alone`.
        parameters: as `registry.asked` gives them; a file's content, not its path.
        at: now, UTC, ISO 8601.
        replaces: id of the analysis that is run again.
        progress: called with a fraction, or None where unknown, while it runs.

    Raises:
        DmaicError: as the analysis itself.
    """
    result = run(kind, None, parameters, progress=progress)
    return of_figures(kind, parameters, result, at, replaces=replaces)


def of_figures(
    kind: str,
    parameters: Mapping[str, Any],
    result: Result,
    at: str,
    *,
    replaces: str | None = None,
) -> Ran:
    """An analysis that was run without data, as it is kept.

    Its fingerprint is that of its parameters, so what was asked twice is kept once.

    Args:
        kind: name of the analysis.
        parameters: as `registry.asked` gives them.
        result: what came out.
        at: when it was run, UTC, ISO 8601.
        replaces: id of the analysis that was run again, or None.
    """
    plain = json.dumps(dict(parameters), sort_keys=True, ensure_ascii=False)
    body = SavedAnalysis(
        title=words(kind, parameters)[:200],
        analysis=kind,
        parameters=dict(parameters),
        fingerprint=sha256(plain.encode("utf-8", "backslashreplace")).hexdigest(),
        result=result.to_dict(),
        run_at=at,
        replaces=replaces,
    )
    return Ran(body, result, whole=True)


def keep(work: Work, project: str, ran: SavedAnalysis) -> tuple[Stored[SavedAnalysis], bool]:
    """Save an analysis, once.

    Args:
        work: to write in.
        project: id of the project.
        ran: the analysis.

    Returns:
        The item, and whether it is a new one: the same analysis of the same data with the same
        answer is there only once.
    """
    for each in work.all(SavedAnalysis, project):
        if same(each.body, ran):
            return each, False
    return work.add(ran, project), True


def same(one: SavedAnalysis, other: SavedAnalysis) -> bool:
    """Whether both asked the same of the same data, and answer alike.

    Of one version of dmaic that is so by itself; another may compute something otherwise.
    """
    asked = ("analysis", "parameters", "dataset", "fingerprint", "beside")
    if any(getattr(one, name) != getattr(other, name) for name in asked):
        return False
    versions = {each.result.get("inputs", {}).get("tool_version") for each in (one, other)}
    return len(versions) == 1 or _figures(one.result) == _figures(other.result)


def _figures(result: Mapping[str, Any]) -> dict[str, Any]:
    """The result but for the version that computed it."""
    inputs = {**result.get("inputs", {}), "tool_version": ""}
    return {**result, "inputs": inputs}
