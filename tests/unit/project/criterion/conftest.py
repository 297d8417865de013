"""A project whose evidence is laid out by the test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dmaic.documents.base import Document
from dmaic.project.criterion.base import Evidence, Verdict
from dmaic.project.criterion.registry import check_class
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.data.dataset import Dataset
from dmaic.project.engagement.home import open_home
from dmaic.project.engagement.project import Project
from dmaic.project.engagement.start import init, new_project
from dmaic.project.entity import Entity, Stored
from dmaic.project.gate.check import evidence_of
from dmaic.project.paper.paper import read_paper, write_paper
from dmaic.project.people.team import Member
from dmaic.project.plan.action import Action
from dmaic.project.plan.logbook import Risk
from dmaic.project.store.store import Store

TODAY = date(2025, 6, 30)


@dataclass
class Desk:
    """A project, things to lay into it, and the checks."""

    store: Store
    project: Stored[Project]
    phase: str = "define"
    today: date = TODAY

    def lay(self, *things: Entity | Document) -> str:
        """Keep things in the project; gives the id of the last."""
        id = ""
        with self.store.writing("test") as work:
            for thing in things:
                if isinstance(thing, Document):
                    state = read_paper(work, self.project.id, thing.KIND)
                    id = write_paper(work, self.project.id, state, thing).id
                else:
                    id = work.add(thing, self.project.id).id
        return id

    def judge(self, check: str, criterion: str = "asked", **parameters: Any) -> Verdict:
        with self.store.reading() as view:
            project = view.find(Project, self.project.id)
            evidence = evidence_of(view, project, self.phase, self.today)
            assert isinstance(evidence, Evidence)
            return check_class(check).model_validate(parameters).judge(evidence, criterion)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("DMAIC_ACTOR", "tester")
    init(tmp_path / "firm", actor="tester")
    store = open_home(str(tmp_path / "firm")).store
    with store.writing("project new") as work:
        project = new_project(work, "Cut churn", template="saas-churn", start=date(2025, 1, 6))
    return Desk(store, project)


def dataset(name: str = "before", **facts: Any) -> Dataset:
    return Dataset(**{"name": name, "file": f"{name}.csv", "sha256": "a" * 64, "rows": 20_000,
                      "months": 12, "coverage": 0.8645, **facts})  # fmt: skip


def analysis(dataset: str | None, fingerprint: str = "a" * 64, **facts: Any) -> SavedAnalysis:
    return SavedAnalysis(
        **{"title": "Pareto by segment", "analysis": "pareto", "dataset": dataset,
           "fingerprint": fingerprint, "result": {}, "run_at": "2025-03-01T09:00:00+00:00",
           **facts}
    )  # fmt: skip


def action(title: str, due: date, **facts: Any) -> Action:
    return Action(**{"title": title, "owner": "Sam", "due": due, "first_due": due, **facts})


def risk(title: str, **facts: Any) -> Risk:
    return Risk(**{"title": title, "on": date(2025, 1, 8), "probability": 3, "impact": 4, **facts})


def member(name: str, function: str = "", *roles: str) -> Member:
    return Member(name=name, function=function, roles=roles or ("member",))  # type: ignore[arg-type]
