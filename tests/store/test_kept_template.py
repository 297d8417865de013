"""The template of a project, as it is kept in the engagement."""

from __future__ import annotations

from pathlib import Path

import pytest

from dmaic.engagements.load import (
    content_hash,
    content_of,
    load_resolved,
    load_template,
)
from dmaic.engagements.render import render
from dmaic.errors import StoreError
from dmaic.project.engagement.home import open_home
from dmaic.project.engagement.kept_template import KeptTemplate, keep, template_of
from dmaic.project.engagement.project import Project
from dmaic.project.engagement.start import init, new_project
from dmaic.project.entity import ENGAGEMENT, Stored
from dmaic.project.gate.check import check_gate
from dmaic.project.store.store import Store
from dmaic.settings import today


@pytest.fixture
def store(tmp_path: Path) -> Store:
    init(tmp_path / "firm", actor="maria")
    return open_home(str(tmp_path / "firm")).store


def begin(store: Store, name: str = "P", template: str = "quick-win") -> Stored[Project]:
    with store.writing("project new") as work:
        return new_project(work, name, template=template)


def test_it_is_kept_once_for_all_projects_that_follow_it(store: Store) -> None:
    first, second = begin(store, "A"), begin(store, "B")
    begin(store, "C", "dmaic")
    assert first.body.template == second.body.template
    with store.reading() as view:
        assert [each.body.name for each in view.all(KeptTemplate)] == ["quick-win", "dmaic"]


def test_it_comes_back_as_it_was_loaded(store: Store) -> None:
    project = begin(store, template="saas-churn")
    template, hash = load_template("saas-churn")
    assert project.body.template.hash == hash
    with store.reading() as view:
        assert template_of(view, project) == template


def test_a_change_by_hand_is_seen(store: Store) -> None:
    project = begin(store)
    with store.writing("test") as work:
        kept = work.all(KeptTemplate)[0]
        content = {**kept.body.content, "title": "Easier"}
        work.change(kept, kept.body.model_copy(update={"content": content}))
    with store.reading() as view, pytest.raises(StoreError) as caught:
        template_of(view, project)
    assert caught.value.code == "template.changed"


def test_a_lost_one_is_told(store: Store) -> None:
    project = begin(store)
    with store.writing("test") as work:
        work.remove(work.all(KeptTemplate)[0])
    with store.reading() as view, pytest.raises(StoreError) as caught:
        template_of(view, project)
    assert caught.value.code == "template.lost"


@pytest.mark.parametrize(
    ("check", "parameters"), [("telepathy", {}), ("segment-coverage", {"share": 2})]
)
def test_a_check_of_a_newer_dmaic_is_told(
    store: Store, check: str, parameters: dict[str, float]
) -> None:
    content = content_of(load_template("quick-win")[0])
    criterion = content["phases"][0]["gate"]["criteria"][0]
    criterion |= {"check": check, "parameters": parameters}
    hash = content_hash(content)
    project = begin(store)
    with store.writing("test") as work:
        work.add(
            KeptTemplate(name="quick-win", version="9.0.0", hash=hash, content=content), ENGAGEMENT
        )
        mark = project.body.template.model_copy(update={"hash": hash})
        project = work.change(project, project.body.model_copy(update={"template": mark}))
    with store.reading() as view, pytest.raises(StoreError) as caught:
        check_gate(view, project, "", today())
    assert caught.value.code == "template.newer"


def test_keeping_again_writes_nothing(store: Store) -> None:
    begin(store)
    resolved = load_resolved("quick-win")
    with store.writing("test") as work:
        keep(work, resolved, render(resolved, {}))
        assert work.changes() == []
