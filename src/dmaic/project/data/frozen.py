"""The frozen baseline: what a benefit was planned and measured against must not move unseen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dmaic.analysis.catalogue import ANALYSES
from dmaic.analysis.registry import find_analysis
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.gate.state import GateState
from dmaic.result import Finding
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.project.data.dataset import Dataset
    from dmaic.project.entity import Stored
    from dmaic.project.store.view import View


def baseline_moved(
    view: View, project: str, dataset: Stored[Dataset], kind: str
) -> tuple[Finding, ...]:
    """Whether a baseline holds other data than when it was agreed on.

    It was agreed on when the first tollgate that looked at it was approved, or when a benefit was
    first estimated or measured against it.

    Args:
        view: to look in.
        project: id of the project.
        dataset: the baseline.
        kind: name of the analysis that is run on it; others than those with a baseline find
            nothing.
    """
    if not find_analysis(kind).baseline:
        return ()
    first = min(_agreed(view, project, dataset), default=None)
    if first is None or first[2] == dataset.body.sha256:
        return ()
    at, what, _ = first
    name = printable(dataset.body.name, 60)
    return (
        Finding(
            code="baseline-moved",
            level="warning",
            message=f'The baseline "{name}" was read anew since {what} on {at[:10]}: this is '
            "measured against other data than was agreed on.",
            hint="Keep the baseline as it was, and register new data under another name: dmaic "
            "data add FILE --name NAME. `dmaic undo` takes a refresh back.",
        ),
    )


def _agreed(view: View, project: str, dataset: Stored[Dataset]) -> Iterator[tuple[str, str, str]]:
    """When, at which occasion, and on which fingerprint."""
    for gate in view.all(GateState, project):
        for each in gate.body.rounds:
            seen = each.evidence.get(f"dataset {dataset.body.name}")
            if seen and each.state == "approved":
                yield each.at, f"the {printable(gate.body.phase, 60)} tollgate was submitted", seen
    for saved in view.all(SavedAnalysis, project):
        analysis = ANALYSES.get(saved.body.analysis)
        if analysis is not None and analysis.baseline and saved.body.dataset == dataset.id:
            yield saved.body.run_at, f"analysis {saved.id} was run", saved.body.fingerprint
