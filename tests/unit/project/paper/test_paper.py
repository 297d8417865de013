"""Documents in a project: kept, read with their evidence, refused where somebody was faster."""

from __future__ import annotations

from pathlib import Path

import pytest

from dmaic.documents.define.charter import Charter
from dmaic.errors import ConflictError, StoreError
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.data.dataset import Dataset
from dmaic.project.engagement.project import Engagement, Project, TemplateMark
from dmaic.project.entity import ENGAGEMENT
from dmaic.project.paper.paper import Paper, papers, read_paper, write_paper
from dmaic.project.store.store import Store


@pytest.fixture
def place(tmp_path: Path) -> tuple[Store, str]:
    store = Store(tmp_path / "dmaic.db", "ada")
    store.create()
    with store.writing("init") as work:
        work.add(Engagement(name="acme"), ENGAGEMENT, id=ENGAGEMENT)
        mark = TemplateMark(name="dmaic", version="1.0.0", hash="0" * 64)
        project = work.add(Project(name="Cut churn", template=mark), ENGAGEMENT)
    return store, project.id


def test_a_document_that_was_never_begun_is_an_empty_one(place: tuple[Store, str]) -> None:
    store, project = place
    with store.reading() as view:
        state = read_paper(view, project, "Charter")
        assert (state.document, state.stored) == (Charter(), None)
        assert papers(view, project).load("charter") is None
        assert papers(view, project).get(Charter) == Charter()


def test_who_reads_and_writes_later_is_told_that_somebody_was_faster(
    place: tuple[Store, str],
) -> None:
    store, project = place
    with store.writing("doc set charter") as work:
        write_paper(work, project, read_paper(work, project, "charter"), Charter(metric="churn"))
    with store.reading() as view:
        early = read_paper(view, project, "charter")
    with store.writing("doc set charter") as work:
        write_paper(work, project, read_paper(work, project, "charter"), Charter(metric="mine"))
    with pytest.raises(ConflictError, match="changed by ada"), store.writing("doc set") as work:
        write_paper(work, project, early, Charter(metric="late"))
    with store.reading() as view:
        assert read_paper(view, project, "charter").document == Charter(metric="mine")


def test_a_document_begun_twice_is_a_conflict(place: tuple[Store, str]) -> None:
    store, project = place
    with store.reading() as view:
        early = read_paper(view, project, "charter")
    with store.writing("doc set") as work:
        write_paper(work, project, early, Charter(metric="first"))
    with pytest.raises(ConflictError), store.writing("doc set") as work:
        write_paper(work, project, early, Charter(metric="second"))


def test_papers_may_be_used_after_the_reading_has_ended(place: tuple[Store, str]) -> None:
    store, project = place
    with store.writing("doc set") as work:
        write_paper(work, project, read_paper(work, project, "charter"), Charter(metric="churn"))
    with store.reading() as view:
        known = papers(view, project)
    assert known.get(Charter).metric == "churn"


def test_what_does_not_fit_the_model_is_told_and_not_guessed(place: tuple[Store, str]) -> None:
    store, project = place
    with store.writing("doc set") as work:
        work.add(Paper(document="charter", fields={"target": "far"}), project)
    with store.reading() as view, pytest.raises(StoreError, match="target") as caught:
        read_paper(view, project, "charter")
    assert caught.value.code == "store.body"


def test_an_analysis_is_stale_once_its_dataset_changed(place: tuple[Store, str]) -> None:
    store, project = place
    with store.writing("data add") as work:
        data = work.add(Dataset(name="q3", file="q3.csv", sha256="a" * 64, rows=1), project)
        for print_ in ("a" * 64, "b" * 64):
            body = SavedAnalysis(title="Pareto", analysis="pareto", dataset=data.id,
                                 fingerprint=print_, result={}, run_at="2025-01-01")  # fmt: skip
            work.add(body, project)
    with store.reading() as view:
        facts = papers(view, project).analyses.values()
    assert [(each.kind, each.stale) for each in facts] == [("pareto", False), ("pareto", True)]
