"""A baseline that was agreed on is told where its data was read anew."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.data.dataset import Dataset
from dmaic.project.data.frozen import baseline_moved
from dmaic.project.entity import Stored
from dmaic.project.gate.state import GateState, Round


def stored(id_: str, body: Any) -> Stored[Any]:
    return Stored(id_, "", 1, body, "2026-01-01", "ada", "2026-01-01", "ada")


DATASET = stored("d1", Dataset(name="q1", file="q1.csv", sha256="new"))


class View:
    """The items of a project, as far as the question needs them."""

    def __init__(self, *items: Stored[Any]) -> None:
        self.items = items

    def all(self, kind: type, project: str) -> list[Stored[Any]]:
        return [each for each in self.items if isinstance(each.body, kind)]


def gate(state: str, sha: str, at: str = "2026-02-01T10:00:00Z") -> Stored[Any]:
    submitted = Round(by="Ada", at=at, evidence={"dataset q1": sha, "dataset q2": "x"},
                      state=state)  # type: ignore[arg-type]  # fmt: skip
    return stored("g1", GateState(phase="measure", rounds=(submitted,)))


def analysis(kind: str, sha: str, at: str = "2026-03-01T10:00:00Z") -> Stored[Any]:
    body = SavedAnalysis(title="x", analysis=kind, dataset="d1", fingerprint=sha, result={},
                         run_at=at)  # fmt: skip
    return stored("a1", body)


def found(*items: Stored[Any], kind: str = "benefit-measure") -> str:
    return " ".join(each.message for each in baseline_moved(View(*items), "p", DATASET, kind))  # type: ignore[arg-type]


def test_data_other_than_at_the_approved_tollgate_is_told() -> None:
    told = found(gate("approved", "old"))
    assert 'The baseline "q1" was read anew since the measure tollgate was submitted' in told
    assert "2026-02-01" in told


@pytest.mark.parametrize("kind", ["recover", "benefit-measure"])
def test_data_other_than_was_estimated_or_measured_against_is_told(kind: str) -> None:
    assert "since analysis a1 was run on 2026-03-01" in found(analysis(kind, "old"))
    assert found(analysis(kind, "old"), kind="recover")


def test_what_came_first_counts() -> None:
    assert "tollgate" in found(gate("approved", "old"), analysis("recover", "new"))
    # Agreed on the data of today; what was run on other data later changes nothing.
    assert not found(gate("approved", "new"), analysis("recover", "old"))


@pytest.mark.parametrize(
    "items",
    [
        (),
        (gate("approved", "new"),),
        (gate("rejected", "old"),),
        (gate("submitted", "old"),),
        (analysis("pareto", "old"),),
        (analysis("recover", "new"),),
        (analysis("of another dmaic", "old"),),
    ],
)
def test_nothing_is_told_where_nothing_was_agreed_or_nothing_moved(items: Any) -> None:
    assert not found(*items)


def test_analyses_without_a_baseline_are_told_nothing() -> None:
    assert not found(gate("approved", "old"), kind="pareto")
