"""What the store's tests share: things to keep, and processes that write."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest

import dmaic
from dmaic.project.engagement.project import Engagement, Project, TemplateMark
from dmaic.project.entity import ENGAGEMENT, Entity, Name, Text
from dmaic.project.store.store import Store

MARK = TemplateMark(name="saas-churn", version="1.0.0", hash="0" * 64)


class Thing(Entity):
    """Any item: a name that is unique, and two fields."""

    kind: ClassVar[str] = "thing"
    name: Name
    owner: Text = ""
    parts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.name.casefold()

    @property
    def label(self) -> str:
        return self.name


@pytest.fixture
def thing() -> type[Thing]:
    return Thing


@pytest.fixture
def make() -> Callable[[str | Path], Store]:
    """Make a database with an engagement and a project of id `project1`."""

    def call(place: str | Path, actor: str = "dana") -> Store:
        store = Store(place, actor)
        store.create(lambda work: work.add(Engagement(name="Photo app"), ENGAGEMENT, id=ENGAGEMENT))
        with store.writing("project new") as work:
            work.add(Project(name="Cut churn", template=MARK), ENGAGEMENT, id="project1")
        return store

    return call


@pytest.fixture
def store(store_place: str, make: Callable[[str], Store]) -> Store:
    return make(store_place)


@pytest.fixture
def sqlite_store(tmp_path: Path, make: Callable[[Path], Store]) -> Store:
    return make(tmp_path / "dmaic.db")


@pytest.fixture
def script() -> Callable[..., subprocess.Popen[str]]:
    """Start a Python process that works on a store."""
    begin = """
        import os, sys
        from dmaic.project.store.store import Store
        from dmaic.project.people.team import Member
        place, actor = sys.argv[1:3]
        store = Store(place, actor)
    """

    def start(body: str, place: str, actor: str = "sam", *more: Any) -> subprocess.Popen[str]:
        source = str(Path(dmaic.__file__).parents[1])
        return subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(begin) + textwrap.dedent(body), place, actor,
             *map(str, more)],
            env={"PYTHONPATH": source, "PATH": "/usr/bin:/bin"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    return start
