"""What the tests of whole documents share: the worked case, played once, and its reports.

`worked_case` is the engagement, not to be changed; `engagement` is a copy of it of the test's own,
in which the test stands. `report` composes a report of it, and `run` runs a command.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from dmaic.cli.entry import main
from dmaic.reports.report import Report

PROJECT = "Cut estimator churn"
TODAY = date(2026, 2, 2)
"""A Monday; the record's newest entry is three days old."""


@pytest.fixture(scope="session")
def worked_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished engagement, played once for all processes of the test run; read it only."""
    from dmaic.cli.demo import build

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "worked-case"
    # The folder is there whole or not at all, so whoever comes second finds it finished.
    with FileLock(shared / "worked-case.lock"):
        if not folder.exists():
            build(folder)
    return folder


@pytest.fixture
def engagement(worked_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the worked case; the test stands in it, works on its first project, on TODAY."""
    folder = tmp_path / "firm"
    shutil.copytree(worked_case, folder)
    monkeypatch.setenv("DMAIC_TODAY", TODAY.isoformat())
    monkeypatch.setenv("DMAIC_ACTOR", "Project lead")
    monkeypatch.setenv("DMAIC_PROJECT", PROJECT)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def report(worked_case: Path) -> Callable[[str], Report]:
    """Compose a report of the worked case: `report("analyze")`; each is composed once."""
    from dmaic.project.engagement.home import open_home
    from dmaic.reports.compose import compose

    @cache
    def make(kind: str) -> Report:
        home = open_home(str(worked_case / "dmaic.db"))
        with home.store.reading() as view:
            return compose(view, home.project(view, PROJECT), kind, TODAY)

    return make


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run a command as the entry point does, at 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def call(*words: Any) -> Ran:
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return call
