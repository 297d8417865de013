"""A saved analysis: what was asked, of which data, and what came out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from pydantic import Field

from dmaic.project.data.dataset import Dataset
from dmaic.project.entity import Entity, Name, Stored


class SavedAnalysis(Entity):
    """One analysis with its result.

    Attributes:
        title: what was asked, in words, such as `Pareto by segment`.
        analysis: kind of the analysis, such as `pareto`.
        parameters: what was asked, as keywords of the analysis; defaults are left out.
        dataset: id of the dataset, or None where it was computed from the parameters alone.
        fingerprint: fingerprint of the data it was computed from, or of the parameters.
        beside: id -> fingerprint of further datasets, such as the one compared with.
        result: the result as JSON.
        run_at: when it was run, UTC, ISO 8601.
        replaces: id of the analysis that it was run again for, or None.
    """

    kind: ClassVar[str] = "analysis"
    title: Name
    analysis: str
    parameters: dict[str, Any] = Field(default_factory=dict)
    dataset: str | None = None
    fingerprint: str
    beside: dict[str, str] = Field(default_factory=dict)
    result: dict[str, Any]
    run_at: str
    replaces: str | None = None

    @property
    def label(self) -> str:
        """Its title."""
        return self.title


def is_stale(analysis: SavedAnalysis, datasets: Iterable[Stored[Dataset]]) -> bool:
    """Whether the data changed since, or is no longer there.

    An analysis of figures alone, without a dataset, is never stale: they are in its parameters.

    Args:
        analysis: the analysis.
        datasets: the datasets of its project.
    """
    if analysis.dataset is None:
        return False
    now = {each.id: each.body.sha256 for each in datasets}
    used = {analysis.dataset: analysis.fingerprint, **analysis.beside}
    return any(now.get(id) != fingerprint for id, fingerprint in used.items())
