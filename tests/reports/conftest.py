"""What the tests of whole documents share: the worked case, played once, and its reports.

`worked_case` is the engagement, not to be changed; `engagement` is a copy of it of the test's own,
in which the test stands. `report` composes a report of it, and `run` runs a command. `visit` opens
a page in a real browser.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from dmaic.cli.entry import main
from dmaic.reports.report import Report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; where it is missing, a failure in CI and a skip elsewhere."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        reason = "Chromium is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    # Chromium's own sandbox does not run as root.
    root = hasattr(os, "getuid") and not os.getuid()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox"] if root else []
        )
        yield started
        started.close()


@dataclass
class Tab:
    """A page that is open, with all that it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Tab]]:
    """Open a file, or an address, in a fresh profile: `visit(path, width=390, theme="dark")`."""
    contexts = []

    def open_page(
        place: Path | str, *, width: int = 1280, height: int = 900, theme: Any = "light"
    ) -> Tab:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme
        )
        # A busy machine is not a failing test.
        context.set_default_timeout(120_000)
        contexts.append(context)
        tab = Tab(context.new_page())
        address = place.as_uri() if isinstance(place, Path) else place
        tab.page.on("request", lambda request: tab.requests.append(request.url))
        tab.page.on("console", lambda message: tab.complaints.append(message.text))
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.page.goto(address)
        return tab

    yield open_page
    for context in contexts:
        context.close()
